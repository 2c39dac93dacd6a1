/// The cells a search looks at: for each number of source sentences done, a range of target sentences done.
///
/// Both ends never fall from one row to the next; the first cell and the last are in.
struct Band: Sendable, Equatable {
  /// First and last target positions, for 0 … source count.
  var low: [Int32]
  var high: [Int32]

  var rowCount: Int { low.count }
  @inline(__always) func width(_ row: Int) -> Int { Int(high[row] - low[row]) + 1 }

  /// Around the diagonal, `halfWidth` target sentences to each side.
  static func diagonal(sourceCount: Int, targetCount: Int, halfWidth: Int) -> Band {
    var band = Band(low: [], high: [])
    for row in 0...sourceCount {
      let centre = sourceCount == 0 ? 0 : row * targetCount / sourceCount
      band.low.append(Int32(max(0, centre - halfWidth)))
      band.high.append(Int32(min(targetCount, centre + halfWidth)))
    }
    band.close(targetCount: targetCount)
    return band
  }

  /// Around a path, `halfWidth` target sentences to each side and a quarter of that in source sentences; `wide` where the
  /// path leaves several sentences near by without counterpart: it may have lost its way there.
  static func around(
    _ beads: [Bead], sourceCount: Int, targetCount: Int, halfWidth: Int, whereGapped wide: Int
  ) -> Band {
    var low = [Int32](repeating: Int32(targetCount), count: sourceCount + 1)
    var high = [Int32](repeating: 0, count: sourceCount + 1)
    func put(_ row: Int, _ column: Int, _ width: Int) {
      low[row] = min(low[row], Int32(max(0, column - width)))
      high[row] = max(high[row], Int32(min(targetCount, column + width)))
    }
    put(0, 0, halfWidth)
    put(sourceCount, targetCount, halfWidth)
    let gaps = gapSums(beads)
    for (index, bead) in beads.enumerated() {
      let near = gaps[min(beads.count, index + wide)] - gaps[max(0, index - wide)]
      let width = near >= 10 ? wide : halfWidth
      for row in bead.source.lowerBound...bead.source.upperBound {
        put(row, bead.target.lowerBound, width)
        put(row, bead.target.upperBound, width)
      }
    }
    // Rows near by share their extents, so that a deletion the path does not have yet can be found.
    let reach = halfWidth / 4, step = max(1, halfWidth / 8)
    var band = Band(low: low, high: high)
    for row in 0...sourceCount {
      for shift in stride(from: -reach, through: reach, by: step) {
        let other = min(sourceCount, max(0, row + shift))
        band.low[row] = min(band.low[row], low[other])
        band.high[row] = max(band.high[row], high[other])
      }
    }
    band.close(targetCount: targetCount)
    return band
  }

  /// At n: how many of the first n beads have one side only.
  private static func gapSums(_ beads: [Bead]) -> [Int] {
    var sums = [0]
    sums.reserveCapacity(beads.count + 1)
    for bead in beads { sums.append(sums[sums.count - 1] + (bead.source.isEmpty || bead.target.isEmpty ? 1 : 0)) }
    return sums
  }

  /// Makes both ends rise only and joins first and last cell.
  private mutating func close(targetCount: Int) {
    low[0] = 0
    high[rowCount - 1] = Int32(targetCount)
    for row in stride(from: rowCount - 2, through: 0, by: -1) { low[row] = min(low[row], low[row + 1]) }
    for row in 1..<max(1, rowCount) { high[row] = max(high[row], high[row - 1]) }
    // Neighbouring rows overlap, or no path could lead from one to the other.
    for row in 1..<max(1, rowCount) { low[row] = min(low[row], high[row - 1]) }
  }
}
