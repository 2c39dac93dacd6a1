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

  func next(_ entry: inout EntrySlot) throws(Problem) -> Bool {
    guard let target = try lines.next() else { return false }
    let bytes = lines.bytes
    entry.target.append(bytes.span.extracting(target))
    if let ids, let id = try ids.next() {
      let bytes = ids.bytes
      entry.id.append(bytes.span.extracting(bytes.span.trimmed(id)))
    }
    if let sources, let source = try sources.next() {
      let bytes = sources.bytes
      entry.source.append(bytes.span.extracting(source))
      entry.hasSource = true
    }
    entry.unit = lines.lineNumber
    entry.line = lines.lineNumber
    return true
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

  func next(_ entry: inout EntrySlot) throws(Problem) -> Bool {
    while let range = try lines.next() {
      let bytes = lines.bytes
      let line = bytes.span.extracting(range)
      if line.trimmed(0..<line.count).isEmpty { continue }
      let value: JSONValue
      do { value = try JSONParser.parse(line) } catch {
        throw Problem(
          error.found, at: .init(file: file.path, line: lines.lineNumber, byteOffset: error.byteOffset),
          expected: error.expected, advice: "The byte is counted from the line's first.")
      }
      fill(&entry, value)
      return true
    }
    return false
  }

  private func fill(_ entry: inout EntrySlot, _ value: JSONValue) {
    if let digest = value["content_sha256"]?.textValue { contentSHA256 = digest }
    entry.unit = lines.lineNumber
    entry.line = lines.lineNumber
    entry.id.append(Self.text(value["custom_id"]) ?? Self.text(value["id"]) ?? Self.text(value["key"]) ?? [])
    entry.document.append(Self.text(value["doc_id"]) ?? [])
    if let source = Self.text(value["source"]) {
      entry.source.append(source)
      entry.hasSource = true
    }
    if let text = Self.text(value["target"]) ?? Self.text(value["translation"]) {
      entry.target.append(text)
    } else {
      fillAnswer(&entry, value)
    }
  }

  private static func text(_ value: JSONValue?) -> [UInt8]? {
    guard case .string(let bytes) = value else { return nil }
    return bytes
  }

  /// The answer of a language model as OpenAI's and Anthropic's batches have it, and whether it came to its end.
  private func fillAnswer(_ entry: inout EntrySlot, _ value: JSONValue) {
    if let choice = value["response"]?["body"]?["choices"]?.elements?.first {
      entry.target.append(Self.text(choice["message"]?["content"]) ?? [])
      if choice["finish_reason"]?.textValue == "length" { entry.state = .cutShort }
    } else if let message = value["result"]?["message"] {
      entry.target.append(Self.text(message["content"]?.elements?.first?["text"]) ?? [])
      if message["stop_reason"]?.textValue == "max_tokens" { entry.state = .cutShort }
    }
  }
}
