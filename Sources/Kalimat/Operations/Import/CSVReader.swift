/// CSV as spreadsheets save it: what stands between cells is told by the first row.
final class CSVReader: ReturnedReader {
  private(set) var contentSHA256 = ""
  private let file: ReturnedFile
  private let blocks: TextBlocks
  private var bytes: [UInt8] = []
  private var here = 0
  private var isAtEnd = false
  private var line = 1
  private var delimiter: UInt8 = 0x2C
  private var cells = TableCells()
  private var columns: TableColumns?

  init(_ file: ReturnedFile) throws(Problem) {
    self.file = file
    blocks = try TextBlocks(file.path, encoding: file.encoding)
    while !bytes.contains(0x0A), bytes.count < 1 << 16, let more = try blocks.next() { bytes += more }
    (delimiter, here) = Self.delimiter(of: bytes)
    line = 1 + bytes[..<here].count { $0 == 0x0A }
    _ = try row()
    let columns = try TableColumns(cells, of: file.path)
    self.columns = columns
    contentSHA256 = columns.contentSHA256
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

  func next(_ entry: inout EntrySlot) throws(Problem) -> Bool {
    while true {
      let first = line
      guard try row() else { return false }
      if cells.isBlank { continue }
      guard let columns else { return false }
      if columns.areExceeded(by: cells) {
        columns.fill(&entry, broken: cells, line: first)
      } else {
        columns.fill(&entry, cells, line: first)
      }
      return true
    }
  }

  /// Reads the next row into `cells`; false at the end.
  private func row() throws(Problem) -> Bool {
    while true {
      let end = rowEnd()
      if end == nil && !isAtEnd {
        if bytes.count - here > 1 << 26 { throw tooLong }
        let kept = Array(bytes[here...])
        here = 0
        if let more = try blocks.next() { bytes = kept + more } else { (bytes, isAtEnd) = (kept, true) }
        continue
      }
      let row = here..<(end ?? bytes.count)
      if row.isEmpty { return false }
      if row.count > 1 << 26 { throw tooLong }
      let bytes = bytes
      let text = bytes.span.extracting(row)
      var reader = CSVRow(delimiter: delimiter)
      reader.read(text, into: &cells)
      var found = 0
      while let feed = Kernels.find(0x0A, in: text, from: found, to: text.count) {
        line += 1
        found = feed + 1
      }
      if reader.isInsideQuotes {
        throw Problem(
          "the file's end inside a cell in quotes", at: .init(file: file.path, line: line),
          expected: "the closing quote"
        )
      }
      here = row.upperBound
      return true
    }
  }

  /// The offset behind the line end that ends the row at hand; nil where the block ends before.
  private func rowEnd() -> Int? {
    let bytes = bytes
    var reader = CSVRow(delimiter: delimiter)
    return reader.end(of: bytes.span, from: here)
  }

  private var tooLong: Problem {
    Problem(
      "a row of over 64 MiB", at: .init(file: file.path, line: line), expected: "a sentence a row",
      advice: "A quote that is opened and not closed makes all that follows one cell.")
  }
}

/// The cells of one row of CSV (RFC 4180); quotes inside a cell that does not begin with one are text.
private struct CSVRow {
  let delimiter: UInt8
  private var isQuoted = false
  /// A quote was read inside quotes: the end of them, or the first of two.
  private var sawQuote = false
  private var cellStart = true

  init(delimiter: UInt8) { self.delimiter = delimiter }

  var isInsideQuotes: Bool { isQuoted && !sawQuote }

  /// What a byte is in its cell.
  private enum Role { case text, dropped, cellEnd, rowEnd }

  private mutating func take(_ byte: UInt8) -> Role {
    if isQuoted && !sawQuote {
      if byte == 0x22 { sawQuote = true } else { return .text }
      return .dropped
    }
    if isQuoted && byte == 0x22 {
      sawQuote = false
      return .text
    }
    switch byte {
    case delimiter:
      (isQuoted, sawQuote, cellStart) = (false, false, true)
      return .cellEnd
    case 0x0A: return .rowEnd
    case 0x22 where cellStart && !isQuoted:
      isQuoted = true
      return .dropped
    case 0x0D where isQuoted: return .dropped
    default:
      cellStart = false
      return .text
    }
  }

  /// Whether the next bytes up to a quote are all text.
  private var isText: Bool { isQuoted && !sawQuote }

  /// The offset behind the row that begins at `start`; nil where it has no end there.
  mutating func end(of bytes: Span<UInt8>, from start: Int) -> Int? {
    var here = start
    while here < bytes.count {
      if isText {
        guard let quote = Kernels.find(0x22, in: bytes, from: here, to: bytes.count) else { return nil }
        here = quote
      }
      let role = take(bytes[here])
      here += 1
      if role == .rowEnd { return here }
    }
    return nil
  }

  /// Reads a whole row, with its line end or without.
  mutating func read(_ row: Span<UInt8>, into cells: inout TableCells) {
    cells.clear()
    var here = 0
    while here < row.count {
      var end = here
      if isText {
        end = Kernels.find(0x22, in: row, from: here, to: row.count) ?? row.count
        cells.append(row.extracting(here..<end))
        here = end
        if here == row.count { break }
      }
      let byte = row[here]
      here += 1
      switch take(byte) {
      case .text where byte == 0x0D && isLineEnd(row, at: here): break
      case .text: cells.append(byte: byte)
      case .dropped: break
      case .cellEnd: cells.end()
      case .rowEnd: here = row.count
      }
    }
    cells.end()
  }

  /// A CR before the row's end is of the line end.
  private func isLineEnd(_ row: Span<UInt8>, at offset: Int) -> Bool {
    !isQuoted && (offset == row.count || row[offset] == 0x0A)
  }
}
