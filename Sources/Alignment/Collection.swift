/// A collection on its way through the rounds.
struct Collection {
  private let parameters: AlignmentParameters
  private let documentCount: Int
  private var segments = Segments()
  private let pairs: [PreparedPair]
  private let decided: BeadTokens
  private var source = Vocabulary()
  private var target = Vocabulary()
  private let learner: ModelOne
  /// 0 where only one side knows its headings.
  private let headingWeight: Double
  private let sourceCounts: [Double]
  private let targetCounts: [Double]
  private var paths: [[ScoredBead]] = []
  private var model: Model
  /// Segments that are searched one after the other, so that they can share what is big to set up.
  private let batches: [Range<Int>]

  init(_ documents: [DocumentPair], knowledge: Knowledge, parameters: AlignmentParameters) throws(AlignmentError) {
    self.parameters = parameters
    documentCount = documents.count
    let knowsHeadings =
      documents.contains { !$0.sourceHeadings.isEmpty } && documents.contains { !$0.targetHeadings.isEmpty }
    headingWeight = knowsHeadings ? parameters.headingWeight : 0
    var tokenizer = Tokenizer(stemLength: parameters.stemLength)
    var decided = BeadTokens()
    for (index, document) in documents.enumerated() {
      var pair = PreparedPair(
        source: try tokenizer.side(document.source, vocabulary: &source),
        target: try tokenizer.side(document.target, vocabulary: &target))
      pair.source.vectorRows = document.sourceVectorRows
      pair.target.vectorRows = document.targetVectorRows
      pair.source.mark(
        paragraphStarts: document.sourceParagraphStarts, headings: knowsHeadings ? document.sourceHeadings : [])
      pair.target.mark(
        paragraphStarts: document.targetParagraphStarts, headings: knowsHeadings ? document.targetHeadings : [])
      let before = segments.decided.count
      try segments.append(pair, document: index, decisions: document.decisions)
      for (_, bead) in segments.decided[before...] { decided.append(pair, bead, weight: 1) }
    }
    let known = try KnownPairs(
      &source, &target, tokenizer: &tokenizer, knowledge: knowledge, parameters: parameters)
    pairs = Self.counted(segments.segments.map(\.pair), source, target)
    self.decided = decided
    sourceCounts = Self.counts(pairs.map(\.source), and: decided.sourceTokens, count: source.count)
    targetCounts = Self.counts(pairs.map(\.target), and: decided.targetTokens, count: target.count)
    learner = ModelOne(sourceCounts: sourceCounts, targetCounts: targetCounts, known: known, parameters: parameters)
    batches = Self.batches(pairs, sentences: parameters.batchSentences)
    model = Model(
      translations: learner.learn(decided), lengths: LengthModel(pairs), edges: EdgeModel(headingWeight: headingWeight),
      priors: BeadPriors(parameters), vectors: Self.vectors(knowledge, documents, parameters), isFirst: true,
      parameters: parameters)
  }

  /// Vectors, where every sentence has one.
  private static func vectors(
    _ knowledge: Knowledge, _ documents: [DocumentPair], _ parameters: AlignmentParameters
  ) -> VectorModel? {
    guard let vectors = knowledge.vectors else { return nil }
    func singles(_ rows: [Int32]) -> [Int32] {
      stride(from: 0, to: rows.count, by: BeadShape.reach).map { rows[$0] }
    }
    return VectorModel(
      vectors, sourceRows: documents.flatMap { singles($0.sourceVectorRows) },
      targetRows: documents.flatMap { singles($0.targetVectorRows) }, parameters: parameters)
  }

  /// The pairs, with how much each of their sentences counts for.
  private static func counted(_ pairs: [PreparedPair], _ source: Vocabulary, _ target: Vocabulary) -> [PreparedPair] {
    var sources = SentenceCounts(), targets = SentenceCounts()
    for pair in pairs {
      sources.add(pair.source, source)
      targets.add(pair.target, target)
    }
    return pairs.map { pair in
      var pair = pair
      pair.source.shares = sources.shares(pair.source, source)
      pair.target.shares = targets.shares(pair.target, target)
      return pair
    }
  }

  private static func counts(_ sides: [Side], and tokens: [Int32], count: Int) -> [Double] {
    var counts = [Double](repeating: 0, count: count)
    for side in sides {
      for token in side.tokens { counts[Int(token)] += 1 }
    }
    for token in tokens { counts[Int(token)] += 1 }
    return counts
  }

  private static func batches(_ pairs: [PreparedPair], sentences size: Int) -> [Range<Int>] {
    var batches: [Range<Int>] = []
    var first = 0
    var sentences = 0
    for (index, pair) in pairs.enumerated() {
      sentences += pair.source.count + pair.target.count
      if sentences >= size || index == pairs.count - 1 {
        batches.append(first..<index + 1)
        first = index + 1
        sentences = 0
      }
    }
    return batches
  }

  /// The first pass and the rounds.
  mutating func run(_ parallel: some ParallelMap) throws(AlignmentError) {
    let widest = parameters.firstBand
    try search(parallel) { pair, _ in
      let difference = abs(pair.source.count - pair.target.count)
      return .diagonal(
        sourceCount: pair.source.count, targetCount: pair.target.count,
        halfWidth: max(widest, min(400, difference + 20)))
    }
    for round in 0..<parameters.rounds {
      let beads = paths.map { $0.map(\.bead) }
      model.lengths.learn(pairs, beads)
      model.edges = EdgeModel(pairs, beads, headingWeight: headingWeight, parameters: parameters)
      model.priors = BeadPriors(beads, parameters: parameters)
      model.translations = learner.learn(trainingBeads(paths))
      model.isFirst = false
      if round == 0 {
        let wide = parameters.middleBand, narrow = parameters.sureBand
        try search(parallel) { pair, path in .around(path, of: pair, halfWidth: narrow, whereGapped: wide) }
      } else {
        let halfWidth = parameters.lastBand
        try search(parallel) { pair, path in .around(path, of: pair, halfWidth: halfWidth) }
      }
      if round < parameters.rounds - 1 {
        paths = try decode(
          parallel, temperature: parameters.roundTemperature, beadCost: parameters.roundBeadCost)
      }
    }
  }

  /// The final beads of each segment, with their confidence.
  func decode(_ parallel: some ParallelMap) throws(AlignmentError) -> [[ScoredBead]] {
    let beads = try decode(parallel, temperature: parameters.temperature, beadCost: parameters.beadCost)
    return beads.map { path in
      path.map { scored in
        // Of beads that are as probable, larger ones are right less often.
        let size = scored.bead.source.count + scored.bead.target.count
        var scored = scored
        if size > 2 {
          scored.confidence *= Float(size == 3 ? parameters.confidenceOfThree : parameters.confidenceOfMore)
        }
        return scored
      }
    }
  }

  /// The beads of segments as beads of documents.
  func join(_ beads: [[ScoredBead]]) -> [[ScoredBead]] { segments.join(beads, count: documentCount) }

  // MARK: Learning

  /// The beads to learn from: all, or evenly spaced ones where all would need too much memory. Equal ones are one bead.
  private func trainingBeads(_ paths: [[ScoredBead]]) -> BeadTokens {
    var weights: [UInt64: Double] = [:]
    var meetings = 0
    forEachTrainingBead(paths) { pair, scored in
      let weight =
        pair.share(scored.bead)
        * Logarithm.exponential(
          parameters.confidencePower * Logarithm.natural(Double(scored.confidence) + 1e-9))
      let digest = pair.digest(scored.bead, source, target)
      if let sum = weights[digest] {
        weights[digest] = sum + weight
      } else {
        weights[digest] = weight
        meetings += pair.meetings(scored.bead)
      }
    }
    let step = max(1, (meetings + parameters.pairBudget - 1) / parameters.pairBudget)
    var beads = decided
    var number = 0
    forEachTrainingBead(paths) { pair, scored in
      guard let weight = weights.removeValue(forKey: pair.digest(scored.bead, source, target)) else { return }
      if number % step == 0 { beads.append(pair, scored.bead, weight: Float(weight)) }
      number += 1
    }
    return beads
  }

  private func forEachTrainingBead(_ paths: [[ScoredBead]], _ body: (PreparedPair, ScoredBead) -> Void) {
    for (pair, path) in zip(pairs, paths) {
      for scored in path where !scored.bead.source.isEmpty && !scored.bead.target.isEmpty {
        let x = pair.source.tokenCount(scored.bead.source), y = pair.target.tokenCount(scored.bead.target)
        // What is longer is hardly one bead, and would cost as much as a hundred others.
        if x > 0, y > 0, x <= 300, y <= 300 { body(pair, scored) }
      }
    }
  }

  /// What the beads say of the languages, together with what was known `earlier`.
  func lexicon(_ beads: [[ScoredBead]], earlier: Lexicon?) -> Lexicon {
    let counts = learner.count(trainingBeads(beads))
    var builder = LexiconBuilder(earlier: earlier, stemLength: parameters.stemLength)
    for s in 0..<source.count {
      builder.add(source.token(s), [], sourceCounts[s])
      for pair in counts.row(s) where counts.expected[pair] >= 0.2 {
        builder.add(source.token(s), target.token(Int(counts.targetOf[pair])), Double(counts.expected[pair]))
      }
    }
    for t in 0..<target.count { builder.add([], target.token(t), targetCounts[t]) }
    return builder.lexicon
  }

  /// Each pair of tokens that the last round knows, with √(p(target | source) · p(source | target)).
  func forEachTranslation(_ body: (ArraySlice<UInt8>, ArraySlice<UInt8>, Float) -> Void) {
    let table = model.translations
    for s in 0..<source.count {
      for entry in Int(table.rowStarts[s])..<Int(table.rowStarts[s + 1]) {
        let t = Int(table.targets[entry])
        let forward = Double(table.forward[entry]) * learner.targetUnigram[t]
        let backward = Double(table.backward[entry]) * learner.sourceUnigram[s]
        body(source.token(s), target.token(t), Float((forward * backward).squareRoot()))
      }
    }
  }

  // MARK: Searching

  private mutating func search(
    _ parallel: some ParallelMap, band: @escaping @Sendable (PreparedPair, [Bead]) -> Band
  ) throws(AlignmentError) {
    paths = try forEachSegment(parallel) { pair, path, model, window in
      let band = band(pair, path)
      var scores = BeadScores(pair, model, band: band, window: window)
      let beads = BestPath.find(band: band, priors: model.priors) { row, out in scores.row(row, into: &out) }
      window = scores.takeWindow()
      return beads.map { ScoredBead(bead: $0, confidence: 1) }
    }
  }

  private func decode(
    _ parallel: some ParallelMap, temperature: Double, beadCost: Double
  ) throws(AlignmentError) -> [[ScoredBead]] {
    let halfWidth = parameters.posteriorBand, gapDoubt = parameters.gapDoubt
    return try forEachSegment(parallel) { pair, path, model, window in
      let band = Band.around(path, of: pair, halfWidth: halfWidth)
      var scores = BeadScores(pair, model, band: band, window: window)
      let beads = Posterior.decode(
        band: band, priors: model.priors, temperature: temperature, beadCost: beadCost,
        gapDoubt: gapDoubt
      ) { row, out in scores.row(row, into: &out) }
      window = scores.takeWindow()
      return beads
    }
  }

  /// A pure function of each segment, in batches.
  private func forEachSegment(
    _ parallel: some ParallelMap,
    _ body: @escaping @Sendable (PreparedPair, [Bead], Model, inout TokenWindow) -> [ScoredBead]
  ) throws(AlignmentError) -> [[ScoredBead]] {
    let pairs = pairs, paths = paths, batches = batches, model = model, targetCount = target.count
    let found = try parallel.map(batches.count) { batch in
      var window = TokenWindow(targetCount: targetCount)
      return batches[batch].map { index in
        let path = paths.isEmpty ? [] : paths[index].map(\.bead)
        let found = body(pairs[index], path, model, &window)
        window.clear(pairs[index].target)
        return found
      }
    }
    return found.flatMap { $0 }
  }
}

extension BeadTokens {
  mutating func append(_ pair: PreparedPair, _ bead: Bead, weight: Float) {
    append(
      source: pair.source.tokens[pair.source.tokenRange(bead.source)],
      target: pair.target.tokens[pair.target.tokenRange(bead.target)], weight: weight)
  }
}

extension Side {
  /// The words of a run of sentences as 64 bits, whatever their numbers and marks; those too where there are no words.
  func digest(_ sentences: Range<Int>, _ vocabulary: Vocabulary) -> UInt64 {
    var words: UInt64 = 0xCBF2_9CE4_8422_2325, all = words
    for index in tokenRange(sentences) {
      let token = tokens[index]
      Self.mix(token, into: &all)
      if vocabulary.isWord(token) { Self.mix(token, into: &words) }
    }
    return words == 0xCBF2_9CE4_8422_2325 ? all : words
  }

  @inline(__always) private static func mix(_ token: Int32, into digest: inout UInt64) {
    digest = (digest ^ UInt64(UInt32(bitPattern: token))) &* 0x9E37_79B9_7F4A_7C15
    digest ^= digest >> 29
  }
}

/// How many sentences of a side have the same words.
struct SentenceCounts {
  private var counts: [UInt64: Float] = [:]

  mutating func add(_ side: Side, _ vocabulary: Vocabulary) {
    for sentence in 0..<side.count { counts[side.digest(sentence..<sentence + 1, vocabulary), default: 0] += 1 }
  }

  /// One over that number, for each sentence of a side.
  func shares(_ side: Side, _ vocabulary: Vocabulary) -> [Float] {
    (0..<side.count).map { 1 / (counts[side.digest($0..<$0 + 1, vocabulary)] ?? 1) }
  }
}

extension PreparedPair {
  /// How many pairs of tokens meet in a bead.
  func meetings(_ bead: Bead) -> Int { source.tokenCount(bead.source) * target.tokenCount(bead.target) }

  func digest(_ bead: Bead, _ sources: Vocabulary, _ targets: Vocabulary) -> UInt64 {
    source.digest(bead.source, sources) &* 0xD6E8_FEB8_6659_FD93 ^ target.digest(bead.target, targets)
  }

  /// What a bead counts for in learning: sentences that the collection has n times count for one n-th each time, or a
  /// text that is there twice would make two chances of each chance meeting.
  func share(_ bead: Bead) -> Double {
    var sum: Float = 0
    for index in bead.source { sum += source.shares[index] }
    for index in bead.target { sum += target.shares[index] }
    return Double(sum) / Double(bead.source.count + bead.target.count)
  }
}

extension Side {
  func tokenRange(_ sentences: Range<Int>) -> Range<Int> {
    Int(starts[sentences.lowerBound])..<Int(starts[sentences.upperBound])
  }

  mutating func mark(paragraphStarts: [Int], headings: [Int]) {
    for start in paragraphStarts where edges.indices.contains(start) { edges[start] = edges[start].atParagraphStart }
    for heading in headings where edges.indices.contains(heading) { edges[heading] = edges[heading].asHeading }
  }
}

extension Band {
  static func around(_ path: [Bead], of pair: PreparedPair, halfWidth: Int, whereGapped wide: Int? = nil) -> Band {
    around(
      path, sourceCount: pair.source.count, targetCount: pair.target.count, halfWidth: halfWidth,
      whereGapped: wide ?? halfWidth)
  }
}

/// Adds counts to those of an earlier lexicon.
private struct LexiconBuilder {
  private var entries: [Lexicon.Entry] = []
  private let stemLength: Int

  init(earlier: Lexicon?, stemLength: Int) {
    self.stemLength = stemLength
    if let earlier, earlier.stemLength == stemLength { entries = earlier.entries }
  }

  mutating func add(_ source: ArraySlice<UInt8>, _ target: ArraySlice<UInt8>, _ count: Double) {
    let thousandths = Int((count * 1000).rounded())
    if thousandths > 0 {
      entries.append(Lexicon.Entry(source: Array(source), target: Array(target), thousandths: thousandths))
    }
  }

  /// Sorted by bytes, each pair once.
  var lexicon: Lexicon {
    let sorted = entries.sorted { a, b in
      if a.source != b.source { return a.source.lexicographicallyPrecedes(b.source) }
      return a.target.lexicographicallyPrecedes(b.target)
    }
    var joined: [Lexicon.Entry] = []
    for entry in sorted {
      if let last = joined.last, last.source == entry.source, last.target == entry.target {
        joined[joined.count - 1].thousandths += entry.thousandths
      } else {
        joined.append(entry)
      }
    }
    return Lexicon(stemLength: stemLength, entries: joined)
  }
}
