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
  private var enclosures = Enclosures()
  private var features: Features
  /// Plain cases are decided by a few looks, with the outcome that all the rules would have; off in the test of that.
  package var takesShortcut = true
  /// Of the last paragraph, in order: all candidates' fates.
  package private(set) var decisions: [Decision] = []

  /// What ICU does not propose needs as much more, in weights, in a language that the model was not trained on.
  private static let caution = 20
  /// How sure, in weights, the model must be to join what ICU and the rules part inside quotes.
  private static let quoteCaution = 64

  package init(language: String, ruleSet: RuleSet, knowledge: LanguageKnowledge, model: BoundaryModel) {
    self.ruleSet = ruleSet
    self.model = model
    finder.spacesArePhrases = knowledge.spacesArePhrases
    let packed = BoundaryModel.packed(language)
    rules = HardRules(knowledge: knowledge, isTrained: model.knows(packed))
    features = Features(language: model.knows(packed) ? packed : 0)
  }

  /// Decides the candidates of `text`, one paragraph.
  ///
  /// - Parameters:
  ///   - icu: ICU's boundaries; those in `range` are the paragraph's, `base` more than offsets in `text`.
  ///   - observe: is given each doubtful candidate's features, and decides it; for training.
  package mutating func decide(
    _ text: Span<UInt8>, icu: [Int], range: Range<Int>, base: Int, observe: ((Decision, [UInt32]) -> Bool)? = nil
  ) {
    decisions.removeAll(keepingCapacity: true)
    finder.find(in: text, icu: icu, range: range, base: base)
    let register = Register(of: finder.candidates, in: text)
    var list = ListItems(of: text)
    addSpaces(text, isClean: register.isClean && list.isEmpty)
    if finder.candidates.isEmpty { return }
    if finder.mayEnclose { enclosures.find(in: text) }
    var sentenceStart = 0
    for index in finder.candidates.indices {
      let candidate = finder.candidates[index]
      let enclosed = finder.mayEnclose ? enclosures.state(at: candidate.next) : (brackets: false, quotes: false)
      var decision = Decision(candidate: candidate, isBoundary: true, layer: .terminator, score: nil)
      let isFree = !enclosed.brackets && !enclosed.quotes && list.isEmpty
      if !(takesShortcut && isFree && rules.isPlain(candidate, in: text, sentenceStart: sentenceStart)) {
        var around = Surroundings(
          of: candidate, in: text, sentenceStart: sentenceStart, knowledge: rules.knowledge, register: register)
        (around.isInBrackets, around.isInQuotes) = enclosed
        decide(&decision, around, text, &list, observe)
      }
      decisions.append(decision)
      if decision.isBoundary { sentenceStart = candidate.next }
    }
  }

  /// Mere white space is a candidate everywhere in a paragraph whose sentences seem to run into each other, else
  /// at line ends and before words that plainly begin a sentence.
  private mutating func addSpaces(_ text: Span<UInt8>, isClean: Bool) {
    let knowledge = rules.knowledge
    finder.addSpaces(text) { next in
      if !isClean || WhiteSpace.holdsLineEnd(in: text, before: next) { return true }
      if text[next] < 0x41 { return false }
      let word = Word(in: text, from: next, to: text.count)
      return word.length > 0
        && knowledge.sections(of: word.exact).union(knowledge.sections(of: word.folded)).contains(.starters)
    }
  }

  private mutating func decide(
    _ decision: inout Decision, _ around: Surroundings, _ text: Span<UInt8>, _ list: inout ListItems,
    _ observe: ((Decision, [UInt32]) -> Bool)?
  ) {
    let ruling = rules.ruling(around, in: text, list: &list)
    decision.isBoundary = ruling.verdict == .end
    decision.layer = ruling.layer
    guard !ruling.isCertain && ruleSet == .full else { return }
    features.fill(around)
    if let observe {
      decision.isBoundary = observe(decision, features.values)
    } else if !model.isEmpty {
      let score = model.score(features.values)
      var caution = rules.isTrained || decision.candidate.isICU ? 0 : Self.caution
      // Treebanks disagree about several sentences inside one pair of quotes, and what the model has learned of them is
      // theirs: where ICU and the rules see an end there, it must be sure to say no.
      if around.isInQuotes && decision.candidate.isICU && ruling.verdict == .end { caution -= Self.quoteCaution }
      decision.score = score
      decision.layer = .model
      decision.isBoundary = score > decision.candidate.threshold + caution
    }
  }
}
