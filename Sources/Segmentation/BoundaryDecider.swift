/// What of the layers is asked.
public enum RuleSet: String, Sendable, CaseIterable {
  /// ICU's iterator alone.
  case icu
  /// ICU, the hard rules and the word lists.
  case rules
  /// All, and the linear model about what is doubtful.
  case full
}

/// What became of a candidate, and why.
package struct Decision {
  package var candidate: Candidate
  package var isBoundary: Bool
  package var layer: Layer
  /// The model's score, over 0 for a boundary; nil where it was not asked.
  package var score: Int?
  /// How far the score is over what it had to be over: above 0 for a boundary; nil where the model was not asked.
  package var margin: Int?

  /// The name of the boundary's kind, as a record has it.
  package var rule: Rule {
    if layer == .listItem { return .list }
    if layer == .phrase { return .space }
    if candidate.isICU { return .icu }
    switch candidate.kind {
    case .colon: return .colon
    case .semicolon: return .semicolon
    case .closer, .quote: return .closer
    default: return candidate.kind.isTerminator ? .lowercase : .space
    }
  }
}

/// Decides a paragraph's candidates: rules first, then the model about what they leave in doubt.
package struct BoundaryDecider {
  private let rules: HardRules
  private let ruleSet: RuleSet
  private let model: BoundaryModel
  private var finder = CandidateFinder()
  private var marks = Marks()
  private var enclosures = Enclosures()
  private var features: Features
  /// Plain cases are decided by a few looks, with the outcome that all the rules would have; off in the test of that.
  package var takesShortcut = true { didSet { marks.takesEverything = !takesShortcut } }

  /// What ICU does not propose needs as much more, in weights, in a language that the model was not trained on.
  private static let caution = 20
  /// How sure, in weights, the model must be to join what ICU and the rules part inside quotes.
  private static let quoteCaution = 120

  package init(language: String, ruleSet: RuleSet, knowledge: LanguageKnowledge, model: BoundaryModel) {
    self.ruleSet = ruleSet
    self.model = model
    finder.spacesArePhrases = knowledge.spacesArePhrases
    marks.takesEverySpace = knowledge.spacesArePhrases
    finder.semicolonAsks = knowledge.terminators.contains(0x3B)
    finder.colonStops = knowledge.terminators.contains(0x3A)
    marks.beginnings = knowledge.beginnings
    let packed = BoundaryModel.packed(language)
    rules = HardRules(knowledge: knowledge, isTrained: model.knows(packed))
    features = Features(language: model.knows(packed) ? packed : 0)
  }

  /// Begins an article, whose paragraphs are then decided in order.
  package mutating func begin() { marks.begin() }

  /// Decides the candidates of a paragraph, and appends its sentences, the last of which ends with it.
  ///
  /// - Parameters:
  ///   - number: the paragraph's.
  ///   - article: valid UTF-8.
  ///   - icu: ICU's boundaries in the article; those in `range` are the paragraph's.
  package mutating func decide(
    _ paragraph: Paragraph, _ number: Int, of article: Span<UInt8>, icu: borrowing [Int], range: Range<Int>,
    to sentences: inout [Sentence]
  ) {
    let text = article.extracting(paragraph.start..<paragraph.end)
    var start = paragraph.start
    decide(text, paragraph, of: article, icu: icu, range: range, observe: nil) { decision in
      guard decision.isBoundary else { return }
      let end = paragraph.start + decision.candidate.end
      sentences.append(Sentence(start: start, end: end, paragraph: number, rule: decision.rule))
      start = paragraph.start + decision.candidate.next
    }
    sentences.append(Sentence(start: start, end: paragraph.end, paragraph: number, rule: .paragraph))
  }

  /// Every candidate of a text of one paragraph, with its fate.
  ///
  /// - Parameters:
  ///   - icu: ICU's boundaries.
  ///   - observe: is given each doubtful candidate's features, and decides it; for training.
  package mutating func decisions(
    _ text: Span<UInt8>, icu: borrowing [Int], observe: ((Decision, [UInt32]) -> Bool)? = nil
  ) -> [Decision] {
    begin()
    // In training all places count.
    marks.beginnings = observe == nil ? rules.knowledge.beginnings : nil
    var decisions: [Decision] = []
    let whole = Paragraph(start: 0, end: text.count)
    decide(text, whole, of: text, icu: icu, range: 0..<icu.count, observe: observe) { decisions.append($0) }
    return decisions
  }

  @inline(__always)
  private mutating func decide(
    _ text: Span<UInt8>, _ paragraph: Paragraph, of article: Span<UInt8>, icu: borrowing [Int], range: Range<Int>,
    observe: ((Decision, [UInt32]) -> Bool)?, take: (Decision) -> Void
  ) {
    // Taken once: a look at a property of a value that changes would count references each time.
    let rules = self.rules
    marks.turn(to: paragraph, of: article)
    var mere = MereSpaces(isTraining: observe != nil, knowledge: rules.knowledge)
    finder.find(in: text, marks: marks, icu: icu, range: range, base: paragraph.start, mere: mere)
    var list = ListItems(of: text)
    // Told of the candidates before any are added; later, and only where one asks, if none are.
    var register = finder.hasSpaces || !list.isEmpty ? Register(of: finder.candidates, in: text) : nil
    if let register, finder.hasSpaces {
      mere.isClean = register.isClean && list.isEmpty
      finder.addSpaces(text) { mere.admits(text, before: $0) }
    }
    if !list.isEmpty { finder.addItems(of: list, in: text) }
    let candidates = finder.candidates
    if candidates.isEmpty { return }
    if finder.mayEnclose { enclosures.find(in: text, marks: marks, base: paragraph.start) }
    var sentenceStart = 0
    for index in candidates.indices {
      let candidate = candidates[index]
      let enclosed = finder.mayEnclose ? enclosures.state(at: candidate.next) : (brackets: false, quotes: false)
      var decision = Decision(candidate: candidate, isBoundary: true, layer: .terminator, score: nil)
      let quick =
        takesShortcut && observe == nil && list.isEmpty
        ? rules.quickRuling(candidate, in: text, sentenceStart: sentenceStart, enclosed) : nil
      if let quick {
        decision.isBoundary = quick.verdict == .end
        decision.layer = quick.layer
      } else {
        let known = register ?? Register(of: candidates, in: text)
        register = known
        var around = Surroundings(
          of: candidate, in: text, sentenceStart: sentenceStart, knowledge: rules.knowledge, register: known)
        (around.isInBrackets, around.isInQuotes) = enclosed
        let isBare = takesShortcut && rules.areSilent(on: candidate, in: text, sentenceStart: sentenceStart)
        let ruling = isBare ? .doubtful(.bind, .icu) : rules.ruling(around, in: text, list: &list)
        decide(&decision, around, ruling, observe)
      }
      take(decision)
      if decision.isBoundary { sentenceStart = candidate.next }
    }
  }

  private mutating func decide(
    _ decision: inout Decision, _ around: Surroundings, _ ruling: Ruling, _ observe: ((Decision, [UInt32]) -> Bool)?
  ) {
    decision.isBoundary = ruling.verdict == .end
    decision.layer = ruling.layer
    guard ruleSet == .full, !ruling.isCertain || (ruling.isLearned && observe != nil) else { return }
    features.fill(around)
    if let observe {
      decision.isBoundary = observe(decision, features.hashes)
    } else if !model.isEmpty {
      let score = model.score(features)
      var caution = rules.isTrained || decision.candidate.isICU ? 0 : Self.caution
      // Treebanks disagree about several sentences inside one pair of quotes, and what the model has learned of them is
      // theirs: where ICU and the rules see an end there, it must be sure to say no.
      if around.isInQuotes && decision.candidate.isICU && ruling.verdict == .end { caution -= Self.quoteCaution }
      decision.score = score
      decision.layer = .model
      let margin = score - decision.candidate.threshold - caution
      decision.margin = margin
      decision.isBoundary = margin > 0
    }
  }
}
