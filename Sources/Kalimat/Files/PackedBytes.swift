/// Numbers of four and eight bytes in a buffer, lowest byte first: what one step of a job writes and another reads.
extension ByteBuffer {
  @inline(__always)
  mutating func append(word value: Int) {
    append(littleEndian: UInt32(truncatingIfNeeded: value))
  }

  @inline(__always)
  mutating func append(long bits: UInt64) {
    append(word: Int(bits & 0xFFFF_FFFF))
    append(word: Int(bits >> 32))
  }

  /// Appends bytes with their number before them.
  mutating func append(counted bytes: Span<UInt8>) {
    append(word: bytes.count)
    append(bytes)
  }
}

/// Reads what the extension above writes.
struct PackedCursor {
  var offset: Int

  init(_ offset: Int = 0) { self.offset = offset }

  @inline(__always)
  mutating func word(_ bytes: Span<UInt8>) -> Int {
    let start = offset
    offset += 4
    let low = UInt32(bytes[start]) | UInt32(bytes[start + 1]) << 8
    return Int(low | UInt32(bytes[start + 2]) << 16 | UInt32(bytes[start + 3]) << 24)
  }

  @inline(__always)
  mutating func long(_ bytes: Span<UInt8>) -> UInt64 {
    let low = UInt64(word(bytes))
    return low | UInt64(word(bytes)) << 32
  }

  /// Where the next `count` bytes stand.
  @inline(__always)
  mutating func range(_ count: Int) -> Range<Int> {
    defer { offset += count }
    return offset..<offset + count
  }

  /// Where bytes stand whose number is before them.
  @inline(__always)
  mutating func counted(_ bytes: Span<UInt8>) -> Range<Int> {
    let count = word(bytes)
    return range(count)
  }
}
