/// The best path through a band: beads of two sides, and blocks of sentences without counterpart, whose further ones
/// cost less than the first (an affine gap, Gotoh 1982).
struct BestPath {
  private static let fromSourceGap: UInt8 = 10, fromTargetGap: UInt8 = 11, nowhere: UInt8 = 15
  private static let extendsSourceGap: UInt8 = 0x40, extendsTargetGap: UInt8 = 0x80

  private let band: Band
  private let gapStart: Double
  private let gapMore: Double
  /// How each cell of the band was reached, row after row.
  private var steps: [UInt8] = []
  private var rowStarts: [Int] = []
  /// Sums in 64 bits: they grow with the document.
  private var best: [[Double]] = Array(repeating: [], count: 8)
  private var sourceGap: [[Double]] = [[], []]

  /// `scores` gives the scores of the beads that end in a row (BeadScores.row).
  static func find(
    band: Band, priors: BeadPriors, scores: (Int, inout [Float]) -> Void
  ) -> [Bead] {
    var search = BestPath(band: band, priors: priors)
    var row: [Float] = []
    for end in 0..<band.rowCount {
      if end > 0 { scores(end, &row) }
      search.advance(end, row)
    }
    return search.path()
  }

  private init(band: Band, priors: BeadPriors) {
    self.band = band
    gapStart = Double(priors.gapStart)
    gapMore = Double(priors.gapMore)
    rowStarts.reserveCapacity(band.rowCount + 1)
    var total = 0
    for row in 0..<band.rowCount {
      rowStarts.append(total)
      total += band.width(row)
    }
    steps = Array(repeating: Self.nowhere, count: total)
  }

  private mutating func advance(_ row: Int, _ scores: [Float]) {
    let low = Int(band.low[row]), width = band.width(row)
    let impossible = -Double.infinity
    var best: [Double] = [], gap: [Double] = []
    swap(&best, &self.best[row & 7])
    swap(&gap, &sourceGap[row & 1])
    best.removeAll(keepingCapacity: true)
    best.append(contentsOf: repeatElement(impossible, count: width))
    gap.removeAll(keepingCapacity: true)
    gap.append(contentsOf: repeatElement(impossible, count: width))
    var targetGap = impossible
    for cell in 0..<width {
      var value = impossible
      var step = Self.nowhere
      if row == 0, cell == 0 { value = 0 }
      if row > 0 {
        matches(row, target: low + cell, scores, at: cell * BeadShape.count, &value, &step)
        let above = low + cell - Int(band.low[row - 1])
        if above < self.best[(row - 1) & 7].count {
          let opened = self.best[(row - 1) & 7][above] + gapStart
          let extended = sourceGap[(row - 1) & 1][above] + gapMore
          gap[cell] = max(opened, extended)
          if extended > opened { step |= Self.extendsSourceGap }
        }
      }
      if cell > 0 {
        let opened = best[cell - 1] + gapStart, extended = targetGap + gapMore
        targetGap = max(opened, extended)
        if extended > opened { step |= Self.extendsTargetGap }
      }
      if gap[cell] > value {
        value = gap[cell]
        step = (step & 0xF0) | Self.fromSourceGap
      }
      if targetGap > value {
        value = targetGap
        step = (step & 0xF0) | Self.fromTargetGap
      }
      best[cell] = value
      steps[rowStarts[row] + cell] = step
    }
    swap(&best, &self.best[row & 7])
    swap(&gap, &sourceGap[row & 1])
  }

  @inline(__always) private func matches(
    _ row: Int, target: Int, _ scores: [Float], at: Int, _ value: inout Double, _ step: inout UInt8
  ) {
    for shape in 0..<BeadShape.count {
      let score = scores[at + shape]
      if score == BeadScores.impossible { continue }
      let from = row - BeadShape.sources[shape]
      let total = Double(score) + best[from & 7][target - BeadShape.targets[shape] - Int(band.low[from])]
      if total > value {
        value = total
        step = UInt8(shape)
      }
    }
  }

  private func path() -> [Bead] {
    var beads: [Bead] = []
    var row = band.rowCount - 1
    var target = Int(band.high[row])
    var gap: UInt8 = 0
    while row > 0 || target > 0 {
      let step = steps[rowStarts[row] + target - Int(band.low[row])]
      let kind = gap == 0 ? step & 0x0F : gap
      switch kind {
      case Self.fromSourceGap:
        gap = step & Self.extendsSourceGap != 0 ? Self.fromSourceGap : 0
        beads.append(Bead(source: row - 1..<row, target: target..<target))
        row -= 1
      case Self.fromTargetGap:
        gap = step & Self.extendsTargetGap != 0 ? Self.fromTargetGap : 0
        beads.append(Bead(source: row..<row, target: target - 1..<target))
        target -= 1
      default:
        let shape = Int(kind)
        let sources = BeadShape.sources[shape], targets = BeadShape.targets[shape]
        beads.append(Bead(source: row - sources..<row, target: target - targets..<target))
        row -= sources
        target -= targets
      }
    }
    return beads.reversed()
  }
}
