/// Which column of a table is what.
struct TableColumns {
  private(set) var id: Int?
  private(set) var source: Int?
  private(set) var target: Int?
  private(set) var document: Int?
  private(set) var contentSHA256 = ""
  /// How many there are.
  private(set) var count = 0

  /// Reads the first row.
  init(_ cells: borrowing TableCells, of path: String) throws(Problem) {
    count = cells.count
    for i in 0..<cells.count {
      let cell = cells.bytes(of: i)
      if Kernels.find(0x0D, in: cell, from: 0, to: cell.count) != nil { throw Self.oldLineEnds(path) }
      let name = String(decoding: cell.extracting(cell.trimmed(0..<cell.count)).copied(), as: UTF8.self).lowercased()
      switch name {
      case "id", "custom_id": id = id ?? i
      case "source", "text": source = source ?? i
      case "target", "translation": target = target ?? i
      case "doc_id": document = document ?? i
      default:
        if name.hasPrefix("content_sha256:") { contentSHA256 = String(name.dropFirst("content_sha256:".utf8.count)) }
      }
    }
    if target == nil || (id == nil && source == nil) { throw Self.problem(path) }
  }

  /// Whether a row has cells, blank ones apart, behind the last column.
  func areExceeded(by cells: borrowing TableCells) -> Bool {
    if cells.count <= count { return false }
    for i in count..<cells.count where !ReturnedText.isInvisible(cells.bytes(of: i)) { return true }
    return false
  }

  /// Whether a row may be the rest of one that a line break in a cell has broken: it is short, and where its ID should be
  /// there is none.
  func mayGoOn(in cells: borrowing TableCells) -> Bool {
    guard cells.count < count, let id else { return false }
    if id >= cells.count { return true }
    let cell = cells.bytes(of: id)
    return !SentenceID.hasShape(cell.extracting(cell.trimmed(0..<cell.count)))
  }

  /// Whether a row is the first part of one that a line break has broken in its translation or behind it.
  func isBroken(_ cells: borrowing TableCells, before next: borrowing TableCells) -> Bool {
    guard let target, target < cells.count, mayGoOn(in: next) else { return false }
    return cells.count < count || target == count - 1
  }

  /// Fills an entry of a row of which it cannot be told where its translation stands: with all of it.
  func fill(_ entry: inout EntrySlot, broken cells: borrowing TableCells, line: Int) {
    fill(&entry, cells, line: line)
    entry.target.removeAll()
    for i in 0..<cells.count {
      if i > 0 { entry.target.append(byte: 0x09) }
      entry.target.append(cells.bytes(of: i))
    }
    entry.state = .otherCells
  }

  func fill(_ entry: inout EntrySlot, _ cells: borrowing TableCells, line: Int) {
    if let id, id < cells.count {
      let cell = cells.bytes(of: id)
      entry.id.append(cell.extracting(cell.trimmed(0..<cell.count)))
    }
    if let document, document < cells.count {
      let cell = cells.bytes(of: document)
      entry.document.append(cell.extracting(cell.trimmed(0..<cell.count)))
    }
    if let source, source < cells.count {
      entry.source.append(cells.bytes(of: source))
      entry.hasSource = true
    }
    if let target, target < cells.count { entry.target.append(cells.bytes(of: target)) }
    entry.unit = line
    entry.line = line
  }

  private static func oldLineEnds(_ path: String) -> Problem {
    Problem(
      "lines that end in CR alone", at: .init(file: path, line: 1), expected: "LF or CRLF, one after each row",
      advice: "Save it again, not as text for Macintosh; or: tr '\\r' '\\n'.")
  }

  private static func problem(_ path: String) -> Problem {
    Problem(
      "no row of column names with `target`, and `id` or `source`", at: .init(file: path, line: 1),
      expected: "the first row as `kalimat export` wrote it",
      advice: "Columns may stand in any order, and others beside them.")
  }
}

/// The cells of one row, without their quotes and escapes; one for a whole file.
struct TableCells: ~Copyable {
  private var all = ByteBuffer(capacity: 1 << 12)
  private var ends: [Int] = []

  var count: Int { ends.count }
  /// Whether no cell has a byte.
  var isBlank: Bool { all.count == 0 }

  @_lifetime(borrow self)
  borrowing func bytes(of index: Int) -> Span<UInt8> {
    all.span.extracting((index == 0 ? 0 : ends[index - 1])..<ends[index])
  }

  mutating func clear() {
    all.removeAll()
    ends.removeAll(keepingCapacity: true)
  }

  /// Appends to the cell at hand.
  mutating func append(_ bytes: Span<UInt8>) { all.append(bytes) }
  mutating func append(byte: UInt8) { all.append(byte: byte) }
  mutating func end() { ends.append(all.count) }
}

/// Tab-separated values: a row a line, `\t`, `\n`, `\r` and `\\` inside cells; cells in quotes, as spreadsheets write them, too.
final class TSVReader: ReturnedReader {
  let contentSHA256: String
  private let lines: LineReader
  private let columns: TableColumns
  private var cells = TableCells()
  /// The row behind the one at hand, and its line; 0 at the end.
  private var nextCells = TableCells()
  private var nextLine = 0
  /// Whether the row at hand is the rest of the one before.
  private var isRest = false

  init(_ file: ReturnedFile) throws(Problem) {
    lines = try LineReader(file.path, encoding: file.encoding)
    let first = try lines.next() ?? 0..<0
    let bytes = lines.bytes
    Self.read(bytes.span.extracting(first), into: &cells)
    columns = try TableColumns(cells, of: file.path)
    contentSHA256 = columns.contentSHA256
    try readAhead()
  }

  func next(_ entry: inout EntrySlot) throws(Problem) -> Bool {
    if nextLine == 0 { return false }
    swap(&cells, &nextCells)
    let line = nextLine
    try readAhead()
    // A tab or a line break that somebody's tool did not escape.
    let isBroken = nextLine > 0 && columns.isBroken(cells, before: nextCells)
    if isRest || isBroken || columns.areExceeded(by: cells) {
      columns.fill(&entry, broken: cells, line: line)
    } else {
      columns.fill(&entry, cells, line: line)
    }
    isRest = isBroken || (isRest && nextLine > 0 && columns.mayGoOn(in: nextCells))
    return true
  }

  /// Reads the next row that is not blank.
  private func readAhead() throws(Problem) {
    nextLine = 0
    while let line = try lines.next() {
      let bytes = lines.bytes
      Self.read(bytes.span.extracting(line), into: &nextCells)
      if nextCells.isBlank { continue }
      nextLine = lines.lineNumber
      return
    }
  }

  private static func read(_ line: Span<UInt8>, into cells: inout TableCells) {
    cells.clear()
    var here = 0
    while true {
      let end = Kernels.find(0x09, in: line, from: here, to: line.count) ?? line.count
      unescape(line.extracting(here..<end), to: &cells)
      cells.end()
      if end == line.count { return }
      here = end + 1
    }
  }

  private static func unescape(_ cell: Span<UInt8>, to cells: inout TableCells) {
    var copied = 0
    var here = 0
    while let slash = Kernels.find(0x5C, in: cell, from: here, to: cell.count) {
      here = slash + 1
      let byte: UInt8
      switch here < cell.count ? cell[here] : 0 {
      case 0x74: byte = 0x09
      case 0x6E: byte = 0x0A
      case 0x72: byte = 0x0D
      case 0x5C: byte = 0x5C
      default: continue
      }
      cells.append(cell.extracting(copied..<slash))
      cells.append(byte: byte)
      here = slash + 2
      copied = here
    }
    cells.append(cell.extracting(copied..<cell.count))
  }

  /// A cell in quotes with its quotes taken off and those inside undoubled; nil where it is in none.
  static func withoutQuotes(_ cell: [UInt8]) -> [UInt8]? {
    guard cell.count >= 2, cell.first == 0x22, cell.last == 0x22 else { return nil }
    var out: [UInt8] = []
    var here = 1
    while here < cell.count - 1 {
      if cell[here] == 0x22 {
        guard here + 1 < cell.count - 1, cell[here + 1] == 0x22 else { return nil }
        here += 1
      }
      out.append(cell[here])
      here += 1
    }
    return out
  }
}
