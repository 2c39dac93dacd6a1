internal import ICU

/// What a scalar is to a sentence boundary.
package enum CharacterClass: UInt8 {
  case space, upper, lower, letter, digit
  case period, question, exclamation, ellipsis, fullStop
  case colon, semicolon, comma
  case opener, closer, quote, apostrophe, dash, bullet, symbol, other

  /// Ends a sentence in some script: `.` `?` `!` `…` `。` `।` and the like.
  @inline(__always)
  var isTerminator: Bool { rawValue >= CharacterClass.period.rawValue && rawValue <= CharacterClass.fullStop.rawValue }
  /// A letter of any kind, or a mark that belongs to one.
  @inline(__always)
  var isLetter: Bool { rawValue >= CharacterClass.upper.rawValue && rawValue <= CharacterClass.letter.rawValue }
  /// A letter or a digit.
  @inline(__always)
  var isAlphanumeric: Bool {
    rawValue >= CharacterClass.upper.rawValue && rawValue <= CharacterClass.digit.rawValue
  }
  /// In front of white space it does not speak for a boundary.
  @inline(__always)
  var isMere: Bool { isAlphanumeric || self == .dash || self == .other || self == .apostrophe || self == .bullet }
  /// After white space it may begin a sentence.
  @inline(__always)
  var mayBegin: Bool {
    switch self {
    case .upper, .digit, .opener, .quote, .symbol, .bullet, .dash: true
    default: false
    }
  }
}

extension CharacterClass {
  /// Quotes that open in one language and close in another: at a word's end they close.
  static func isTwoFaced(_ scalar: UInt32) -> Bool {
    scalar == 0x201C || scalar == 0xAB || scalar == 0x2018 || scalar == 0x2039
  }

  /// The class of `scalar`; by table for what UTF-8 writes in one or two bytes, by range for the great scripts without
  /// case, else by ICU's general category.
  @inline(__always)
  static func of(_ scalar: UInt32) -> CharacterClass {
    scalar < 0x80 ? ascii[Int(truncatingIfNeeded: scalar)] : ofOther(scalar)
  }

  private static func ofOther(_ scalar: UInt32) -> CharacterClass {
    if scalar < 0x800 { return low[Int(truncatingIfNeeded: scalar)] }
    return isPlainLetter(scalar) ? .letter : punctuation(scalar) ?? category(scalar)
  }

  /// Han ideographs, Hangul syllables, and kana without their marks: letters (Lo) in every version of Unicode since 14.
  @inline(__always)
  static func isPlainLetter(_ scalar: UInt32) -> Bool {
    scalar &- 0x4E00 < 0x5200 || scalar &- 0xAC00 < 0x2BA4 || scalar &- 0x3041 < 0x56 || scalar &- 0x30A1 < 0x5A
  }

  /// The classes of what UTF-8 writes in one or two bytes.
  private static let low: [CharacterClass] = (0..<0x800).map { scalar in
    scalar < 0x80 ? ascii[scalar] : punctuation(UInt32(scalar)) ?? category(UInt32(scalar))
  }

  /// Of literals alone, so that it is part of the program and looked up without a lock.
  private static let ascii: [128 of CharacterClass] = [
    .other, .other, .other, .other, .other, .other, .other, .other, .other, .space, .space, .space, .space, .space,
    .other, .other,
    .other, .other, .other, .other, .other, .other, .other, .other, .other, .other, .other, .other, .other, .other,
    .other, .other,
    .space, .exclamation, .quote, .symbol, .symbol, .other, .other, .apostrophe,
    .opener, .closer, .bullet, .symbol, .comma, .dash, .period, .other,
    .digit, .digit, .digit, .digit, .digit, .digit, .digit, .digit, .digit, .digit,
    .colon, .semicolon, .symbol, .symbol, .symbol, .question,
    .other, .upper, .upper, .upper, .upper, .upper, .upper, .upper, .upper, .upper, .upper, .upper, .upper, .upper,
    .upper, .upper,
    .upper, .upper, .upper, .upper, .upper, .upper, .upper, .upper, .upper, .upper, .upper, .opener, .other, .closer,
    .symbol, .other,
    .apostrophe, .lower, .lower, .lower, .lower, .lower, .lower, .lower, .lower, .lower, .lower, .lower, .lower, .lower,
    .lower, .lower,
    .lower, .lower, .lower, .lower, .lower, .lower, .lower, .lower, .lower, .lower, .lower, .opener, .symbol, .closer,
    .symbol, .other,
  ]

  private static func punctuation(_ scalar: UInt32) -> CharacterClass? {
    switch scalar {
    case 0xAB, 0x2039, 0x201C, 0x201E, 0x201F, 0x201A: .opener
    case 0xBB, 0x203A, 0x201D: .closer
    case 0x2018, 0xBF, 0xA1: .opener
    case 0x2019, 0x02BC: .apostrophe
    case 0x2026, 0x22EF: .ellipsis
    case 0x3002, 0xFF61, 0xFE12, 0x0964, 0x0965, 0x06D4, 0x1362, 0x1368, 0x104B, 0x17D4, 0x17D5, 0x0589, 0xFF0E:
      .fullStop
    case 0x061F, 0xFF1F, 0x037E, 0x1367, 0x2047, 0x2049, 0xFE16: .question
    case 0xFF01, 0x203C, 0x2048, 0xFE15: .exclamation
    case 0xFF1A, 0xFE13, 0x1365, 0x1366, 0x17D6: .colon
    case 0xFF1B, 0x061B, 0xFE14, 0x1364, 0x0387: .semicolon
    case 0xFF0C, 0x3001, 0x104A, 0x060C, 0xFF64, 0x1363: .comma
    case 0x2013, 0x2014, 0x2015, 0x2212, 0x2012, 0x2010, 0x2011: .dash
    case 0x2022, 0x2023, 0x25CF, 0x25CB, 0x25AA, 0x25AB, 0x25A0, 0x25A1, 0x25E6, 0x2043, 0xB7, 0x30FB, 0x27A4, 0x2756:
      .bullet
    // Superscript digits: marks of notes.
    case 0xB2, 0xB3, 0xB9, 0x2070...0x2079: .other
    // Degrees and marks of rights belong to the word before.
    case 0xA6, 0xA9, 0xAE, 0xB0, 0x2116, 0x2122: .other
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFE00...0xFE0F: .other
    default: nil
    }
  }

  private static func category(_ scalar: UInt32) -> CharacterClass {
    switch ScalarProperties.generalCategory(of: scalar) {
    case 1, 3: .upper
    case 2: .lower
    case 4, 5, 6, 7, 8: .letter
    case 9, 10, 11: .digit
    case 12, 13, 14: .space
    case 19: .dash
    case 20, 28: .opener
    case 21, 29: .closer
    // Signs of currency and of mathematics belong to numbers; emoji and the like stand for themselves.
    case 26, 27: .symbol
    default: .other
    }
  }
}

/// Scalars of valid UTF-8, forwards and backwards, without String.
package enum Scalar {
  /// The scalar at `offset` and its length in bytes.
  @inline(__always)
  static func at(_ offset: Int, in text: Span<UInt8>) -> (value: UInt32, length: Int) {
    let first = UInt32(text[offset])
    if first < 0x80 { return (first, 1) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | UInt32(text[offset + 1] & 0x3F), 2) }
    let second = UInt32(text[offset + 1] & 0x3F)
    let third = UInt32(text[offset + 2] & 0x3F)
    if first < 0xF0 { return ((first & 0x0F) << 12 | second << 6 | third, 3) }
    return ((first & 0x07) << 18 | second << 12 | third << 6 | UInt32(text[offset + 3] & 0x3F), 4)
  }

  /// The scalar that ends before `offset`, which is over 0, and its length.
  @inline(__always)
  static func before(_ offset: Int, in text: Span<UInt8>) -> (value: UInt32, length: Int) {
    var start = offset - 1
    while start > 0 && text[start] & 0xC0 == 0x80 { start -= 1 }
    return at(start, in: text)
  }

  /// Simple lower case; ASCII without asking ICU.
  @inline(__always)
  static func folded(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x80 { return scalar &- 0x41 < 26 ? scalar | 0x20 : scalar }
    return scalar >= 0x2E80 || (scalar >= 0x0590 && scalar < 0x10A0) ? scalar : ScalarProperties.lowercase(scalar)
  }
}
