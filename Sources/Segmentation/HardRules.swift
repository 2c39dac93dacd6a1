/// The rules that need no model, in the order in which they are asked.
final class HardRules: Sendable {
  let knowledge: LanguageKnowledge
  /// The model has features of the language's own.
  let isTrained: Bool

  init(knowledge: LanguageKnowledge, isTrained: Bool) {
    self.knowledge = knowledge
    self.isTrained = isTrained
  }

  /// The first rule that has something to say of a candidate; else ICU's verdict, which the model may overrule.
  func ruling(_ around: Surroundings, in text: Span<UInt8>, list: inout ListItems) -> Ruling {
    let candidate = around.candidate
    if candidate.kind == .comma || isEnclosing(candidate, in: text) || isLoneQuote(around, in: text) {
      return .certain(.bind, .enclosure)
    }
    if NoteMark.follows(candidate, in: text) { return .certain(.bind, .noteMark) }
    if let ruling = TrailingEmoji.ruling(around, in: text) { return ruling }
    if let ruling = SpacedEllipsis.ruling(around, in: text) { return ruling }
    if let ruling = list.ruling(around, in: text, knowledge) { return ruling }
    if let ruling = insertionRuling(around, in: text) { return ruling }
    if let ruling = reportingRuling(around, in: text) { return ruling }
    if isQuoted(around, in: text) { return .certain(.bind, .reporting) }
    if isAside(around, in: text) || isInAside(around, in: text) { return .certain(.bind, .enclosure) }
    if candidate.nextClass == .dash, candidate.kind.isTerminator, around.right.isCapital,
      CharacterClass.of(Scalar.at(0, in: text).value) == .dash
    {
      // A new speaker, where the paragraph is speech: "— Tu viens ? — Pas encore."
      return .certain(.end, .terminator)
    }
    if candidate.nextClass == .bullet, candidate.kind.isTerminator, candidate.next > candidate.end,
      Self.isApart(candidate.next, in: text)
    {
      return .certain(.end, .listItem)
    }
    let isUnspaced = candidate.next == candidate.end
    if isNameWithMark(around) || (isUnspaced && Self.beginsWithParticle(candidate.next, in: text)) {
      return .certain(.bind, .abbreviation)
    }
    if NoteMark.beginning(before: candidate.end, in: text, floor: 0) != nil, candidate.kind.isTerminator,
      candidate.nextClass != .lower
    {
      return .certain(.end, .noteMark)
    }
    if candidate.kind == .period, let ruling = periodRuling(around, in: text) { return ruling }
    if let phrases = around.phrases, !candidate.isICU, !candidate.kind.isTerminator {
      let verdict: Verdict = phrases.areSentences && candidate.nextClass == .letter ? .end : .bind
      return isTrained ? .doubtful(verdict, .phrase) : .certain(verdict, .phrase)
    }
    if isPlain(around) || MarkedEnd.isOne(around, in: text) { return .certain(.end, .terminator) }
    if isPlainEnd(around, in: text) { return .learned(.end, .terminator) }
    if isMute(candidate, in: text) { return .learned(.bind, .icu) }
    return .doubtful(candidate.isICU ? .end : .bind, .icu)
  }

  /// ICU ends a sentence in "1703.[|4]" and in "Courez ! |»": an opener never ends one, a closer never begins one.
  private func isEnclosing(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    if candidate.kind == .opener || (candidate.nextClass == .closer && candidate.next > 0) { return true }
    let last = Scalar.before(candidate.end, in: text).value
    guard CharacterClass.of(last) == .opener else { return false }
    let length = last < 0x800 ? 2 : 3
    let isApart = candidate.end > length && WhiteSpace.lengthBefore(candidate.end - length, in: text) > 0
    return candidate.next == candidate.end || isApart || !CharacterClass.isTwoFaced(last)
  }

  /// A straight quote between spaces: one that closes never begins a sentence, one that opens never ends it.
  private func isLoneQuote(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    let candidate = around.candidate
    // A mark alone is no sentence.
    if candidate.end == around.sentenceStart + 1, text[candidate.end - 1] == 0x22 { return true }
    guard around.isInQuotes, candidate.next > candidate.end else { return false }
    let isClosing =
      text[candidate.next] == 0x22
      && (candidate.next + 1 == text.count || WhiteSpace.length(in: text, at: candidate.next + 1) > 0)
    let isOpening =
      text[candidate.end - 1] == 0x22
      && (candidate.end == 1 || WhiteSpace.lengthBefore(candidate.end - 1, in: text) > 0)
    return isClosing || isOpening
  }

  /// The sentence goes on after what was said: `"Who goes there?" asked the guard`, "– Attends ! dit-elle".
  private func reportingRuling(_ around: Surroundings, in text: Span<UInt8>) -> Ruling? {
    let candidate = around.candidate
    guard candidate.kind.isTerminator else { return nil }
    let isBracket = candidate.nextClass == .upper && text[candidate.end - 1] == 0x29
    let isReporting =
      !isBracket && around.rightSections.contains(.reporting) && !around.rightSections.contains(.starters)
    let isLower = candidate.nextClass == .lower
    if around.isClosed && (isLower || isReporting) { return .certain(.bind, .reporting) }
    let isCaseless = candidate.nextClass == .letter && candidate.next > candidate.end
    if isCaseless && around.isClosed && reports(around, in: text) { return .certain(.bind, .reporting) }
    guard candidate.kind != .period && candidate.kind != .fullStop else { return nil }
    if isReporting && isLower { return .certain(.bind, .reporting) }
    if around.isClosed && reports(around, in: text) { return .certain(.bind, .reporting) }
    if isLower && around.register.beginsWithDash { return .certain(.bind, .reporting) }
    let isLowerWord = around.right.shape == .lowerWord || around.right.shape == .lowerLetter
    return candidate.nextClass == .dash && isLowerWord ? .certain(.bind, .reporting) : nil
  }

  /// Two or three words follow, the last a verb of saying: `"Stop!" Marta cried.`, “你去哪儿？”祖母问。
  private func reports(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    let candidate = around.candidate
    guard candidate.nextClass == .upper || candidate.nextClass == .letter,
      around.rightSections.isDisjoint(with: .starters)
        || (candidate.nextClass == .letter && !Word.isUnspaced(Scalar.at(candidate.next, in: text).value))
    else { return false }
    var here = candidate.next
    var spaces = 0
    while here < text.count && here - candidate.next < 64 {
      let (scalar, length) = Scalar.at(here, in: text)
      let kind = CharacterClass.of(scalar)
      if kind == .space { spaces += 1 }
      if spaces > 2 { return false }
      if kind.isTerminator || kind == .comma || kind == .colon {
        return ReportingClause.ends(at: here, from: candidate.next, in: text, knowledge)
      }
      here += length
    }
    return false
  }

  /// White space follows the scalar at `offset`.
  private static func isApart(_ offset: Int, in text: Span<UInt8>) -> Bool {
    let after = offset + Scalar.at(offset, in: text).length
    return after < text.count && WhiteSpace.length(in: text, at: after) > 0
  }

  /// A name that has a terminator in it: "works at Yahoo! in".
  private func isNameWithMark(_ around: Surroundings) -> Bool {
    let candidate = around.candidate
    guard candidate.kind == .exclamation, around.left.shape == .capitalised else { return false }
    if candidate.nextClass == .lower {
      return (around.left2.shape == .lowerWord || around.left2.shape == .lowerLetter) && !around.register.beginsLower
    }
    return candidate.nextClass == .letter && around.right.shape == .caseless
  }

  /// A single period after a word: initials, titles, abbreviations, ordinals.
  private func periodRuling(_ around: Surroundings, in text: Span<UInt8>) -> Ruling? {
    // A closing quote or bracket between: what it ends is over.
    guard around.candidate.end - around.candidate.tail == 1 else { return nil }
    let next = around.candidate.nextClass
    // "ім. І. Франка": a letter with a period is an initial, though it be a word elsewhere.
    let isInitial = around.right.shape == .upperLetter && around.afterRight == .period
    let beginsPlainly =
      (around.rightSections.contains(.starters) && next == .upper && !isInitial) || around.isBeforeInvertedMark
    if Self.isVariable(around, in: text) {
      return next == .upper && around.candidate.isICU ? .certain(.end, .terminator) : nil
    }
    if around.leftSections.contains(.titles) { return .certain(.bind, .title) }
    // "N.B. Le texte": an abbreviation alone is no sentence; "5 січ. 2010 р. № 3".
    let isAlone = around.left.start <= around.sentenceStart && around.leftSections.contains(.abbreviations)
    if isAlone || (Self.isNumero(around.candidate.next, in: text) && !around.leftSections.isEmpty) {
      return .certain(.bind, .abbreviation)
    }
    if let ruling = ordinalRuling(around) { return ruling }
    if around.leftSections.contains(.numeric),
      next == .digit || around.right.isNumeral || Self.isFiveOrTen(around, in: text)
    {
      return .certain(.bind, .abbreviation)
    }
    if let ruling = initialRuling(around, in: text, beginsPlainly) { return ruling }
    let isShortMonth =
      next == .lower
      && (around.left.length <= 3
        || (around.left.length == 4 && around.left2.shape.hasDigits && !around.register.beginsLower))
    if next == .digit || isShortMonth, around.leftSections.contains(.months) { return .certain(.bind, .abbreviation) }
    if next == .lower && around.left.hasInnerPeriod { return .certain(.bind, .abbreviation) }
    if isPartOfMore(around, in: text) { return .certain(.bind, .abbreviation) }
    if isCutShort(around, in: text) { return .certain(.bind, .initial) }
    if next == .letter && around.left.hasInnerPeriod && around.left.shape == .caseless && around.left.length <= 5
      && !around.rightSections.contains(.starters)
    {
      return .certain(.bind, .initial)
    }
    return listRuling(around, in: text, beginsPlainly)
  }

  /// "ए.पी.जे. अब्दुल", "1950 ई. में": a letter, or several with periods, where the full stop is another mark.
  private func isCutShort(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    around.candidate.nextClass == .letter && around.left.shape == .caseless
      && (around.left.hasInnerPeriod || around.left.length == 1) && Self.hasOwnFullStop(around.left, in: text)
  }

  /// "%d", "$x": no initial.
  private static func isVariable(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    guard around.left.start > around.sentenceStart, around.left.length > 0 else { return false }
    let before = text[around.left.start - 1]
    return before == 0x24 || (before == 0x25 && around.left2.shape != .number)
  }

  /// "sec. V", "ch. X": of the Roman numbers of one letter those that are no word.
  private static func isFiveOrTen(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    around.right.shape == .upperLetter && (text[around.right.start] == 0x56 || text[around.right.start] == 0x58)
      && around.afterRight != .period
  }

  /// "№"
  private static func isNumero(_ offset: Int, in text: Span<UInt8>) -> Bool {
    Scalar.at(offset, in: text).value == 0x2116
  }

  /// "písm. a)", "ई. पू."
  private func isPartOfMore(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    let (left, right) = (around.left, around.right)
    if right.shape == .lowerLetter && around.candidate.nextClass == .lower && around.afterRight == .closer {
      return true
    }
    return left.shape == .caseless && left.length <= 2 && right.shape == .caseless
      && ((right.length <= 2 && around.afterRight == .period) || right.hasInnerPeriod)
      && Self.hasOwnFullStop(left, in: text)
  }

  /// What the word lists say of an abbreviation that may end a sentence, and of one that binds.
  private func listRuling(_ around: Surroundings, in text: Span<UInt8>, _ beginsPlainly: Bool) -> Ruling? {
    let next = around.candidate.nextClass
    if next == .lower, knowledge.hasOrdinals,
      around.rightSections.contains(.ordinals)
    {
      return .certain(.bind, .ordinal)
    }
    if let ruling = timeRuling(around) { return ruling }
    // "1898 г. В", but "г. Волгоград".
    let isNumber = around.left2.shape == .number || around.left2.shape == .numberAndLetters
    let isMeasure = isNumber && around.left2Tail == .letter
    if let ruling = measureRuling(around, in: text, isMeasure) { return ruling }
    let bindsAlone = around.leftSections.contains(.abbreviations) && !isMeasure
    if !bindsAlone && (around.leftSections.contains(.ends) || around.leftSections.contains(.units)) {
      if (next == .letter || next == .digit) && HardRules.hasOwnFullStop(around.left, in: text) {
        return .certain(.bind, .abbreviation)
      }
      // "Pte. Ltd."
      if around.leftSections.contains(.ends) && around.rightSections.contains(.ends)
        && (around.afterRight == .period || around.right.shape == .upperWord)
      {
        return .certain(.bind, .abbreviation)
      }
      if beginsPlainly || closesList(around) { return .certain(.end, .starter) }
      if next == .lower { return .certain(.bind, .abbreviation) }
      if !isTrained { return .certain(around.candidate.isICU ? .end : .bind, .icu) }
      return .doubtful(around.candidate.isICU ? .end : .bind, .icu)
    }
    if around.leftSections.contains(.abbreviations) {
      return beginsPlainly ? .doubtful(.bind, .abbreviation) : .certain(.bind, .abbreviation)
    }
    return nil
  }

  /// "jagung, kedelai, dsb. Hasilnya": what stands for the rest of a list.
  private func closesList(_ around: Surroundings) -> Bool {
    around.candidate.isICU && around.candidate.nextClass == .upper && around.left2Tail == .comma
      && around.left.shape == .lowerWord && around.left.length > 2 && !around.left.hasInnerPeriod
      && around.leftSections.contains(.ends)
  }

  /// One letter, or capitals with periods between: "J. Smith", "E.B. Stone", "v. Chr."
  private func initialRuling(_ around: Surroundings, in text: Span<UInt8>, _ beginsPlainly: Bool) -> Ruling? {
    let left = around.left
    let next = around.candidate.nextClass
    guard around.beforeLeft != .apostrophe else { return nil }
    if isForeignInitial(around, in: text) { return .certain(.bind, .initial) }
    guard !around.leftSections.contains(.ends) else { return nil }
    // "EE. UU.", "CC. OO."
    if left.shape == .upperWord && left.length == 2 && around.right.shape == .upperWord && around.right.length == 2
      && around.afterRight == .period
    {
      return .certain(.bind, .initial)
    }
    if left.shape == .lowerLetter {
      let isUnit =
        next == .upper && around.left2.shape == .number && around.left2Tail == .letter
        && !around.leftSections.isDisjoint(with: [.units, .ends])
      return beginsPlainly || isUnit ? nil : .certain(.bind, .initial)
    }
    let isOne = left.shape == .upperLetter
    // A unit or a point of the compass: "8° 3′ O. Taucher".
    if isOne && around.left2.shape == .number {
      return next == .upper && around.candidate.isICU ? .certain(.end, .terminator) : nil
    }
    // "z. B. ist"
    if isOne && next == .lower && around.left2Tail == .period && around.left2.length == 1 {
      return .certain(.bind, .initial)
    }
    guard isOne || (left.hasInnerPeriod && left.shape == .upperWord && left.length <= 5) else { return nil }
    if isOne && next == .digit && around.left2Tail == .period { return .certain(.bind, .initial) }
    // "So did I. Then", "Plan B. We"
    let isWordBefore = around.left2.shape == .lowerWord || around.left2.start <= around.sentenceStart
    if isOne && beginsPlainly && around.left2.length > 1 && around.left2Tail == .letter && isWordBefore {
      return .certain(.end, .starter)
    }
    guard around.right.shape == .capitalised || around.right.shape == .upperLetter, !beginsPlainly else {
      return isOne ? .doubtful(.bind, .initial) : nil
    }
    let isName =
      !isOne || around.left2.length == 0 || around.left2.shape == .capitalised || around.left2Tail == .period
    return isName ? .certain(.bind, .initial) : .doubtful(.bind, .initial)
  }

  /// In front of a script without capitals: a Latin initial ("아드난 Z. 아민", "G.D.P. 성장률"), and an Arabic or Hebrew
  /// letter alone ("أحمد ز. أمين").
  private func isForeignInitial(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    let left = around.left
    guard around.candidate.nextClass == .letter else { return false }
    let isSpaced = around.candidate.next > around.candidate.end
    if isSpaced && (left.shape == .upperLetter || (left.shape == .upperWord && left.hasInnerPeriod)) {
      return !around.leftSections.contains(.ends)
    }
    guard left.shape == .caseless, left.length <= 2 else { return false }
    let scalar = Scalar.at(left.start, in: text).value
    guard scalar >= 0x0590 && scalar < 0x0700 else { return false }
    // "وأ.د. محمد"; what may end a sentence is an initial only after another.
    if !isSpaced { return around.right.length == 1 && around.afterRight == .period }
    guard left.length == 1 || scalar == 0x0648 else { return false }
    let isAfterOther = around.left2.length == 1 && around.left2Tail == .period
    return isAfterOther || around.leftSections.isDisjoint(with: [.ends, .units])
  }
}
