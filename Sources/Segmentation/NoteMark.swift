/// Marks of notes after a sentence: "in 1805. [6] An", "the end.[12][13] Next". They belong to what they follow.
enum NoteMark {
  /// Where the mark begins that ends at `offset`, with the white space in front of it; nil where there is none, or
  /// where no terminator is in front.
  static func beginning(before offset: Int, in text: Span<UInt8>, floor: Int) -> Int? {
    guard offset - floor >= 4 else { return nil }
    guard text[offset - 1] == 0x5D else { return bareNumber(before: offset, in: text, floor: floor) }
    var here = offset - 2
    while here > floor && isContent(text[here]) && offset - here < 6 { here -= 1 }
    guard here > floor, offset - here > 2, text[here] == 0x5B else { return nil }
    let end = WhiteSpace.skipBack(in: text, from: here, to: floor)
    guard end > floor else { return nil }
    if text[end - 1] == 0x5D { return end }
    let before = CharacterClass.of(Scalar.before(end, in: text).value)
    return before.isTerminator || before == .closer || before == .quote ? end : nil
  }

  /// A number of one or two digits right after a period and a long word: "was withdrawn.12 No".
  private static func bareNumber(before offset: Int, in text: Span<UInt8>, floor: Int) -> Int? {
    var here = offset
    while here > floor && offset - here < 2 && text[here - 1] >= 0x30 && text[here - 1] <= 0x39 { here -= 1 }
    guard here < offset, here - floor > 6, text[here - 1] == 0x2E else { return nil }
    for place in here - 6..<here - 1 where text[place] < 0x61 || text[place] > 0x7A { return nil }
    return here
  }

  /// Digits or one of the letters that number notes; "..." and "…" inside brackets are left to the model.
  private static func isContent(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 || byte >= 0x61 && byte <= 0x66 }

  /// Whether what follows the candidate is a note's mark: `[`, up to three digits, `]`. Not where the paragraph
  /// itself begins so: then it is a list of references.
  static func follows(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    guard candidate.kind.isTerminator || candidate.kind == .closer, text[candidate.next] == 0x5B, text[0] != 0x5B
    else { return false }
    var here = candidate.next + 1
    while here < text.count && isContent(text[here]) && here - candidate.next < 4 { here += 1 }
    return here > candidate.next + 1 && here < text.count && text[here] == 0x5D
  }
}
