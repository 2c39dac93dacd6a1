/// Words that say who speaks, after what was said.
enum ReportingClause {
  /// Whether the words between `start` and `end` end with a verb of saying; in a script without spaces, whether one
  /// of at most five scalars stands at their end.
  static func ends(at end: Int, from start: Int, in text: Span<UInt8>, _ knowledge: LanguageKnowledge) -> Bool {
    let word = Word(in: text, before: end, floor: start)
    guard word.length > 0 else { return false }
    guard Word.isUnspaced(Scalar.before(end, in: text).value) else {
      return word.start > start && Surroundings.sections(of: word, in: text, knowledge).contains(.reporting)
    }
    var here = end
    for _ in 0..<5 where here > start {
      here -= Scalar.before(here, in: text).length
      if here > start && knowledge.sections(of: LanguageKnowledge.hash(text, here..<end)).contains(.reporting) {
        return true
      }
    }
    return false
  }
}

extension HardRules {
  /// A time of day: "At 5 a.m. Mr. Smith" near the sentence's beginning, "at 6 P.M. Mr. Smith then" far from it.
  func timeRuling(_ around: Surroundings) -> Ruling? {
    guard around.leftSections.contains(.ends), around.left.hasInnerPeriod, around.candidate.nextClass == .upper,
      around.left2.shape == .number || around.left2.shape == .numberAndLetters
    else { return nil }
    if around.candidate.end - around.sentenceStart <= 16 { return .certain(.bind, .abbreviation) }
    return around.rightSections.contains(.titles) ? .certain(.end, .starter) : nil
  }

  /// Written in a script whose full stop is not the period: there a period cuts a word short (። । ។ ။).
  static func hasOwnFullStop(_ word: Word, in text: Span<UInt8>) -> Bool {
    guard word.length > 0 else { return false }
    let scalar = Scalar.at(word.start, in: text).value
    return (scalar >= 0x0900 && scalar < 0x0A00) || (scalar >= 0x1000 && scalar < 0x10A0)
      || (scalar >= 0x1200 && scalar < 0x13A0) || (scalar >= 0x1780 && scalar < 0x1800)
  }
}
