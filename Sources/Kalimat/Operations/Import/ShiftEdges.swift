/// Where a shift begins and ends, row by row: on one side of an edge each source goes with the translation beside it, on the
/// other with the one `offset` rows on.
///
/// Each row says by its lengths and numbers how much likelier the one is than the other; the likeliest edge is where the sum of
/// what both sides say is greatest. All edges that are not much less likely (a likelihood interval) are taken into account: the
/// outermost of them is the one that is returned, so that rows of which it cannot be told are in the shift.
struct ShiftEdges {
  /// The first and the last row of the shift.
  private(set) var first = 0
  private(set) var last = 0

  /// How much less likely, as a logarithm, an edge may be than the likeliest: 1 in 8,000.
  private static let slack = 9.0
  /// Evidence of one row that is counted at most.
  private static let most = 6.0

  private let rows: [ShiftFinder.Numbered]
  private let offset: Int
  /// The target's length for the source's, and what it varies by, of rows that surely are shifted.
  private var ratio = 1.0
  private var variance = 1.0

  /// - Parameters:
  ///   - range: rows that are shifted but for some at its ends.
  ///   - reach: how far from it an edge is looked for.
  init(_ rows: [ShiftFinder.Numbered], _ range: Range<Int>, _ offset: Int, reach: Int) {
    self.rows = rows
    self.offset = offset
    let middle = range.lowerBound + range.count / 2
    learn(range)
    let inward = min(range.count / 2, 32)
    first = edge(from: min(range.lowerBound + inward, middle), to: max(0, range.lowerBound - reach), step: -1)
    last = edge(
      from: max(range.upperBound - 1 - inward, middle), to: min(rows.count, range.upperBound + reach) - 1, step: 1)
    // A column that was turned round has as many rows at its ends that go with neither.
    first = max(0, first - abs(offset))
    last = min(rows.count - 1, last + abs(offset))
  }

  private mutating func learn(_ range: Range<Int>) {
    let pairs = range.filter { rows.indices.contains($0 + offset) }.map {
      (source: Double(max(rows[$0].row.sourceLength, 1)), target: Double(rows[$0 + offset].row.targetLength))
    }
    guard !pairs.isEmpty else { return }
    ratio = Self.median(pairs.map { $0.target / $0.source })
    // The median of squares of a normal variable is 0.455 of its variance.
    variance = max(Self.median(pairs.map { Self.square($0.target - ratio * $0.source) / $0.source }) / 0.455, 0.1)
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
  private static func square(_ value: Double) -> Double { value * value }

  /// Walks from a row inside the shift outwards.
  private func edge(from start: Int, to end: Int, step: Int) -> Int {
    var sum = 0.0
    var sums: [Double] = []
    for i in stride(from: start, through: end, by: step) {
      sum += evidence(i)
      sums.append(sum)
    }
    guard let best = sums.max(), let outermost = sums.lastIndex(where: { $0 >= best - Self.slack }) else {
      return start
    }
    return start + step * outermost
  }

  /// By how much the row says that it is shifted, as a logarithm; under 0 where it says that it is right.
  private func evidence(_ i: Int) -> Double {
    let row = rows[i].row
    // Where there is no such row, a right one would fit as it stands: half a square is what that costs on average.
    let shifted = rows.indices.contains(i + offset) ? fit(row, rows[i + offset].row) : -0.5
    return min(max(shifted - fit(row, row), -Self.most), Self.most)
  }

  /// How well a source goes with a translation: the logarithm of its likelihood, but for what is equal for all.
  private func fit(_ source: TableRow, _ target: TableRow) -> Double {
    let length = Double(max(source.sourceLength, 1))
    let byLength = -Self.square(Double(target.targetLength) - ratio * length) / (2 * variance * length)
    // Numbers are lost, written out and added now and then: what they say is less than certain.
    let byNumbers = source.sourceNumbers == target.targetNumbers ? 0.0 : -4.0
    return max(byLength, -Self.most) + byNumbers
  }
}
