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
      let isTable = try Self.hasTab(lines)
      throw .usage(
        "\(file.path) says of no line which sentence it is",
        expected: "\(path), as `kalimat export --to moses` wrote it",
        advice: isTable
          ? "Its first line has tabs: a table, as spreadsheets save Unicode text? Say so: --format csv."
          : "Name the IDs by --ids FILE, or the source text by --source FILE.")
    }
    ids = hasIDs ? try LineReader(path, encoding: nil) : nil
    sources = try file.sourcePath.map { (path) throws(Problem) in try LineReader(path, encoding: file.encoding) }
    try Self.compareCounts(file, ids: hasIDs ? path : nil)
  }

  /// Whether the first line has a tab.
  private static func hasTab(_ lines: LineReader) throws(Problem) -> Bool {
    guard let line = try lines.next() else { return false }
    let bytes = lines.bytes
    return Kernels.find(0x09, in: bytes.span, from: line.lowerBound, to: line.upperBound) != nil
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
