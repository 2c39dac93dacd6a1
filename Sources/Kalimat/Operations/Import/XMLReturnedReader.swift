internal import ICU

/// An XML file of translations, and what its readers share.
class XMLReturnedReader {
  let file: ReturnedFile
  let xml: XMLEvents
  private(set) var contentSHA256 = ""

  /// Longest text of one segment that is taken: what is longer is no sentence.
  private static let textLimit = 1 << 24

  init(_ file: ReturnedFile) throws(Problem) {
    self.file = file
    xml = XMLEvents(file.path, ahead: file.readsAhead ? 4 : 0)
  }

  /// Reads up to the start tag of the first element, and refuses the file where that is not what its name or `--format` says.
  ///
  /// - Parameters:
  ///   - version: how the attribute `version` begins, where it is there.
  ///   - what: the format, for a `Problem`.
  func readRoot(_ name: StaticString, version: UInt8? = nil, _ what: String) throws(Problem) {
    while let event = try xml.event() {
      guard event == .start else { continue }
      let given = xml.value("version") ?? []
      if xml.isNamed(name), version == nil || given.isEmpty || given.first == version { return }
      break
    }
    throw Problem(
      "no \(what)", at: .init(file: file.path, line: xml.line), expected: "<\(name)>, \(what)",
      advice: "Is it of another format? Say it: --format.")
  }

  /// Refuses a file that says of itself that its translations are in another language.
  func checkTarget(_ attribute: StaticString) throws(Problem) {
    guard let given = xml.value(attribute), !given.isEmpty else { return }
    let language = String(decoding: given, as: UTF8.self)
    if LanguageKinship.areClose(LanguageTag.canonical(language) ?? language, file.targetLanguage) { return }
    throw Problem(
      "\(attribute) “\(language)”", at: .init(file: file.path, line: xml.line), expected: file.targetLanguage,
      advice: "Nothing was taken. Is it the right file? If it is: --lang \(language).")
  }

  /// Appends the text up to the end of the element `name`, whose start was read.
  ///
  /// - Returns: how many tags were dropped.
  func appendText(until name: StaticString, to out: inout ByteBuffer) throws(Problem) -> Int {
    var inline = InlineText()
    var depth = 0
    let start = out.count
    while let event = try xml.event() {
      switch event {
      case .start:
        if xml.isNamed(name) { depth += 1 }
        inline.start(xml, &out)
      case .end:
        if xml.isNamed(name) {
          if depth == 0 { return inline.tagCount }
          depth -= 1
        }
        inline.end(&out)
      case .text:
        let bytes = xml.bytes
        inline.text(bytes.span.extracting(xml.range), &out)
        if out.count - start > Self.textLimit {
          throw Problem("a segment of over 16 MiB", at: .init(file: file.path, line: xml.line), expected: "a sentence")
        }
      }
    }
    return inline.tagCount
  }

  /// The text up to the end of the element `name`, in an array of its own.
  func text(until name: StaticString) throws(Problem) -> [UInt8] {
    var out = ByteBuffer(capacity: 128)
    _ = try appendText(until: name, to: &out)
    return out.copied(0..<out.count)
  }

  /// Passes over what is left of the element `name`, whose start was read.
  func skip(_ name: StaticString) throws(Problem) {
    var depth = 0
    while let event = try xml.event() {
      if event == .text || !xml.isNamed(name) { continue }
      if event == .start {
        depth += 1
      } else if depth == 0 {
        return
      } else {
        depth -= 1
      }
    }
  }

  /// Appends an attribute's value, where the start tag at hand has it.
  func append(_ attribute: StaticString, to out: inout ByteBuffer) {
    guard let range = xml.attribute(attribute) else { return }
    let bytes = xml.bytes
    out.append(bytes.span.extracting(range))
  }

  /// Keeps a digest that a note or property names.
  func noteContent(_ text: [UInt8]) {
    let word = text.split(separator: 0x20).last.map { Array($0) } ?? []
    if word.span.isHexDigest { contentSHA256 = String(decoding: word, as: UTF8.self) }
  }
}
