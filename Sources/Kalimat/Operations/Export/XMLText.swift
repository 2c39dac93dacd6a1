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
    _ bytes: Span<UInt8>, to out: inout ByteBuffer, foreign: (UInt32, inout ByteBuffer) -> Bool = { _, _ in false }
  ) -> UInt32? {
    var copied = 0
    // Most bytes stand for themselves: runs of them are copied at once.
    var here = Kernels.xmlRun(bytes, from: 0)
    while here < bytes.count {
      let byte = bytes[here]
      let (scalar, length) = UTF8Scalar.decode(bytes, at: here)
      let reference = reference(to: byte)
      if reference == nil && canCarry(scalar) {
        here += length
        here += Kernels.xmlRun(bytes, from: here)
        continue
      }
      out.append(bytes.extracting(copied..<here))
      if let reference {
        out.append(reference)
      } else if !foreign(scalar, &out) {
        return scalar
      }
      here += length
      copied = here
      here += Kernels.xmlRun(bytes, from: here)
    }
    out.append(bytes.extracting(copied..<here))
    return nil
  }

  /// How a byte is written that does not stand for itself.
  private static func reference(to byte: UInt8) -> StaticString? {
    switch byte {
    case 0x26: "&amp;"
    case 0x3C: "&lt;"
    case 0x3E: "&gt;"
    case 0x22: "&quot;"
    case 0x09: "&#9;"
    case 0x0A: "&#10;"
    case 0x0D: "&#13;"
    default: nil
    }
  }

  /// Appends text as an attribute's value or a property: what XML cannot carry is left out.
  static func appendLoose(_ text: Span<UInt8>, to out: inout ByteBuffer) {
    _ = append(text, to: &out) { _, _ in true }
  }

  static func refusal(of scalar: UInt32, in id: Span<UInt8>, _ format: String) -> Problem {
    Problem(
      "the sentence holds U+\(String(scalar, radix: 16, uppercase: true)), which \(format) cannot carry",
      at: .init(file: "", id: String(decoding: id.copied(), as: UTF8.self)), expected: "characters of XML 1.0, § 2.2",
      advice: "Leave it out: --where, or export to xliff2, po, csv or jsonl.")
  }
}
