/// A place where a sentence may end: after `end`, with the next one beginning at `next`.
package struct Candidate {
  /// Byte offset after the last scalar of what may be a sentence.
  package var end: Int
  /// Byte offset of what comes after the white space; `end` where there is none.
  package var next: Int
  /// The scalars in front of `end` that are neither letters nor digits begin here.
  var tail: Int
  /// ICU ends a sentence here.
  package var isICU: Bool
  /// What of the tail decides: its last terminator, else colon, semicolon, closer …; `.letter` for no tail.
  package var kind: CharacterClass
  /// The class of the scalar at `next`.
  package var nextClass: CharacterClass

  /// The score over which the model has its way: one logit more where nothing but a capital or a colon speaks for a
  /// boundary, for there a kind of text that training did not see costs most, and treebanks disagree.
  var threshold: Int {
    if isICU { return 0 }
    if kind == .letter && nextClass == .letter { return 0 }
    // After an ellipsis lower case rather goes on.
    if kind == .ellipsis && nextClass == .lower { return 15 }
    return kind.isMere || kind == .colon ? 40 : 0
  }
}

/// ICU's boundaries of a paragraph, taken one after another.
private struct Boundaries: ~Escapable {
  let offsets: Span<Int>
  var next: Int
  let limit: Int
  let base: Int

  @_lifetime(copy offsets)
  init(offsets: Span<Int>, next: Int, limit: Int, base: Int) {
    self.offsets = offsets
    self.next = next
    self.limit = limit
    self.base = base
  }

  /// The next boundary, where it is not after `offset`.
  @inline(__always)
  mutating func take(upTo offset: Int) -> Int? {
    guard next < limit, offsets[next] - base <= offset else { return nil }
    next += 1
    return offsets[next - 1] - base
  }

  /// Whether a boundary stands at `offset` or before it.
  @inline(__always)
  borrowing func isDue(at offset: Int) -> Bool { next < limit && offsets[next] - base <= offset }
}

/// Finds a paragraph's candidates: ICU's boundaries, and the places where ICU never ends a sentence.
///
/// Beside ICU's they are the white space after a terminator, colon, semicolon, closer or symbol; the white space
/// before a capital, digit, opener, dash or symbol; and a terminator without white space before a letter.
struct CandidateFinder {
  /// White space between letters is a candidate: Thai and Lao have no terminators.
  var spacesArePhrases = false
  /// ";" asks, as in Greek; ":" is a full stop, as Armenian is typed.
  var semicolonAsks = false
  var colonStops = false
  private(set) var candidates: [Candidate] = []
  /// White space where nothing but what follows speaks for a boundary: a capital, a digit, an opener.
  private var spaces: [Candidate] = []
  private var merged: [Candidate] = []
  /// A quote or bracket was seen, or a byte that may begin one.
  private(set) var mayEnclose = false

  /// Finds the candidates but those of mere white space, which `addSpaces` adds.
  ///
  /// - Parameters:
  ///   - marks: has turned to the paragraph.
  ///   - icu: ICU's boundaries; those in `range` are the paragraph's, rising, `base` more than offsets in `text`.
  ///   - mere: which mere white space is to be left out.
  mutating func find(
    in text: Span<UInt8>, marks: borrowing Marks, icu: borrowing [Int], range: Range<Int>, base: Int,
    mere: borrowing MereSpaces
  ) {
    if !candidates.isEmpty { candidates.removeAll(keepingCapacity: true) }
    if !spaces.isEmpty { spaces.removeAll(keepingCapacity: true) }
    mayEnclose = false
    var boundary = Boundaries(offsets: icu.span, next: range.lowerBound, limit: range.upperBound, base: base)
    let offsets = marks.offsets.span
    let shift = base - marks.base
    // White space up to here was looked at.
    var done = 0
    for index in marks.next..<marks.count {
      let here = Int(offsets[index]) - shift
      if here >= text.count { break }
      if here >= done { done = look(at: here, in: text, &boundary, mere) }
    }
    consumeICU(text, upTo: text.count, &boundary)
  }

  /// Looks at a mark; returns where the next one may be.
  @inline(__always)
  private mutating func look(
    at here: Int, in text: Span<UInt8>, _ boundary: inout Boundaries, _ mere: borrowing MereSpaces
  ) -> Int {
    let byte = text[here]
    switch byte {
    case 0x20, 0x09...0x0D, 0xC2, 0xE1, 0xE2, 0xE3, 0xEF:
      let space = byte == 0x20 ? 1 : WhiteSpace.length(in: text, at: here)
      if space > 0 {
        if boundary.isDue(at: here - 1) { consumeICU(text, upTo: here, &boundary) }
        // Mostly one, before what is plainly something else.
        let isOne = here + space < text.count && text[here + space] &- 0x21 < 0x5F
        let next =
          isOne
          ? here + space
          : WhiteSpace.skip(in: text, from: here + space, to: text.count)
        if !isPlainSpace(text, end: here, next: next, boundary, mere) {
          consider(text, end: here, next: next, &boundary)
        }
        return next
      }
      if !mayEnclose { mayEnclose = Enclosures.isMark(Scalar.at(here, in: text).value) }
      if byte == 0xE2 || byte == 0xE1 || Self.isWideStop(text, at: here) {
        considerUnspaced(text, at: here, &boundary)
      }
    case 0x22, 0x28, 0x5B: mayEnclose = true
    case 0x2E: considerUnspaced(text, at: here, &boundary)
    default: break
    }
    return here
  }

  /// The commonest white space, between ASCII: told by two bytes. True where it is no candidate, or one of mere space.
  @inline(__always)
  private mutating func isPlainSpace(
    _ text: Span<UInt8>, end: Int, next: Int, _ boundary: borrowing Boundaries, _ mere: borrowing MereSpaces
  ) -> Bool {
    guard next < text.count, end > 0, !spacesArePhrases else { return false }
    let before = text[end - 1]
    let isWord = (before | 0x20) &- 0x61 < 26 || before &- 0x30 < 10
    guard isWord || before == 0x2C, !boundary.isDue(at: next) else { return false }
    let after = text[next]
    if after &- 0x61 < 26 || (!isWord && after < 0x80) { return true }
    guard after < 0x80 else { return false }
    let nextClass = CharacterClass.of(UInt32(after))
    // Such never ends a sentence (`isMute`), nor begins a list's item but where a line begins.
    if next == end + 1, text[end] == 0x20, !mere.isTraining,
      nextClass == .dash || nextClass == .quote || nextClass == .symbol || Self.isI(text, at: next, after: before)
    {
      return true
    }
    if nextClass.mayBegin && mere.mayAdmit(text, end: end, next: next) {
      let kind = CharacterClass.of(UInt32(before))
      spaces.append(Candidate(end: end, next: next, tail: end, isICU: false, kind: kind, nextClass: nextClass))
    }
    return true
  }

  /// "I" after a small letter: of 1,756 in English gold 13 begin a sentence, and the model knew none of them.
  private static func isI(_ text: Span<UInt8>, at next: Int, after before: UInt8) -> Bool {
    text[next] == 0x49 && before &- 0x61 < 26 && next + 1 < text.count
      && (text[next + 1] == 0x20 || text[next + 1] == 0x27)
  }

  /// Mere white space was seen, which `addSpaces` may add.
  var hasSpaces: Bool { !spaces.isEmpty }

  /// Puts the places of mere white space among the candidates: all, or those that `admits` the offset after them.
  mutating func addSpaces(_ text: Span<UInt8>, admits: (Int) -> Bool) {
    guard !spaces.isEmpty else { return }
    if !merged.isEmpty { merged.removeAll(keepingCapacity: true) }
    var other = 0
    for space in spaces where admits(space.next) {
      while other < candidates.count && candidates[other].next < space.next {
        merged.append(candidates[other])
        other += 1
      }
      merged.append(space)
    }
    guard !merged.isEmpty else { return }
    merged.append(contentsOf: candidates[other...])
    swap(&merged, &candidates)
  }

  /// Puts the white space before a lower-case marker among the candidates, where a list of such is in the paragraph:
  /// "a. the first item b. the second".
  mutating func addItems(of list: ListItems, in text: Span<UInt8>) {
    guard var letter = list.expectedLetter else { return }
    for next in 1..<max(text.count - 2, 1) where text[next] == letter.value && text[next + 1] == letter.closing {
      guard text[next - 1] == 0x20, text[next + 2] == 0x20 else { continue }
      let end = WhiteSpace.skipBack(in: text, from: next, to: 0)
      letter.value += 1
      let place = candidates.firstIndex { $0.next >= next } ?? candidates.count
      if end == 0 || (place < candidates.count && candidates[place].next == next) { continue }
      let (tail, kind) = Self.tail(text, before: end, floor: 0)
      let item = Candidate(end: end, next: next, tail: tail, isICU: false, kind: kind, nextClass: .lower)
      candidates.insert(item, at: place)
    }
  }

  /// Adds ICU's boundaries before `limit`: those that stand at no white space.
  private mutating func consumeICU(_ text: Span<UInt8>, upTo limit: Int, _ boundary: inout Boundaries) {
    while let offset = boundary.take(upTo: limit - 1) {
      if offset > 0 && candidates.last?.next != offset { add(text, end: offset, next: offset, isICU: true) }
    }
  }

  private mutating func consider(_ text: Span<UInt8>, end: Int, next: Int, _ boundary: inout Boundaries) {
    var isICU = false
    while boundary.take(upTo: next) != nil { isICU = true }
    guard end > 0 && next < text.count else { return }
    add(text, end: end, next: next, isICU: isICU)
  }

  /// 。 ！ ？
  private static func isWideStop(_ text: Span<UInt8>, at offset: Int) -> Bool {
    if text[offset] == 0xE3 { return text[offset + 1] == 0x80 && text[offset + 2] == 0x82 }
    return text[offset] == 0xEF && text[offset + 1] == 0xBC && (text[offset + 2] == 0x81 || text[offset + 2] == 0x9F)
  }

  /// A terminator that a letter follows without white space: "the end.Next".
  private mutating func considerUnspaced(_ text: Span<UInt8>, at offset: Int, _ boundary: inout Boundaries) {
    let (scalar, length) = Scalar.at(offset, in: text)
    guard CharacterClass.of(scalar).isTerminator, offset > 0, offset + length < text.count else { return }
    var next = offset + length
    while next < text.count && CharacterClass.of(Scalar.at(next, in: text).value) == .closer {
      next += Scalar.at(next, in: text).length
    }
    guard next < text.count, Self.isUnspacedBreak(text, period: offset, next: next) else { return }
    consumeICU(text, upTo: next, &boundary)
    add(text, end: next, next: next, isICU: boundary.take(upTo: next) != nil)
  }

  private static func isUnspacedBreak(_ text: Span<UInt8>, period: Int, next: Int) -> Bool {
    let following = CharacterClass.of(Scalar.at(next, in: text).value)
    if text[period] >= 0xE2 && following == .opener {
      let (opener, length) = Scalar.at(next, in: text)
      return CharacterClass.opensUnspaced(opener) && next + length < text.count
        && CharacterClass.of(Scalar.at(next + length, in: text).value).isAlphanumeric
    }
    // Khmer, Burmese and Ethiopic full stops.
    if text[period] == 0xE1 { return following == .letter }
    guard following == .upper || following == .lower else { return false }
    let before = CharacterClass.of(Scalar.before(period, in: text).value)
    if before.isTerminator { return true }
    guard following == .upper, before == .lower || before == .letter || before == .closer else { return false }
    // A capital alone, or in a word of capitals, is of an abbreviation or a name: "e.V.", "node.JS".
    let after = next + Scalar.at(next, in: text).length
    guard after < text.count else { return false }
    let second = CharacterClass.of(Scalar.at(after, in: text).value)
    return second == .lower || second == .space
  }

  /// Reads the tail, and keeps the place where it, or what follows, makes it a candidate.
  private mutating func add(_ text: Span<UInt8>, end: Int, next: Int, isICU: Bool) {
    var (tail, kind) = Self.tail(text, before: end, floor: 0)
    if kind == .semicolon && semicolonAsks { kind = .question }
    if kind == .colon && colonStops { kind = .fullStop }
    let nextClass = Self.nextClass(text, at: next)
    guard isICU || Self.isCandidate(kind, nextClass) || (spacesArePhrases && next > end && nextClass != .closer) else {
      return
    }
    if !isICU && kind.isMere && next > end && !spacesArePhrases {
      let last = CharacterClass.of(Scalar.before(end, in: text).value)
      spaces.append(Candidate(end: end, next: next, tail: end, isICU: false, kind: last, nextClass: nextClass))
      return
    }
    candidates.append(
      Candidate(end: end, next: next, tail: tail, isICU: isICU, kind: kind, nextClass: nextClass))
  }

  private static func isCandidate(_ kind: CharacterClass, _ next: CharacterClass) -> Bool {
    if kind.isMere { return next.mayBegin }
    switch kind {
    case .comma, .opener, .space: return false
    case .closer, .quote, .symbol: return next != .lower && next != .comma
    default: return true
    }
  }

  /// Where the tail before `end` begins, and the scalar in it that decides.
  @inline(__always)
  static func tail(_ text: Span<UInt8>, before end: Int, floor: Int) -> (start: Int, kind: CharacterClass) {
    // Mostly one mark after a letter of ASCII, or none: the loop's outcome without it.
    if end - floor >= 2 {
      let (last, before) = (text[end - 1], text[end - 2])
      if (last | 0x20) &- 0x61 < 26 { return (end, CharacterClass.of(UInt32(last))) }
      if (before | 0x20) &- 0x61 < 26 && (last == 0x2E || last == 0x2C || last == 0x3F || last == 0x21 || last == 0x3A)
      {
        return (end - 1, CharacterClass.of(UInt32(last)))
      }
      if last >= 0x80, end - floor >= 6, let kind = wideStop(text, before: end) { return (end - 3, kind) }
    }
    return longTail(text, before: end, floor: floor)
  }

  /// The class of 。！？ in front of `end`, where a letter of Han or kana is in front of it.
  @inline(__always)
  private static func wideStop(_ text: Span<UInt8>, before end: Int) -> CharacterClass? {
    guard text[end - 3] == 0xE3 || text[end - 3] == 0xEF, text[end - 6] >= 0xE3 else { return nil }
    let stop = Scalar.at(end - 3, in: text).value
    guard stop == 0x3002 || stop == 0xFF01 || stop == 0xFF1F else { return nil }
    guard CharacterClass.isPlainLetter(Scalar.at(end - 6, in: text).value) else { return nil }
    return stop == 0x3002 ? .fullStop : stop == 0xFF01 ? .exclamation : .question
  }

  private static func longTail(_ text: Span<UInt8>, before end: Int, floor: Int) -> (start: Int, kind: CharacterClass) {
    var here = end
    var kind = CharacterClass.letter
    var count = 0
    var previous: UInt32 = 0
    while here > floor && count < 8 {
      if let mark = NoteMark.beginning(before: here, in: text, floor: floor) {
        (here, count, kind) = (mark, count + 1, count == 0 ? .closer : kind)
        continue
      }
      let (scalar, length) = Scalar.before(here, in: text)
      var found = CharacterClass.of(scalar)
      // Two Ethiopic word separators are typed for a full stop.
      if scalar == 0x1361 && previous == 0x1361 { found = .fullStop }
      previous = scalar
      // How an emoji is shown says nothing of it.
      if count == 0 && here - length > floor && TrailingEmoji.isModifier(scalar) {
        here -= length
        continue
      }
      if found.isAlphanumeric {
        if count == 0 { kind = found }
        break
      }
      if found == .space {
        guard kind == .closer || (kind == .quote && count == 1),
          let apart = spacedTerminator(before: here, in: text, floor: floor)
        else { break }
        here = apart
        continue
      }
      if found == .opener && CharacterClass.isTwoFaced(scalar) && here - length > floor
        && (here < end || here == text.count || WhiteSpace.length(in: text, at: here) > 0)
      {
        found = .closer
      }
      kind = count == 0 ? found : stronger(kind, found)
      here -= length
      count += 1
    }
    return (here, kind)
  }

  /// Where the white space begins that ends at `offset`, if a terminator is before it: "Courez ! »".
  private static func spacedTerminator(before offset: Int, in text: Span<UInt8>, floor: Int) -> Int? {
    let end = WhiteSpace.skipBack(in: text, from: offset, to: floor)
    guard end > floor, CharacterClass.of(Scalar.before(end, in: text).value).isTerminator else { return nil }
    return end
  }

  /// The class of what begins at `next`; a closing quote in front of a letter opens ("»Halt").
  private static func nextClass(_ text: Span<UInt8>, at next: Int) -> CharacterClass {
    let (scalar, length) = Scalar.at(next, in: text)
    let kind = CharacterClass.of(scalar)
    guard kind == .closer, next + length < text.count, scalar == 0xBB || scalar == 0x201D || scalar == 0x203A
    else { return kind }
    return CharacterClass.of(Scalar.at(next + length, in: text).value).isAlphanumeric ? .opener : kind
  }

  private static func stronger(_ kind: CharacterClass, _ found: CharacterClass) -> CharacterClass {
    if kind.isTerminator { return found == .period && kind == .period ? .ellipsis : kind }
    if found.isTerminator { return found }
    if kind == .colon || kind == .semicolon { return kind }
    if found == .colon || found == .semicolon { return found }
    if kind == .closer || kind == .quote { return kind }
    return found == .closer || found == .quote ? found : kind
  }
}
