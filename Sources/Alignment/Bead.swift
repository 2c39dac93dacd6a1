/// A run of source sentences and the run of target sentences that says the same; either may be empty, not both.
public struct Bead: Sendable, Hashable {
  /// Sentence numbers from 0.
  public var source: Range<Int>
  /// Sentence numbers from 0.
  public var target: Range<Int>

  public init(source: Range<Int>, target: Range<Int>) {
    self.source = source
    self.target = target
  }
}

/// A bead of an alignment with what is known of it.
public struct ScoredBead: Sendable, Hashable {
  public var bead: Bead
  /// How sure it is that this bead is exactly right, 0 … 1.
  public var confidence: Float
  /// Whether a decision, and no search, put it there.
  public var isDecided: Bool

  public init(bead: Bead, confidence: Float, isDecided: Bool = false) {
    self.bead = bead
    self.confidence = confidence
    self.isDecided = isDecided
  }
}

/// Two texts that translate each other, cut into sentences.
public struct DocumentPair: Sendable {
  public var source: [String]
  public var target: [String]
  /// Beads a person has set: they hold, and the lexicon learns from them.
  public var decisions: [Bead]
  /// Sentence numbers at which a paragraph starts (from 0, ascending); empty where paragraphs are not known.
  public var sourceParagraphStarts: [Int]
  public var targetParagraphStarts: [Int]

  /// Numbers of the sentences that are titles or headings; empty where that is not known.
  public var sourceHeadings: [Int] = []
  public var targetHeadings: [Int] = []
  /// Rows of `Knowledge.vectors`: for each sentence four, those of the runs of one, two, three and four sentences that end
  /// with it (-1 where the text has no such run). Empty on both sides where there are no vectors.
  public var sourceVectorRows: [Int32] = []
  public var targetVectorRows: [Int32] = []

  public init(
    source: [String], target: [String], decisions: [Bead] = [], sourceParagraphStarts: [Int] = [],
    targetParagraphStarts: [Int] = []
  ) {
    self.source = source
    self.target = target
    self.decisions = decisions
    self.sourceParagraphStarts = sourceParagraphStarts
    self.targetParagraphStarts = targetParagraphStarts
  }
}
