import CKernels
import Testing

@testable import Leftovers

/// Stems of a line, by the kernel and scalar by scalar.
@Suite struct StemTests {
  static let pieces = [
    "kata", "Katanya", "KATANYA", "a", "2025", "U.S.", "é", "Été", "ß", "Ы", "слова", "字", "我", "ひ", "カ", "、", "한",
    "국어",
    "ไทย", "العربية", "ـ", "😀", "𠀀", " ", " ", "'", "-", "\u{AD}", "ｆｕｌｌ", "٣", "\u{3000}", "\u{30FB}",
  ]

  @Test func lines() {
    var random = SystemRandomNumberGenerator()
    var all = 0
    for _ in 0..<5_000 {
      var text: [UInt8] = []
      // Up to more than the 600 bytes that are read.
      for _ in 0..<Int.random(in: 0...(Bool.random(using: &random) ? 20 : 200), using: &random) {
        text += Array(Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)].utf8)
      }
      let expected = Self.stems(text)
      #expect(Self.kernel(text) == expected, "\(String(decoding: text, as: UTF8.self))")
      all += expected.count
    }
    #expect(all > 10_000)
  }

  static func kernel(_ text: [UInt8]) -> [UInt32] {
    var found = [UInt32](repeating: 0, count: 601)
    let count = unsafe FoldTable.shared.withPointer { unsafe Int(kk_line_stems(text, text.count, $0, &found)) }
    return Array(found[..<count])
  }

  static func stems(_ text: [UInt8]) -> [UInt32] {
    var found: Set<UInt32> = []
    var word: [UInt32] = []
    var before: UInt32 = 0
    var place = 0
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      guard place < 600 else { break }
      place += UTF8.width(scalar)
      let value = scalar.value
      let isHangul = (0xAC00...0xD7FF).contains(value)
      if !Folding.isWord(value) {
        (word, before) = ([], 0)
      } else if Folding.isUnspaced(value) && !isHangul {
        let counts = !(0x3040...0x309F).contains(value)
        if before != 0 && counts { found.insert((before &* 0x0100_0193) ^ value &* 0x9E37_79B1) }
        before = counts ? value : 0
      } else {
        word.append(Folding.fold(value))
        guard word.count == (value >= 0xAC00 ? 2 : 5) else { continue }
        found.insert(word.reduce(0x811C_9DC5) { ($0 ^ $1) &* 0x0100_0193 })
      }
    }
    return found.sorted()
  }
}
