import CKernels
import Testing

/// The JSON escape against docs/FORMAT.md, "A sentence record", written the obvious way.
@Suite struct JSONEscapeTests {
  static func expected(_ text: String) -> [UInt8] {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: out += "\\\""
      case 0x5C: out += "\\\\"
      case 0x08: out += "\\b"
      case 0x09: out += "\\t"
      case 0x0A: out += "\\n"
      case 0x0C: out += "\\f"
      case 0x0D: out += "\\r"
      case 0..<0x20, 0x85, 0x2028, 0x2029:
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    return Array(out.utf8)
  }

  static func escaped(_ bytes: [UInt8], portable: Bool) -> [UInt8] {
    // Exactly the room that is asked for, and a mark after it that must stay.
    let room = 6 * bytes.count + 32
    var out = [UInt8](repeating: 0xAA, count: room + 1)
    let count =
      unsafe portable
      ? kk_json_escape_portable(bytes, bytes.count, &out) : kk_json_escape(bytes, bytes.count, &out)
    #expect(out[room] == 0xAA)
    return Array(out.prefix(count))
  }

  @Test("Every scalar of the first 0x3000, alone and after 40 letters")
  func eachScalar() {
    for value in UInt32(0)..<0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for text in [String(scalar), String(repeating: "x", count: 40) + String(scalar)] {
        let bytes = Array(text.utf8)
        let expected = Self.expected(text)
        #expect(Self.escaped(bytes, portable: true) == expected)
        #expect(Self.escaped(bytes, portable: false) == expected)
      }
    }
  }

  @Test("Random texts of what is escaped and of what looks like it")
  func random() {
    let pieces: [String] = [
      "a", "kalimat ", "\"", "\\", "\n", "\r", "\t", "\u{1}", "\u{1F}", "\u{7F}", "\u{85}", "\u{84}", "\u{86}",
      "\u{2028}", "\u{2029}", "\u{2027}", "\u{202A}", "\u{201C}", "é", "字", "😀",
      "a longer piece without anything in it, 40 b",
    ]
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let kinds = Int.random(in: 1...pieces.count, using: &random)
      var text = ""
      for _ in 0..<Int.random(in: 0...40, using: &random) { text += pieces[Int.random(in: 0..<kinds, using: &random)] }
      let bytes = Array(text.utf8)
      let expected = Self.expected(text)
      #expect(Self.escaped(bytes, portable: true) == expected, "\(text.debugDescription)")
      #expect(Self.escaped(bytes, portable: false) == expected, "\(text.debugDescription)")
    }
  }
}
