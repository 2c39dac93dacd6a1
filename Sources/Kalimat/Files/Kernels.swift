internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// CKernels over spans. Unsafe inside, because C takes pointers: none of them outlives its call.
enum Kernels {
  /// How many bytes from `offset` stand in a record's JSON string as they are.
  @inline(__always)
  static func jsonRun(_ line: Span<UInt8>, from offset: Int) -> Int {
    unsafe line.withUnsafeBufferPointer { pointer in
      guard let base = pointer.baseAddress else { return 0 }
      return unsafe kk_json_run(base + offset, pointer.count - offset)
    }
  }

  /// How many bytes from `offset` stand in any JSON string as they are.
  @inline(__always)
  static func jsonPlainRun(_ bytes: Span<UInt8>, from offset: Int) -> Int {
    unsafe bytes.withUnsafeBufferPointer { pointer in
      guard let base = pointer.baseAddress else { return 0 }
      return unsafe kk_json_plain_run(base + offset, pointer.count - offset)
    }
  }

  /// How many bytes from `offset` a sentence's text takes over as they are.
  @inline(__always)
  static func textRun(_ slice: Span<UInt8>, from offset: Int) -> Int {
    unsafe slice.withUnsafeBufferPointer { pointer in
      guard let base = pointer.baseAddress else { return 0 }
      return unsafe kk_text_run(base + offset, pointer.count - offset)
    }
  }

  /// How many bytes from `offset` XML's element content takes over as they are.
  @inline(__always)
  static func xmlRun(_ text: Span<UInt8>, from offset: Int) -> Int {
    unsafe text.withUnsafeBufferPointer { pointer in
      guard let base = pointer.baseAddress else { return 0 }
      return unsafe kk_xml_run(base + offset, pointer.count - offset)
    }
  }

  /// How many bytes from `offset` stand as they are in a cell of a table or a string of C.
  @inline(__always)
  static func cellRun(_ text: Span<UInt8>, from offset: Int) -> Int {
    unsafe text.withUnsafeBufferPointer { pointer in
      guard let base = pointer.baseAddress else { return 0 }
      return unsafe kk_cell_run(base + offset, pointer.count - offset)
    }
  }

  /// The offset, from `offset` on, where a number of any script, an address or a placeholder may begin; the count where none does.
  @inline(__always)
  static func partStart(in text: Span<UInt8>, from offset: Int) -> Int {
    unsafe text.withUnsafeBufferPointer { pointer in
      guard let base = pointer.baseAddress else { return 0 }
      return unsafe offset + kk_part_run(base + offset, pointer.count - offset)
    }
  }

  static func asciiLetterCount(_ text: Span<UInt8>) -> Int {
    unsafe text.withUnsafeBufferPointer { unsafe kk_ascii_letter_count($0.baseAddress, $0.count) }
  }

  /// Characters beyond ASCII.
  static func leadByteCount(_ text: Span<UInt8>) -> Int {
    unsafe text.withUnsafeBufferPointer { unsafe kk_lead_byte_count($0.baseAddress, $0.count) }
  }

  /// The offset of the first byte at which `bytes` stop being UTF-8; `bytes.count` where all of it is.
  static func validPrefix(_ bytes: Span<UInt8>) -> Int {
    unsafe bytes.withUnsafeBufferPointer { unsafe kk_utf8_valid_prefix($0.baseAddress, $0.count) }
  }

  /// Code points of valid UTF-8.
  @inline(__always)
  static func characterCount(_ bytes: Span<UInt8>) -> Int {
    unsafe bytes.withUnsafeBufferPointer { unsafe kk_utf8_count($0.baseAddress, $0.count) }
  }

  @inline(__always)
  static func equal(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    return unsafe a.withUnsafeBufferPointer { first in
      unsafe b.withUnsafeBufferPointer { second in
        guard let one = first.baseAddress, let other = second.baseAddress else { return true }
        return unsafe memcmp(one, other, first.count) == 0
      }
    }
  }

  @inline(__always)
  static func equal(_ a: Span<UInt8>, _ b: [UInt8]) -> Bool { equal(a, b.span) }

  /// Whether bytes are those of a literal.
  @inline(__always)
  static func equal(_ a: Span<UInt8>, _ b: StaticString) -> Bool {
    a.count == b.utf8CodeUnitCount && starts(a, with: b)
  }

  @inline(__always)
  static func starts(_ a: Span<UInt8>, with b: StaticString) -> Bool {
    guard a.count >= b.utf8CodeUnitCount else { return false }
    return unsafe a.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return true }
      return unsafe memcmp(base, b.utf8Start, b.utf8CodeUnitCount) == 0
    }
  }

  /// The offset of the first `byte` at or after `offset` and before `limit`; nil where there is none.
  @inline(__always)
  static func find(_ byte: UInt8, in bytes: Span<UInt8>, from offset: Int, to limit: Int) -> Int? {
    unsafe bytes.withUnsafeBufferPointer { pointer in
      guard let base = pointer.baseAddress, offset < limit, limit <= pointer.count else { return nil }
      guard let found = unsafe memchr(base + offset, Int32(byte), limit - offset) else { return nil }
      return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
  }
}
