internal import ICU

/// What is known of pairs of tokens before a round: for each source token a list of target tokens, in flat arrays.
struct KnownPairs: Sendable {
  struct Entry: Sendable {
    var source: Int32
    var target: Int32
    /// How much is believed of it, in counts: a cognate, a word of a dictionary.
    var belief: Float
    /// How often it was counted before: a saved lexicon.
    var count: Float
  }

  private var rowStarts: [Int32]
  private(set) var targets: [Int32] = []
  private(set) var beliefs: [Float] = []
  private(set) var counts: [Float] = []
  /// How often each token was met before.
  private(set) var sourceTotals: [Double]
  private(set) var targetTotals: [Double]
  let hasCounts: Bool

  /// Of several entries for a pair the largest belief holds, and counts add up.
  init(entries: [Entry], sourceTotals: [Double], targetTotals: [Double]) {
    self.sourceTotals = sourceTotals
    self.targetTotals = targetTotals
    rowStarts = Array(repeating: 0, count: sourceTotals.count + 1)
    hasCounts = entries.contains { $0.count > 0 }
    let sorted = entries.sorted {
      ($0.source, $0.target, $0.belief, $0.count) < ($1.source, $1.target, $1.belief, $1.count)
    }
    var last: (Int32, Int32) = (-1, -1)
    for entry in sorted {
      if (entry.source, entry.target) == last {
        beliefs[beliefs.count - 1] = max(beliefs[beliefs.count - 1], entry.belief)
        counts[counts.count - 1] += entry.count
        continue
      }
      last = (entry.source, entry.target)
      targets.append(entry.target)
      beliefs.append(entry.belief)
      counts.append(entry.count)
      rowStarts[Int(entry.source) + 1] += 1
    }
    for row in 0..<sourceTotals.count { rowStarts[row + 1] += rowStarts[row] }
  }

  @inline(__always) func row(_ source: Int) -> Range<Int> { Int(rowStarts[source])..<Int(rowStarts[source + 1]) }
}

extension KnownPairs {
  /// Cognates, the dictionary and the saved lexicon, for the tokens of a collection.
  init(
    _ source: inout Vocabulary, _ target: inout Vocabulary, tokenizer: inout Tokenizer, knowledge: Knowledge,
    parameters: AlignmentParameters
  ) throws(AlignmentError) {
    var entries: [Entry] = []
    try Self.append(
      knowledge.dictionary, &source, &target, &tokenizer, weight: parameters.dictionaryWeight, to: &entries)
    if let languages = knowledge.languages {
      try Self.append(
        CommonNames.pairs(languages.source, languages.target), &source, &target, &tokenizer,
        weight: parameters.nameWeight, to: &entries)
    }
    for cognate in try Cognates.find(source, target, parameters: parameters) {
      let belief = cognate.similarity * cognate.similarity * Float(parameters.cognateWeight)
      entries.append(Entry(source: cognate.source, target: cognate.target, belief: belief, count: 0))
    }
    var sourceTotals = [Double](repeating: 0, count: source.count)
    var targetTotals = [Double](repeating: 0, count: target.count)
    if let lexicon = knowledge.lexicon, lexicon.stemLength == parameters.stemLength {
      for entry in lexicon.entries {
        let count = Double(entry.thousandths) / 1000
        let s = source.find(entry.source[...]), t = target.find(entry.target[...])
        if let s, let t {
          entries.append(Entry(source: Int32(s), target: Int32(t), belief: 0, count: Float(count)))
        } else if let s, entry.target.isEmpty {
          sourceTotals[s] += count
        } else if let t, entry.source.isEmpty {
          targetTotals[t] += count
        }
      }
    }
    self.init(entries: entries, sourceTotals: sourceTotals, targetTotals: targetTotals)
  }

  /// Each word of a dictionary's entry with each of the other side; more words share the belief.
  private static func append(
    _ dictionary: [(source: String, target: String)], _ source: inout Vocabulary, _ target: inout Vocabulary,
    _ tokenizer: inout Tokenizer, weight: Double, to entries: inout [Entry]
  ) throws(AlignmentError) {
    if dictionary.isEmpty { return }
    let left = try tokenizer.side(dictionary.map(\.source), vocabulary: &source)
    let right = try tokenizer.side(dictionary.map(\.target), vocabulary: &target)
    for line in dictionary.indices {
      let words = left.tokens[left.tokenRange(line)].filter { source.kinds[Int($0)] != .mark }
      let others = right.tokens[right.tokenRange(line)].filter { target.kinds[Int($0)] != .mark }
      if words.isEmpty || others.isEmpty { continue }
      let belief = Float(weight) / Float(max(words.count, others.count))
      for s in words {
        for t in others { entries.append(Entry(source: s, target: t, belief: belief, count: 0)) }
      }
    }
  }
}
