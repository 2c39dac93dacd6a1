/// Which column of a table is what.
struct TableColumns {
  private(set) var id: Int?
  private(set) var source: Int?
  private(set) var target: Int?
  private(set) var document: Int?
  private(set) var contentSHA256 = ""

  /// Reads the first row; nil where it has no column for the translation and no ID.
  init?(_ cells: [[UInt8]]) {
    for (i, cell) in cells.enumerated() {
      let name = String(decoding: cell.trimmed, as: UTF8.self).lowercased()
      switch name {
      case "id", "custom_id": id = id ?? i
      case "source", "text": source = source ?? i
      case "target", "translation": target = target ?? i
      case "doc_id": document = document ?? i
      default:
        if name.hasPrefix("content_sha256:") { contentSHA256 = String(name.dropFirst("content_sha256:".utf8.count)) }
      }
    }
    if target == nil || (id == nil && source == nil) { return nil }
  }

  func entry(_ cells: [[UInt8]], line: Int) -> ReturnedEntry {
    func cell(_ index: Int?) -> [UInt8]? { index.flatMap { $0 < cells.count ? cells[$0] : nil } }
    return ReturnedEntry(
      id: (cell(id) ?? []).trimmed, document: (cell(document) ?? []).trimmed, source: cell(source),
      target: cell(target) ?? [], unit: line, line: line)
  }

  static func problem(_ path: String) -> Problem {
    Problem(
      "no row of column names with `target`, and `id` or `source`", at: .init(file: path, line: 1),
      expected: "the first row as `kalimat export` wrote it",
      advice: "Columns may stand in any order, and others beside them.")
  }
}

/// CSV as spreadsheets save it: what stands between cells is told by the first row.
final class CSVReader: ReturnedReader {
  let contentSHA256: String
  private let file: ReturnedFile
  private let blocks: TextBlocks
  private var bytes: [UInt8] = []
  private var here = 0
  private var isAtEnd = false
  private var line = 1
  private var delimiter: UInt8 = 0x2C
  private var columns: TableColumns

  init(_ file: ReturnedFile) throws(Problem) {
    self.file = file
    blocks = try TextBlocks(file.path, encoding: file.encoding)
    var start: [UInt8] = []
    while !start.contains(0x0A), start.count < 1 << 16, let more = try blocks.next() { start += more }
    let (delimiter, skipped) = Self.delimiter(of: start)
    var parsed = CSVCells(delimiter: delimiter)
    var end = skipped
    while end < start.count, !parsed.isRowEnded {
      parsed.take(start[end])
      end += 1
    }
    guard let columns = TableColumns(parsed.finish()) else { throw TableColumns.problem(file.path) }
    self.columns = columns
    contentSHA256 = columns.contentSHA256
    self.delimiter = delimiter
    bytes = start
    here = end
    line = 1 + start[..<end].count { $0 == 0x0A }
  }

  /// What stands between the cells of the first row, and where it begins: behind Excel's `sep=;`, where that is there.
  private static func delimiter(of start: [UInt8]) -> (UInt8, Int) {
    if start.starts(with: Array("sep=".utf8)), start.count > 5 {
      return (start[4], (start.firstIndex(of: 0x0A) ?? start.count - 1) + 1)
    }
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in start {
      if byte == 0x22 { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x0A { break }
      if [0x2C, 0x3B, 0x09, 0x7C].contains(byte) { counts[byte, default: 0] += 1 }
    }
    return (counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0x2C, 0)
  }

  func next() throws(Problem) -> ReturnedEntry? {
    while true {
      let first = line
      guard let cells = try row() else { return nil }
      if cells.allSatisfy(\.isEmpty) { continue }
      return columns.entry(cells, line: first)
    }
  }

  private func row() throws(Problem) -> [[UInt8]]? {
    var parsed = CSVCells(delimiter: delimiter)
    while !parsed.isRowEnded {
      if here == bytes.count {
        guard let more = try blocks.next() else {
          isAtEnd = true
          break
        }
        (bytes, here) = (more, 0)
        continue
      }
      if bytes[here] == 0x0A { line += 1 }
      parsed.take(bytes[here])
      here += 1
      if parsed.byteCount > 1 << 26 {
        throw Problem(
          "a row of over 64 MiB", at: .init(file: file.path, line: line), expected: "a sentence a row",
          advice: "A quote that is opened and not closed makes all that follows one cell.")
      }
    }
    if parsed.isInsideQuotes {
      throw Problem(
        "the file's end inside a cell in quotes", at: .init(file: file.path, line: line), expected: "the closing quote")
    }
    return isAtEnd && parsed.byteCount == 0 ? nil : parsed.finish()
  }
}

/// The cells of one row of CSV (RFC 4180), byte by byte; quotes inside a cell that does not begin with one are text.
private struct CSVCells {
  private let delimiter: UInt8
  private var cells: [[UInt8]] = []
  private var cell: [UInt8] = []
  private var isQuoted = false
  /// A quote was read inside quotes: the end of them, or the first of two.
  private var sawQuote = false
  private(set) var isRowEnded = false
  private(set) var byteCount = 0

  init(delimiter: UInt8) { self.delimiter = delimiter }

  var isInsideQuotes: Bool { isQuoted && !sawQuote }

  mutating func take(_ byte: UInt8) {
    byteCount += 1
    if isQuoted && !sawQuote {
      if byte == 0x22 { sawQuote = true } else { cell.append(byte) }
      return
    }
    if isQuoted && byte == 0x22 {
      cell.append(0x22)
      sawQuote = false
      return
    }
    switch byte {
    case delimiter: endCell()
    case 0x0A:
      if cell.last == 0x0D { cell.removeLast() }
      isRowEnded = true
    case 0x22 where cell.isEmpty && !isQuoted: isQuoted = true
    case 0x0D where isQuoted: break
    default: cell.append(byte)
    }
  }

  private mutating func endCell() {
    cells.append(cell)
    cell = []
    isQuoted = false
    sawQuote = false
  }

  mutating func finish() -> [[UInt8]] {
    if cell.last == 0x0D && !isQuoted { cell.removeLast() }
    endCell()
    return cells
  }
}

/// Tab-separated values: a row a line, `\t`, `\n`, `\r` and `\\` inside cells; cells in quotes, as spreadsheets write them, too.
final class TSVReader: ReturnedReader {
  let contentSHA256: String
  private let lines: LineReader
  private let columns: TableColumns

  init(_ file: ReturnedFile) throws(Problem) {
    lines = try LineReader(file.path, encoding: file.encoding)
    guard let columns = TableColumns(Self.cells(try lines.next() ?? [])) else { throw TableColumns.problem(file.path) }
    self.columns = columns
    contentSHA256 = columns.contentSHA256
  }

  func next() throws(Problem) -> ReturnedEntry? {
    while let line = try lines.next() {
      let cells = Self.cells(line)
      if cells.allSatisfy(\.isEmpty) { continue }
      return columns.entry(cells, line: lines.lineNumber)
    }
    return nil
  }

  private static func cells(_ line: [UInt8]) -> [[UInt8]] {
    line.split(separator: 0x09, omittingEmptySubsequences: false).map { unescaped(Array($0)) }
  }

  private static func unescaped(_ cell: [UInt8]) -> [UInt8] {
    guard cell.contains(0x5C) else { return cell }
    var out: [UInt8] = []
    var here = 0
    while here < cell.count {
      let next = here + 1 < cell.count ? cell[here + 1] : 0
      switch (cell[here], next) {
      case (0x5C, 0x74): out.append(0x09)
      case (0x5C, 0x6E): out.append(0x0A)
      case (0x5C, 0x72): out.append(0x0D)
      case (0x5C, 0x5C): out.append(0x5C)
      default:
        out.append(cell[here])
        here -= 1
      }
      here += 2
    }
    return out
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
