/// Cuts articles into sentences: paragraph by paragraph, so that an edit stays local.
///
/// Boundaries are a function of the paragraph, its language and the configuration alone.
public struct Segmenter: ~Copyable {
  private var scanner: SentenceScanner
  private var boundaries: [Int] = []
  private let rules: RuleSet
  private var decider: BoundaryDecider

  /// - Parameters:
  ///   - language: a BCP 47 tag; `und` for ICU's root rules and the rules that need no language.
  ///   - rules: the layers that are asked.
  public init(language: String, rules: RuleSet = .full) throws(SegmentationError) {
    try self.init(language: language, rules: rules, model: rules == .full ? .shipped : BoundaryModel())
  }

  /// With weights of the caller's own: `make eval` scores folds with it.
  package init(language: String, rules: RuleSet, model: BoundaryModel) throws(SegmentationError) {
    scanner = try SentenceScanner(language: language)
    self.rules = rules
    let knowledge = rules == .icu ? LanguageKnowledge() : LanguageFiles.knowledge(language)
    decider = BoundaryDecider(language: language, ruleSet: rules, knowledge: knowledge, model: model)
  }

  /// Off in the test that plain cases are decided as all rules would.
  package var takesShortcut: Bool {
    get { decider.takesShortcut }
    set { decider.takesShortcut = newValue }
  }

  /// What finds ICU's boundaries.
  public var engine: SentenceScanner.Engine { scanner.engine }

  /// The sentences of an article in valid UTF-8, in order. Every scalar that is not White_Space is in exactly one.
  ///
  /// - Complexity: O(n) in the bytes of `text`.
  public mutating func sentences(
    of text: Span<UInt8>, paragraphs mode: ParagraphMode
  ) throws(SegmentationError) -> [Sentence] {
    let paragraphs = mode.paragraphs(of: text)
    boundaries.removeAll(keepingCapacity: true)
    try scanner.appendBoundaries(of: paragraphs.span, in: text, to: &boundaries)
    var sentences: [Sentence] = []
    sentences.reserveCapacity(boundaries.count + 8)
    decider.begin()
    var next = 0
    for number in paragraphs.indices {
      let paragraph = paragraphs[number]
      let first = next
      // The last boundary of a paragraph is its end.
      while boundaries[next] < paragraph.end { next += 1 }
      next += 1
      if rules == .icu {
        appendICU(first..<next, paragraph, number, of: text, to: &sentences)
      } else {
        decider.decide(paragraph, number, of: text, icu: boundaries, range: first..<next, to: &sentences)
      }
    }
    if let last = sentences.indices.last { sentences[last].rule = .textEnd }
    return sentences
  }

  /// ICU's boundaries as they are.
  private func appendICU(
    _ range: Range<Int>, _ paragraph: Paragraph, _ number: Int, of text: Span<UInt8>, to sentences: inout [Sentence]
  ) {
    var start = paragraph.start
    for index in range {
      let end = WhiteSpace.skipBack(in: text, from: boundaries[index], to: start)
      if end > start {
        sentences.append(Sentence(start: start, end: end, paragraph: number, rule: .icu))
      }
      start = WhiteSpace.skip(in: text, from: boundaries[index], to: paragraph.end)
    }
    if let last = sentences.indices.last { sentences[last].rule = .paragraph }
  }

  /// Decides one paragraph, and says what became of each candidate; for training and for explanations.
  ///
  /// - Parameter observe: is given each doubtful candidate's features, and decides it.
  package mutating func decisions(
    inParagraph text: Span<UInt8>, observe: ((Decision, [UInt32]) -> Bool)? = nil
  ) throws(SegmentationError) -> [Decision] {
    guard !text.isEmpty else { return [] }
    boundaries.removeAll(keepingCapacity: true)
    let whole = [Paragraph(start: 0, end: text.count)]
    try scanner.appendBoundaries(of: whole.span, in: text, to: &boundaries)
    return decider.decisions(text, icu: boundaries, observe: observe)
  }
}
