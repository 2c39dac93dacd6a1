import Testing

@testable import Kalimat

/// The parts that a translation repeats, and the fast search for where one may begin.
@Suite struct TextPartsTests {
  /// What `Kernels.partStart` says, a byte at a time.
  private static func reference(_ bytes: [UInt8], from start: Int) -> Int {
    for i in start..<bytes.count {
      let byte = bytes[i]
      let next = i + 1 < bytes.count ? bytes[i + 1] | 0x20 : 0
      if (0x30...0x39).contains(byte) || byte >= 0xD9 || [0x25, 0x3C, 0x7B].contains(byte) { return i }
      if byte | 0x20 == 0x68 && next == 0x74 || byte | 0x20 == 0x77 && next == 0x77 { return i }
    }
    return bytes.count
  }

  @Test func startsAreThoseOfASlowSearch() {
    var generator = SystemRandomNumberGenerator()
    let dull = Array("abcgixz ,.-/&;:HhTtWwhw\u{E9}\u{430}".utf8)
    let hot = Array("09%<{htHTwwWW\u{663}\u{4E00}\u{D9}".utf8)
    for round in 0..<4_000 {
      let count = Int.random(in: 0...80, using: &generator)
      let bytes = (0..<count).map { _ in
        Int.random(in: 0..<40, using: &generator) < round % 8 ? hot.randomElement() ?? 0 : dull.randomElement() ?? 0
      }
      for start in [0, count / 3, count] {
        let found = Kernels.partStart(in: bytes.span, from: start)
        #expect(found == Self.reference(bytes, from: start), "\(bytes) from \(start)")
      }
    }
  }

  @Test func partsOfAText() {
    let text = "Pada 12.500 orang (٣٤) di https://a.id/b?c=1, www.x.id. %s {nama} <b> HTTP 5‰ ９"
    let parts = TextParts(Array(text.utf8).span)
    func texts(_ parts: [[UInt8]]) -> [String] { parts.map { String(decoding: $0, as: UTF8.self) } }
    #expect(texts(parts.numbers) == ["12500", "34", "5", "9"])
    #expect(texts(parts.urls) == ["https://a.id/b?c=1", "www.x.id"])
    #expect(texts(parts.placeholders) == ["%s", "<b>", "{nama}"])
  }

  @Test func lettersAndLeads() {
    let text = Array("Zażółć @[`{ gęślą 漢字 AZaz\u{7F}".utf8)
    #expect(
      Kernels.asciiLetterCount(text.span) == text.filter { (0x61...0x7A).contains($0 | 0x20) && $0 < 0x80 }.count)
    #expect(Kernels.leadByteCount(text.span) == text.filter { $0 >= 0xC0 }.count)
  }
}
