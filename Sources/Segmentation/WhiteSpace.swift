/// Unicode's White_Space and the line ends, scalar by scalar over UTF-8 (PropList.txt; docs/FORMAT.md, "The article").
///
/// By scalar, never by grapheme: Swift's Character, Python's `\s` and ICU differ.
public enum WhiteSpace {
  /// The length in bytes of the White_Space scalar at `offset`, or 0 where there is none.
  @inlinable
  public static func length(in text: Span<UInt8>, at offset: Int) -> Int {
    let first = text[offset]
    if first < 0x80 { return first == 0x20 || (first >= 0x09 && first <= 0x0D) ? 1 : 0 }
    switch first {
    case 0xC2:
      return text[offset + 1] == 0x85 || text[offset + 1] == 0xA0 ? 2 : 0
    case 0xE1:  // U+1680
      return text[offset + 1] == 0x9A && text[offset + 2] == 0x80 ? 3 : 0
    case 0xE2:
      let second = text[offset + 1]
      let third = text[offset + 2]
      // U+2000–200A, 2028, 2029, 202F; 205F
      if second == 0x80 { return third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF ? 3 : 0 }
      return second == 0x81 && third == 0x9F ? 3 : 0
    case 0xE3:  // U+3000
      return text[offset + 1] == 0x80 && text[offset + 2] == 0x80 ? 3 : 0
    default:
      return 0
    }
  }

  /// The length of the White_Space scalar that ends before `offset`, or 0.
  @inlinable
  public static func lengthBefore(_ offset: Int, in text: Span<UInt8>) -> Int {
    guard offset > 0 else { return 0 }
    let last = text[offset - 1]
    if last < 0x80 { return length(in: text, at: offset - 1) }
    if offset >= 2, text[offset - 2] == 0xC2 { return length(in: text, at: offset - 2) }
    if offset >= 3, text[offset - 3] >= 0xE1 && text[offset - 3] <= 0xE3 { return length(in: text, at: offset - 3) }
    return 0
  }

  /// The length of the line end at `offset` (LF, CR, CRLF, U+0085, U+2028, U+2029), or 0.
  @inlinable
  public static func lineEndLength(in text: Span<UInt8>, at offset: Int) -> Int {
    switch text[offset] {
    case 0x0A: return 1
    case 0x0D: return offset + 1 < text.count && text[offset + 1] == 0x0A ? 2 : 1
    case 0xC2: return text[offset + 1] == 0x85 ? 2 : 0
    case 0xE2:
      return text[offset + 1] == 0x80 && (text[offset + 2] == 0xA8 || text[offset + 2] == 0xA9) ? 3 : 0
    default: return 0
    }
  }

  /// The first offset at or after `offset`, and before `limit`, that is not White_Space; `limit` where there is none.
  @inlinable
  public static func skip(in text: Span<UInt8>, from offset: Int, to limit: Int) -> Int {
    var here = offset
    while here < limit {
      let step = length(in: text, at: here)
      if step == 0 { break }
      here += step
    }
    return here
  }

  /// The offset after the last scalar before `offset`, and not before `floor`, that is not White_Space.
  @inlinable
  public static func skipBack(in text: Span<UInt8>, from offset: Int, to floor: Int) -> Int {
    var here = offset
    while here > floor {
      let step = lengthBefore(here, in: text)
      if step == 0 || here - step < floor { break }
      here -= step
    }
    return here
  }
}
