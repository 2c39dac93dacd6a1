/// Every number that measurement has set. docs/ALIGNMENT.md says what each piece is worth.
public struct AlignmentParameters: Sendable {
  /// Characters of a word that are kept.
  public var stemLength = 5
  /// Rounds of lexicon and search after the first pass.
  public var rounds = 3
  /// Iterations of expectation and maximisation in each round; more of them overfit.
  public var iterations = 4
  /// Taken off every pair's count: what one chance meeting is worth. Without it rare words explain everything.
  public var discount = 0.5
  /// Smoothing towards the unigram, in counts.
  public var smoothing = 2.0
  /// Share of tokens that translate nothing.
  public var emptyShare = 0.12
  /// Weight of a cognate that is the same on both sides, in counts.
  public var cognateWeight = 5.0
  /// Weight of a dictionary's entry, in counts.
  public var dictionaryWeight = 5.0
  /// Weight of one of CLDR's names, in counts.
  public var nameWeight = 5.0
  /// Dice coefficient from which two words are cognates.
  public var cognateThreshold = 0.5
  /// Consonants from which a name may be a cognate between scripts, how alike they must be, and what that is worth
  /// against the same token.
  public var skeletonLength = 3
  public var skeletonThreshold = 0.6
  public var skeletonShare = 0.5
  /// What a sentence's vectors are worth, and how like those of translations are at least: 1 is the same, 0 is chance.
  public var vectorWeight = 12.0
  public var vectorThreshold = 0.45
  /// Translations kept for each token.
  public var translationsKept = 60
  /// Likelihood ratio under which a translation is not kept.
  public var leastRatio = 0.6
  /// Weight of the lexicon's log likelihood ratio.
  public var lexicalWeight = 1.3
  /// The same in the first pass, which knows cognates only.
  public var firstLexicalWeight = 1.0
  /// What lengths that fit are worth.
  public var lengthBonus = 1.2
  /// The most that lengths that do not fit cost.
  public var lengthCap = 8.0
  /// Weight of starts and ends of lines.
  public var edgeWeight = 1.0
  /// What it is worth that both sides of a bead start with a title or a heading, and what it costs where one does.
  public var headingWeight = 1.5
  /// Weight of the number of sentence ends in a bead.
  public var sentenceEndWeight = 1.0
  /// Log priors of beads: 1-2, 1-3, 2-2, larger.
  public var prior12 = -2.0
  public var prior13 = -3.5
  public var prior22 = -4.5
  public var priorLarger = -5.0
  /// Log prior of a sentence without counterpart, and of each further one in a row.
  public var deletionStart = -5.0
  public var deletionMore = -2.4
  /// Beads that the priors count for against those of the collection.
  public var priorBeads = 60.0
  /// Half widths of the bands: first pass; first round, where the path has many sentences without counterpart near by and
  /// where it has not; the other rounds.
  public var firstBand = 120
  public var middleBand = 40
  public var sureBand = 12
  public var lastBand = 10
  /// Sentences of both sides that a piece of parallel work has, about.
  public var batchSentences = 4000
  /// Token pairs the lexicon is learned from at most: it bounds memory.
  public var pairBudget = 30_000_000
  /// Divides scores before they are taken as log probabilities, in the posterior.
  public var temperature = 2.0
  /// What a bead of two sides must bring in probability to be better than leaving its sentences without counterpart.
  public var beadCost = 0.5
  /// What a sentence without counterpart costs for each part of probability that says it has one.
  public var gapDoubt = 0.1
  /// The same two between rounds, where the lexicon learns from each bead to this power of its probability.
  public var roundTemperature = 1.0
  public var roundBeadCost = 0.3
  public var confidencePower = 3.0
  /// Half width of the posterior's band around the last path.
  public var posteriorBand = 6

  /// What is left of the confidence of beads of three sentences, and of more.
  public var confidenceOfThree = 0.97
  public var confidenceOfMore = 0.94

  public init() {}
}
