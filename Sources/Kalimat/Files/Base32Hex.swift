/// Lower-case base32hex (RFC 4648, section 7): text that sorts like the bytes it stands for.
enum Base32Hex {
  static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x61 + value - 10 }

  /// The value of a lower-case digit; nil for any other byte.
  static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x76: digit - 0x61 + 10
    default: nil
    }
  }

  /// Digit number `index` of a digest: its bits 5·index to 5·index + 4.
  static func digit(of digest: Digest, at index: Int) -> UInt8 {
    let bit = index * 5
    let byte = bit >> 3
    let pair = UInt16(digest.bytes[byte]) << 8 | (byte + 1 < 32 ? UInt16(digest.bytes[byte + 1]) : 0)
    return digit(UInt8(truncatingIfNeeded: pair >> UInt16(11 - (bit & 7))) & 31)
  }

  /// Eight digits at once, the first in the highest byte: of the low 40 bits of `bits`.
  @inline(__always)
  static func eightDigits(_ bits: UInt64) -> UInt64 {
    var spread = (bits & 0xFFFFF) | (bits & 0xFF_FFF0_0000) << 12
    spread = (spread & 0x0000_03FF_0000_03FF) | (spread & 0x000F_FC00_000F_FC00) << 6
    spread = (spread & 0x001F_001F_001F_001F) | (spread & 0x03E0_03E0_03E0_03E0) << 3
    // The high bit of a byte tells a value of 10 and more: a letter, 0x27 further on.
    let letters = (spread &+ 0x7676_7676_7676_7676) >> 7 & 0x0101_0101_0101_0101
    return spread &+ 0x3030_3030_3030_3030 &+ letters &* 0x27
  }
}
