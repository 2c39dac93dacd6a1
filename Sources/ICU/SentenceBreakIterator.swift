internal import CICU

/// What ICU said where it could not do a thing: ICU's own error name, e.g. `U_MISSING_RESOURCE_ERROR`.
public struct ICUError: Error, Sendable, Equatable {
  public var name: String
}

/// ICU's sentence break iterator over UTF-8 (UAX 29, section 5; ubrk over a UText): the judge of every faster one.
@safe public struct SentenceBreakIterator: ~Copyable {
  let iterator: OpaquePointer

  /// Opens the iterator that ICU has for `locale` (an ICU locale or BCP 47 tag; ICU falls back to its root rules).
  public init(locale: String) throws(ICUError) {
    var name: UnsafePointer<CChar>? = nil
    let opened = unsafe locale.withCString { unsafe kicu_break_open($0, &name) }
    guard let opened = unsafe opened else {
      throw ICUError(name: unsafe name.map { unsafe String(cString: $0) } ?? "unknown")
    }
    unsafe iterator = opened
  }

  deinit { unsafe kicu_break_close(iterator) }

  /// Appends the byte offset after each of ICU's sentences in `text` (valid UTF-8, under 2 GiB); the last is its length.
  ///
  /// - Complexity: O(n) in the bytes of `text`.
  public mutating func appendBoundaries(of text: Span<UInt8>, to boundaries: inout [Int]) throws(ICUError) {
    let ok = unsafe text.withUnsafeBufferPointer { bytes in
      guard unsafe kicu_break_set_text(iterator, bytes.baseAddress, Int64(bytes.count)) != 0 else { return false }
      while true {
        let offset = unsafe kicu_break_next(iterator)
        if offset < 0 { return true }
        boundaries.append(Int(offset))
      }
    }
    if !ok { throw ICUError(name: "ubrk_setUText") }
  }
}
