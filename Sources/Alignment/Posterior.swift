/// How probable each bead is, over all paths of a band (forward and backward sums), and the path that has the most
/// beads right by that: what the search's single best path does not say.
struct Posterior {
  private let band: Band
  private let gapStart: Double
  private let gapMore: Double
  private let scale: Double
  private var rowStarts: [Int] = []
  private var scores: [Float] = []
  /// Log sums over paths to a cell, and to a cell inside a block of source or target sentences without counterpart.
  /// In 64 bits: they grow with the document, and what is wanted of them is small differences.
  private var alpha: [Double] = []
  private var alphaSource: [Double] = []
  private var alphaTarget: [Double] = []
  /// Log sums over paths from a cell to the end, likewise.
  private var beta: [Double] = []
  private var betaSource: [Double] = []
  private var betaTarget: [Double] = []
  private static let impossible = -Double.infinity

  /// Beads of the best path with their probabilities; `scores` as in BestPath.find.
  static func decode(
    band: Band, priors: BeadPriors, temperature: Double, beadCost: Double, gapDoubt: Double,
    scores: (Int, inout [Float]) -> Void
  ) -> [ScoredBead] {
    var posterior = Posterior(band: band, priors: priors, temperature: temperature)
    var row: [Float] = []
    for end in 0..<band.rowCount {
      if end > 0 { scores(end, &row) } else { row.reset(count: band.width(0) * BeadShape.count) }
      posterior.scores.append(contentsOf: row)
    }
    posterior.runForward()
    posterior.runBackward()
    return posterior.path(beadCost: beadCost, gapDoubt: gapDoubt)
  }

  private init(band: Band, priors: BeadPriors, temperature: Double) {
    self.band = band
    scale = 1 / temperature
    gapStart = Double(priors.gapStart) * scale
    gapMore = Double(priors.gapMore) * scale
    var total = 0
    for row in 0..<band.rowCount {
      rowStarts.append(total)
      total += band.width(row)
    }
    scores.reserveCapacity(total * BeadShape.count)
    alpha = Array(repeating: Self.impossible, count: total)
    alphaSource = alpha
    alphaTarget = alpha
    beta = alpha
    betaSource = alpha
    betaTarget = alpha
  }

  /// The cell's number, nil outside the band.
  @inline(__always) private func cell(_ row: Int, _ target: Int) -> Int? {
    if row < 0 || row >= band.rowCount { return nil }
    let low = Int(band.low[row])
    return target < low || target > Int(band.high[row]) ? nil : rowStarts[row] + target - low
  }

  @inline(__always) private static func add(_ a: Double, _ b: Double) -> Double {
    let most = max(a, b), least = min(a, b)
    if least == impossible || most - least > 16 { return most }
    return most + Logarithm.natural(1 + Logarithm.exponential(least - most))
  }

  private mutating func runForward() {
    for row in 0..<band.rowCount {
      for target in Int(band.low[row])...Int(band.high[row]) {
        let here = rowStarts[row] + target - Int(band.low[row])
        var sum = here == 0 ? 0 : Self.impossible
        if row > 0 {
          for shape in 0..<BeadShape.count {
            let score = scores[here * BeadShape.count + shape]
            if score == BeadScores.impossible { continue }
            let from = row - BeadShape.sources[shape]
            let before = rowStarts[from] + target - BeadShape.targets[shape] - Int(band.low[from])
            sum = Self.add(sum, alpha[before] + Double(score) * scale)
          }
          if let above = cell(row - 1, target) {
            alphaSource[here] = Self.add(alpha[above] + gapStart, alphaSource[above] + gapMore)
          }
        }
        if target > Int(band.low[row]) {
          alphaTarget[here] = Self.add(alpha[here - 1] + gapStart, alphaTarget[here - 1] + gapMore)
        }
        alpha[here] = Self.add(sum, Self.add(alphaSource[here], alphaTarget[here]))
      }
    }
  }

  private mutating func runBackward() {
    beta[beta.count - 1] = 0
    for row in stride(from: band.rowCount - 1, through: 0, by: -1) {
      for target in stride(from: Int(band.high[row]), through: Int(band.low[row]), by: -1) {
        let here = rowStarts[row] + target - Int(band.low[row])
        var sum = beta[here]
        for shape in 0..<BeadShape.count {
          guard let after = cell(row + BeadShape.sources[shape], target + BeadShape.targets[shape]) else { continue }
          let score = scores[after * BeadShape.count + shape]
          if score == BeadScores.impossible { continue }
          sum = Self.add(sum, beta[after] + Double(score) * scale)
        }
        var more = Self.impossible, moreTarget = Self.impossible
        if let below = cell(row + 1, target) {
          sum = Self.add(sum, betaSource[below] + gapStart)
          more = betaSource[below] + gapMore
        }
        if target < Int(band.high[row]) {
          sum = Self.add(sum, betaTarget[here + 1] + gapStart)
          moreTarget = betaTarget[here + 1] + gapMore
        }
        beta[here] = sum
        betaSource[here] = Self.add(sum, more)
        betaTarget[here] = Self.add(sum, moreTarget)
      }
    }
  }

  private func probability(_ log: Double) -> Double {
    min(1, Logarithm.exponential(log - beta[0]))
  }

  /// The path with the largest sum of probabilities, each bead of two sides less `beadCost`.
  private func path(beadCost: Double, gapDoubt: Double) -> [ScoredBead] {
    var gains = [Double](repeating: Self.impossible, count: alpha.count)
    var steps = [UInt8](repeating: 0, count: alpha.count)
    for row in 0..<band.rowCount {
      for target in Int(band.low[row])...Int(band.high[row]) {
        let here = rowStarts[row] + target - Int(band.low[row])
        var best = here == 0 ? 0 : Self.impossible
        var step: UInt8 = 0
        if let above = cell(row - 1, target) {
          let gain = gains[above] - gapDoubt * (1 - sourceGapProbability(above: above, here: here))
          if gain > best { (best, step) = (gain, 10) }
        }
        if target > Int(band.low[row]) {
          let gain = gains[here - 1] - gapDoubt * (1 - targetGapProbability(here: here))
          if gain > best { (best, step) = (gain, 11) }
        }
        for shape in 0..<BeadShape.count where row > 0 {
          let score = scores[here * BeadShape.count + shape]
          if score == BeadScores.impossible { continue }
          guard let from = cell(row - BeadShape.sources[shape], target - BeadShape.targets[shape]) else { continue }
          let log = alpha[from] + Double(score) * scale + beta[here]
          if log - beta[0] < -6 { continue }
          let gain = gains[from] + probability(log) - beadCost
          if gain > best { (best, step) = (gain, UInt8(shape)) }
        }
        gains[here] = best
        steps[here] = step
      }
    }
    return trace(steps)
  }

  private func sourceGapProbability(above: Int, here: Int) -> Double {
    probability(Self.add(alpha[above] + gapStart, alphaSource[above] + gapMore) + betaSource[here])
  }
  private func targetGapProbability(here: Int) -> Double {
    probability(Self.add(alpha[here - 1] + gapStart, alphaTarget[here - 1] + gapMore) + betaTarget[here])
  }

  private func trace(_ steps: [UInt8]) -> [ScoredBead] {
    var beads: [ScoredBead] = []
    var row = band.rowCount - 1
    var target = Int(band.high[row])
    while row > 0 || target > 0 {
      guard let here = cell(row, target) else { break }
      var sources = 1, targets = 0
      var confidence = 0.0
      if steps[here] == 10, let above = cell(row - 1, target) {
        confidence = sourceGapProbability(above: above, here: here)
      } else if steps[here] == 11 {
        (sources, targets) = (0, 1)
        confidence = targetGapProbability(here: here)
      } else {
        let shape = Int(steps[here])
        (sources, targets) = (BeadShape.sources[shape], BeadShape.targets[shape])
        if let from = cell(row - sources, target - targets) {
          confidence = probability(alpha[from] + Double(scores[here * BeadShape.count + shape]) * scale + beta[here])
        }
      }
      let bead = Bead(source: row - sources..<row, target: target - targets..<target)
      beads.append(ScoredBead(bead: bead, confidence: Float(confidence)))
      row -= sources
      target -= targets
    }
    return beads.reversed()
  }
}
