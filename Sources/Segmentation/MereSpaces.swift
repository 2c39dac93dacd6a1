/// Which mere white space of a paragraph is a candidate: where nothing but a capital, a digit or an opener after it speaks
/// for a boundary.
///
/// In a paragraph whose sentences are plainly marked it is one at line ends and before words of `[starters]`. In any
/// other it is one everywhere, but where the sentence runs on: between a word that ends in lower case and a capital that
/// begins no word of `[starters]`, a quote, a bracket, or a number; not before a date or a list's marker. Of 139,419
/// candidates in gold a third are left out, and the model took four of those for a boundary.
struct MereSpaces {
  /// The paragraph's sentences are plainly marked.
  var isClean = false
  /// The model learns from all places.
  let isTraining: Bool
  let knowledge: LanguageKnowledge

  /// Whether the white space that ends at `next` is a candidate.
  @inline(__always)
  borrowing func admits(_ text: Span<UInt8>, before next: Int) -> Bool {
    // Most white space is one space after ASCII, which holds no line end.
    let isOneSpace = text[next - 1] == 0x20 && next > 1 && text[next - 2] &- 0x21 < 0x5F
    if isClean {
      if !isOneSpace && WhiteSpace.holdsLineEnd(in: text, before: next) { return true }
    } else if !isOneSpace || isTraining || !runsOn(text, at: next) {
      return true
    }
    return startsSentence(text, at: next)
  }

  /// The same by fewer looks, before it is known whether the paragraph is clean: what it denies is no candidate.
  @inline(__always)
  borrowing func mayAdmit(_ text: Span<UInt8>, end: Int, next: Int) -> Bool {
    if isTraining || next != end + 1 || text[end] != 0x20 { return true }
    return text[next] >= 0x41 && knowledge.mayStart(text, at: next) || !runsOn(text, at: next)
  }

  /// Whether a word of `[starters]` begins at `next`.
  @inline(__always)
  private borrowing func startsSentence(_ text: Span<UInt8>, at next: Int) -> Bool {
    if text[next] < 0x41 || !knowledge.mayStart(text, at: next) { return false }
    let word = Word(in: text, from: next, to: text.count)
    return word.length > 0
      && knowledge.sections(of: word.exact).union(knowledge.sections(of: word.folded)).contains(.starters)
  }

  /// Whether nothing hints at a boundary at the one space before `next`, but perhaps the word that begins there.
  private borrowing func runsOn(_ text: Span<UInt8>, at next: Int) -> Bool {
    guard knowledge.hasStarters, text[next - 2] &- 0x61 < 26 else { return false }
    let first = text[next]
    if first == 0x22 { return true }
    // "(b)", "(12)"
    if first == 0x28 { return !(2...4).contains { next + $0 < text.count && text[next + $0] == 0x29 } }
    if first &- 0x30 < 10 {
      var here = next + 1
      while here < text.count && text[here] &- 0x30 < 10 { here += 1 }
      guard here < text.count else { return true }
      // "10/26/2000", "2)", "2." but not "2.5"
      if text[here] == 0x2F || text[here] == 0x29 { return false }
      return text[here] != 0x2E || (here + 1 < text.count && text[here + 1] &- 0x30 < 10)
    }
    return first &- 0x41 < 26 && next + 1 < text.count && text[next + 1] != 0x29 && text[next + 1] != 0x2E
  }
}
