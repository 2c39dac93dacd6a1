/// Collects the text of one source or target: tags inside are dropped and counted, their own text kept where it is the text's.
struct InlineText {
  private(set) var bytes: [UInt8] = []
  private(set) var tagCount = 0
  /// Elements inside which nothing is text of the sentence: the code that a tag stands for.
  private var codeDepth = 0
  /// What stands in a `<ph>` that we may have written ourselves: `U+0000`.
  private var placeholder: [UInt8] = []
  private var isCharacter = false

  /// Elements whose content is code of another format, not text.
  private static let codes: Set<String> = ["bpt", "ept", "it", "ph", "ut", "sub"]

  mutating func start(_ name: String, _ attributes: [(name: String, value: [UInt8])]) {
    if codeDepth > 0 || Self.codes.contains(name) {
      codeDepth += 1
      let kind = attributes.first { $0.name == "type" || $0.name == "ctype" }?.value ?? []
      isCharacter = name == "ph" && (kind == Array("char".utf8) || kind == Array("x-char".utf8))
      placeholder = []
      return
    }
    if name == "cp", let hex = attributes.first(where: { $0.name == "hex" })?.value {
      append(scalar: hex)
      return
    }
    tagCount += 1
  }

  mutating func end(_ name: String) {
    guard codeDepth > 0 else { return }
    codeDepth -= 1
    if codeDepth > 0 { return }
    if isCharacter, placeholder.starts(with: Array("U+".utf8)) {
      append(scalar: Array(placeholder.dropFirst(2)))
    } else {
      tagCount += 1
    }
  }

  mutating func text(_ more: [UInt8]) {
    if codeDepth > 0 { placeholder += more.prefix(64) } else { bytes += more }
  }

  private mutating func append(scalar hex: [UInt8]) {
    guard let value = UInt32(String(decoding: hex, as: UTF8.self), radix: 16), let scalar = Unicode.Scalar(value) else {
      tagCount += 1
      return
    }
    bytes += Array(String(scalar).utf8)
  }
}

extension [(name: String, value: [UInt8])] {
  subscript(_ name: String) -> [UInt8]? { first { $0.name == name }?.value }
}

/// Longest text of one segment that is taken: what is longer is no sentence.
private let textLimit = 1 << 24

/// An XML file of translations, and what its readers share.
class XMLReturnedReader {
  let file: ReturnedFile
  let xml: XMLEvents
  fileprivate(set) var contentSHA256 = ""

  init(_ file: ReturnedFile) throws(Problem) {
    self.file = file
    xml = try XMLEvents(file.path)
  }

  /// The text up to the end of the element `name`, whose start was read.
  func inlineText(until name: String) throws(Problem) -> InlineText {
    var inline = InlineText()
    var depth = 0
    while let event = try xml.event() {
      switch event {
      case .start(let inner, let attributes):
        if inner == name { depth += 1 }
        inline.start(inner, attributes)
      case .end(let inner):
        if inner == name {
          if depth == 0 { return inline }
          depth -= 1
        }
        inline.end(inner)
      case .text(let bytes):
        inline.text(bytes)
        if inline.bytes.count > textLimit {
          throw Problem("a segment of over 16 MiB", at: .init(file: file.path, line: xml.line), expected: "a sentence")
        }
      }
    }
    return inline
  }

  /// Passes over what is left of the element `name`, whose start was read.
  func skip(_ name: String) throws(Problem) {
    var depth = 0
    while let event = try xml.event() {
      if case .start(let inner, _) = event, inner == name { depth += 1 }
      guard case .end(let inner) = event, inner == name else { continue }
      if depth == 0 { return }
      depth -= 1
    }
  }

  /// Keeps a digest that a note or property names.
  func noteContent(_ text: [UInt8]) {
    let word = text.split(separator: 0x20).last.map { Array($0) } ?? []
    if word.span.isHexDigest { contentSHA256 = String(decoding: word, as: UTF8.self) }
  }
}

/// TMX: a `tu` a sentence, by its tuid; the `tuv` of the language asked for is the target, another one the source.
final class TMXReader: XMLReturnedReader, ReturnedReader {
  private var waiting: [ReturnedEntry] = []
  private var unit = 0

  func next() throws(Problem) -> ReturnedEntry? {
    if !waiting.isEmpty { return waiting.removeFirst() }
    while let event = try xml.event() {
      guard case .start(let name, let attributes) = event else { continue }
      if name == "prop" && attributes["type"] == Array("content_sha256".utf8) {
        noteContent(try inlineText(until: "prop").bytes)
      }
      guard name == "tu" else { continue }
      try readUnit(attributes)
      if !waiting.isEmpty { return waiting.removeFirst() }
    }
    return nil
  }

  private func readUnit(_ attributes: [(name: String, value: [UInt8])]) throws(Problem) {
    unit += 1
    var entry = ReturnedEntry(id: attributes["tuid"] ?? [], unit: unit, line: xml.line)
    let sourceLanguage = attributes["srclang"] ?? []
    var targets: [InlineText] = []
    var others: [(language: [UInt8], text: InlineText)] = []
    var language: [UInt8] = []
    while let event = try xml.event() {
      if case .end(let name) = event, name == "tu" { break }
      guard case .start(let name, let attributes) = event else { continue }
      switch name {
      case "prop":
        let isDocument = attributes["type"] == Array("doc_id".utf8)
        let text = try inlineText(until: "prop").bytes
        if isDocument { entry.document = text }
      case "note": try skip("note")
      case "tuv": language = attributes["xml:lang"] ?? attributes["lang"] ?? []
      case "seg":
        let text = try inlineText(until: "seg")
        // A source in the language asked for is told by srclang: what is not the source is the target.
        if file.isTarget(language) && !(ReturnedFile.agree(language, sourceLanguage) && others.isEmpty) {
          targets.append(text)
        } else {
          others.append((language, text))
        }
      default: continue
      }
    }
    let source = others.first { ReturnedFile.agree($0.language, sourceLanguage) } ?? others.first
    entry.source = source?.text.bytes
    entry.tagCount = source?.text.tagCount ?? 0
    if targets.isEmpty { waiting.append(entry) }
    for target in targets {
      var one = entry
      one.target = target.bytes
      one.tagCount += target.tagCount
      waiting.append(one)
    }
  }
}

/// XLIFF 2: a `segment` a sentence, by its id, in a `unit` a paragraph.
final class XLIFF2Reader: XMLReturnedReader, ReturnedReader {
  private var document: [UInt8] = []
  private var unit = 0

  func next() throws(Problem) -> ReturnedEntry? {
    while let event = try xml.event() {
      guard case .start(let name, let attributes) = event else { continue }
      switch name {
      case "file": document = attributes["id"] ?? []
      case "note": noteContent(try inlineText(until: "note").bytes)
      case "unit": unit += 1
      case "ignorable": try skip("ignorable")
      // Translation candidates and the like: their sources and targets are not the segment's.
      case "matches": try skip("matches")
      case "segment": return try readSegment(attributes)
      default: continue
      }
    }
    return nil
  }

  private func readSegment(_ attributes: [(name: String, value: [UInt8])]) throws(Problem) -> ReturnedEntry {
    var entry = ReturnedEntry(id: attributes["id"] ?? [], document: document, unit: unit, line: xml.line)
    while let event = try xml.event() {
      if case .end(let name) = event, name == "segment" { break }
      guard case .start(let name, _) = event, name == "source" || name == "target" else { continue }
      let text = try inlineText(until: name)
      entry.tagCount += text.tagCount
      if name == "source" { entry.source = text.bytes } else { entry.target = text.bytes }
    }
    return entry
  }
}

/// XLIFF 1.2: a `trans-unit` a sentence, by its id.
final class XLIFF12Reader: XMLReturnedReader, ReturnedReader {
  private var unit = 0

  func next() throws(Problem) -> ReturnedEntry? {
    while let event = try xml.event() {
      guard case .start(let name, let attributes) = event else { continue }
      switch name {
      case "note": noteContent(try inlineText(until: "note").bytes)
      case "file", "group": unit += 1
      case "trans-unit": return try readUnit(attributes)
      default: continue
      }
    }
    return nil
  }

  private func readUnit(_ attributes: [(name: String, value: [UInt8])]) throws(Problem) -> ReturnedEntry {
    // Tools put an ID of their own into `id` and keep ours in `resname`.
    var entry = ReturnedEntry(id: attributes["id"] ?? [], unit: unit, line: xml.line)
    if !SentenceID.hasShape(entry.id), let name = attributes["resname"], SentenceID.hasShape(name) { entry.id = name }
    while let event = try xml.event() {
      if case .end(let name) = event, name == "trans-unit" { break }
      guard case .start(let name, _) = event else { continue }
      switch name {
      case "alt-trans", "seg-source", "note": try skip(name)
      case "source", "target":
        let text = try inlineText(until: name)
        entry.tagCount += text.tagCount
        if name == "source" { entry.source = text.bytes } else { entry.target = text.bytes }
      default: continue
      }
    }
    return entry
  }
}

extension SentenceID {
  /// Whether bytes look like a sentence's ID: `s` and 20 digits of base32hex.
  static func hasShape(_ id: [UInt8]) -> Bool {
    id.count == 21 && id[0] == 0x73 && id.dropFirst().allSatisfy { Base32Hex.value($0) != nil }
  }
}
