/// Ends that marks make plain, though no word is in front of them.
enum MarkedEnd {
  static func isOne(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    let candidate = around.candidate
    if candidate.next == candidate.end { return isUnspaced(candidate, in: text) && !around.isInBrackets }
    if isBeforeCutWord(around, in: text) { return true }
    if text[candidate.next] == 0xC2 && candidate.nextClass == .opener { return isAfterSpacedQuote(around, in: text) }
    guard candidate.nextClass == .upper, candidate.end > 1 else { return false }
    if isAfterSpacedQuote(around, in: text) { return true }
    if candidate.kind == .period {
      return candidate.isICU && (isAfterQuote(around, in: text) || isAfterSign(candidate, in: text))
    }
    return isFace(before: candidate.end, in: text)
  }

  /// A full stop, or "." as one, in front of a script without spaces: 他问。“回家, 行く.次
  private static func isUnspaced(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    guard candidate.kind.isTerminator, candidate.next < text.count else { return false }
    let next = Scalar.at(candidate.next, in: text).value
    if CharacterClass.opensUnspaced(next) { return true }
    guard candidate.kind == .period, candidate.end - candidate.tail == 1, candidate.tail > 0 else { return false }
    return next >= 0x3040 && Word.isUnspaced(next)
      && Word.isUnspaced(Scalar.before(candidate.tail, in: text).value)
  }

  /// "5,50 €. È", "3 %. The": a sign stands in front of the period.
  private static func isAfterSign(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    guard candidate.end - candidate.tail > 1, text[candidate.end - 1] == 0x2E else { return false }
    let before = Scalar.before(candidate.end - 1, in: text).value
    return before == 0x25 || before == 0x24 || before == 0x20AC || before == 0xA3 || before == 0x2030
  }

  /// "laat. 's Avonds": a Dutch sentence may begin so.
  private static func isBeforeCutWord(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    let candidate = around.candidate
    guard candidate.nextClass == .apostrophe, candidate.kind.isTerminator, around.right.shape == .lowerLetter,
      around.left.length > 2, around.afterRight == .space, around.right2Class == .upper
    else { return false }
    return around.leftSections.isEmpty && !around.isInQuotes
  }

  /// "a 'C/D'. The": a closing quote in front of the period, of a word that is no initial.
  private static func isAfterQuote(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    let candidate = around.candidate
    guard candidate.end - candidate.tail > 1, text[candidate.end - 1] == 0x2E, !around.isInQuotes, !around.isInBrackets
    else { return false }
    let scalar = Scalar.before(candidate.end - 1, in: text).value
    return scalar == 0x22 || scalar == 0x27 || scalar == 0x2019 || scalar == 0x201D || scalar == 0xBB
  }

  /// `Me. " He`, "« Je pars. » Il": a quote that stands apart and closes, a terminator before it.
  private static func isAfterSpacedQuote(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    let candidate = around.candidate
    guard candidate.kind.isTerminator, !around.isInQuotes, !around.isInBrackets else { return false }
    let (scalar, length) = Scalar.before(candidate.end, in: text)
    guard scalar == 0x22 || scalar == 0xBB, candidate.end > length else { return false }
    return WhiteSpace.lengthBefore(candidate.end - length, in: text) > 0
  }

  /// An emoji that is a face or a gesture, or ":)".
  private static func isFace(before end: Int, in text: Span<UInt8>) -> Bool {
    var (scalar, length) = Scalar.before(end, in: text)
    // Skin and presentation.
    while (scalar == 0xFE0F || (0x1F3FB...0x1F3FF).contains(scalar)) && end > length {
      let (previous, more) = Scalar.before(end - length, in: text)
      (scalar, length) = (previous, length + more)
    }
    if scalar == 0x29 || scalar == 0x28 {
      guard end > 2 else { return false }
      let eyes = text[end - 2] == 0x2D && end > 3 ? text[end - 3] : text[end - 2]
      return eyes == 0x3A || eyes == 0x3B
    }
    return (0x1F600...0x1F64F).contains(scalar) || (0x1F910...0x1F92F).contains(scalar)
      || (0x1F970...0x1F97A).contains(scalar) || (0x1F44A...0x1F450).contains(scalar)
  }
}

extension CharacterClass {
  /// Opening quotes, and 《 and 【, that follow a full stop without white space.
  static func opensUnspaced(_ scalar: UInt32) -> Bool {
    scalar == 0x201C || scalar == 0x2018 || scalar == 0x300A || scalar == 0x300C || scalar == 0x300E || scalar == 0x3010
  }
}
