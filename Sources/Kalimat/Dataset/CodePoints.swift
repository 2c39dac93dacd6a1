internal import CKernels

/// Counting of scalars in valid UTF-8.
enum CodePoints {
  static func count(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    unsafe text.extracting(range).withUnsafeBufferPointer { bytes in
      unsafe bytes.isEmpty ? 0 : kk_utf8_count(bytes.baseAddress, bytes.count)
    }
  }
}

/// Asking whether bytes are UTF-8 (RFC 3629).
enum UTF8Check {
  /// How many of the first bytes are.
  static func validPrefix(_ bytes: [UInt8]) -> Int {
    unsafe bytes.withUnsafeBufferPointer { unsafe $0.isEmpty ? 0 : kk_utf8_valid_prefix($0.baseAddress, $0.count) }
  }
}
