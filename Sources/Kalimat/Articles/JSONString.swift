// Strings of JSON (RFC 8259, section 7): nearly all of an article's line is one of them, so this is the hot path.

extension JSONCursor {
  /// The unescaped UTF-8 of the string whose opening quote stands here.
  ///
  /// - Complexity: O(n), sixteen bytes a step where nothing is escaped; one allocation.
  @_lifetime(self: copy self)
  mutating func string() throws(JSONSyntaxError) -> [UInt8] {
    let start = here + 1
    var end = plainRun(from: start)
    if end < bytes.count, bytes[end] == 0x22 {
      here = end + 1
      return copy(from: start, to: end)
    }
    // What is unescaped is never longer than what was escaped: the string's own length is room enough.
    end = try closingQuote(from: end)
    let unescaped = try unescape(from: start, to: end)
    here = end + 1
    return unescaped
  }

  /// The offset of the quote that ends the string: escapes are stepped over, not yet looked at.
  @_lifetime(self: copy self)
  private mutating func closingQuote(from offset: Int) throws(JSONSyntaxError) -> Int {
    here = offset
    while true {
      here = plainRun(from: here)
      switch next {
      case 0x22: return here
      case 0x5C where here + 1 < bytes.count: here += 2
      case 0x5C: here += 1
      case nil: throw error(expected: "'\"' at the string's end")
      default: throw error(expected: "an escape in its place: a string holds no control character as it is")
      }
    }
  }

  /// The text between two offsets: from the byte after the opening quote to the closing one.
  @_lifetime(self: copy self)
  private mutating func unescape(from start: Int, to end: Int) throws(JSONSyntaxError) -> [UInt8] {
    here = start
    var failure: JSONSyntaxError? = nil
    let raw = unsafe bytes.bytes
    // Unsafe: the array is filled in place, so that it is allocated once and its bytes are not zeroed first. Each step
    // writes at most as many bytes as it reads, so `filled` never passes `here - start`; and no run passes `end`, where the
    // closing quote stands.
    let text = unsafe [UInt8](unsafeUninitializedCapacity: end - start) { out, filled in
      guard let base = UnsafeMutableRawPointer(out.baseAddress) else { return }
      while here < end {
        let run = plainRun(from: here) - here
        unsafe raw.withUnsafeBytes { from in
          guard let start = from.baseAddress else { return }
          unsafe (base + filled).copyMemory(from: start + here, byteCount: run)
        }
        here += run
        filled += run
        if here == end { return }
        do throws(JSONSyntaxError) {
          var scalar = try escape()
          repeat {
            unsafe out[filled] = UInt8(truncatingIfNeeded: scalar)
            filled += 1
            scalar >>= 8
          } while scalar != 0
        } catch {
          failure = error
          return
        }
      }
    }
    if let failure { throw failure }
    return text
  }

  /// The UTF-8 of the escape whose backslash stands here: its first byte lowest.
  @_lifetime(self: copy self)
  private mutating func escape() throws(JSONSyntaxError) -> UInt32 {
    let start = here
    here += 1
    let letter = next
    here += 1
    switch letter {
    case 0x22, 0x5C, 0x2F: return UInt32(letter ?? 0)
    case 0x62: return 0x08
    case 0x66: return 0x0C
    case 0x6E: return 0x0A
    case 0x72: return 0x0D
    case 0x74: return 0x09
    case 0x75: return try unicodeEscape(start: start)
    default:
      here = start + 1
      throw error(expected: "one of \" \\ / b f n r t u after '\\'")
    }
  }

  @_lifetime(self: copy self)
  private mutating func unicodeEscape(start: Int) throws(JSONSyntaxError) -> UInt32 {
    let unit = try hexadecimal()
    guard 0xD800...0xDFFF ~= unit else { return Self.utf8(unit) }
    if unit < 0xDC00, next == 0x5C, here + 1 < bytes.count, bytes[here + 1] == 0x75 {
      here += 2
      let second = try hexadecimal()
      if 0xDC00...0xDFFF ~= second { return Self.utf8(0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00)) }
    }
    let spelled = String(decoding: copy(from: start, to: start + 6), as: UTF8.self)
    throw JSONSyntaxError(
      byteOffset: start, found: "the unpaired surrogate \(spelled)",
      expected: "a high surrogate and a low one after it: half a pair is no character")
  }

  /// Four hexadecimal digits.
  @_lifetime(self: copy self)
  private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Self.digit(byte) else {
        throw error(expected: "four hexadecimal digits after '\\u'")
      }
      value = value << 4 | digit
      here += 1
    }
    return value
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }

  /// A scalar's UTF-8 (RFC 3629), its first byte lowest. No scalar but NUL has a last byte of 0, and NUL is one byte.
  private static func utf8(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x80 { return scalar }
    let last = 0x80 | scalar & 0x3F
    if scalar < 0x800 { return 0xC0 | scalar >> 6 | last << 8 }
    let middle = 0x80 | scalar >> 6 & 0x3F
    if scalar < 0x10000 { return 0xE0 | scalar >> 12 | middle << 8 | last << 16 }
    return 0xF0 | scalar >> 18 | (0x80 | scalar >> 12 & 0x3F) << 8 | middle << 16 | last << 24
  }

  /// The first offset from `offset` on of a quote, a backslash or a control character; the end where there is none.
  private func plainRun(from offset: Int) -> Int { offset + Kernels.jsonPlainRun(bytes, from: offset) }
}
