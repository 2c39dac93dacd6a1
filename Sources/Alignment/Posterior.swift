/// How probable each bead is, over all paths of a band (forward and backward sums), and the path that has the most
/// beads right by that: what the search's single best path does not say.
struct Posterior {
  private let band: Band
  private let gapStart: Float
  private let gapMore: Float
  private let scale: Float
  private var rowStarts: [Int] = []
  private var scores: [Float] = []
  /// Log sums over paths to a cell, and to a cell inside a block of source or target sentences without counterpart.
  private var alpha: [Float] = []
  private var alphaSource: [Float] = []
  private var alphaTarget: [Float] = []
  /// Log sums over paths from a cell to the end, likewise.
  private var beta: [Float] = []
  private var betaSource: [Float] = []
  private var betaTarget: [Float] = []

  /// Beads of the best path with their probabilities; `scores` as in BestPath.find.
  static func decode(
    band: Band, priors: BeadPriors, temperature: Double, beadCost: Double, scores: (Int, inout [Float]) -> Void
  ) -> [ScoredBead] {
    var posterior = Posterior(band: band, priors: priors, temperature: temperature)
    var row: [Float] = []
    for end in 0..<band.rowCount {
      if end > 0 { scores(end, &row) } else { row.reset(count: band.width(0) * BeadShape.count) }
      posterior.scores.append(contentsOf: row)
    }
    posterior.runForward()
    posterior.runBackward()
    return posterior.path(beadCost: Float(beadCost))
  }

  private init(band: Band, priors: BeadPriors, temperature: Double) {
    self.band = band
    scale = Float(1 / temperature)
    gapStart = priors.gapStart * scale
    gapMore = priors.gapMore * scale
    var total = 0
    for row in 0..<band.rowCount {
      rowStarts.append(total)
      total += band.width(row)
    }
    scores.reserveCapacity(total * BeadShape.count)
    alpha = Array(repeating: BeadScores.impossible, count: total)
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

  @inline(__always) private static func add(_ a: Float, _ b: Float) -> Float {
    let most = max(a, b), least = min(a, b)
    if least == BeadScores.impossible || most - least > 16 { return most }
    return most + Float(Logarithm.natural(1 + Logarithm.exponential(Double(least - most))))
  }

  private mutating func runForward() {
    for row in 0..<band.rowCount {
      for target in Int(band.low[row])...Int(band.high[row]) {
        let here = rowStarts[row] + target - Int(band.low[row])
        var sum: Float = here == 0 ? 0 : BeadScores.impossible
        if row > 0 {
          for shape in 0..<BeadShape.count {
            let score = scores[here * BeadShape.count + shape]
            if score == BeadScores.impossible { continue }
            let from = row - BeadShape.sources[shape]
            let before = rowStarts[from] + target - BeadShape.targets[shape] - Int(band.low[from])
            sum = Self.add(sum, alpha[before] + score * scale)
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
          sum = Self.add(sum, beta[after] + score * scale)
        }
        var more = BeadScores.impossible, moreTarget = BeadScores.impossible
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

  private func probability(_ log: Float) -> Float {
    Float(min(1, Logarithm.exponential(Double(log - beta[0]))))
  }

  /// The path with the largest sum of probabilities, each bead of two sides less `beadCost`.
  private func path(beadCost: Float) -> [ScoredBead] {
    var gains = [Float](repeating: BeadScores.impossible, count: alpha.count)
    var steps = [UInt8](repeating: 0, count: alpha.count)
    for row in 0..<band.rowCount {
      for target in Int(band.low[row])...Int(band.high[row]) {
        let here = rowStarts[row] + target - Int(band.low[row])
        var best: Float = here == 0 ? 0 : BeadScores.impossible
        var step: UInt8 = 0
        if let above = cell(row - 1, target), gains[above] > best { (best, step) = (gains[above], 10) }
        if target > Int(band.low[row]), gains[here - 1] > best { (best, step) = (gains[here - 1], 11) }
        for shape in 0..<BeadShape.count where row > 0 {
          let score = scores[here * BeadShape.count + shape]
          if score == BeadScores.impossible { continue }
          guard let from = cell(row - BeadShape.sources[shape], target - BeadShape.targets[shape]) else { continue }
          let log = alpha[from] + score * scale + beta[here]
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

  private func trace(_ steps: [UInt8]) -> [ScoredBead] {
    var beads: [ScoredBead] = []
    var row = band.rowCount - 1
    var target = Int(band.high[row])
    while row > 0 || target > 0 {
      guard let here = cell(row, target) else { break }
      var sources = 1, targets = 0
      var log = BeadScores.impossible
      if steps[here] == 10, let above = cell(row - 1, target) {
        log = Self.add(alpha[above] + gapStart, alphaSource[above] + gapMore) + betaSource[here]
      } else if steps[here] == 11 {
        (sources, targets) = (0, 1)
        log = Self.add(alpha[here - 1] + gapStart, alphaTarget[here - 1] + gapMore) + betaTarget[here]
      } else {
        let shape = Int(steps[here])
        (sources, targets) = (BeadShape.sources[shape], BeadShape.targets[shape])
        if let from = cell(row - sources, target - targets) {
          log = alpha[from] + scores[here * BeadShape.count + shape] * scale + beta[here]
        }
      }
      let bead = Bead(source: row - sources..<row, target: target - targets..<target)
      beads.append(ScoredBead(bead: bead, confidence: probability(log)))
      row -= sources
      target -= targets
    }
    return beads.reversed()
  }
}
