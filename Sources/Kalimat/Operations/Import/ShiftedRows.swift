/// Rows of a returned file whose translations are those of other rows.
struct ShiftedRange: Sendable, Equatable {
  var file: Int
  /// Entries by their number in the file.
  var numbers: ClosedRange<Int>
  /// Of the first.
  var line: Int
  var detail: String
}

/// Finds a column of translations that was sorted, or moved up or down, by itself. It says that it is so; what belonged to
/// what it does not guess.
///
/// A translation is about as long as its source in its own measure, and has the same numbers. Where that does not hold of
/// rows as they stand, and holds of each source and the translation some rows up or down, the column was moved. Where it
/// does not hold, and the translations alone are in alphabetical order, the column was sorted.
struct ShiftFinder {
  typealias Numbered = (number: Int, line: Int, row: TableRow)

  /// Rows that are looked at together, and how far apart such windows begin.
  private static let window = 48
  private static let step = 16
  /// How far from such windows an edge is looked for.
  private static let reach = 4 * window
  private static let offsets = [-3, -2, -1, 1, 2, 3]

  let file: Int
  private(set) var ranges: [ShiftedRange] = []
  private var rows: [Numbered] = []

  init(file: Int) { self.file = file }

  mutating func add(_ row: Numbered) {
    rows.append(row)
    if rows.count == 1 << 16 { look() }
  }

  /// Looks at the rows since the last call.
  mutating func look() {
    defer { rows.removeAll(keepingCapacity: true) }
    if rows.count < 24 { return }
    if isSorted {
      return add(0...rows.count - 1, "the translations are in alphabetical order, and their sources are others'")
    }
    var run: (range: Range<Int>, offset: Int)? = nil
    var start = 0
    while start < rows.count {
      let end = min(start + Self.window, rows.count)
      if end - start >= 24, let offset = shift(of: start..<end) {
        if let open = run, open.offset == offset, open.range.upperBound >= start {
          run = (open.range.lowerBound..<end, offset)
        } else {
          if let run { add(around: run.range, run.offset) }
          run = (start..<end, offset)
        }
      }
      if end == rows.count { break }
      start += Self.step
    }
    if let run { add(around: run.range, run.offset) }
  }

  // MARK: Evidence

  private var isSorted: Bool {
    func rising(_ head: (TableRow) -> UInt64) -> Double {
      var (up, down) = (0, 0)
      for (a, b) in zip(rows, rows.dropFirst()) {
        if head(a.row) < head(b.row) { up += 1 } else if head(a.row) > head(b.row) { down += 1 }
      }
      return up + down < 10 ? 0 : Double(up) / Double(up + down)
    }
    guard rising(\.targetHead) > 0.95, rising(\.sourceHead) < 0.8 else { return false }
    // A table that was sorted whole, by its translations, is in order.
    return agreement(0..<rows.count, 0) < 0.35
  }

  /// How many rows up or down the translations are of; nil where nothing is wrong, or it cannot be told.
  private func shift(of range: Range<Int>) -> Int? {
    let own = agreement(range, 0)
    if own > 0.4 { return nil }
    let best = Self.offsets.map { (offset: $0, agreement: agreement(range, $0)) }.max { $0.agreement < $1.agreement }
    guard let best, best.agreement > 0.7, best.agreement > own + 0.4 else { return nil }
    return best.offset
  }

  /// How well sources and the translations `offset` rows on belong together, 0 to 1: by their numbers, where enough rows
  /// have some, and by their lengths.
  private func agreement(_ range: Range<Int>, _ offset: Int) -> Double {
    let own = max(range.lowerBound, range.lowerBound - offset)..<min(range.upperBound, range.upperBound - offset)
    var numbered = 0
    var same = 0
    var sums = CorrelationSums()
    for i in own {
      let (source, target) = (rows[i].row, rows[i + offset].row)
      sums.add(Double(source.sourceLength), Double(target.targetLength))
      if source.sourceNumbers == 0 { continue }
      numbered += 1
      if source.sourceNumbers == target.targetNumbers { same += 1 }
    }
    guard numbered >= 6 else { return sums.correlation }
    return (Double(same) / Double(numbered) + sums.correlation) / 2
  }

  /// Pearson's coefficient from sums; what is under 0 is 0. Lengths are whole numbers, and their sums exact.
  private struct CorrelationSums {
    private var count = 0.0, a = 0.0, b = 0.0, aa = 0.0, bb = 0.0, ab = 0.0

    mutating func add(_ x: Double, _ y: Double) {
      count += 1
      a += x
      b += y
      aa += x * x
      bb += y * y
      ab += x * y
    }

    var correlation: Double {
      let (varianceA, varianceB) = (count * aa - a * a, count * bb - b * b)
      guard varianceA > 0, varianceB > 0 else { return 0 }
      return max(0, (count * ab - a * b) / (varianceA * varianceB).squareRoot())
    }
  }

  // MARK: Ranges

  /// Takes the rows in, from where the shift begins to where it ends.
  private mutating func add(around range: Range<Int>, _ offset: Int) {
    let edges = ShiftEdges(rows, range, offset, reach: Self.reach)
    add(
      edges.first...edges.last,
      "the translations are of the rows \(abs(offset)) \(offset > 0 ? "above" : "below") them, by length and numbers")
  }

  private mutating func add(_ indices: ClosedRange<Int>, _ detail: String) {
    let numbers = rows[indices.lowerBound].number...rows[indices.upperBound].number
    let found = ShiftedRange(file: file, numbers: numbers, line: rows[indices.lowerBound].line, detail: detail)
    guard let last = ranges.last, last.numbers.upperBound + 1 >= numbers.lowerBound else {
      return ranges.append(found)
    }
    let start = min(last.numbers.lowerBound, numbers.lowerBound)
    if start < last.numbers.lowerBound { ranges[ranges.count - 1].line = found.line }
    ranges[ranges.count - 1].numbers = start...max(last.numbers.upperBound, numbers.upperBound)
  }
}
