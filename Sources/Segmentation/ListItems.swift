/// The markers of lists: at a sentence's beginning they belong to it, and the next one begins the next item.
struct ListItems {
  /// A marker: `2.`, `(b)`, `iv)`, `•`.
  struct Marker: Equatable {
    enum Style: Equatable { case number, letter, bullet }
    var style: Style
    /// The number, the letter's or the bullet's scalar.
    var value: UInt32
    /// The scalar after the number or letter.
    var closing: UInt32

    var isDash: Bool { style == .bullet && CharacterClass.of(value) == .dash }
    /// "b.": an item only where the paragraph begins with "a.", else rather an initial.
    var isLetterPeriod: Bool { style == .letter && closing == 0x2E }
  }

  /// The marker that the next item of the paragraph's list has; nil where the paragraph begins with none.
  private var expected: Marker?

  /// The next item's marker, where it is a lower-case letter: the letter and what closes it.
  var expectedLetter: (value: UInt8, closing: UInt8)? {
    guard let expected, expected.style == .letter, expected.closing < 128, CharacterClass.of(expected.value) == .lower
    else { return nil }
    return (UInt8(truncatingIfNeeded: expected.value), UInt8(truncatingIfNeeded: expected.closing))
  }

  /// No list is open.
  var isEmpty: Bool { expected == nil }

  init(of text: Span<UInt8>) {
    // A dash opens speech as well: only where a line begins does the next one open an item.
    guard let first = Self.marker(at: 0, in: text, letterPeriod: true), !first.isDash else { return }
    if first.isLetterPeriod && first.value != 0x61 { return }
    expected = Self.next(first)
  }

  private static func next(_ marker: Marker) -> Marker {
    var next = marker
    if marker.style != .bullet { next.value += 1 }
    return next
  }

  mutating func ruling(_ around: Surroundings, in text: Span<UInt8>, _ knowledge: LanguageKnowledge) -> Ruling? {
    let candidate = around.candidate
    guard candidate.next > candidate.end else {
      // "2．ゆでる"
      let isWide = candidate.kind == .fullStop && Scalar.before(candidate.end, in: text).value == 0xFF0E
      return isWide && Self.isMarkerAlone(around, in: text) ? .certain(.bind, .listMarker) : nil
    }
    if Self.isMarkerAlone(around, in: text) { return .certain(.bind, .listMarker) }
    guard let found = Self.marker(at: candidate.next, in: text, letterPeriod: expected?.isLetterPeriod ?? false) else {
      return nil
    }
    if let expected, expected == found {
      self.expected = Self.next(found)
      return .certain(.end, .listItem)
    }
    guard WhiteSpace.holdsLineEnd(in: text, before: candidate.next) else { return nil }
    // A line may begin with a number for no reason but its length.
    let isSure =
      found.style == .bullet || candidate.kind.isTerminator || candidate.kind == .colon
      || candidate.kind == .semicolon
    guard isSure && (found.style == .bullet || !knowledge.hasOrdinals || around.rightSections.isEmpty) else {
      return nil
    }
    if !found.isDash { expected = Self.next(found) }
    return .certain(.end, .listItem)
  }

  /// The marker at `offset`, with white space after it.
  ///
  /// - Parameter letterPeriod: a letter with a period is one.
  private static func marker(at offset: Int, in text: Span<UInt8>, letterPeriod: Bool) -> Marker? {
    guard offset < text.count else { return nil }
    // Mostly a word begins.
    if (text[offset] | 0x20) &- 0x61 < 26, offset + 1 < text.count, text[offset + 1] != 0x29, text[offset + 1] != 0x2E {
      return nil
    }
    var (scalar, length) = Scalar.at(offset, in: text)
    var here = offset
    let first = CharacterClass.of(scalar)
    if first == .bullet || first == .dash {
      let isGlued = first == .bullet && scalar != 0x2A && here + length < text.count && isDigit(text[here + length])
      return isGlued || isSpace(here + length, in: text) ? Marker(style: .bullet, value: scalar, closing: 0) : nil
    }
    let isOpened = scalar == 0x28
    if isOpened {
      here += 1
      guard here < text.count else { return nil }
      (scalar, length) = Scalar.at(here, in: text)
    }
    var value: UInt32 = 0
    var digits = 0
    while here < text.count && text[here] >= 0x30 && text[here] <= 0x39 && digits < 4 {
      value = value * 10 + UInt32(text[here] - 0x30)
      here += 1
      digits += 1
    }
    if digits == 0 {
      guard scalar < 0x80 && CharacterClass.of(scalar).isLetter else { return nil }
      value = scalar
      here += length
    }
    guard digits < 4, here < text.count, text[here] == 0x29 || (text[here] == 0x2E && !isOpened) else { return nil }
    let closing = UInt32(text[here]) | (isOpened ? 256 : 0)
    // "1.)"
    let isDouble = text[here] == 0x2E && here + 1 < text.count && text[here + 1] == 0x29
    guard isSpace(here + (isDouble ? 2 : 1), in: text) else { return nil }
    // A letter with a period is rather an initial.
    if digits == 0 && closing == 0x2E && !letterPeriod { return nil }
    return Marker(style: digits > 0 ? .number : .letter, value: value, closing: isDouble ? 512 : closing)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private static func isSpace(_ offset: Int, in text: Span<UInt8>) -> Bool {
    offset < text.count && WhiteSpace.length(in: text, at: offset) > 0
  }

  /// A marker alone between the sentence's beginning and the candidate: "2.", "(a)", "IV.", "1.2.", "•".
  private static func isMarkerAlone(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    let candidate = around.candidate
    guard candidate.end - around.sentenceStart <= 12 else { return false }
    var here = around.sentenceStart
    var (letters, digits, romans, marks) = (0, 0, 0, 0)
    while here < candidate.end {
      let (scalar, length) = Scalar.at(here, in: text)
      switch CharacterClass.of(scalar) {
      case .letter where !isLetterOfList(scalar) || candidate.kind != .period: return false
      case .upper, .lower, .letter:
        letters += 1
        if isRoman(scalar) { romans += 1 }
      case .digit: digits += 1
      case .period, .opener, .closer, .colon, .bullet, .dash, .symbol, .fullStop: marks += 1
      // "• 9."
      case .space where letters == 0 && digits == 0: break
      default: return false
      }
      here += length
    }
    if letters == 0 && digits == 0 { return candidate.kind == .bullet || candidate.kind == .dash }
    guard marks > 0, candidate.kind != .dash else { return false }
    return letters <= 1 ? digits <= 6 && (digits <= 3 || marks > 1) : letters == romans && letters <= 5 && digits == 0
  }

  /// Of a script without case: Hangul counts 가, 나, 다; of Han and kana no sign but a number counts.
  private static func isLetterOfList(_ scalar: UInt32) -> Bool {
    if scalar >= 0xAC00 && scalar < 0xD7A4 { return (scalar - 0xAC00) % 588 == 0 }
    return !Word.isUnspaced(scalar)
  }

  private static func isRoman(_ scalar: UInt32) -> Bool {
    switch Scalar.folded(scalar) {
    case 0x69, 0x76, 0x78, 0x6C, 0x63: true
    default: false
    }
  }
}

extension WhiteSpace {
  /// Whether the white space that ends at `offset` holds a line end.
  static func holdsLineEnd(in text: Span<UInt8>, before offset: Int) -> Bool {
    var here = offset
    while here > 0 {
      let length = lengthBefore(here, in: text)
      if length == 0 { return false }
      here -= length
      if lineEndLength(in: text, at: here) > 0 { return true }
    }
    return false
  }
}
