import CKernels
import Testing

/// The finding of line ends against the list of docs/FORMAT.md, "The article".
@Suite struct LineEndTests {
  static func expected(_ bytes: [UInt8], from: Int) -> Int {
    let ends: [[UInt8]] = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].map { Array($0.utf8) }
    return (from..<bytes.count).first { at in ends.contains { bytes[at...].starts(with: $0) } } ?? bytes.count
  }

  @Test("Random texts of line ends, of what looks like them and of what is cut off")
  func random() {
    let pieces: [[UInt8]] =
      [
        "a", "\n", "\r", "\r\n", "\u{85}", "\u{84}", "\u{2028}", "\u{2029}", "\u{202A}", "\u{201C}", "é", "字", "\u{B}",
        "some letters and spaces, more than thirty-two",
      ].map { Array($0.utf8) } + [[0xE2], [0xE2, 0x80], [0xC2]]
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...8, using: &random) {
        let rare = Int.random(in: 0...3, using: &random) == 0
        bytes += rare ? pieces.randomElement(using: &random) ?? [] : Array(repeating: 0x78, count: 9)
      }
      let from = Int.random(in: 0...bytes.count, using: &random)
      let expected = Self.expected(bytes, from: from)
      #expect(unsafe kk_find_line_end(bytes, from, bytes.count) == expected, "\(bytes) from \(from)")
      #expect(unsafe kk_find_line_end_portable(bytes, from, bytes.count) == expected, "\(bytes) from \(from)")
    }
  }
}
