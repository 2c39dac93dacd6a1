/// Tells most words that are in no list by a few of their bytes: what it denies is in none, what it grants may be.
struct WordFilter: Sendable {
  /// A bit for each hash of four last bytes, and one for each three first letters.
  private var ends = [UInt64](repeating: 0, count: 512)
  private var beginnings = [UInt64](repeating: 0, count: 512)

  /// Enters a word by its last four bytes; a shorter one is asked for by no one.
  mutating func insertEnd(of file: Span<UInt8>, _ word: Range<Int>) {
    if word.count < 4 { return }
    let bit = Self.end(file, before: word.upperBound)
    ends[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  /// Whether a word of at least four bytes that ends at `end` may have been entered.
  @inline(__always)
  func mayEnd(_ text: Span<UInt8>, before end: Int) -> Bool {
    let bit = Self.end(text, before: end)
    return ends[bit >> 6] >> UInt64(bit & 63) & 1 != 0
  }

  @inline(__always)
  private static func end(_ text: Span<UInt8>, before end: Int) -> Int {
    let first = UInt32(text[end - 4]) | UInt32(text[end - 3]) << 8
    let all = first | UInt32(text[end - 2]) << 16 | UInt32(text[end - 1]) << 24
    return Int(truncatingIfNeeded: (all &* 0x9E37_79B1) >> 17)
  }

  /// Enters a word by its first three letters.
  mutating func insertBeginning(of file: Span<UInt8>, _ word: Range<Int>) {
    let letters = (0..<3).map { $0 < word.count ? file[word.lowerBound + $0] : 0 }
    let bit = Self.beginning(letters[0], letters[1], letters[2])
    beginnings[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  /// Whether the word at `start`, in whatever case, may have been entered; granted where it is not of ASCII.
  @inline(__always)
  func mayBegin(_ text: Span<UInt8>, at start: Int) -> Bool {
    guard start + 3 <= text.count else { return true }
    let (first, second, third) = (text[start], text[start + 1], text[start + 2])
    if (first | second | third) & 0x80 != 0 { return true }
    let bit = Self.beginning(first, second, third)
    return beginnings[bit >> 6] >> UInt64(bit & 63) & 1 != 0
  }

  /// The bit of three bytes, those after one that is no letter left out.
  @inline(__always)
  private static func beginning(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
    let next = letter(second)
    return letter(first) << 10 | next << 5 | (next == 0 ? 0 : letter(third))
  }

  /// 1 to 26 for a letter of ASCII, 0 for all else.
  @inline(__always)
  private static func letter(_ byte: UInt8) -> Int {
    let number = (byte | 0x20) &- 0x60
    return number &- 1 < 26 ? Int(number) : 0
  }
}
