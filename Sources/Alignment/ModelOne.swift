/// IBM Model 1 in both directions at once over the beads of all documents (Brown et al. 1993; agreement as in Liang,
/// Taskar and Klein 2006): expected counts are √(posterior forward × posterior backward).
struct ModelOne {
  private let parameters: AlignmentParameters
  private let sourceUnigram: [Double]
  private let targetUnigram: [Double]

  init(sourceCounts: [Double], targetCounts: [Double], parameters: AlignmentParameters) {
    self.parameters = parameters
    sourceUnigram = Self.unigram(sourceCounts)
    targetUnigram = Self.unigram(targetCounts)
  }

  private static func unigram(_ counts: [Double]) -> [Double] {
    let total = counts.reduce(0, +) + 0.5 * Double(counts.count)
    return counts.map { ($0 + 0.5) / total }
  }

  /// Learns from beads (tokens of both sides, nothing empty) and `priors`: pseudo counts by source and target token.
  func learn(_ beads: BeadTokens, priors: SparseTable) -> Translations {
    var counts = PairCounts(beads, sourceCount: sourceUnigram.count, targetCount: targetUnigram.count)
    let pairPriors = counts.priors(from: priors)
    var forward = [Float](repeating: 1, count: counts.pairCount)
    var backward = forward
    for iteration in 0..<parameters.iterations {
      expect(beads, &counts, forward: forward, backward: backward, isFirst: iteration == 0)
      maximise(counts, pairPriors, forward: &forward, backward: &backward)
    }
    return translations(counts, priors: priors)
  }

  private func expect(
    _ beads: BeadTokens, _ counts: inout PairCounts, forward: [Float], backward: [Float], isFirst: Bool
  ) {
    counts.clear()
    let odds = parameters.emptyShare / (1 - parameters.emptyShare)
    var sourceSums: [Float] = []
    var targetSums: [Float] = []
    for bead in 0..<beads.count {
      let x = beads.source(bead), y = beads.target(bead)
      let base = counts.pairBase(bead)
      sourceSums.removeAll(keepingCapacity: true)
      targetSums.removeAll(keepingCapacity: true)
      for i in x { sourceSums.append(Float(odds * Double(y.count) * (isFirst ? 1 : sourceUnigram[Int(beads.sourceTokens[i])]))) }
      for j in y { targetSums.append(Float(odds * Double(x.count) * (isFirst ? 1 : targetUnigram[Int(beads.targetTokens[j])]))) }
      var at = base
      for i in 0..<x.count {
        var sum: Float = 0
        for j in 0..<y.count {
          let pair = Int(counts.pairOf[at])
          targetSums[j] += forward[pair]
          sum += backward[pair]
          at += 1
        }
        sourceSums[i] += sum
      }
      for i in 0..<x.count { sourceSums[i] = 1 / sourceSums[i] }
      for j in 0..<y.count { targetSums[j] = 1 / targetSums[j] }
      at = base
      let weight = beads.weights[bead]
      for i in 0..<x.count {
        let scale = sourceSums[i]
        for j in 0..<y.count {
          let pair = Int(counts.pairOf[at])
          counts.expected[pair] += (forward[pair] * backward[pair] * targetSums[j] * scale).squareRoot() * weight
          at += 1
        }
      }
    }
    counts.sum()
  }

  private func maximise(_ counts: PairCounts, _ priors: [Float], forward: inout [Float], backward: inout [Float]) {
    let smoothing = parameters.smoothing
    for s in 0..<sourceUnigram.count {
      let sourceSum = counts.sourceSums[s]
      for pair in counts.row(s) {
        let t = Int(counts.targetOf[pair])
        let count = Double(counts.expected[pair]), prior = Double(priors[pair])
        forward[pair] = Float((count + prior + smoothing * targetUnigram[t]) / (sourceSum + prior + smoothing))
        backward[pair] = Float((count + prior + smoothing * sourceUnigram[s]) / (counts.targetSums[t] + prior + smoothing))
      }
    }
  }

  /// Counts less the discount, plus priors, as ratios to the unigrams; the mass set free backs the background.
  private func translations(_ counts: PairCounts, priors: SparseTable) -> Translations {
    let sourceCount = sourceUnigram.count, targetCount = targetUnigram.count
    var kept: [(target: Int32, count: Double, prior: Double)] = []
    var rows: [Int32] = [0]
    var keptSource = [Double](repeating: 0, count: sourceCount), priorSource = keptSource
    var keptTarget = [Double](repeating: 0, count: targetCount), priorTarget = keptTarget
    for s in 0..<sourceCount {
      merge(counts, priors, row: s, into: &kept)
      for entry in kept[Int(rows[s])...] {
        keptSource[s] += entry.count
        keptTarget[Int(entry.target)] += entry.count
        priorSource[s] = max(priorSource[s], entry.prior)
        priorTarget[Int(entry.target)] = max(priorTarget[Int(entry.target)], entry.prior)
      }
      rows.append(Int32(kept.count))
    }
    var result = Translations(sourceCount: sourceCount, targetCount: targetCount)
    let smoothing = parameters.smoothing
    for t in 0..<targetCount {
      let sum = counts.targetSums[t]
      result.targetBackground[t] = Float((smoothing + max(0, sum - keptTarget[t])) / (sum + priorTarget[t] + smoothing))
    }
    for s in 0..<sourceCount {
      let sum = counts.sourceSums[s] + priorSource[s] + smoothing
      result.sourceBackground[s] = Float((smoothing + max(0, counts.sourceSums[s] - keptSource[s])) / sum)
      var row: [(target: Int32, forward: Float, backward: Float)] = []
      for entry in kept[Int(rows[s])..<Int(rows[s + 1])] {
        let t = Int(entry.target)
        let both = entry.count + entry.prior
        let forward = both / sum / targetUnigram[t]
        let backward = both / (counts.targetSums[t] + priorTarget[t] + smoothing) / sourceUnigram[s]
        if forward > parameters.leastRatio || backward > parameters.leastRatio { row.append((entry.target, Float(forward), Float(backward))) }
      }
      if row.count > parameters.translationsKept {
        row.sort { ($0.forward + $0.backward, $1.target) > ($1.forward + $1.backward, $0.target) }
        row.removeLast(row.count - parameters.translationsKept)
        row.sort { $0.target < $1.target }
      }
      for entry in row {
        result.targets.append(entry.target)
        result.forward.append(entry.forward)
        result.backward.append(entry.backward)
      }
      result.rowStarts[s + 1] = Int32(result.targets.count)
    }
    return result
  }

  /// Appends the row's pairs that a discounted count or a prior keeps, by target token.
  private func merge(
    _ counts: PairCounts, _ priors: SparseTable, row s: Int,
    into kept: inout [(target: Int32, count: Double, prior: Double)]
  ) {
    var priorRow = priors.row(s)
    for pair in counts.row(s) {
      let t = counts.targetOf[pair]
      while let first = priorRow.first, priors.columns[first] < t {
        kept.append((priors.columns[first], 0, Double(priors.values[first])))
        priorRow.removeFirst()
      }
      var prior = 0.0
      if let first = priorRow.first, priors.columns[first] == t {
        prior = Double(priors.values[first])
        priorRow.removeFirst()
      }
      let count = max(0, Double(counts.expected[pair]) - parameters.discount)
      if count + prior > 0 { kept.append((t, count, prior)) }
    }
    for rest in priorRow { kept.append((priors.columns[rest], 0, Double(priors.values[rest]))) }
  }
}
