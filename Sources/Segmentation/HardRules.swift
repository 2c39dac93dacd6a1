/// The rules that need no model, in the order in which they are asked.
struct HardRules {
  let knowledge: LanguageKnowledge

  /// The first rule that has something to say of a candidate; else ICU's verdict, which the model may overrule.
  func ruling(_ around: Surroundings, in text: Span<UInt8>, list: inout ListItems) -> Ruling {
    let candidate = around.candidate
    if opensJustBefore(candidate, in: text) { return .certain(.bind, .enclosure) }
    if NoteMark.follows(candidate, in: text) { return .certain(.bind, .noteMark) }
    if let ruling = list.ruling(around, in: text, knowledge) { return ruling }
    if let ruling = quoteRuling(around) { return ruling }
    if candidate.kind == .period, let ruling = periodRuling(around) { return ruling }
    if isPlain(around) { return .certain(.end, .terminator) }
    return .doubtful(candidate.isICU ? .end : .bind, .icu)
  }

  /// ICU ends a sentence in "1703.[|4]": an opener never ends one.
  private func opensJustBefore(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    candidate.kind == .opener || CharacterClass.of(Scalar.before(candidate.end, in: text).value) == .opener
  }

  /// A terminator and a closing mark, and the sentence goes on: `"Who goes there?" asked the guard`.
  private func quoteRuling(_ around: Surroundings) -> Ruling? {
    let candidate = around.candidate
    guard candidate.kind.isTerminator, around.isClosed else { return nil }
    if around.rightSections.contains(.reporting) { return .certain(.bind, .reporting) }
    return candidate.nextClass == .lower ? .certain(.bind, .reporting) : nil
  }

  /// A single period after a word: initials, titles, abbreviations, ordinals.
  private func periodRuling(_ around: Surroundings) -> Ruling? {
    // A closing quote or bracket between: what it ends is over.
    guard around.candidate.end - around.candidate.tail == 1 else { return nil }
    let next = around.candidate.nextClass
    let beginsPlainly = around.rightSections.contains(.starters) && next == .upper
    if around.leftSections.contains(.titles) { return .certain(.bind, .title) }
    if let ruling = ordinalRuling(around) { return ruling }
    if around.leftSections.contains(.numeric), next == .digit { return .certain(.bind, .abbreviation) }
    if let ruling = initialRuling(around, beginsPlainly) { return ruling }
    if around.leftSections.contains(.ends) || around.leftSections.contains(.units) {
      if beginsPlainly { return .certain(.end, .starter) }
      if next == .lower { return .certain(.bind, .abbreviation) }
      return .doubtful(around.candidate.isICU ? .end : .bind, .icu)
    }
    if around.leftSections.contains(.abbreviations) {
      return beginsPlainly ? .doubtful(.bind, .abbreviation) : .certain(.bind, .abbreviation)
    }
    return nil
  }

  /// One letter, or capitals with periods between: "J. Smith", "E.B. Stone", "v. Chr."
  private func initialRuling(_ around: Surroundings, _ beginsPlainly: Bool) -> Ruling? {
    let left = around.left
    guard around.beforeLeft != .apostrophe, !around.leftSections.contains(.ends) else { return nil }
    if left.shape == .lowerLetter { return beginsPlainly ? nil : .certain(.bind, .initial) }
    let isOne = left.shape == .upperLetter
    guard isOne || (left.hasInnerPeriod && left.shape == .upperWord && left.length <= 5) else { return nil }
    guard around.right.shape == .capitalised || around.right.shape == .upperLetter, !beginsPlainly else {
      return isOne ? .doubtful(.bind, .initial) : nil
    }
    let isName =
      !isOne || around.left2.length == 0 || around.left2.shape == .capitalised || around.left2Tail == .period
    return isName ? .certain(.bind, .initial) : .doubtful(.bind, .initial)
  }

  /// What ends a sentence in 99.5 of 100 cases, so that the model need not be asked.
  private func isPlain(_ around: Surroundings) -> Bool {
    let candidate = around.candidate
    guard candidate.isICU, !around.isInQuotes, !around.isInBrackets else { return false }
    switch candidate.kind {
    case .question, .exclamation: return candidate.nextClass == .upper || candidate.nextClass == .letter
    case .fullStop: return candidate.nextClass == .letter || candidate.nextClass == .digit
    case .period:
      let isWord =
        around.left.shape == .caseless
        ? around.left.length >= 2 && candidate.nextClass == .letter
        : around.left.shape == .lowerWord && around.left.length >= 4 && candidate.nextClass == .upper
      guard isWord else { return false }
      return around.leftSections.isDisjoint(with: [.abbreviations, .titles, .ends, .units])
        && !around.left.hasInnerPeriod
    default: return false
    }
  }
}
