/// What the rounds have learned so far: all that a bead's score is made of.
struct Model: Sendable {
  var translations: Translations
  var lengths: LengthModel
  var edges: EdgeModel
  var priors: BeadPriors
  var lexicalWeight: Double
  var parameters: AlignmentParameters
}

/// The scores of all beads that end in a row of the search, for one document.
struct BeadScores {
  static let impossible = -Float.infinity

  private let pair: PreparedPair
  private let model: Model
  private let band: Band
  private let priors: [Float]
  private var lexical: LexicalRows
  private let sourceInside: [Float]
  private let targetInside: [Float]
  private let sourceEnds: [Int32]
  private let targetEnds: [Int32]

  init(_ pair: PreparedPair, _ model: Model, band: Band, window: consuming TokenWindow) {
    self.pair = pair
    self.model = model
    self.band = band
    priors = model.priors.shapes
    lexical = LexicalRows(
      pair, model.translations, band: band, emptyShare: model.parameters.emptyShare, window: window)
    sourceInside = Self.insideSums(pair.source, model.edges.sourceBorders)
    targetInside = Self.insideSums(pair.target, model.edges.targetBorders)
    sourceEnds = Self.endSums(pair.source)
    targetEnds = Self.endSums(pair.target)
  }

  consuming func takeWindow() -> TokenWindow { lexical.takeWindow() }

  /// At n: the sum over borders before sentences 1 … n of what it says that they are inside a bead.
  private static func insideSums(_ side: Side, _ borders: [Float]) -> [Float] {
    var sums: [Float] = [0]
    for index in 0..<max(0, side.count - 1) {
      let border = Int(side.edges[index].end) * 5 + Int(side.edges[index + 1].start)
      sums.append(sums[index] + borders[border])
    }
    return sums
  }

  private static func endSums(_ side: Side) -> [Int32] {
    var sums: [Int32] = [0]
    for edges in side.edges { sums.append(sums[sums.count - 1] + Int32(edges.sentenceEnds)) }
    return sums
  }

  /// Scores of the beads that end where `end` source sentences are done (1 …), for each target position of that row of
  /// the band and each shape. Rows are asked for in order.
  mutating func row(_ end: Int, into scores: inout [Float]) {
    lexical.advance(to: end)
    let low = Int(band.low[end]), high = Int(band.high[end])
    scores.removeAll(keepingCapacity: true)
    scores.append(contentsOf: repeatElement(Self.impossible, count: (high - low + 1) * BeadShape.count))
    for shape in 0..<BeadShape.count {
      let sources = BeadShape.sources[shape], targets = BeadShape.targets[shape]
      let from = end - sources
      if from < 0 { continue }
      let sharedLow = lexical.forwardLow[sources - 1], sharedHigh = lexical.forwardHigh[sources - 1]
      let first = max(low, Int(band.low[from]) + targets, sharedLow + targets)
      let last = min(high, Int(band.high[from]) + targets, sharedHigh)
      if first > last { continue }
      for target in first...last {
        scores[(target - low) * BeadShape.count + shape] = score(
          shape, source: from..<end, target: target - targets..<target, sharedLow: sharedLow)
      }
    }
  }

  @inline(__always) private func score(_ shape: Int, source: Range<Int>, target: Range<Int>, sharedLow: Int) -> Float {
    var lexicalSum =
      lexical.forwardSums[source.count - 1][target.upperBound - sharedLow]
      - lexical.forwardSums[source.count - 1][target.lowerBound - sharedLow]
    for x in source { lexicalSum += lexical.backward(x, count: target.count, end: target.upperBound) }
    let parameters = model.parameters
    let length = model.lengths.score(
      source: pair.source.length(source), target: pair.target.length(target), bonus: parameters.lengthBonus,
      cap: parameters.lengthCap)
    var score = priors[shape] + Float(length + model.lexicalWeight * 0.5 * lexicalSum)
    let edges = model.edges
    let sourceEdges = pair.source.edges, targetEdges = pair.target.edges
    score += edges.starts[Int(sourceEdges[source.lowerBound].start) * 5 + Int(targetEdges[target.lowerBound].start)]
    score += edges.ends[Int(sourceEdges[source.upperBound - 1].end) * 5 + Int(targetEdges[target.upperBound - 1].end)]
    score += sourceInside[source.upperBound - 1] - sourceInside[source.lowerBound]
    score += targetInside[target.upperBound - 1] - targetInside[target.lowerBound]
    let difference = EdgeModel.difference(
      Int(sourceEnds[source.upperBound] - sourceEnds[source.lowerBound]),
      Int(targetEnds[target.upperBound] - targetEnds[target.lowerBound]))
    return score + edges.sentenceEnds[difference]
  }
}
