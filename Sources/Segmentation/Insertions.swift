extension HardRules {
  /// What stands inside a sentence, or still belongs to it, though a terminator is in front: an address, a title in
  /// 《》, a source in brackets, "№." before its number.
  func insertionRuling(_ around: Surroundings, in text: Span<UInt8>) -> Ruling? {
    let candidate = around.candidate
    if candidate.next == candidate.end {
      if Self.isInAddress(candidate.end, in: text) { return .certain(.bind, .abbreviation) }
      // "पीएच.डी": ICU ends a sentence at each period between letters without case.
      let whole = Word(in: text, before: around.right.end, floor: around.sentenceStart)
      if candidate.kind == .period, whole.start < candidate.end, !knowledge.sections(of: whole.exact).isEmpty {
        return .certain(.bind, .abbreviation)
      }
    }
    if candidate.kind == .question || candidate.kind == .exclamation, Self.isInTitle(candidate.end, in: text) {
      return .certain(.bind, .enclosure)
    }
    if candidate.kind == .period, candidate.nextClass == .digit, around.left.length == 1,
      Self.hasDegreeSign(candidate, in: text)
    {
      return .certain(.bind, .abbreviation)
    }
    // "Dr. (H.C.) Ir. Suroso"
    if candidate.kind == .period, text[candidate.end - 1] == 0x29, around.left.hasInnerPeriod,
      around.rightSections.contains(.titles), around.afterRight == .period
    {
      return .certain(.bind, .title)
    }
    guard text[candidate.next] == 0x28 else { return nil }
    let mayBeSource = around.isClosed || candidate.kind == .ellipsis
    let isAbbreviation =
      candidate.kind == .period && !around.leftSections.isDisjoint(with: [.abbreviations, .titles, .ends])
    guard mayBeSource || isAbbreviation, let after = Self.afterBrackets(candidate.next, in: text) else { return nil }
    let kind = CharacterClass.of(Scalar.at(after, in: text).value)
    let goesOn =
      kind == .period || kind == .comma || kind == .semicolon || kind == .colon
      || (isAbbreviation && kind == .lower)
    return goesOn ? .certain(.bind, .enclosure) : nil
  }

  /// は, を, の or が before an ideograph: no sentence of Japanese begins so, and what is before it is a name: モーニング娘。は人気だ.
  static func beginsWithParticle(_ offset: Int, in text: Span<UInt8>) -> Bool {
    guard offset + 3 < text.count, text[offset] == 0xE3 else { return false }
    let scalar = Scalar.at(offset, in: text).value
    guard scalar == 0x306F || scalar == 0x3092 || scalar == 0x306E || scalar == 0x304C else { return false }
    return Scalar.at(offset + 3, in: text).value &- 0x4E00 < 0x5200
  }

  /// ！ or ？ between letters of Han or kana, in no title: a name with a mark has letters of another script before it.
  func isPlainWideMark(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    guard candidate.kind == .question || candidate.kind == .exclamation, candidate.isICU,
      candidate.nextClass == .letter,
      candidate.end - candidate.tail == 3, text[candidate.tail] == 0xEF, candidate.tail >= 6,
      text[candidate.tail - 3] >= 0xE3, text[candidate.tail - 6] >= 0xE3, text[candidate.tail - 6] < 0xF0,
      CharacterClass.isPlainLetter(Scalar.at(candidate.tail - 3, in: text).value),
      CharacterClass.isPlainLetter(Scalar.at(candidate.tail - 6, in: text).value)
    else { return false }
    return !Self.isInTitle(candidate.end, in: text)
  }

  /// A word without white space that holds "://" or begins with "www.".
  private static func isInAddress(_ offset: Int, in text: Span<UInt8>) -> Bool {
    var here = offset
    while here > 0 && offset - here < 256 && text[here - 1] > 0x20 && text[here - 1] < 0x7F {
      here -= 1
      if text[here] == 0x2F && here > 1 && text[here - 1] == 0x2F && text[here - 2] == 0x3A { return true }
    }
    return offset - here > 4 && text[here] == 0x77 && text[here + 1] == 0x77 && text[here + 2] == 0x77
      && text[here + 3] == 0x2E
  }

  /// Between 《 and 》, not over 20 scalars from either.
  private static func isInTitle(_ offset: Int, in text: Span<UInt8>) -> Bool {
    guard offset < text.count, text[offset] >= 0xE3 else { return false }
    var (here, count) = (offset, 0)
    while here > 0 {
      let (scalar, length) = Scalar.before(here, in: text)
      if scalar == 0x300A { break }
      if scalar == 0x300B || count == 20 { return false }
      here -= length
      count += 1
    }
    guard here > 0 else { return false }
    (here, count) = (offset, 0)
    while here < text.count && count < 20 {
      let (scalar, length) = Scalar.at(here, in: text)
      if scalar == 0x300B { return true }
      if scalar == 0x300A { return false }
      here += length
      count += 1
    }
    return false
  }

  /// "N°.", "n°."
  private static func hasDegreeSign(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    candidate.end - candidate.tail == 3 && text[candidate.tail] == 0xC2 && text[candidate.tail + 1] == 0xB0
  }

  /// What follows the bracket that closes the one at `offset`, where nothing inside it ends a sentence; nil at the
  /// paragraph's end.
  private static func afterBrackets(_ offset: Int, in text: Span<UInt8>) -> Int? {
    var here = offset + 1
    while here < text.count && here - offset < 120 && text[here] != 0x29 {
      if text[here] == 0x28 || text[here] == 0x3F || text[here] == 0x21 { return nil }
      here += 1
    }
    guard here < text.count, text[here] == 0x29, text[here - 1] != 0x2E else { return nil }
    let after = WhiteSpace.skip(in: text, from: here + 1, to: text.count)
    return after < text.count ? after : nil
  }
}
