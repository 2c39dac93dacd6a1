internal import ICU
internal import Segmentation

/// How a record's `text` comes of its slice of the article, and what is asked of it.
enum SentenceText {
  /// Appends the text of `slice`: each run of White_Space made one space, or left out where it holds a line end and
  /// stands between two scalars of scripts that are written without spaces (docs/FORMAT.md, "The article").
  ///
  /// - Returns: whether it differs from the slice.
  static func append(_ slice: Span<UInt8>, to out: inout ByteBuffer) -> Bool {
    var copied = 0
    var here = Kernels.textRun(slice, from: 0)
    if here == slice.count {
      out.append(slice)
      return false
    }
    while here < slice.count {
      // A single space before other White_Space is of the run.
      let run = here > copied && slice[here - 1] == 0x20 ? here - 1 : here
      var holdsLineEnd = false
      while here < slice.count {
        let step = WhiteSpace.length(in: slice, at: here)
        if step == 0 { break }
        if WhiteSpace.lineEndLength(in: slice, at: here) > 0 { holdsLineEnd = true }
        here += step
      }
      out.append(slice.extracting(copied..<run))
      if !(holdsLineEnd && isWrittenWithoutSpaces(around: run..<here, in: slice)) { out.append(byte: 0x20) }
      copied = here
      here += Kernels.textRun(slice, from: here)
    }
    out.append(slice.extracting(copied..<slice.count))
    return true
  }

  private static func isWrittenWithoutSpaces(around run: Range<Int>, in slice: Span<UInt8>) -> Bool {
    guard run.lowerBound > 0, run.upperBound < slice.count else { return false }
    var start = run.lowerBound - 1
    while start > 0 && slice[start] & 0xC0 == 0x80 { start -= 1 }
    return isWithoutSpaces(UTF8Scalar.decode(slice, at: start).value)
      && isWithoutSpaces(UTF8Scalar.decode(slice, at: run.upperBound).value)
  }

  private static func isWithoutSpaces(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x2E80...0x9FFF, 0xF900...0xFAFF, 0xFF00...0xFFEF,
      0x20000...0x3FFFF:
      true
    default: false
    }
  }

  /// Whether it holds a letter, a number or a symbol (Unicode's L, N, S).
  static func hasText(_ text: Span<UInt8>) -> Bool {
    var here = 0
    while here < text.count {
      let byte = text[here]
      if byte < 0x80 {
        if isTextASCII(byte) { return true }
        here += 1
      } else {
        let (value, length) = UTF8Scalar.decode(text, at: here)
        if ScalarProperties.isLetterNumberOrSymbol(value) { return true }
        here += length
      }
    }
    return false
  }

  /// ASCII letters, digits and the symbols $ + < = > ^ ` | ~.
  private static func isTextASCII(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x24, 0x2B, 0x3C...0x3E, 0x5E, 0x60, 0x7C, 0x7E: true
    default: false
    }
  }
}

/// Scalars out of valid UTF-8.
enum UTF8Scalar {
  /// The scalar whose first byte stands at `offset`, and its length in bytes.
  static func decode(_ text: Span<UInt8>, at offset: Int) -> (value: UInt32, length: Int) {
    let first = UInt32(text[offset])
    if first < 0x80 { return (first, 1) }
    func rest(_ i: Int) -> UInt32 { UInt32(text[offset + i] & 0x3F) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | rest(1), 2) }
    if first < 0xF0 { return ((first & 0x0F) << 12 | rest(1) << 6 | rest(2), 3) }
    return ((first & 0x07) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3), 4)
  }
}
