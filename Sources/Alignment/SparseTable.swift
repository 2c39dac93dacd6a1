/// For each source token a short list of target tokens with numbers: flat arrays, rows one after the other.
struct SparseTable: Sendable {
  var rowStarts: [Int32]
  var columns: [Int32] = []
  var values: [Float] = []

  init(rowCount: Int) { rowStarts = Array(repeating: 0, count: rowCount + 1) }

  /// Builds rows from entries in any order; of several for the same cell the largest value holds.
  init(rowCount: Int, entries: [(row: Int32, column: Int32, value: Float)]) {
    self.init(rowCount: rowCount)
    let sorted = entries.sorted { ($0.row, $0.column, -$0.value) < ($1.row, $1.column, -$1.value) }
    var last: (Int32, Int32) = (-1, -1)
    for entry in sorted where (entry.row, entry.column) != last {
      last = (entry.row, entry.column)
      columns.append(entry.column)
      values.append(entry.value)
      rowStarts[Int(entry.row) + 1] += 1
    }
    for row in 0..<rowCount { rowStarts[row + 1] += rowStarts[row] }
  }

  @inline(__always) func row(_ row: Int) -> Range<Int> { Int(rowStarts[row])..<Int(rowStarts[row + 1]) }

  /// The value at a cell, 0 where there is none.
  func value(row: Int, column: Int32) -> Float {
    var range = self.row(row)
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if columns[middle] == column { return values[middle] }
      range = columns[middle] < column ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return 0
  }
}
