/// Aligns collections of documents with nothing but the collection itself.
///
/// A first pass looks at lengths and cognates; rounds of learning (ModelOne over all documents together, lengths, edges)
/// and search follow. docs/ALIGNMENT.md tells the method and what each piece is worth.
public struct Aligner: Sendable {
  public var parameters: AlignmentParameters

  public init(parameters: AlignmentParameters = AlignmentParameters()) { self.parameters = parameters }

  /// Aligns documents that share a pair of languages. The result does not depend on how `parallel` runs.
  ///
  /// - Complexity: linear in the sentences, but for a first band that is capped.
  public func align(
    _ documents: [DocumentPair], parallel: some ParallelMap = SerialMap()
  ) throws(AlignmentError) -> [[ScoredBead]] {
    var collection = try Collection(documents, parameters: parameters)
    collection.run(parallel)
    return collection.decode(parallel)
  }
}

/// A collection on its way through the rounds.
struct Collection {
  private let parameters: AlignmentParameters
  private var documents: [PreparedPair] = []
  private var source = Vocabulary()
  private var target = Vocabulary()
  private var priors: SparseTable
  private var sourceCounts: [Double]
  private var targetCounts: [Double]
  private(set) var paths: [[Bead]] = []
  /// Documents that are searched one after the other, so that they can share what is big to set up.
  private var batches: [Range<Int>] = []

  init(_ pairs: [DocumentPair], parameters: AlignmentParameters) throws(AlignmentError) {
    self.parameters = parameters
    var tokenizer = Tokenizer(stemLength: parameters.stemLength)
    for pair in pairs {
      let sourceSide = try tokenizer.side(pair.source, vocabulary: &source)
      let targetSide = try tokenizer.side(pair.target, vocabulary: &target)
      documents.append(PreparedPair(source: sourceSide, target: targetSide))
    }
    sourceCounts = Array(repeating: 0, count: source.count)
    targetCounts = Array(repeating: 0, count: target.count)
    for document in documents {
      for token in document.source.tokens { sourceCounts[Int(token)] += 1 }
      for token in document.target.tokens { targetCounts[Int(token)] += 1 }
    }
    priors = try Self.priors(source, target, parameters)
    batches = Self.batches(documents)
  }

  private static func priors(
    _ source: Vocabulary, _ target: Vocabulary, _ parameters: AlignmentParameters
  ) throws(AlignmentError) -> SparseTable {
    var entries = try Cognates.find(source, target, parameters: parameters)
    for index in entries.indices {
      let similarity = entries[index].value
      let isNumber = source.kinds[Int(entries[index].row)] == .number
      entries[index].value = similarity * similarity * Float(isNumber ? parameters.numberWeight : parameters.cognateWeight)
    }
    return SparseTable(rowCount: source.count, entries: entries)
  }

  private static func batches(_ documents: [PreparedPair]) -> [Range<Int>] {
    var batches: [Range<Int>] = []
    var first = 0
    var sentences = 0
    for (index, document) in documents.enumerated() {
      sentences += document.source.count + document.target.count
      if sentences >= 4000 || index == documents.count - 1 {
        batches.append(first..<index + 1)
        first = index + 1
        sentences = 0
      }
    }
    return batches
  }

  private var model: Model?
  private var confidences: [[Float]] = []

  mutating func run(_ parallel: some ParallelMap) {
    var model = Model(
      translations: learn(BeadTokens()), lengths: LengthModel(documents), edges: EdgeModel(),
      priors: BeadPriors(parameters),
      isFirst: true, parameters: parameters)
    let first = parameters.firstBand
    search(model, parallel) { document, _ in
      let difference = abs(document.source.count - document.target.count)
      return .diagonal(
        sourceCount: document.source.count, targetCount: document.target.count,
        halfWidth: max(first, min(400, difference + 20)))
    }
    for round in 0..<parameters.rounds {
      model.lengths.learn(documents, paths)
      model.edges = EdgeModel(documents, paths, parameters: parameters)
      model.priors = BeadPriors(paths, parameters: parameters)
      model.translations = learn(trainingBeads())
      model.isFirst = false
      let halfWidth = round == 0 ? parameters.middleBand : parameters.lastBand
      search(model, parallel) { document, path in
        .around(path, sourceCount: document.source.count, targetCount: document.target.count, halfWidth: halfWidth)
      }
      self.model = model
      if parameters.softRounds, round < parameters.rounds - 1 {
        let decoded = decode(parallel, temperature: parameters.roundTemp, cost: parameters.roundCost)
        paths = decoded.map { $0.map(\.bead) }
        confidences = decoded.map { $0.map { Logarithm.power($0.confidence, parameters.softPower) } }
      }
    }
  }

  /// The final beads with their confidence.
  func decode(_ parallel: some ParallelMap, temperature: Double? = nil, cost: Double? = nil) -> [[ScoredBead]] {
    guard let model else { return [] }
    let documents = documents, paths = paths, batches = batches, targetCount = target.count
    let found = parallel.map(batches.count) { batch in
      var window = TokenWindow(targetCount: targetCount)
      var found: [[ScoredBead]] = []
      for index in batches[batch] {
        let document = documents[index]
        let band = Band.around(
          paths[index], sourceCount: document.source.count, targetCount: document.target.count,
          halfWidth: model.parameters.posteriorBand)
        var scores = BeadScores(document, model, band: band, window: window)
        found.append(
          Posterior.decode(
            band: band, priors: model.priors, temperature: temperature ?? model.parameters.temperature,
            beadCost: cost ?? model.parameters.beadCost) { row, out in scores.row(row, into: &out) })
        window = scores.takeWindow()
        window.clear(document.target)
      }
      return found
    }
    return found.flatMap { $0 }
  }

  private func learn(_ beads: BeadTokens) -> Translations {
    ModelOne(sourceCounts: sourceCounts, targetCounts: targetCounts, parameters: parameters).learn(beads, priors: priors)
  }

  /// The beads to learn from: all, or evenly spaced ones where all would need too much memory.
  private func trainingBeads() -> BeadTokens {
    var pairs = 0
    forEachTrainingBead { x, y, _ in pairs += x.count * y.count }
    let step = max(1, (pairs + parameters.pairBudget - 1) / parameters.pairBudget)
    var beads = BeadTokens()
    var number = 0
    forEachTrainingBead { x, y, w in
      if number % step == 0 { beads.append(source: x, target: y, weight: w) }
      number += 1
    }
    return beads
  }

  private func forEachTrainingBead(_ body: (ArraySlice<Int32>, ArraySlice<Int32>, Float) -> Void) {
    for (index, (document, path)) in zip(documents, paths).enumerated() {
      for (place, bead) in path.enumerated() where !bead.source.isEmpty && !bead.target.isEmpty {
        let weight = confidences.isEmpty ? 1 : confidences[index][place]
        let x = document.source.tokens[Self.tokens(document.source, bead.source)]
        let y = document.target.tokens[Self.tokens(document.target, bead.target)]
        // What is longer is hardly one bead, and would cost as much as a hundred others.
        if x.isEmpty || y.isEmpty || x.count > 300 || y.count > 300 { continue }
        body(x, y, weight)
      }
    }
  }

  private static func tokens(_ side: Side, _ sentences: Range<Int>) -> Range<Int> {
    Int(side.starts[sentences.lowerBound])..<Int(side.starts[sentences.upperBound])
  }

  private mutating func search(
    _ model: Model, _ parallel: some ParallelMap, band: @Sendable (PreparedPair, [Bead]) -> Band
  ) {
    let documents = documents, paths = paths, batches = batches, targetCount = target.count
    let found = parallel.map(batches.count) { batch in
      var window = TokenWindow(targetCount: targetCount)
      var found: [[Bead]] = []
      for index in batches[batch] {
        let document = documents[index]
        let band = band(document, paths.isEmpty ? [] : paths[index])
        var scores = BeadScores(document, model, band: band, window: window)
        found.append(
          BestPath.find(band: band, priors: model.priors) { row, out in scores.row(row, into: &out) })
        window = scores.takeWindow()
        window.clear(document.target)
      }
      return found
    }
    self.paths = found.flatMap { $0 }
  }
}
