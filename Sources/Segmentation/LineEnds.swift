internal import CKernels

extension WhiteSpace {
  /// Where the first line end at or after `offset` begins; the text's end where there is none.
  public static func nextLineEnd(in text: Span<UInt8>, from offset: Int) -> Int {
    precondition(offset >= 0 && offset <= text.count)
    return unsafe text.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      return unsafe kk_find_line_end(base, offset, bytes.count)
    }
  }
}
