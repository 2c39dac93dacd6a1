import CKernels
import Testing

/// The marks of `kk_mark_offsets`, against what its header says.
@Suite struct MarkTests {
  /// A bucket for U+00A0, U+2026 and U+3000, as `kk_hot_offsets` has them.
  static let table: [UInt8] = {
    var table = [UInt8](repeating: 0, count: 128)
    for (bucket, bytes) in [[0xC2, 0xA0], [0xE2, 0x80, 0xA6], [0xE3, 0x80, 0x80]].enumerated() {
      let bit = UInt8(1) << UInt8(bucket)
      for place in 0..<3 {
        for half in 0..<32 where place >= bytes.count { table[32 * (place + 1) + half] |= bit }
        guard place < bytes.count else { continue }
        table[32 * (place + 1) + bytes[place] & 15] |= bit
        table[32 * (place + 1) + 16 + bytes[place] >> 4] |= bit
      }
    }
    return table
  }()

  static func isWhite(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
  static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  static func isWord(_ byte: UInt8) -> Bool { isLower(byte) || (0x41...0x5A).contains(byte) || isDigit(byte) }

  static func expected(_ bytes: [UInt8], everySpace: Bool) -> [UInt32] {
    let special: [[UInt8]] = ["\u{A0}", "\u{2026}", "\u{3000}"].map { Array($0.utf8) }
    return bytes.indices.filter { place in
      let byte = bytes[place]
      let before = place > 0 ? bytes[place - 1] : 0
      let after = place + 1 < bytes.count ? bytes[place + 1] : 0
      if isWhite(byte) {
        if isWhite(before) { return false }
        let isPlain =
          (isWord(before) && isLower(after)) || (before == 0x2C && after < 0x80 && !isWhite(after))
        return everySpace || !isPlain
      }
      if byte == 0x2E { return !isWhite(after) && !isDigit(after) }
      return [0x22, 0x28, 0x29, 0x5B, 0x5D].contains(byte) || special.contains { bytes[place...].starts(with: $0) }
    }.map { UInt32($0) }
  }

  static func marks(_ bytes: [UInt8], everySpace: Bool, portable: Bool) -> [UInt32] {
    // Exactly the room that is asked for.
    var out = [UInt32](repeating: 0, count: bytes.count + 4)
    let find = portable ? unsafe kk_mark_offsets_portable : unsafe kk_mark_offsets
    let count = unsafe find(table, everySpace ? 1 : 0, bytes, 0, bytes.count, bytes.count, &out)
    return Array(out.prefix(count))
  }

  @Test("Random texts of what is a mark and what looks like one", arguments: [true, false])
  func random(portable: Bool) {
    let pieces = [
      " ", "  ", "\n", "\t", "a", "z", "A", "Z", "0", "9", ",", ".", "(", ")", "[", "]", "\"", ";", "`", "{", "@", "/",
      "\u{A0}", "\u{A1}", "\u{2026}", "\u{2027}", "\u{3000}", "\u{3001}", "é", "字", "some words of lower case ",
    ].map { Array($0.utf8) }
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...40, using: &random)).flatMap { _ in
        pieces.randomElement(using: &random) ?? []
      }
      let everySpace = Bool.random(using: &random)
      #expect(
        Self.marks(bytes, everySpace: everySpace, portable: portable) == Self.expected(bytes, everySpace: everySpace),
        "\(bytes)")
    }
  }

  @Test("A part of a text has the marks of the whole that stand in it", arguments: [true, false])
  func parts(portable: Bool) {
    let bytes = Array(String(repeating: "The end, of it. \"No\" (he said)… and J. R.  left.", count: 5).utf8)
    let whole = Self.expected(bytes, everySpace: false)
    let find = portable ? unsafe kk_mark_offsets_portable : unsafe kk_mark_offsets
    for from in 0..<bytes.count {
      for to in stride(from: from, through: bytes.count, by: 7) {
        var out = [UInt32](repeating: 0, count: to - from + 4)
        let count = unsafe find(Self.table, 0, bytes, from, to, bytes.count, &out)
        #expect(out.prefix(count).map { Int($0) + from } == whole.map { Int($0) }.filter { $0 >= from && $0 < to })
      }
    }
  }
}
