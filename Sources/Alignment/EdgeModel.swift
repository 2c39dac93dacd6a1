/// What starts, ends and inner sentence ends of lines say about where beads begin and stop: learned from the last path.
///
/// Log likelihood ratios against lines taken one by one. Before anything is learned it says nothing.
struct EdgeModel: Sendable {
  private(set) var starts = [Float](repeating: 0, count: Edges.startClasses * Edges.startClasses)
  private(set) var ends = [Float](repeating: 0, count: Edges.endClasses * Edges.endClasses)
  /// A border between two lines that is inside a bead, by the end before it and the start after it.
  private(set) var sourceBorders = [Float](repeating: 0, count: Self.borderCount)
  private(set) var targetBorders = [Float](repeating: 0, count: Self.borderCount)
  /// By how far the numbers of sentence ends differ (target less source, −3 … 3).
  private(set) var sentenceEnds = [Float](repeating: 0, count: 7)

  static let borderCount = Edges.endClasses * Edges.startClasses

  /// Before anything is learned.
  init(headingWeight: Double) { anchor(headingWeight) }

  /// Headings translate headings: so much for a bead that starts with one on both sides, so much against one that does on
  /// one side.
  private mutating func anchor(_ weight: Double) {
    for index in starts.indices {
      let isHeading = index / Edges.startClasses >= Edges.headings
      starts[index] += Float(
        (index % Edges.startClasses >= Edges.headings) == isHeading ? (isHeading ? weight : 0) : -weight)
    }
  }

  /// Where the border before line `index` stands in a table of borders.
  @inline(__always) static func border(_ edges: [Edges], _ index: Int) -> Int {
    Int(edges[index - 1].end) * Edges.startClasses + Int(edges[index].start)
  }
  @inline(__always) static func pair(starts source: Edges, _ target: Edges) -> Int {
    Int(source.start) * Edges.startClasses + Int(target.start)
  }
  @inline(__always) static func pair(ends source: Edges, _ target: Edges) -> Int {
    Int(source.end) * Edges.endClasses + Int(target.end)
  }

  @inline(__always) static func difference(_ source: Int, _ target: Int) -> Int { max(-3, min(3, target - source)) + 3 }

  init(_ documents: [PreparedPair], _ paths: [[Bead]], headingWeight: Double, parameters: AlignmentParameters) {
    var tally = EdgeTally()
    for (document, path) in zip(documents, paths) { tally.add(document, path) }
    let weight = parameters.edgeWeight
    starts = Self.ratios(tally.starts, tally.sourceStarts, tally.targetStarts, weight)
    anchor(headingWeight)
    ends = Self.ratios(tally.ends, tally.sourceEnds, tally.targetEnds, weight)
    sourceBorders = Self.borderRatios(tally.sourceInside, tally.sourceBorders, weight)
    targetBorders = Self.borderRatios(tally.targetInside, tally.targetBorders, weight)
    let total = tally.differences.reduce(0, +)
    // As if twenty beads had been seen before, three in four of them with the same number.
    let prior: [Double] = [0.2, 0.8, 2, 15, 2, 0.8, 0.2]
    let most = (tally.differences[3] + prior[3]) / (total + 21)
    for index in 0..<7 {
      let share = (tally.differences[index] + prior[index]) / (total + 21)
      sentenceEnds[index] = Float(min(0, Logarithm.natural(share / most)) * parameters.sentenceEndWeight)
    }
  }

  /// log p(a, b) / p(a) p(b), smoothed as if twenty beads without any bond had been seen.
  private static func ratios(_ joint: [Double], _ a: [Double], _ b: [Double], _ weight: Double) -> [Float] {
    let total = joint.reduce(0, +), aTotal = a.reduce(0, +) + 1, bTotal = b.reduce(0, +) + 1
    return joint.indices.map { index in
      let chance = (a[index / b.count] + 0.2) / aTotal * (b[index % b.count] + 0.2) / bTotal
      return Float(Logarithm.natural((joint[index] + 20 * chance) / (total + 20) / chance) * weight)
    }
  }

  private static func borderRatios(_ inside: [Double], _ all: [Double], _ weight: Double) -> [Float] {
    let total = inside.reduce(0, +), allTotal = all.reduce(0, +) + 1
    return all.indices.map { index in
      let chance = (all[index] + 0.04) / allTotal
      return Float(Logarithm.natural((inside[index] + 20 * chance) / (total + 20) / chance) * weight)
    }
  }
}

/// What the beads of a path show at their edges.
private struct EdgeTally {
  var starts = Self.zeros(Edges.startClasses * Edges.startClasses),
    ends = Self.zeros(Edges.endClasses * Edges.endClasses)
  var sourceStarts = Self.zeros(Edges.startClasses), targetStarts = Self.zeros(Edges.startClasses)
  var sourceEnds = Self.zeros(Edges.endClasses), targetEnds = Self.zeros(Edges.endClasses)
  var sourceBorders = Self.zeros(EdgeModel.borderCount), targetBorders = Self.zeros(EdgeModel.borderCount)
  var sourceInside = Self.zeros(EdgeModel.borderCount), targetInside = Self.zeros(EdgeModel.borderCount)
  var differences = Self.zeros(7)

  private static func zeros(_ count: Int) -> [Double] { Array(repeating: 0, count: count) }

  mutating func add(_ document: PreparedPair, _ path: [Bead]) {
    let source = document.source.edges, target = document.target.edges
    for edges in source {
      sourceStarts[Int(edges.start)] += 1
      sourceEnds[Int(edges.end)] += 1
    }
    for edges in target {
      targetStarts[Int(edges.start)] += 1
      targetEnds[Int(edges.end)] += 1
    }
    for index in source.indices.dropFirst() { sourceBorders[EdgeModel.border(source, index)] += 1 }
    for index in target.indices.dropFirst() { targetBorders[EdgeModel.border(target, index)] += 1 }
    for bead in path where !bead.source.isEmpty && !bead.target.isEmpty {
      starts[EdgeModel.pair(starts: source[bead.source.lowerBound], target[bead.target.lowerBound])] += 1
      ends[EdgeModel.pair(ends: source[bead.source.upperBound - 1], target[bead.target.upperBound - 1])] += 1
      for index in bead.source.dropFirst() { sourceInside[EdgeModel.border(source, index)] += 1 }
      for index in bead.target.dropFirst() { targetInside[EdgeModel.border(target, index)] += 1 }
      let count = source[bead.source].reduce(0) { $0 + Int($1.sentenceEnds) }
      differences[EdgeModel.difference(count, target[bead.target].reduce(0) { $0 + Int($1.sentenceEnds) })] += 1
    }
  }
}
