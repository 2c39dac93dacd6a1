import CKernels
import Testing

/// UTF-8 against the table of well-formed sequences (Unicode, table 3-7; RFC 3629, section 4), read out byte by byte.
@Suite struct UTF8Tests {
  static func expected(_ bytes: [UInt8]) -> (prefix: Int, count: Int) {
    func isTail(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      offset < bytes.count && range.contains(bytes[offset])
    }
    var at = 0
    var count = 0
    while at < bytes.count {
      let length: Int
      switch bytes[at] {
      case 0x00...0x7F: length = 1
      case 0xC2...0xDF: length = isTail(at + 1) ? 2 : 0
      case 0xE0: length = isTail(at + 1, 0xA0...0xBF) && isTail(at + 2) ? 3 : 0
      case 0xED: length = isTail(at + 1, 0x80...0x9F) && isTail(at + 2) ? 3 : 0
      case 0xE1...0xEF: length = isTail(at + 1) && isTail(at + 2) ? 3 : 0
      case 0xF0: length = isTail(at + 1, 0x90...0xBF) && isTail(at + 2) && isTail(at + 3) ? 4 : 0
      case 0xF4: length = isTail(at + 1, 0x80...0x8F) && isTail(at + 2) && isTail(at + 3) ? 4 : 0
      case 0xF1...0xF3: length = isTail(at + 1) && isTail(at + 2) && isTail(at + 3) ? 4 : 0
      default: length = 0
      }
      if length == 0 { break }
      at += length
      count += 1
    }
    return (at, count)
  }

  static func check(_ bytes: [UInt8]) {
    let (prefix, count) = expected(bytes)
    let found = unsafe (kk_utf8_valid_prefix(bytes, bytes.count), kk_utf8_valid_prefix_portable(bytes, bytes.count))
    #expect(found == (prefix, prefix), "\(bytes)")
    if prefix == bytes.count {
      let counts = unsafe (kk_utf8_count(bytes, bytes.count), kk_utf8_count_portable(bytes, bytes.count))
      #expect(counts == (count, count), "\(bytes)")
    }
  }

  @Test("Every two bytes, across a block's edge and within one")
  func pairs() {
    for first in UInt8.min...UInt8.max {
      for second in stride(from: 0, through: 255, by: 5) {
        for before in [0, 63, 64, 100] {
          var bytes = [UInt8](repeating: 0x61, count: before) + [first, UInt8(second), 0x80, 0x80]
          Self.check(bytes)
          bytes += [UInt8](repeating: 0x61, count: 70)
          Self.check(bytes)
        }
      }
    }
  }

  @Test("Random scalars, with some bytes changed, cut at any place")
  func random() {
    var random = SystemRandomNumberGenerator()
    for round in 0..<10_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...150, using: &random) {
        let top: UInt32 = [0x7F, 0x7FF, 0xFFFF, 0x10FFFF][Int.random(in: 0...3, using: &random)]
        text.append(Unicode.Scalar(UInt32.random(in: 0...top, using: &random)) ?? "x")
      }
      var bytes = Array(String(text).utf8)
      if !bytes.isEmpty, round % 2 == 0 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if round % 3 == 0 { bytes.removeLast(Int.random(in: 0...min(3, bytes.count), using: &random)) }
      Self.check(bytes)
    }
  }
}
