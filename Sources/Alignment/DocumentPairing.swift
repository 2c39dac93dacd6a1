/// Finds which documents of two collections translate each other: by what they share without any lexicon (numbers, names,
/// cognates), then by the lexicon that the pairs found so far teach.
public struct DocumentPairing: Sendable {
  /// A source document and the target document that translates it.
  public struct Pair: Sendable, Equatable {
    public var source: Int
    public var target: Int
    /// How much better it is than the next best choice of either document, 0 … 1; 0.5 is a draw.
    public var confidence: Float
  }

  public var parameters: AlignmentParameters
  /// Rounds of lexicon and pairing after the first.
  public var rounds = 2
  /// Pairs that are less sure are not given.
  public var leastConfidence: Float = 0.55

  public init(parameters: AlignmentParameters = AlignmentParameters()) { self.parameters = parameters }

  /// The pairs, by source document; each document is in one at most. Documents are arrays of sentences.
  ///
  /// - Complexity: linear in the documents' words and in the meetings of those that are rare enough to tell.
  public func pairs(
    source: [[String]], target: [[String]], knowledge: Knowledge = Knowledge(), parallel: some ParallelMap = SerialMap()
  ) throws(AlignmentError) -> [Pair] {
    var matcher = try DocumentMatcher(source, target, knowledge: knowledge, parameters: parameters)
    var found = matcher.link()
    for _ in 0..<rounds {
      // A lexicon is learned from what is sure; a wrong pair teaches wrong words.
      let sure = found.filter { $0.confidence >= leastConfidence }
      if sure.isEmpty { break }
      let documents = sure.map { DocumentPair(source: source[$0.source], target: target[$0.target]) }
      var collection = try Collection(documents, knowledge: knowledge, parameters: parameters)
      try collection.run(parallel)
      matcher.learn(collection)
      found = matcher.link()
    }
    return found.filter { $0.confidence >= leastConfidence }.sorted { $0.source < $1.source }
  }
}

/// Bags of words on both sides, and what links a word of one to words of the other.
private struct DocumentMatcher {
  private var source = DocumentBags()
  private var target = DocumentBags()
  /// For each source token, target tokens and the weight (0 … 1) of the link.
  private var links: [[(token: Int32, weight: Float)]] = []

  init(
    _ sources: [[String]], _ targets: [[String]], knowledge: Knowledge, parameters: AlignmentParameters
  ) throws(AlignmentError) {
    var tokenizer = Tokenizer(stemLength: parameters.stemLength)
    for sentences in sources { source.append(try tokenizer.side(sentences, vocabulary: &source.vocabulary)) }
    for sentences in targets { target.append(try tokenizer.side(sentences, vocabulary: &target.vocabulary)) }
    let known = try KnownPairs(
      &source.vocabulary, &target.vocabulary, tokenizer: &tokenizer, knowledge: knowledge, parameters: parameters)
    source.finish()
    target.finish()
    links = (0..<source.vocabulary.count).map { s in
      known.row(s).map { entry in
        let count = known.counts[entry]
        let share = count / Float(max(1, max(known.sourceTotals[s], known.targetTotals[Int(known.targets[entry])])))
        return (
          known.targets[entry], max(min(1, known.beliefs[entry] / Float(parameters.cognateWeight)), min(1, share))
        )
      }
    }
  }

  /// Takes the translations of a collection for links, beside those there are.
  mutating func learn(_ collection: Collection) {
    collection.forEachTranslation { s, t, weight in
      guard weight > 0.05, let sourceID = source.vocabulary.find(s), let targetID = target.vocabulary.find(t) else {
        return
      }
      if let index = links[sourceID].firstIndex(where: { $0.token == Int32(targetID) }) {
        links[sourceID][index].weight = max(links[sourceID][index].weight, weight)
      } else {
        links[sourceID].append((Int32(targetID), weight))
      }
    }
  }

  /// Documents that choose each other, with how far ahead of the next choice.
  func link() -> [DocumentPairing.Pair] {
    var choices: [(target: Int, best: Float, next: Float)] = []
    var bestOfTarget = [(source: Int, best: Float, next: Float)](repeating: (-1, 0, 0), count: target.count)
    var sums = [Float](repeating: 0, count: target.count), best = sums
    for document in 0..<source.count {
      for index in sums.indices { sums[index] = 0 }
      add(document, to: &sums, scratch: &best)
      var choice = (target: -1, best: Float(0), next: Float(0))
      for index in sums.indices where sums[index] > 0 {
        let score = sums[index] * lengthFit(document, index)
        if score > choice.best { choice = (index, score, choice.best) } else { choice.next = max(choice.next, score) }
        let other = bestOfTarget[index]
        if score > other.best {
          bestOfTarget[index] = (document, score, other.best)
        } else {
          bestOfTarget[index].next = max(other.next, score)
        }
      }
      choices.append(choice)
    }
    var pairs: [DocumentPairing.Pair] = []
    for (document, choice) in choices.enumerated()
    where choice.target >= 0 && bestOfTarget[choice.target].source == document {
      let next = max(choice.next, bestOfTarget[choice.target].next)
      pairs.append(
        DocumentPairing.Pair(source: document, target: choice.target, confidence: choice.best / (choice.best + next)))
    }
    return pairs
  }

  /// Adds to each target document the weight of the words it shares with a source document: each word by its best link.
  private func add(_ document: Int, to sums: inout [Float], scratch best: inout [Float]) {
    var touched: [Int32] = []
    for s in source.bags[document] {
      let weight = source.weights[Int(s)]
      if weight == 0 { continue }
      for link in links[Int(s)] {
        let value = link.weight * target.weights[Int(link.token)]
        if value == 0 { continue }
        for other in target.postings(link.token) {
          if best[Int(other)] == 0 { touched.append(other) }
          best[Int(other)] = max(best[Int(other)], value)
        }
      }
      for other in touched {
        sums[Int(other)] += weight * best[Int(other)] / (source.norms[document] * target.norms[Int(other)])
        best[Int(other)] = 0
      }
      touched.removeAll(keepingCapacity: true)
    }
  }

  /// 1 where the lengths are those of translations, less the further they are from it.
  private func lengthFit(_ document: Int, _ other: Int) -> Float {
    let a = source.lengths[document] / source.totalLength, b = target.lengths[other] / target.totalLength
    let scaled = b * Double(target.count) / Double(max(1, source.count))
    let distance = Logarithm.natural((a + 1e-12) / (scaled + 1e-12))
    return Float(1 / (1 + distance * distance))
  }
}

/// The documents of one side as sets of tokens.
private struct DocumentBags {
  var vocabulary = Vocabulary()
  private(set) var bags: [[Int32]] = []
  private(set) var lengths: [Double] = []
  /// How much a token tells: 0 where every other document has it.
  private(set) var weights: [Float] = []
  private(set) var norms: [Float] = []
  private var starts: [Int32] = []
  private var documents: [Int32] = []

  var count: Int { bags.count }
  var totalLength: Double { max(1, lengths.reduce(0, +)) }
  func postings(_ token: Int32) -> ArraySlice<Int32> {
    documents[Int(starts[Int(token)])..<Int(starts[Int(token) + 1])]
  }

  mutating func append(_ side: Side) {
    var bag = side.tokens.sorted()
    var last: Int32 = -1
    bag.removeAll { token in
      defer { last = token }
      return token == last
    }
    bags.append(bag)
    lengths.append(side.lengthSums[side.count])
  }

  mutating func finish() {
    var counts = [Int32](repeating: 0, count: vocabulary.count + 1)
    for bag in bags { for token in bag { counts[Int(token) + 1] += 1 } }
    weights = (0..<vocabulary.count).map { token in
      let share = Double(counts[token + 1]) / Double(max(1, bags.count))
      // What half of the documents have tells nothing, and would make this quadratic.
      if vocabulary.kinds[token] == .mark || (share > 0.5 && bags.count > 2) || counts[token + 1] == 0 { return 0 }
      return Float(Logarithm.natural(1 + 1 / share))
    }
    for token in 0..<vocabulary.count { counts[token + 1] += counts[token] }
    starts = counts
    documents = Array(repeating: 0, count: Int(starts[vocabulary.count]))
    var next = starts
    for (document, bag) in bags.enumerated() {
      for token in bag {
        documents[Int(next[Int(token)])] = Int32(document)
        next[Int(token)] += 1
      }
      let squares = bag.reduce(Float(0)) { $0 + weights[Int($1)] * weights[Int($1)] }
      norms.append(max(1, squares).squareRoot())
    }
  }
}
