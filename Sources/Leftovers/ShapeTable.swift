internal import CKernels

/// What each scalar below U+2100 is for `kk_measure_shape`.
struct ShapeTable: Sendable {
  static let shared = ShapeTable()
  let classes: [UInt8]

  private init() {
    classes = (0..<UInt32(KK_SHAPE_SCALARS)).map { UInt8(truncatingIfNeeded: Self.kind($0)) }
  }

  /// What stands in `text[start..<end]`, whole scalars.
  func counts(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> kk_shape_counts {
    var counts = kk_shape_counts()
    // Unsafe because C takes pointers: none outlives the call, and the table has the size that the header asks for.
    unsafe text.withUnsafeBufferPointer { text in
      unsafe classes.withUnsafeBufferPointer { classes in
        guard let text = text.baseAddress, let classes = classes.baseAddress else { return }
        unsafe kk_measure_shape(text, start, end, classes, &counts)
      }
    }
    return counts
  }

  /// Whether all White_Space of `text[start..<end]` is single U+0020.
  static func isPlainlySpaced(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    // Unsafe because C takes a pointer: it does not outlive the call, and nothing is read behind `end`.
    unsafe text.withUnsafeBufferPointer { text in
      unsafe text.baseAddress.map { unsafe kk_text_run($0 + start, end - start) == end - start } ?? true
    }
  }

  private static func kind(_ scalar: UInt32) -> Int {
    let folded = Folding.fold(scalar)
    if folded == 0x20 { return kk_shape_space }
    if folded == 0x30 { return kk_shape_digit }
    if Folding.isWord(scalar) && scalar > 0x2F {
      if Folding.isUnspaced(scalar) { return kk_shape_unspaced }
      return folded != scalar && scalar < 0x1F00 && scalar != 0x131 ? kk_shape_upper : kk_shape_letter
    }
    switch scalar {
    case 0x7C, 0xB7, 0x2022, 0x203A: return kk_shape_separator
    case 0xBB: return kk_shape_after_space
    case 0x2F, 0x3E: return kk_shape_between_spaces
    case 0x2C, 0x60C: return kk_shape_comma
    case 0x22, 0x201C, 0x201E, 0xAB: return kk_shape_quote
    case 0x40: return kk_shape_at
    default: return kk_shape_other
    }
  }
}
