/// What stands in brackets or quotes inside a sentence that goes on behind them.
extension HardRules {
  /// Brackets inside a sentence of a script without capitals, with a terminator in them; a title in 《》.
  func isAside(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    let candidate = around.candidate
    guard candidate.kind.isTerminator, around.isClosed, candidate.nextClass == .letter else { return false }
    let last = Scalar.before(candidate.end, in: text).value
    if last == 0x300B { return true }
    guard last == 0x29 || last == 0xFF09 else { return false }
    var here = candidate.end
    while here > around.sentenceStart {
      let (scalar, length) = Scalar.before(here, in: text)
      here -= length
      guard scalar == 0x28 || scalar == 0xFF08 else { continue }
      let before = WhiteSpace.skipBack(in: text, from: here, to: around.sentenceStart)
      return before > around.sentenceStart && !CharacterClass.of(Scalar.before(before, in: text).value).isTerminator
    }
    return false
  }

  /// Inside brackets that stand in a sentence, which goes on behind them: "He came (I saw him. He was tired.) and left".
  func isInAside(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    guard around.isInBrackets, around.candidate.kind.isTerminator,
      let close = Self.bracket(from: around.candidate.next, in: text),
      let open = Self.bracket(before: around.candidate.end, in: text)
    else { return false }
    let after = WhiteSpace.skip(in: text, from: close + 1, to: text.count)
    guard after < text.count, text[after] == 0x2C || (after > close + 1 && Self.isLower(after, in: text)) else {
      return false
    }
    let before = WhiteSpace.skipBack(in: text, from: open, to: 0)
    return before > 0 && before < open && CharacterClass.of(Scalar.before(before, in: text).value).isAlphanumeric
  }

  private static func isLower(_ offset: Int, in text: Span<UInt8>) -> Bool {
    CharacterClass.of(Scalar.at(offset, in: text).value) == .lower
  }

  /// Bytes in which a bracket is looked for.
  private static let reach = 400

  /// Where the bracket stands that closes what is open at `offset`.
  private static func bracket(from offset: Int, in text: Span<UInt8>) -> Int? {
    var depth = 0
    for here in offset..<min(text.count, offset + reach) {
      if text[here] == 0x28 { depth += 1 }
      guard text[here] == 0x29 else { continue }
      if depth == 0 { return here }
      depth -= 1
    }
    return nil
  }

  /// Where the bracket stands that is open at `offset`.
  private static func bracket(before offset: Int, in text: Span<UInt8>) -> Int? {
    var depth = 0
    for here in (max(0, offset - reach)..<offset).reversed() {
      if text[here] == 0x29 { depth += 1 }
      guard text[here] == 0x28 else { continue }
      if depth == 0 { return here }
      depth -= 1
    }
    return nil
  }

  /// In 「…」 that a particle of saying follows: 「やあ。元気？」と言った.
  func isQuoted(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    let candidate = around.candidate
    guard around.isInQuotes, candidate.next == candidate.end, candidate.nextClass == .letter else { return false }
    var here = candidate.next
    while here < text.count && here - candidate.next < Self.reach {
      let (scalar, length) = Scalar.at(here, in: text)
      here += length
      if scalar == 0x300C { return false }
      guard scalar == 0x300D else { continue }
      guard here < text.count else { return false }
      let (next, more) = Scalar.at(here, in: text)
      // と, って
      return next == 0x3068
        || (next == 0x3063 && here + more < text.count && Scalar.at(here + more, in: text).value == 0x3066)
    }
    return false
  }
}
