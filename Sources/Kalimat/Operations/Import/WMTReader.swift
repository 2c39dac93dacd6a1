/// WMT's XML: the segments of `ref` or `hyp`; which sentence a segment is says the file beside it, else its `src`.
final class WMTReader: XMLReturnedReader, ReturnedReader {
  /// doc_id, tab, segment → the sentence's ID.
  private var ids: [[UInt8]: [UInt8]] = [:]
  private var waiting: [ReturnedEntry] = []
  private var unit = 0

  override init(_ file: ReturnedFile) throws(Problem) {
    try super.init(file)
    let path = file.idsPath ?? "\(file.path).ids"
    if file.idsPath == nil && FileSystem.kind(of: path) == .absent { return }
    let lines = try LineReader(path, encoding: nil)
    while let line = try lines.next() {
      let cells = line.split(separator: 0x09, omittingEmptySubsequences: false)
      guard cells.count == 3 else {
        throw Problem(
          "a line of \(cells.count) cells", at: .init(file: path, line: lines.lineNumber),
          expected: "doc_id, segment and id, a tab between")
      }
      ids[Array(cells[0]) + [0x09] + Array(cells[1])] = Array(cells[2])
    }
  }

  func next() throws(Problem) -> ReturnedEntry? {
    if !waiting.isEmpty { return waiting.removeFirst() }
    while let event = try xml.event() {
      guard case .start(let name, let attributes) = event else { continue }
      switch name {
      case "dataset": noteContent(attributes["id"] ?? [])
      case "doc":
        try readDocument(attributes)
        if !waiting.isEmpty { return waiting.removeFirst() }
      default: continue
      }
    }
    return nil
  }

  private func readDocument(_ attributes: [(name: String, value: [UInt8])]) throws(Problem) {
    let document = attributes["id"] ?? attributes["docid"] ?? []
    var sources: [[UInt8]: [UInt8]] = [:]
    var section = ""
    var isTarget = false
    unit += 1
    while let event = try xml.event() {
      if case .end(let name) = event, name == "doc" { break }
      guard case .start(let name, let attributes) = event else { continue }
      if name == "src" || name == "ref" || name == "hyp" {
        section = name
        isTarget = name != "src" && file.isTarget(attributes["lang"] ?? Array(file.targetLanguage.utf8))
      }
      guard name == "seg" else { continue }
      let line = xml.line
      let number = attributes["id"] ?? []
      let text = try inlineText(until: "seg")
      if section == "src" { sources[number] = text.bytes }
      guard isTarget else { continue }
      waiting.append(
        ReturnedEntry(
          id: ids[document + [0x09] + number] ?? [], document: document, source: sources[number], target: text.bytes,
          tagCount: text.tagCount, unit: unit, line: line))
    }
  }
}
