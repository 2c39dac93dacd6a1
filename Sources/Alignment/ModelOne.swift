/// IBM Model 1 in both directions at once over the beads of all documents (Brown et al. 1993; agreement as in Liang,
/// Taskar and Klein 2006): expected counts are √(posterior forward × posterior backward).
struct ModelOne {
  private let parameters: AlignmentParameters
  private let known: KnownPairs
  let sourceUnigram: [Double]
  let targetUnigram: [Double]

  init(sourceCounts: [Double], targetCounts: [Double], known: KnownPairs, parameters: AlignmentParameters) {
    self.parameters = parameters
    self.known = known
    sourceUnigram = Self.unigram(sourceCounts, known.sourceTotals)
    targetUnigram = Self.unigram(targetCounts, known.targetTotals)
  }

  private static func unigram(_ counts: [Double], _ totals: [Double]) -> [Double] {
    let total = counts.reduce(0, +) + totals.reduce(0, +) + 0.5 * Double(counts.count)
    return zip(counts, totals).map { ($0 + $1 + 0.5) / total }
  }

  /// Expected counts over beads (tokens of both sides, nothing empty).
  func count(_ beads: BeadTokens) -> PairCounts {
    var counts = PairCounts(beads, sourceCount: sourceUnigram.count, targetCount: targetUnigram.count)
    let pairs = counts.known(known)
    var forward = [Float](repeating: 1, count: counts.pairCount)
    var backward = forward
    // What was counted before is a better start than one that knows nothing.
    if known.hasCounts { maximise(counts, pairs, forward: &forward, backward: &backward) }
    for iteration in 0..<parameters.iterations {
      expect(beads, &counts, forward: forward, backward: backward, isFirst: iteration == 0 && !known.hasCounts)
      maximise(counts, pairs, forward: &forward, backward: &backward)
    }
    return counts
  }

  /// Learns from beads what the search reads.
  func learn(_ beads: BeadTokens) -> Translations { translations(count(beads)) }

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
      for i in x {
        sourceSums.append(Float(odds * Double(y.count) * (isFirst ? 1 : sourceUnigram[Int(beads.sourceTokens[i])])))
      }
      for j in y {
        targetSums.append(Float(odds * Double(x.count) * (isFirst ? 1 : targetUnigram[Int(beads.targetTokens[j])])))
      }
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

  private func maximise(
    _ counts: PairCounts, _ pairs: (beliefs: [Float], counts: [Float]), forward: inout [Float], backward: inout [Float]
  ) {
    let smoothing = parameters.smoothing
    for s in 0..<sourceUnigram.count {
      let sourceSum = counts.sourceSums[s] + known.sourceTotals[s] + smoothing
      for pair in counts.row(s) {
        let t = Int(counts.targetOf[pair])
        let count = Double(counts.expected[pair] + pairs.counts[pair]), belief = Double(pairs.beliefs[pair])
        let targetSum = counts.targetSums[t] + known.targetTotals[t] + smoothing
        forward[pair] = Float((count + belief + smoothing * targetUnigram[t]) / (sourceSum + belief))
        backward[pair] = Float((count + belief + smoothing * sourceUnigram[s]) / (targetSum + belief))
      }
    }
  }

  /// A pair with what the discount leaves of its count.
  private struct Kept {
    var target: Int32
    var count: Double
    var belief: Double
  }

  /// Counts less the discount, plus beliefs, as ratios to the unigrams; the mass set free backs the background.
  private func translations(_ counts: PairCounts) -> Translations {
    let sourceCount = sourceUnigram.count, targetCount = targetUnigram.count
    var kept: [Kept] = []
    var rows: [Int] = [0]
    var source = Masses(count: sourceCount), target = Masses(count: targetCount)
    for s in 0..<sourceCount {
      merge(counts, row: s, into: &kept)
      for entry in kept[rows[s]...] {
        source.add(s, entry.count, entry.belief)
        target.add(Int(entry.target), entry.count, entry.belief)
      }
      rows.append(kept.count)
    }
    let smoothing = parameters.smoothing
    source.finish(counts.sourceSums, known.sourceTotals, smoothing)
    target.finish(counts.targetSums, known.targetTotals, smoothing)
    var result = Translations(sourceBackground: source.background, targetBackground: target.background)
    var row: [(target: Int32, forward: Float, backward: Float)] = []
    for s in 0..<sourceCount {
      row.removeAll(keepingCapacity: true)
      for entry in kept[rows[s]..<rows[s + 1]] {
        let t = Int(entry.target)
        let both = entry.count + entry.belief
        let forward = both / source.sums[s] / targetUnigram[t], backward = both / target.sums[t] / sourceUnigram[s]
        if forward > parameters.leastRatio || backward > parameters.leastRatio {
          row.append((entry.target, Float(forward), Float(backward)))
        }
      }
      keepBest(&row)
      result.append(row)
    }
    return result
  }

  private func keepBest(_ row: inout [(target: Int32, forward: Float, backward: Float)]) {
    guard row.count > parameters.translationsKept else { return }
    row.sort { ($0.forward + $0.backward, $1.target) > ($1.forward + $1.backward, $0.target) }
    row.removeLast(row.count - parameters.translationsKept)
    row.sort { $0.target < $1.target }
  }

  /// Appends the row's pairs that a discounted count or a belief keeps, by target token.
  private func merge(_ counts: PairCounts, row s: Int, into kept: inout [Kept]) {
    var rest = known.row(s)
    func keep(_ target: Int32, _ expected: Double, _ entry: Int?) {
      let belief = entry.map { Double(known.beliefs[$0]) } ?? 0
      let count = max(0, expected + (entry.map { Double(known.counts[$0]) } ?? 0) - parameters.discount)
      if count + belief > 0 { kept.append(Kept(target: target, count: count, belief: belief)) }
    }
    for pair in counts.row(s) {
      let t = counts.targetOf[pair]
      while let first = rest.first, known.targets[first] < t {
        keep(known.targets[first], 0, first)
        rest.removeFirst()
      }
      if let first = rest.first, known.targets[first] == t {
        keep(t, Double(counts.expected[pair]), first)
        rest.removeFirst()
      } else {
        keep(t, Double(counts.expected[pair]), nil)
      }
    }
    for entry in rest { keep(known.targets[entry], 0, entry) }
  }
}

/// What the discount leaves of each token's counts, and the background that the rest backs.
private struct Masses {
  private var kept: [Double]
  private var belief: [Double]
  private(set) var sums: [Double] = []
  private(set) var background: [Float] = []

  init(count: Int) {
    kept = Array(repeating: 0, count: count)
    belief = kept
  }

  mutating func add(_ token: Int, _ count: Double, _ belief: Double) {
    kept[token] += count
    self.belief[token] = max(self.belief[token], belief)
  }

  mutating func finish(_ expected: [Double], _ totals: [Double], _ smoothing: Double) {
    for token in kept.indices {
      let met = expected[token] + totals[token]
      sums.append(met + belief[token] + smoothing)
      background.append(Float((smoothing + max(0, met - kept[token])) / sums[token]))
    }
  }
}
