/// Moses: a translation a line, and the sentence's ID on the same line of the file beside it; or the source text.
final class MosesReader: ReturnedReader {
  let contentSHA256 = ""
  private let file: ReturnedFile
  private let lines: LineReader
  private let ids: LineReader?
  private let sources: LineReader?

  init(_ file: ReturnedFile) throws(Problem) {
    self.file = file
    lines = try LineReader(file.path, encoding: file.encoding)
    let path = file.idsPath ?? "\(file.path).ids"
    let hasIDs = file.idsPath != nil || FileSystem.kind(of: path) == .file
    guard hasIDs || file.sourcePath != nil else {
      throw .usage(
        "\(file.path) says of no line which sentence it is",
        expected: "\(path), as `kalimat export --to moses` wrote it",
        advice: "Name the IDs by --ids FILE, or the source text by --source FILE.")
    }
    ids = hasIDs ? try LineReader(path, encoding: nil) : nil
    sources = try file.sourcePath.map { (path) throws(Problem) in try LineReader(path, encoding: file.encoding) }
    try Self.compareCounts(file, ids: hasIDs ? path : nil)
  }

  /// One lost line would shift all that follow: so the files have as many lines, or none of them is taken.
  private static func compareCounts(_ file: ReturnedFile, ids: String?) throws(Problem) {
    let count = try lineCount(file.path, file.encoding)
    for (path, encoding) in [(ids, nil), (file.sourcePath, file.encoding)] {
      guard let path else { continue }
      let wanted = try lineCount(path, encoding)
      if wanted == count { continue }
      throw Problem(
        "\(count) lines, where \(path) has \(wanted)", at: .init(file: file.path),
        expected: "as many, the translation of each on the same line",
        advice: "Nothing was taken: it cannot be told which line is missing, or too many.")
    }
  }

  private static func lineCount(_ path: String, _ encoding: String?) throws(Problem) -> Int {
    let lines = try LineReader(path, encoding: encoding)
    while try lines.next() != nil {}
    return lines.lineNumber
  }

  func next() throws(Problem) -> ReturnedEntry? {
    guard let target = try lines.next() else { return nil }
    let id = try ids?.next() ?? []
    return ReturnedEntry(
      id: id.trimmed, source: try sources?.next(), target: target, unit: lines.lineNumber, line: lines.lineNumber)
  }
}

/// JSON Lines by custom_id: a target beside it, or the answer of a language model's batch.
final class BatchReader: ReturnedReader {
  private(set) var contentSHA256 = ""
  private let file: ReturnedFile
  private let lines: LineReader

  init(_ file: ReturnedFile) throws(Problem) {
    self.file = file
    lines = try LineReader(file.path, encoding: file.encoding)
  }

  func next() throws(Problem) -> ReturnedEntry? {
    while let line = try lines.next() {
      if line.trimmed.isEmpty { continue }
      let value: JSONValue
      do { value = try JSONParser.parse(line.span) } catch {
        throw Problem(
          error.found, at: .init(file: file.path, line: lines.lineNumber, byteOffset: error.byteOffset),
          expected: error.expected, advice: "The byte is counted from the line's first.")
      }
      if let digest = value["content_sha256"]?.textValue { contentSHA256 = digest }
      var entry = ReturnedEntry(unit: lines.lineNumber, line: lines.lineNumber)
      entry.id = Self.text(value["custom_id"]) ?? Self.text(value["id"]) ?? Self.text(value["key"]) ?? []
      entry.document = Self.text(value["doc_id"]) ?? []
      entry.source = Self.text(value["source"])
      entry.target = Self.answer(in: value) ?? []
      return entry
    }
    return nil
  }

  private static func text(_ value: JSONValue?) -> [UInt8]? {
    guard case .string(let bytes) = value else { return nil }
    return bytes
  }

  /// The translation: `target` or `translation`; else an answer as OpenAI's and Anthropic's batches have it.
  private static func answer(in value: JSONValue) -> [UInt8]? {
    if let text = text(value["target"]) ?? text(value["translation"]) { return text }
    if let choice = value["response"]?["body"]?["choices"]?.elements?.first {
      return text(choice["message"]?["content"])
    }
    return text(value["result"]?["message"]?["content"]?.elements?.first?["text"])
  }
}

/// gettext PO: an entry a sentence, by its msgctxt.
final class POReader: ReturnedReader {
  private(set) var contentSHA256 = ""
  private let file: ReturnedFile
  private let lines: LineReader
  private var held: [UInt8]?
  private var unit = 0

  init(_ file: ReturnedFile) throws(Problem) {
    self.file = file
    lines = try LineReader(file.path, encoding: file.encoding)
  }

  /// Which of an entry's texts goes on in the next line.
  private enum Field { case none, context, source, target, other }

  func next() throws(Problem) -> ReturnedEntry? {
    while true {
      guard let entry = try readEntry() else { return nil }
      // The header: an entry without context and source.
      if entry.id.isEmpty && entry.source?.isEmpty ?? true {
        noteContent(entry.target)
        continue
      }
      return entry
    }
  }

  private func nextLine() throws(Problem) -> [UInt8]? {
    guard let line = held else { return try lines.next() }
    held = nil
    return line
  }

  private func readEntry() throws(Problem) -> ReturnedEntry? {
    var entry = ReturnedEntry()
    var field = Field.none
    var hasTarget = false
    var hasAny = false
    while let line = try nextLine() {
      let text = line.trimmed
      // Obsolete entries are comments: no sentence is theirs any more.
      if text.isEmpty || text[0] == 0x23 || text.starts(with: Array("msgctxt".utf8)) {
        if hasTarget {
          held = line
          break
        }
        if text.starts(with: Array("#,".utf8)), String(decoding: text, as: UTF8.self).contains("fuzzy") {
          entry.isUnfinished = true
        }
        if text.isEmpty || text[0] == 0x23 { continue }
      }
      let (keyword, rest) = Self.keyword(text)
      if let keyword {
        field = keyword
        if keyword == .source && hasTarget {
          held = line
          break
        }
        if !hasAny { entry.line = lines.lineNumber }
        hasAny = true
        if keyword == .target { hasTarget = true }
        if keyword == .source { entry.source = [] }
      }
      guard let part = Self.unquoted(rest) else {
        throw Problem(
          "a line that is no part of an entry", at: .init(file: file.path, line: lines.lineNumber),
          expected: "msgctxt, msgid, msgstr, a text in quotes, or a comment")
      }
      switch field {
      case .context: entry.id += part
      case .source: entry.source?.append(contentsOf: part)
      case .target: entry.target += part
      case .none, .other: break
      }
    }
    guard hasAny else { return nil }
    unit += 1
    entry.unit = unit
    return entry
  }

  private static func keyword(_ text: [UInt8]) -> (Field?, ArraySlice<UInt8>) {
    for (word, field) in [
      ("msgctxt", Field.context), ("msgid_plural", .other), ("msgid", .source), ("msgstr", .target),
    ]
    where text.starts(with: Array(word.utf8)) {
      return (field, text[(text.firstIndex(of: 0x22) ?? text.count)...])
    }
    return (nil, text[...])
  }

  /// The text between the quotes, C escapes undone; nil where it is none.
  private static func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.count >= 2, text.first == 0x22, text.last == 0x22 else { return nil }
    let inner = Array(text.dropFirst().dropLast())
    var out: [UInt8] = []
    var here = 0
    while here < inner.count {
      guard inner[here] == 0x5C, here + 1 < inner.count else {
        out.append(inner[here])
        here += 1
        continue
      }
      let next = inner[here + 1]
      here += 2
      switch next {
      case 0x6E: out.append(0x0A)
      case 0x74: out.append(0x09)
      case 0x72: out.append(0x0D)
      case 0x62: out.append(0x08)
      case 0x66: out.append(0x0C)
      case 0x76: out.append(0x0B)
      case 0x61: out.append(0x07)
      case 0x30...0x37:
        var value = UInt32(next - 0x30)
        var digits = 1
        while digits < 3, here < inner.count, inner[here] >= 0x30, inner[here] <= 0x37 {
          value = value << 3 | UInt32(inner[here] - 0x30)
          here += 1
          digits += 1
        }
        out.append(UInt8(truncatingIfNeeded: value))
      default: out.append(next)
      }
    }
    return out
  }

  private func noteContent(_ header: [UInt8]) {
    for line in header.split(separator: 0x0A) where line.starts(with: Array("X-Content-SHA256:".utf8)) {
      let digest = Array(line.drop { $0 != 0x3A }.dropFirst()).trimmed
      if digest.span.isHexDigest { contentSHA256 = String(decoding: digest, as: UTF8.self) }
    }
  }
}

extension [UInt8] {
  /// Without ASCII spaces and tabs at both ends.
  var trimmed: [UInt8] {
    let start = firstIndex { $0 != 0x20 && $0 != 0x09 } ?? count
    let end = lastIndex { $0 != 0x20 && $0 != 0x09 } ?? start - 1
    return start > end ? [] : Array(self[start...end])
  }
}
