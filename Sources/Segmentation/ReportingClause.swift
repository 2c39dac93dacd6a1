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
    if around.candidate.end - around.sentenceStart <= 16 || around.rightSections.contains(.months) {
      return .certain(.bind, .abbreviation)
    }
    return around.rightSections.contains(.titles) ? .certain(.end, .starter) : nil
  }

  /// "5 руб. 50 коп.", "410 U.S. 113", "Inc. أعلنت"; an abbreviation that a sentence begins with.
  func measureRuling(_ around: Surroundings, in text: Span<UInt8>, _ isMeasure: Bool) -> Ruling? {
    let next = around.candidate.nextClass
    guard !around.leftSections.isDisjoint(with: [.ends, .units]) else { return nil }
    if isMeasure && next == .digit {
      if around.left.hasInnerPeriod { return .certain(.bind, .abbreviation) }
      let second = WhiteSpace.skip(in: text, from: around.right.end, to: text.count)
      let unit = Word(in: text, from: second, to: text.count)
      if Surroundings.sections(of: unit, in: text, knowledge).contains(.units) { return .certain(.bind, .abbreviation) }
    }
    // "z 2010 r. Nr 5"
    let isReference = around.rightSections.contains(.numeric) && around.rightSections.isDisjoint(with: .starters)
    if isMeasure && isReference && next == .upper && around.right.length <= 3 { return .certain(.bind, .abbreviation) }
    if next == .upper && around.rightSections.isDisjoint(with: .starters) && isDate(around, in: text) {
      return .certain(.bind, .abbreviation)
    }
    if next == .letter && around.left.shape != .caseless && around.right.shape == .caseless {
      return .certain(.bind, .abbreviation)
    }
    guard around.left.start <= around.sentenceStart, around.left.hasInnerPeriod, next == .upper,
      !around.rightSections.contains(.starters)
    else { return nil }
    return .certain(.bind, .abbreviation)
  }

  /// The sentence so far is a date or a measure and no more: "У 1812 р. Наполеон", "В 44 г. до н. э. Цезарь".
  private func isDate(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    var here = around.sentenceStart
    guard around.candidate.end - here <= 40 else { return false }
    var (words, numbers, before) = (0, 0, 0)
    while here < around.candidate.end {
      let word = Word(in: text, from: here, to: around.candidate.end)
      guard word.length > 0, word.length <= 4 else { return false }
      if word.shape == .number { numbers += 1 } else if numbers == 0 { before += 1 } else { words += 1 }
      here = word.end < around.candidate.end && text[word.end] == 0x2E ? word.end + 1 : word.end
      here = WhiteSpace.skip(in: text, from: here, to: around.candidate.end)
    }
    return numbers == 1 && before <= 1 && words <= 4
  }

  /// Written in a script whose full stop is not the period: there a period cuts a word short (። । ។ ။).
  static func hasOwnFullStop(_ word: Word, in text: Span<UInt8>) -> Bool {
    guard word.length > 0 else { return false }
    let scalar = Scalar.at(word.start, in: text).value
    return (scalar >= 0x0900 && scalar < 0x0A00) || (scalar >= 0x1000 && scalar < 0x10A0)
      || (scalar >= 0x1200 && scalar < 0x13A0) || (scalar >= 0x1780 && scalar < 0x1800)
  }
}
