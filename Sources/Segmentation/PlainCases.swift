/// What is plain: what the rules say of it is certain, and mostly told by a few bytes, before any word is read.
extension HardRules {
  /// What `ruling` would say of a candidate, where a few looks tell; nil where they do not. No list is open.
  ///
  /// - Parameter enclosed: whether the candidate stands in brackets, in quotes.
  func quickRuling(
    _ candidate: Candidate, in text: Span<UInt8>, sentenceStart: Int, _ enclosed: (brackets: Bool, quotes: Bool)
  ) -> Ruling? {
    if candidate.next == candidate.end {
      let isEnd =
        !enclosed.brackets && !enclosed.quotes && !Self.beginsWithParticle(candidate.next, in: text)
        && isPlainUnspaced(candidate, in: text)
      return isEnd ? .certain(.end, .terminator) : nil
    }
    guard candidate.next == candidate.end + 1, text[candidate.end] == 0x20, !knowledge.spacesArePhrases else {
      return nil
    }
    if !candidate.isICU {
      if candidate.kind == .period {
        return enclosed.brackets ? nil : quickShortInside(candidate, in: text, sentenceStart: sentenceStart)
      }
      return quickBind(candidate, in: text, sentenceStart: sentenceStart, inQuotes: enclosed.quotes)
    }
    guard !enclosed.brackets, candidate.end - sentenceStart > 12 else { return nil }
    if isQuickEnd(candidate, in: text, sentenceStart: sentenceStart, inQuotes: enclosed.quotes) {
      return .certain(.end, .terminator)
    }
    return quickShort(candidate, in: text, sentenceStart: sentenceStart)
  }

  /// A full stop of another script and a letter or digit right after it; ！ or ？ between letters of Han or kana.
  private func isPlainUnspaced(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    guard candidate.kind == .fullStop else { return isPlainWideMark(candidate, in: text) }
    return candidate.end - candidate.tail == 3
      && (candidate.nextClass == .letter || candidate.nextClass == .digit || candidate.nextClass == .upper)
  }

  /// A terminator of ASCII, one space, and what may begin a sentence; in no brackets.
  @inline(__always)
  private func isQuickEnd(
    _ candidate: Candidate, in text: Span<UInt8>, sentenceStart: Int, inQuotes: Bool
  ) -> Bool {
    let length = candidate.end - candidate.tail
    switch candidate.kind {
    case .question, .exclamation: return length == 1 && text[candidate.tail] < 0x80 && candidate.nextClass == .upper
    case .period: break
    default: return false
    }
    if length == 2 { return text[candidate.tail] == 0x29 && candidate.nextClass == .upper }
    guard length == 1 else { return false }
    if candidate.nextClass == .upper {
      return plainWord(text, before: candidate.tail, floor: sentenceStart) != .unknown
    }
    guard Self.mayFollow(candidate, inQuotes: inQuotes) else { return false }
    if candidate.nextClass != .digit {
      // A quote that opens, a bracket that is no mark of a note.
      let first = text[candidate.next]
      guard first != 0x5B, candidate.next + 1 < text.count,
        (text[candidate.next + 1] | 0x20) &- 0x61 < 26 || first > 0x28
      else { return false }
    }
    return plainWord(text, before: candidate.tail, floor: sentenceStart) == .lower
  }

  /// A title or an abbreviation of more than a letter, which nothing but its own list tells of: "Dr. Smith", "No. 5".
  private func quickShort(_ candidate: Candidate, in text: Span<UInt8>, sentenceStart: Int) -> Ruling? {
    guard candidate.kind == .period, candidate.end - candidate.tail == 1, text[candidate.next] < 0x80,
      candidate.nextClass == .upper || candidate.nextClass == .digit, text[candidate.tail - 1] &- 0x61 < 26
    else { return nil }
    var here = candidate.tail - 1
    while here > sentenceStart && text[here - 1] &- 0x61 < 26 { here -= 1 }
    if here > sentenceStart && text[here - 1] &- 0x41 < 26 { here -= 1 }
    guard here > sentenceStart, text[here - 1] == 0x20, (2..<8).contains(candidate.tail - here) else { return nil }
    let key = LanguageKnowledge.hash(text, here..<candidate.tail)
    if knowledge.endsCompound(key) { return nil }
    let sections = knowledge.sections(of: key)
    if sections.contains(.titles) { return .certain(.bind, .title) }
    if candidate.nextClass == .digit && !sections.isDisjoint(with: [.numeric, .months]) {
      return .certain(.bind, .abbreviation)
    }
    guard sections.contains(.abbreviations), sections.isDisjoint(with: [.numeric, .ends, .units, .phraseEnds]) else {
      return nil
    }
    let isPlain = candidate.nextClass == .digit || !knowledge.mayStart(text, at: candidate.next)
    return isPlain ? .certain(.bind, .abbreviation) : nil
  }

  /// A listed word of two letters or more, or one with a period inside, before a small letter: "10 p.m. to", "Ltd. in".
  private func quickShortInside(_ candidate: Candidate, in text: Span<UInt8>, sentenceStart: Int) -> Ruling? {
    guard candidate.nextClass == .lower, text[candidate.next] < 0x80, candidate.end - candidate.tail == 1,
      candidate.end - sentenceStart > 12, !knowledge.hasOrdinals
    else { return nil }
    var here = candidate.tail
    var (hasPeriod, isLower) = (false, true)
    while here > sentenceStart && candidate.tail - here < 12 {
      let byte = text[here - 1]
      if byte == 0x2E && (text[here] | 0x20) &- 0x61 < 26 {
        hasPeriod = true
      } else if byte &- 0x41 < 26 {
        isLower = false
      } else if byte &- 0x61 >= 26 {
        break
      }
      here -= 1
    }
    // A Roman number counts.
    guard here > sentenceStart, text[here - 1] == 0x20, text[here] != 0x2E, candidate.tail - here > 1,
      hasPeriod || text[candidate.tail - 1] >= 0x61
    else { return nil }
    let key = LanguageKnowledge.hash(text, here..<candidate.tail)
    if knowledge.endsCompound(key) { return nil }
    let sections = knowledge.sections(of: key)
    if sections.contains(.titles) { return .certain(.bind, .title) }
    let isListed = !sections.isDisjoint(with: [.abbreviations, .ends, .units])
    return isListed || (hasPeriod && isLower) ? .certain(.bind, .abbreviation) : nil
  }

  /// What may begin a sentence beside a capital, after a word in lower case.
  private static func mayFollow(_ candidate: Candidate, inQuotes: Bool) -> Bool {
    candidate.nextClass == .digit || (!inQuotes && (candidate.nextClass == .quote || candidate.nextClass == .opener))
  }

  /// White space of which nothing but what follows speaks for a boundary, and which runs on whatever the words are.
  @inline(__always)
  private func quickBind(
    _ candidate: Candidate, in text: Span<UInt8>, sentenceStart: Int, inQuotes: Bool
  ) -> Ruling? {
    let (last, first) = (text[candidate.end - 1], text[candidate.next])
    guard last < 0x80, candidate.nextClass != .closer, isMute(candidate, in: text),
      candidate.end - sentenceStart > 12 || Self.beginsWithWord(text, at: sentenceStart, before: candidate.end)
    else { return nil }
    let kind = CharacterClass.of(UInt32(last))
    if kind == .opener || (inQuotes && (first == 0x22 || last == 0x22)) { return nil }
    // What is closed before a bracket may have its source in it, or a note's mark.
    if (first == 0x28 || first == 0x5B) && (kind == .closer || kind == .quote || kind == .apostrophe) { return nil }
    return .certain(.bind, .icu)
  }

  /// Two letters begin there that are no Roman number: no marker of a list.
  private static func beginsWithWord(_ text: Span<UInt8>, at start: Int, before end: Int) -> Bool {
    guard end - start > 2, (text[start] | 0x20) &- 0x61 < 26 else { return false }
    let second = text[start + 1] | 0x20
    return second &- 0x61 < 26 && second != 0x69 && second != 0x76 && second != 0x78 && second != 0x6C && second != 0x63
  }

  /// Where neither treebanks nor the model see a sentence's end: after a dash, a quote, "&" or a sign that stands apart;
  /// between a word and anything but a capital or a figure; between figures; after a colon or a semicolon, before anything
  /// but a capital; behind brackets likewise.
  func isMute(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    guard !candidate.isICU, candidate.next > candidate.end, !knowledge.spacesArePhrases else { return false }
    let next = candidate.nextClass
    switch candidate.kind {
    case .dash, .quote, .other, .apostrophe, .bullet, .letter: return true
    case .lower, .upper: return next != .upper && next != .digit
    case .digit: return next != .upper
    case .semicolon: return next == .lower || next == .digit || next == .letter
    case .colon:
      if next == .digit { return !Self.isNumbered(text, at: candidate.next) }
      // Before « as often as not.
      return next == .lower || next == .letter || next == .quote || (next == .opener && text[candidate.next] != 0xC2)
    case .symbol: return candidate.end > 1 && text[candidate.end - 1] < 0x80 && text[candidate.end - 2] == 0x20
    case .closer: return next != .upper && text[candidate.end - 1] == 0x29
    default: return false
    }
  }

  /// "1.", "12)": the first point of several.
  private static func isNumbered(_ text: Span<UInt8>, at offset: Int) -> Bool {
    var here = offset + 1
    while here < text.count && here < offset + 3 && text[here] &- 0x30 < 10 { here += 1 }
    return here < text.count && (text[here] == 0x2E || text[here] == 0x29)
  }

  /// Whether no rule has anything to say, told before the surroundings are read: of one space between a letter and a
  /// capital that is no list's marker, further on in a sentence than a marker is long.
  @inline(__always)
  func areSilent(on candidate: Candidate, in text: Span<UInt8>, sentenceStart: Int) -> Bool {
    guard !candidate.isICU, candidate.kind == .lower || candidate.kind == .upper, candidate.nextClass == .upper,
      candidate.tail == candidate.end, candidate.next == candidate.end + 1, text[candidate.end] == 0x20,
      candidate.end - sentenceStart > 12, candidate.next + 1 < text.count
    else { return false }
    let second = text[candidate.next + 1]
    return text[candidate.next] < 0x80 && second != 0x29 && second != 0x2E && !knowledge.spacesArePhrases
  }

  /// What a few looks tell of the word before a period.
  private enum WordKind {
    /// Two letters or more of ASCII, in no list of what a period shortens: all in lower case, or with capitals.
    case lower, other
    /// A number that counts nothing.
    case number
    case unknown
  }

  @inline(__always)
  private func plainWord(_ text: Span<UInt8>, before end: Int, floor: Int) -> WordKind {
    var here = end
    while here > floor && text[here - 1] &- 0x61 < 26 { here -= 1 }
    let isLower = here < end
    // One capital in front, or no small letter at all.
    if here > floor && text[here - 1] &- 0x41 < 26 {
      here -= 1
      if !isLower { while here > floor && text[here - 1] &- 0x41 < 26 { here -= 1 } }
    } else if !isLower {
      return isPlainNumber(text, before: end, floor: floor) ? .number : .unknown
    }
    let length = end - here
    guard length > 1, length < Word.longest, here > floor, text[here - 1] == 0x20 else { return .unknown }
    if knowledge.mayBeShortened(text, here..<end) { return .unknown }
    if isLower { return text[here] >= 0x61 ? .lower : .other }
    // "EE. UU."; a Roman number may count.
    return length == 2 || Self.isRoman(text, here..<end) ? .unknown : .other
  }

  private static func isRoman(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for here in range where text[here] != 0x49 && text[here] != 0x56 && text[here] != 0x58 && text[here] != 0x4C {
      return false
    }
    return true
  }

  /// Figures after a space and a word in lower case that begins neither sentence nor paragraph: "of 24. The".
  private func isPlainNumber(_ text: Span<UInt8>, before end: Int, floor: Int) -> Bool {
    if knowledge.hasOrdinals { return false }
    var here = end
    while here > floor && text[here - 1] &- 0x30 < 10 { here -= 1 }
    guard here < end, here > floor + 2, end - here < Word.longest, text[here - 1] == 0x20, text[here - 2] &- 0x61 < 26
    else { return false }
    here -= 2
    while here > floor && text[here - 1] &- 0x61 < 26 { here -= 1 }
    return here > floor && text[here - 1] == 0x20
  }

  /// What ends a sentence in 99.5 of 100 cases, so that the model need not be asked.
  func isPlain(_ around: Surroundings) -> Bool {
    let candidate = around.candidate
    guard !around.isInQuotes, !around.isInBrackets else { return false }
    // ICU 72 does not know Khmer's full stop.
    guard candidate.isICU || candidate.kind == .fullStop else { return false }
    switch candidate.kind {
    case .question, .exclamation:
      return candidate.nextClass == .upper || candidate.nextClass == .letter || around.isBeforeInvertedMark
    case .fullStop:
      return candidate.nextClass.isAlphanumeric || candidate.nextClass == .opener || candidate.nextClass == .symbol
        || candidate.nextClass == .quote
    case .period:
      let isWord =
        around.left.shape == .caseless
        ? around.left.length >= 3 && candidate.nextClass == .letter
        : around.left.shape == .lowerWord && around.left.length >= 4 && candidate.nextClass == .upper
      guard isWord else { return false }
      return around.leftSections.isDisjoint(with: [.abbreviations, .titles, .ends, .units])
        && !around.left.hasInnerPeriod
    default: return false
    }
  }

  /// What ends a sentence in 99 of 100 cases, where the model is not surer: a period behind any word or number that no list
  /// has, or behind a bracket; before a capital, or before a quote, a bracket or a figure after a word in lower case.
  func isPlainEnd(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    let candidate = around.candidate
    guard candidate.isICU, !around.isInBrackets, candidate.next > candidate.end else { return false }
    let length = candidate.end - candidate.tail
    let isUpper = candidate.nextClass == .upper
    if candidate.kind == .question || candidate.kind == .exclamation { return length == 1 && isUpper }
    guard candidate.kind == .period else { return false }
    if length == 2 { return text[candidate.tail] == 0x29 && text[candidate.end - 1] == 0x2E && isUpper }
    guard length == 1, around.leftSections.isDisjoint(with: .shortened), !around.left.hasInnerPeriod else {
      return false
    }
    switch around.left.shape {
    case .lowerWord: return isUpper || Self.mayFollow(candidate, inQuotes: around.isInQuotes)
    case .capitalised, .upperWord, .number: return isUpper
    default: return false
    }
  }
}
