/// What the rounds have learned so far: all that a bead's score is made of.
struct Model: Sendable {
  var translations: Translations
  var lengths: LengthModel
  var edges: EdgeModel
  var priors: BeadPriors
  /// nil where there are no vectors.
  var vectors: VectorModel?
  /// Whether it knows cognates only: then beads have at most two sentences on a side.
  var isFirst: Bool
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
      pair, model.translations, band: band, emptyShare: model.parameters.emptyShare,
      reach: model.isFirst ? 2 : BeadShape.reach, window: window)
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
      sums.append(sums[index] + borders[EdgeModel.border(side.edges, index + 1)])
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
    for shape in 0..<(model.isFirst ? BeadShape.smallCount : BeadShape.count) {
      let sources = BeadShape.sources[shape], targets = BeadShape.targets[shape]
      let from = end - sources
      if from < 0 { continue }
      let sharedLow = lexical.forwardLow[sources - 1], sharedHigh = lexical.forwardHigh[sources - 1]
      let first = max(low, Int(band.low[from]) + targets, sharedLow + targets)
      let last = min(high, Int(band.high[from]) + targets, sharedHigh)
      if first > last { continue }
      if pair.source.hasAlone(from..<end) { continue }
      addLexical(shape, source: from..<end, first: first, last: last, sharedLow: sharedLow, to: &scores)
      addForm(shape, source: from..<end, first: first, last: last, to: &scores)
      if let vectors = model.vectors {
        addVectors(vectors, shape, source: from..<end, first: first, last: last, to: &scores)
      }
    }
  }

  /// Sets what words say of beads of one shape that end at target positions `first` … `last`.
  private func addLexical(
    _ shape: Int, source: Range<Int>, first: Int, last: Int, sharedLow: Int, to scores: inout [Float]
  ) {
    let targets = BeadShape.targets[shape]
    let low = Int(band.low[source.upperBound])
    let weight = 0.5 * (model.isFirst ? model.parameters.firstLexicalWeight : model.parameters.lexicalWeight)
    var out = scores.mutableSpan
    let sums = lexical.forwardSums[source.count - 1]
    let forward = sums.span
    for target in first...last {
      let sum = forward[target - sharedLow] - forward[target - targets - sharedLow]
      out[(target - low) * BeadShape.count + shape] = Float(weight * sum)
    }
    for x in source {
      let rowLow = lexical.low(x)
      let row = lexical.backward(x)
      let backward = row.span
      for target in first...last {
        let sum = backward[(target - 1 - rowLow) * BeadShape.reach + targets - 1]
        out[(target - low) * BeadShape.count + shape] += Float(weight * sum)
      }
    }
  }

  /// Adds what the vectors of both runs say.
  private func addVectors(
    _ vectors: VectorModel, _ shape: Int, source: Range<Int>, first: Int, last: Int, to scores: inout [Float]
  ) {
    let reach = BeadShape.reach, targets = BeadShape.targets[shape]
    let low = Int(band.low[source.upperBound])
    let row = pair.source.vectorRows[(source.upperBound - 1) * reach + source.count - 1]
    let rows = pair.target.vectorRows.span
    var out = scores.mutableSpan
    for target in first...last {
      out[(target - low) * BeadShape.count + shape] += vectors.score(
        source: row, target: rows[(target - 1) * reach + targets - 1], sentences: min(source.count, targets))
    }
  }

  /// Adds what lengths, edges and the shape itself say.
  private func addForm(_ shape: Int, source: Range<Int>, first: Int, last: Int, to scores: inout [Float]) {
    let targets = BeadShape.targets[shape]
    let low = Int(band.low[source.upperBound])
    let lengths = model.lengths, bonus = model.parameters.lengthBonus, cap = model.parameters.lengthCap
    let length = pair.source.length(source)
    let lengthSums = pair.target.lengthSums.span, edges = pair.target.edges.span
    let inside = targetInside.span, ends = targetEnds.span
    let startRow = Int(pair.source.edges[source.lowerBound].start) * Edges.startClasses
    let endRow = Int(pair.source.edges[source.upperBound - 1].end) * Edges.endClasses
    let startScores = model.edges.starts.span, endScores = model.edges.ends.span
    let differences = model.edges.sentenceEnds.span
    let sourceCount = sourceEnds[source.upperBound] - sourceEnds[source.lowerBound]
    let base = priors[shape] + sourceInside[source.upperBound - 1] - sourceInside[source.lowerBound]
    var out = scores.mutableSpan
    for target in first...last {
      let from = target - targets
      let fit = lengths.score(source: length, target: lengthSums[target] - lengthSums[from], bonus: bonus, cap: cap)
      var score = base + Float(fit) + inside[target - 1] - inside[from]
      score += startScores[startRow + Int(edges[from].start)] + endScores[endRow + Int(edges[target - 1].end)]
      score += differences[EdgeModel.difference(Int(sourceCount), Int(ends[target] - ends[from]))]
      out[(target - low) * BeadShape.count + shape] += score
    }
    if pair.target.alone.isEmpty { return }
    for target in first...last where pair.target.hasAlone(target - targets..<target) {
      out[(target - low) * BeadShape.count + shape] = Self.impossible
    }
  }
}
