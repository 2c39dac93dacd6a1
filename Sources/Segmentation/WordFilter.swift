/// Tells most words that are in no list by a few of their bytes: what it denies is in none, what it grants may be.
struct WordFilter: Sendable {
  /// A bit for each hash of the last bytes, four at most, and one for each of four first letters.
  private var ends = [UInt64](repeating: 0, count: 512)
  private(set) var beginnings = [UInt64](repeating: 0, count: 512)

  /// Enters a word by its last four bytes, in whatever case, or the two or three letters that it, or its last part, has.
  mutating func insertEnd(of file: Span<UInt8>, _ word: Range<Int>) {
    var letters = word.upperBound
    while letters > word.lowerBound && (file[letters - 1] | 0x20) &- 0x61 < 26 { letters -= 1 }
    if letters < word.upperBound { enter(Self.end(file, letters..<word.upperBound)) }
    enter(Self.end(file, word))
  }

  private mutating func enter(_ bit: Int) { ends[bit >> 6] |= 1 << UInt64(bit & 63) }

  /// Whether a word of ASCII's letters may have been entered.
  @inline(__always)
  func mayEnd(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    let bit = Self.end(text, word)
    return ends[bit >> 6] >> UInt64(bit & 63) & 1 != 0
  }

  @inline(__always)
  private static func end(_ text: Span<UInt8>, _ word: Range<Int>) -> Int {
    let end = word.upperBound
    var all = UInt32(text[end - 1]) << 24
    if word.count > 1 { all |= UInt32(text[end - 2]) << 16 }
    if word.count > 2 { all |= UInt32(text[end - 3]) << 8 }
    if word.count > 3 { all |= UInt32(text[end - 4]) }
    return Int(truncatingIfNeeded: ((all | 0x2020_2020) &* 0x9E37_79B1) >> 17)
  }

  /// Enters a word by its first four letters.
  mutating func insertBeginning(of file: Span<UInt8>, _ word: Range<Int>) {
    var first: UInt32 = 0
    for place in 0..<min(word.count, 4) { first |= UInt32(file[word.lowerBound + place]) << UInt32(8 * place) }
    let bit = Self.beginning(first)
    beginnings[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  /// Whether the word at `start`, in whatever case, may have been entered; granted where it is not of ASCII.
  @inline(__always)
  func mayBegin(_ text: Span<UInt8>, at start: Int) -> Bool {
    var first: UInt32 = 0
    if start + 4 <= text.count {
      let half = UInt32(text[start]) | UInt32(text[start + 1]) << 8
      first = half | UInt32(text[start + 2]) << 16 | UInt32(text[start + 3]) << 24
    } else {
      for place in start..<text.count { first |= UInt32(text[place]) << UInt32(8 * (place - start)) }
    }
    if first & 0x8080_8080 != 0 { return true }
    let bit = Self.beginning(first)
    return beginnings[bit >> 6] >> UInt64(bit & 63) & 1 != 0
  }

  /// The bit of four bytes of ASCII in lower case, the first in the lowest, those after one that is no letter left out.
  @inline(__always)
  private static func beginning(_ first: UInt32) -> Int {
    let lower = first | 0x2020_2020
    // The highest bit of each byte that is below "a" or above "z".
    let others = (((lower | 0x8080_8080) &- 0x6161_6161) ^ 0x8080_8080 | (lower &+ 0x0505_0505)) & 0x8080_8080
    let kept = others == 0 ? lower : lower & ((1 << UInt32(others.trailingZeroBitCount & 24)) &- 1)
    return Int(truncatingIfNeeded: (kept &* 0x9E37_79B1) >> 17)
  }
}
