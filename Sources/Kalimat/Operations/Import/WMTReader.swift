/// WMT's XML: the segments of `ref` or `hyp`; which sentence a segment is says the file beside it, else its `src`.
final class WMTReader: XMLReturnedReader, ReturnedReader {
  /// doc_id, tab, segment → the sentence's ID.
  private var ids: [[UInt8]: [UInt8]] = [:]
  /// The translations of the article at hand, and the next of them to give.
  private var found: [ReturnedEntry] = []
  private var given = 0
  private var unit = 0

  override init(_ file: ReturnedFile) throws(Problem) {
    try super.init(file)
    let path = file.idsPath ?? "\(file.path).ids"
    if file.idsPath == nil && FileSystem.kind(of: path) == .absent { return }
    let lines = try LineReader(path, encoding: nil)
    while let line = try lines.next() {
      let cells = lines.bytes[line].split(separator: 0x09, omittingEmptySubsequences: false)
      guard cells.count == 3 else {
        throw Problem(
          "a line of \(cells.count) cells", at: .init(file: path, line: lines.lineNumber),
          expected: "doc_id, segment and id, a tab between")
      }
      ids[Array(cells[0]) + [0x09] + Array(cells[1])] = Array(cells[2])
    }
  }

  func next(_ entry: inout EntrySlot) throws(Problem) -> Bool {
    while given == found.count {
      guard try readNext() else { return false }
    }
    let one = found[given]
    given += 1
    entry.id.append(one.id)
    entry.document.append(one.document)
    entry.source.append(one.source ?? [])
    entry.hasSource = one.source != nil
    entry.target.append(one.target)
    entry.tagCount = one.tagCount
    entry.unit = one.unit
    entry.line = one.line
    return true
  }

  /// Reads the next article; false at the end.
  private func readNext() throws(Problem) -> Bool {
    while let event = try xml.event() {
      guard event == .start else { continue }
      if xml.isNamed("doc") {
        try readDocument()
        return true
      }
      if xml.isNamed("dataset") { noteContent(xml.value("id") ?? []) }
    }
    return false
  }

  private func readDocument() throws(Problem) {
    let document = xml.value("id") ?? xml.value("docid") ?? []
    var sources: [[UInt8]: [UInt8]] = [:]
    var isSource = false
    var isTarget = false
    unit += 1
    found.removeAll(keepingCapacity: true)
    given = 0
    while let event = try xml.event() {
      if event == .end, xml.isNamed("doc") { break }
      guard event == .start else { continue }
      let isTranslation = xml.isNamed("ref") || xml.isNamed("hyp")
      if isTranslation || xml.isNamed("src") {
        isSource = !isTranslation
        isTarget = isTranslation && file.isTarget(xml.value("lang") ?? Array(file.targetLanguage.utf8))
      }
      guard xml.isNamed("seg") else { continue }
      let line = xml.line
      let number = xml.value("id") ?? []
      var text = ByteBuffer(capacity: 256)
      let tagCount = try appendText(until: "seg", to: &text)
      if isSource { sources[number] = text.copied(0..<text.count) }
      guard isTarget else { continue }
      found.append(
        ReturnedEntry(
          id: ids[document + [0x09] + number] ?? [], document: document, source: sources[number],
          target: text.copied(0..<text.count), tagCount: tagCount, unit: unit, line: line))
    }
  }
}
