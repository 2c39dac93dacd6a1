/// Periods with spaces between: "the laws . . . of", "compounds. . . . The". They hold together; where the first of
/// four stands at a word and a capital follows them, it ends the sentence, and the three begin the next.
enum SpacedEllipsis {
  static func ruling(_ around: Surroundings, in text: Span<UInt8>) -> Ruling? {
    let candidate = around.candidate
    guard candidate.end > 0, text[candidate.end - 1] == 0x2E, candidate.next > candidate.end else { return nil }
    let isInside = candidate.end > 1 && WhiteSpace.lengthBefore(candidate.end - 1, in: text) > 0
    if isLone(candidate.next, in: text) {
      if isInside || candidate.end - candidate.tail > 1 { return .certain(.bind, .abbreviation) }
      let (count, after) = run(from: candidate.next, in: text)
      guard count >= 2 else { return nil }
      let isNext = after < text.count && CharacterClass.of(Scalar.at(after, in: text).value) == .upper
      return .certain(count == 3 && isNext ? .end : .bind, .terminator)
    }
    guard isInside, beginning(of: candidate.end, in: text) < candidate.end - 3 else { return nil }
    let isAtStart = beginning(of: candidate.end, in: text) <= around.sentenceStart
    if isAtStart || candidate.nextClass == .lower || around.right.shape == .upperLetter {
      return .certain(.bind, .abbreviation)
    }
    return nil
  }

  /// A period with white space, a closer or the text's end after it.
  private static func isLone(_ offset: Int, in text: Span<UInt8>) -> Bool {
    guard offset < text.count, text[offset] == 0x2E else { return false }
    guard offset + 1 < text.count else { return true }
    let next = CharacterClass.of(Scalar.at(offset + 1, in: text).value)
    return next == .space || next == .closer || next == .quote
  }

  /// The number of lone periods from `offset` on, and where what follows them begins.
  private static func run(from offset: Int, in text: Span<UInt8>) -> (count: Int, after: Int) {
    var (here, count) = (offset, 0)
    while isLone(here, in: text) {
      count += 1
      here = WhiteSpace.skip(in: text, from: here + 1, to: text.count)
    }
    return (count, here)
  }

  /// Where the first of the lone periods begins of which the last ends at `offset`.
  private static func beginning(of offset: Int, in text: Span<UInt8>) -> Int {
    var first = offset
    var here = offset
    while here > 0 && text[here - 1] == 0x2E && (here == 1 || WhiteSpace.lengthBefore(here - 1, in: text) > 0) {
      first = here - 1
      here = WhiteSpace.skipBack(in: text, from: first, to: 0)
    }
    return first
  }
}
