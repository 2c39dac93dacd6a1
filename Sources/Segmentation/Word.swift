/// How a word is written.
package enum Shape: UInt8 {
  case none, upperLetter, lowerLetter, upperWord, capitalised, lowerWord, mixed, number, numberAndLetters, caseless

  var hasDigits: Bool { self == .number || self == .numberAndLetters }
}

/// A word beside a candidate: where it stands, how it is written, and its hashes.
struct Word {
  var start: Int
  var end: Int
  var shape: Shape = .none
  /// Scalars, at most `Word.longest`.
  var length = 0
  var hasInnerPeriod = false
  /// No period, apostrophe or hyphen stands inside.
  var isSimple = true
  /// Has a vowel, as far as Latin, Greek and Cyrillic letters tell; a word without one is cut short.
  var hasVowel = false
  /// Of I, V, X and L alone.
  var isRoman = true
  /// Begins with a capital, as far as its shape tells.
  var isCapital: Bool { shape == .capitalised || shape == .upperLetter || shape == .upperWord }
  /// A Roman number of two letters or more: "II", "XIX".
  var isNumeral: Bool { isRoman && shape == .upperWord }
  /// The hash of the word as written, and in lower case.
  var exact: UInt64 = 0
  var folded: UInt64 = 0

  static let longest = 32

  /// No word, at `offset`.
  init(none offset: Int) {
    start = offset
    end = offset
  }

  /// The word that begins at `offset`, read up to `limit`.
  init(in text: Span<UInt8>, from offset: Int, to limit: Int) {
    start = offset
    end = offset
    read(text, to: limit, whole: false)
  }

  /// The word that ends at `offset`, and begins at `floor` or later.
  init(in text: Span<UInt8>, before offset: Int, floor: Int) {
    end = offset
    start = Self.beginning(of: offset, in: text, floor: floor)
    read(text, to: offset, whole: true)
  }

  private static func beginning(of end: Int, in text: Span<UInt8>, floor: Int) -> Int {
    var here = end
    let least = max(floor, end - longest)
    while here > least {
      let byte = text[here - 1]
      if byte >= 0x80 || Tally.ofASCII[Int(byte)] == 0 { break }
      here -= 1
    }
    // Mostly white space or the beginning is what stopped it.
    if here == least || text[here - 1] == 0x20 { return here }
    return beginning(of: end, from: here, in: text, floor: floor)
  }

  /// The same, where it is known to be at `from` or before.
  private static func beginning(of end: Int, from: Int, in text: Span<UInt8>, floor: Int) -> Int {
    var here = from
    var count = end - from
    while here > floor && count < longest {
      let (scalar, length) = Scalar.before(here, in: text)
      let kind = CharacterClass.of(scalar)
      if !kind.isAlphanumeric {
        guard joins(kind), here < end, here - length > floor else { break }
        let (next, _) = Scalar.before(here - length, in: text)
        guard CharacterClass.of(next).isAlphanumeric else { break }
      }
      if isUnspaced(scalar) && count >= 2 { break }
      here -= length
      count += 1
    }
    return here
  }

  /// Scalars that stand inside a word: "e.g", "aujourd'hui", "Jean-Paul".
  private static func joins(_ kind: CharacterClass) -> Bool { kind == .period || kind == .apostrophe || kind == .dash }

  /// Of a script written without spaces: a word is then its last, or first, two scalars.
  static func isUnspaced(_ scalar: UInt32) -> Bool {
    scalar >= 0x0E00
      && (scalar < 0x0F00 || (scalar >= 0x1000 && scalar < 0x10A0) || (scalar >= 0x1780 && scalar < 0x1800)
        || (scalar >= 0x2E80 && scalar < 0xAC00) || (scalar >= 0xF900 && scalar < 0xFB00) || scalar >= 0x20000)
  }

  private mutating func read(_ text: Span<UInt8>, to limit: Int, whole: Bool) {
    var reading = Reading()
    let plain = text.extracting(start..<min(limit, start + Self.longest))
    var count = 0
    while count < plain.count {
      let byte = plain[count]
      if byte >= 0x80 { break }
      let one = Tally.ofASCII[Int(byte)]
      if one == 0 { break }
      reading.add(ascii: byte, one)
      count += 1
    }
    length = count
    end = start + count
    // Mostly white space or the limit is what stopped it.
    if count < plain.count && plain[count] != 0x20 { readOn(text, to: limit, whole: whole, &reading) }
    let tally = reading.tally
    hasVowel = Tally.count(tally, of: Tally.vowel) > 0
    isRoman = Tally.count(tally, of: Tally.notRoman) == 0
    guard length > 0 else { return }
    exact = reading.exact.value
    folded = reading.folded.value
    let first = CharacterClass.of(Scalar.at(start, in: text).value)
    shape = Self.shape(
      Tally.count(tally, of: Tally.upper), Tally.count(tally, of: Tally.lower), Tally.count(tally, of: Tally.digit),
      Tally.count(tally, of: Tally.letter), first == .upper)
  }

  /// What is gathered of a word's scalars.
  private struct Reading {
    var exact = WordHash()
    var folded = WordHash()
    var tally: UInt64 = 0

    /// A letter or digit of ASCII and what it counts.
    @inline(__always)
    mutating func add(ascii byte: UInt8, _ one: UInt64) {
      exact.add(UInt32(byte))
      // One is in the lowest bit for a capital.
      folded.add(UInt32(byte | UInt8(truncatingIfNeeded: one & 1) << 5))
      tally &+= one
    }
  }

  /// Reads on from `end`, scalar by scalar.
  private mutating func readOn(_ text: Span<UInt8>, to limit: Int, whole: Bool, _ reading: inout Reading) {
    while end < limit && length < Self.longest {
      let (scalar, bytes) = Scalar.at(end, in: text)
      let kind = CharacterClass.of(scalar)
      if !kind.isAlphanumeric {
        guard Self.joins(kind), length > 0, end + bytes < limit else { return }
        let (next, _) = Scalar.at(end + bytes, in: text)
        guard CharacterClass.of(next).isAlphanumeric else { return }
        if kind == .period { hasInnerPeriod = true }
        isSimple = false
      }
      if !whole && length >= 2 && Self.isUnspaced(scalar) {
        // Of the word's shape, though not of the word: "17" before a letter of Han is no mere number.
        reading.tally &+= Tally.one(kind)
        return
      }
      let value = scalar == 0x2019 ? 0x27 : scalar
      let folded = Scalar.folded(value)
      reading.exact.add(value)
      reading.folded.add(folded)
      let isRoman = scalar == 0x49 || scalar == 0x56 || scalar == 0x58 || scalar == 0x4C
      reading.tally &+=
        Tally.one(kind) | (Self.isVowel(folded) ? Tally.vowel : 0) | (isRoman ? 0 : Tally.notRoman)
      end += bytes
      length += 1
    }
  }

  /// What a word's scalars are, counted in bytes of one number: a word has at most `longest`.
  private enum Tally {
    static let upper: UInt64 = 1
    static let lower: UInt64 = 1 << 8
    static let digit: UInt64 = 1 << 16
    static let letter: UInt64 = 1 << 24
    static let vowel: UInt64 = 1 << 32
    static let notRoman: UInt64 = 1 << 40

    private static let n: UInt64 = 0x0100_0001_0000
    private static let u: UInt64 = 0x0100_0000_0001
    private static let v: UInt64 = 0x0101_0000_0001
    private static let r: UInt64 = 0x0000_0000_0001
    private static let i: UInt64 = 0x0001_0000_0001
    private static let l: UInt64 = 0x0100_0000_0100
    private static let w: UInt64 = 0x0101_0000_0100
    /// Of ASCII: digits, capitals, those that are vowels, L V X, I, small letters, those that are vowels; 0 for all else.
    /// Of literals alone, so that it is part of the program and looked up without a lock.
    static let ofASCII: [128 of UInt64] = [
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      n, n, n, n, n, n, n, n, n, n, 0, 0, 0, 0, 0, 0,
      0, v, u, u, u, v, u, u, u, i, u, u, r, u, u, v,
      u, u, u, u, u, v, r, u, r, v, u, 0, 0, 0, 0, 0,
      0, w, l, l, l, w, l, l, l, w, l, l, l, l, l, w,
      l, l, l, l, l, w, l, l, l, w, l, 0, 0, 0, 0, 0,
    ]

    static func one(_ kind: CharacterClass) -> UInt64 {
      switch kind {
      case .upper: upper
      case .lower: lower
      case .digit: digit
      case .letter: letter
      default: 0
      }
    }

    @inline(__always)
    static func count(_ tally: UInt64, of one: UInt64) -> Int {
      Int(truncatingIfNeeded: tally >> UInt64(one.trailingZeroBitCount) & 0xFF)
    }
  }

  private static func isVowel(_ scalar: UInt32) -> Bool {
    // What follows Latin, Greek and Cyrillic.
    if scalar >= 0x0530 { return true }
    return switch scalar {
    case 0x61, 0x65, 0x69, 0x6F, 0x75, 0x79, 0xE0...0xE6, 0xE8...0xEF, 0xF2...0xF6, 0xF8...0xFD, 0x0101...0x0105: true
    case 0x0112...0x011B, 0x0129...0x0131, 0x014D...0x0153, 0x0169...0x0173: true
    case 0x03AC...0x03AF, 0x03B1, 0x03B5, 0x03B7, 0x03B9, 0x03BF, 0x03C5, 0x03C9, 0x03CC...0x03CE: true
    case 0x0430, 0x0435, 0x0438, 0x043E, 0x0443, 0x044B, 0x044D...0x044F, 0x0451, 0x0454, 0x0456, 0x0457: true
    default: false
    }
  }

  private static func shape(_ uppers: Int, _ lowers: Int, _ digits: Int, _ others: Int, _ firstIsUpper: Bool) -> Shape {
    let letters = uppers + lowers + others
    if digits > 0 { return letters == 0 ? .number : .numberAndLetters }
    if others > 0 && uppers + lowers == 0 { return .caseless }
    if lowers == 0 { return uppers == 1 ? .upperLetter : .upperWord }
    if uppers == 0 { return lowers == 1 ? .lowerLetter : .lowerWord }
    return firstIsUpper && uppers == 1 ? .capitalised : .mixed
  }
}
