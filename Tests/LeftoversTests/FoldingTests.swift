import Testing

@testable import Leftovers

/// Folding of lines, by the kernel and scalar by scalar.
@Suite struct FoldingTests {
  static let pieces = [
    "Kata", "KATA BESAR", "a", " ", "  ", "\t", "\u{A0}", "\u{3000}", "1", "2.025", "1,5", "٣", "５", "É", "été", "İı",
    "Слова",
    "СЛОВА", "Ґ", "字体", "ひらカナ", "・", "、", "한국", "ไทย", "أحمد", "ـ", "\u{AD}", "\u{200B}", "“", "”", "’", "…", "–", "ＡＢ",
    "！", "😀",
    "𠀀", "Ḁ", "\u{2212}", "\u{FE0F}", "\u{FEFF}",
  ]

  @Test func lines() {
    var random = SystemRandomNumberGenerator()
    var folded = FoldedLine()
    var all = 0
    for _ in 0..<10_000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...60, using: &random) {
        let piece = Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
        guard text.utf8.count + piece.utf8.count <= FoldedLine.whole else { break }
        text += piece
      }
      let bytes = Array(text.utf8)
      folded.fold(bytes.span, from: 0, to: bytes.count)
      let found = (0..<folded.count).map { folded.span[$0] }
      #expect(found == Self.fold(text), "\(text)")
      all += found.count
    }
    #expect(all > 100_000)
  }

  static func fold(_ text: String) -> [UInt8] {
    let scalars = text.unicodeScalars.map(\.value)
    var out: [UInt32] = []
    var place = 0
    while place < scalars.count {
      let scalar = Folding.fold(scalars[place])
      place += 1
      if scalar == 0 || scalar == 0x20 && out.last ?? 0x20 == 0x20 { continue }
      if scalar != 0x30 || out.last != 0x30 { out.append(scalar) }
      // A point or comma before another digit of ASCII belongs to the number.
      while scalar == 0x30, place + 1 < scalars.count, scalars[place] == 0x2E || scalars[place] == 0x2C,
        (0x30...0x39).contains(scalars[place + 1])
      {
        place += 1
      }
    }
    if out.last == 0x20 { out.removeLast() }
    return out.flatMap { Unicode.Scalar($0).map { Array(String($0).utf8) } ?? [] }
  }
}
