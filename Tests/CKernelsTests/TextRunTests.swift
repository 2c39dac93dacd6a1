import CKernels
import Testing

/// The run of bytes that a text takes over, against White_Space as the standard library knows it.
@Suite struct TextRunTests {
  static func expected(_ text: String) -> Int {
    var offset = 0
    let scalars = Array(text.unicodeScalars)
    for (i, scalar) in scalars.enumerated() {
      if scalar.properties.isWhitespace {
        if scalar != " " { return offset }
        if i + 1 < scalars.count, scalars[i + 1] == " " { return offset }
      }
      offset += UTF8.width(scalar)
    }
    return offset
  }

  static func check(_ text: String) {
    let bytes = Array(text.utf8)
    let expected = expected(text)
    #expect(unsafe kk_text_run_portable(bytes, bytes.count) == expected, "\(text.debugDescription)")
    #expect(unsafe kk_text_run(bytes, bytes.count) == expected, "\(text.debugDescription)")
  }

  @Test("Every scalar of the first 0x3100, alone, after 40 letters, and before them")
  func eachScalar() {
    let letters = String(repeating: "x", count: 40)
    for value in UInt32(0)..<0x3100 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for text in [String(scalar), letters + String(scalar), letters + String(scalar) + letters] { Self.check(text) }
    }
  }

  @Test("Random texts of White_Space and of what looks like it")
  func random() {
    let pieces: [String] = [
      "a", " ", "kalimat ", "\n", "\r", "\t", "\u{8}", "\u{E}", "\u{85}", "\u{A0}", "\u{A1}", "\u{1680}", "\u{1681}",
      "\u{2000}", "\u{200A}", "\u{200B}", "\u{2028}", "\u{202F}", "\u{205F}", "\u{2060}", "\u{3000}", "\u{3001}",
      "é", "字", "😀", "“quoted”", "a longer piece without anything in it, 40 b",
    ]
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let kinds = Int.random(in: 1...pieces.count, using: &random)
      var text = ""
      for _ in 0..<Int.random(in: 0...40, using: &random) { text += pieces[Int.random(in: 0..<kinds, using: &random)] }
      Self.check(text)
    }
  }
}
