/// Emoji that say how a sentence was meant stand behind it and belong to it: "See you tomorrow. 👋 | Bye.", "Thanks! ❤️ | You
/// too." Where a paragraph or a sentence begins with one, they lead, as bullets do: the sentence ends before the next.
enum TrailingEmoji {
  static func ruling(_ around: Surroundings, in text: Span<UInt8>) -> Ruling? {
    let candidate = around.candidate
    let leads = isLeader(at: 0, in: text) || isLeader(at: around.sentenceStart, in: text)
    if candidate.nextClass == .symbol {
      guard candidate.kind.isTerminator, candidate.next > candidate.end,
        let end = runEnd(from: candidate.next, in: text)
      else { return nil }
      let after = WhiteSpace.skip(in: text, from: end, to: text.count)
      let mayBegin = after < text.count && after > end && begins(at: after, in: text)
      if leads { return mayBegin && candidate.isICU && around.leftSections.isEmpty ? .certain(.end, .emoji) : nil }
      guard isMood(Scalar.at(candidate.next, in: text).value) else { return nil }
      return after == text.count || mayBegin ? .certain(.bind, .emoji) : nil
    }
    guard candidate.next > candidate.end, let start = runStart(before: candidate.end, in: text) else { return nil }
    // An emoji alone is no sentence.
    if start <= around.sentenceStart { return .certain(.bind, .emoji) }
    if leads { return nil }
    let end = WhiteSpace.skipBack(in: text, from: start, to: around.sentenceStart)
    guard end > around.sentenceStart, CharacterClass.of(Scalar.before(end, in: text).value).isTerminator,
      begins(at: candidate.next, in: text)
    else { return nil }
    return .certain(.end, .emoji)
  }

  /// What may begin a sentence stands there: not what goes on in lower case, not another sign.
  private static func begins(at offset: Int, in text: Span<UInt8>) -> Bool {
    switch CharacterClass.of(Scalar.at(offset, in: text).value) {
    case .upper, .letter, .digit, .opener, .quote: true
    default: false
    }
  }

  private static func isLeader(at offset: Int, in text: Span<UInt8>) -> Bool {
    offset < text.count && CharacterClass.of(Scalar.at(offset, in: text).value) == .symbol
  }

  /// Where a run of emoji that begins at `offset` ends; nil where none begins there.
  private static func runEnd(from offset: Int, in text: Span<UInt8>) -> Int? {
    var here = offset
    while here < text.count {
      let (scalar, length) = Scalar.at(here, in: text)
      guard isPicture(scalar) || (here > offset && isModifier(scalar)) else { break }
      here += length
    }
    return here > offset ? here : nil
  }

  private static func runStart(before offset: Int, in text: Span<UInt8>) -> Int? {
    var here = offset
    var start: Int? = nil
    while here > 0 {
      let (scalar, length) = Scalar.before(here, in: text)
      guard isMood(scalar) || isModifier(scalar) else { break }
      here -= length
      if isMood(scalar) { start = here }
    }
    return start
  }

  /// Presentation, skin, and what joins two to one.
  static func isModifier(_ scalar: UInt32) -> Bool {
    scalar == 0xFE0F || scalar == 0x200D || (scalar >= 0x1F3FB && scalar <= 0x1F3FF)
  }

  /// An emoji, of those that stand together in Unicode.
  private static func isPicture(_ scalar: UInt32) -> Bool {
    (scalar >= 0x2600 && scalar < 0x27C0) || (scalar >= 0x1F300 && scalar < 0x1FB00)
  }

  /// Faces, hands but those that point, hearts, and what is thrown at feasts.
  private static func isMood(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2639, 0x263A, 0x2665, 0x2728, 0x2763, 0x2764, 0x1F389, 0x1F38A, 0x1F44A...0x1F450, 0x1F48B...0x1F48C,
      0x1F493...0x1F49F, 0x1F4A5, 0x1F4AA, 0x1F4AF, 0x1F525, 0x1F5A4, 0x1F600...0x1F64F, 0x1F90D...0x1F92F,
      0x1F970...0x1F97A, 0x1F9E1, 0x1FA77, 0x1FAE0...0x1FAE8, 0x1FAF6:
      true
    default: false
    }
  }
}
