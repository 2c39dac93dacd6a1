/// The tokens of the beads that a round learns from, bead after bead.
struct BeadTokens: Sendable {
  var sourceTokens: [Int32] = []
  var targetTokens: [Int32] = []
  var sourceStarts: [Int32] = [0]
  var targetStarts: [Int32] = [0]
  /// How sure each bead is: what it counts for.
  var weights: [Float] = []

  var count: Int { sourceStarts.count - 1 }
  @inline(__always) func source(_ bead: Int) -> Range<Int> { Int(sourceStarts[bead])..<Int(sourceStarts[bead + 1]) }
  @inline(__always) func target(_ bead: Int) -> Range<Int> { Int(targetStarts[bead])..<Int(targetStarts[bead + 1]) }

  mutating func append(source: ArraySlice<Int32>, target: ArraySlice<Int32>, weight: Float) {
    weights.append(weight)
    sourceTokens.append(contentsOf: source)
    targetTokens.append(contentsOf: target)
    sourceStarts.append(Int32(sourceTokens.count))
    targetStarts.append(Int32(targetTokens.count))
  }
}

/// Which pairs of tokens meet in a bead, and how often the model expects one to translate the other.
struct PairCounts {
  /// For each meeting, bead after bead and source token after source token, the number of its pair.
  private(set) var pairOf: [Int32]
  private var bases: [Int] = [0]
  private var rowStarts: [Int32]
  private(set) var targetOf: [Int32] = []
  var expected: [Float] = []
  private(set) var sourceSums: [Double]
  private(set) var targetSums: [Double]

  var pairCount: Int { targetOf.count }
  @inline(__always) func row(_ source: Int) -> Range<Int> { Int(rowStarts[source])..<Int(rowStarts[source + 1]) }
  @inline(__always) func pairBase(_ bead: Int) -> Int { bases[bead] }

  init(_ beads: BeadTokens, sourceCount: Int, targetCount: Int) {
    sourceSums = Array(repeating: 0, count: sourceCount)
    targetSums = Array(repeating: 0, count: targetCount)
    rowStarts = Array(repeating: 0, count: sourceCount + 1)
    bases.reserveCapacity(beads.count + 1)
    for bead in 0..<beads.count { bases.append(bases[bead] + beads.source(bead).count * beads.target(bead).count) }
    pairOf = Array(repeating: 0, count: bases[beads.count])
    let places = Self.places(beads, sourceCount: sourceCount)
    var numberOf = [Int32](repeating: -1, count: targetCount)
    for s in 0..<sourceCount { number(row: s, beads, places, &numberOf) }
    expected = Array(repeating: 0, count: targetOf.count)
  }

  /// Numbers the pairs of source token `s`, by target token, so that rows are sorted.
  private mutating func number(
    row s: Int, _ beads: BeadTokens, _ places: (starts: [Int32], beads: [Int32], offsets: [Int32]),
    _ numberOf: inout [Int32]
  ) {
    let range = Int(places.starts[s])..<Int(places.starts[s + 1])
    let first = targetOf.count
    for place in range {
      for j in beads.target(Int(places.beads[place])) where numberOf[Int(beads.targetTokens[j])] < 0 {
        numberOf[Int(beads.targetTokens[j])] = 0
        targetOf.append(beads.targetTokens[j])
      }
    }
    targetOf[first...].sort()
    for pair in first..<targetOf.count { numberOf[Int(targetOf[pair])] = Int32(pair) }
    for place in range {
      let bead = Int(places.beads[place])
      let y = beads.target(bead)
      var at = bases[bead] + Int(places.offsets[place]) * y.count
      for j in y {
        pairOf[at] = numberOf[Int(beads.targetTokens[j])]
        at += 1
      }
    }
    for pair in first..<targetOf.count { numberOf[Int(targetOf[pair])] = -1 }
    rowStarts[s + 1] = Int32(targetOf.count)
  }

  /// Where each source token stands: its beads and its places in them.
  private static func places(
    _ beads: BeadTokens, sourceCount: Int
  ) -> (starts: [Int32], beads: [Int32], offsets: [Int32]) {
    var starts = [Int32](repeating: 0, count: sourceCount + 1)
    for token in beads.sourceTokens { starts[Int(token) + 1] += 1 }
    for s in 0..<sourceCount { starts[s + 1] += starts[s] }
    var next = starts
    var beadOf = [Int32](repeating: 0, count: beads.sourceTokens.count), offsets = beadOf
    for bead in 0..<beads.count {
      for (offset, i) in beads.source(bead).enumerated() {
        let s = Int(beads.sourceTokens[i])
        beadOf[Int(next[s])] = Int32(bead)
        offsets[Int(next[s])] = Int32(offset)
        next[s] += 1
      }
    }
    return (starts, beadOf, offsets)
  }

  mutating func clear() {
    for pair in 0..<expected.count { expected[pair] = 0 }
  }

  /// Sums the expected counts by source and by target token.
  mutating func sum() {
    for t in 0..<targetSums.count { targetSums[t] = 0 }
    for s in 0..<sourceSums.count {
      var sum = 0.0
      for pair in row(s) {
        sum += Double(expected[pair])
        targetSums[Int(targetOf[pair])] += Double(expected[pair])
      }
      sourceSums[s] = sum
    }
  }

  /// What is believed of each pair, and how often it was counted before.
  func known(_ table: KnownPairs) -> (beliefs: [Float], counts: [Float]) {
    var beliefs = [Float](repeating: 0, count: pairCount), counts = beliefs
    for s in 0..<sourceSums.count {
      let range = row(s)
      var pair = range.lowerBound
      for entry in table.row(s) {
        while pair < range.upperBound, targetOf[pair] < table.targets[entry] { pair += 1 }
        if pair < range.upperBound, targetOf[pair] == table.targets[entry] {
          beliefs[pair] = table.beliefs[entry]
          counts[pair] = table.counts[entry]
        }
      }
    }
    return (beliefs, counts)
  }
}
