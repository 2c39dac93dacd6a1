/// Text for XML 1.0 (§ 2.2, Characters).
enum XMLText {
  /// Whether XML 1.0 can carry the scalar.
  static func canCarry(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  /// Appends text as element content. Carriage returns are written as references: a parser makes them LF otherwise.
  ///
  /// - Parameter foreign: writes a scalar that XML cannot carry; false where the format has no way to.
  /// - Returns: the first scalar that could not be written.
  static func append(
    _ text: [UInt8], to out: inout ByteBuffer, foreign: (UInt32, inout ByteBuffer) -> Bool = { _, _ in false }
  ) -> UInt32? {
    let bytes = text.span
    var here = 0
    while here < bytes.count {
      let byte = bytes[here]
      switch byte {
      case 0x26: out.append("&amp;")
      case 0x3C: out.append("&lt;")
      case 0x3E: out.append("&gt;")
      case 0x22: out.append("&quot;")
      case 0x09: out.append("&#9;")
      case 0x0A: out.append("&#10;")
      case 0x0D: out.append("&#13;")
      case 0x20..<0x80: out.append(byte: byte)
      default:
        let (scalar, length) = UTF8Scalar.decode(bytes, at: here)
        if canCarry(scalar) {
          out.append(bytes.extracting(here..<here + length))
        } else if !foreign(scalar, &out) {
          return scalar
        }
        here += length
        continue
      }
      here += 1
    }
    return nil
  }

  /// Appends text as an attribute's value or a property: what XML cannot carry is left out.
  static func appendLoose(_ text: [UInt8], to out: inout ByteBuffer) {
    _ = append(text, to: &out) { _, _ in true }
  }

  static func refusal(of scalar: UInt32, in sentence: StoredSentence, _ format: String) -> Problem {
    Problem(
      "the sentence holds U+\(String(scalar, radix: 16, uppercase: true)), which \(format) cannot carry",
      at: .init(file: "", id: String(decoding: sentence.id, as: UTF8.self)), expected: "characters of XML 1.0, § 2.2",
      advice: "Leave it out: --where, or export to xliff2, po, csv or jsonl.")
  }
}
