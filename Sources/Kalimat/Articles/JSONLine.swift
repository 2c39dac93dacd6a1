#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A line of a piece of JSON Lines that is not blank.
struct JSONLine {
  /// From 1, in the file.
  var number: Int
  /// Offsets in the piece; the LF is not part of it.
  var start: Int
  var end: Int

  /// The piece's lines; blank ones (white space of JSON alone) are counted and left out.
  static func split(_ piece: InputPiece) -> [JSONLine] {
    let bytes = piece.bytes.span
    var lines: [JSONLine] = []
    var number = piece.firstRecord
    var start = 0
    while start < bytes.count {
      let end = lineEnd(in: bytes, from: start)
      if !isBlank(bytes, start, end) { lines.append(JSONLine(number: number, start: start, end: end)) }
      number += 1
      start = end + 1
    }
    return lines
  }

  func bytes(of piece: InputPiece) -> [UInt8] { Array(piece.bytes[start..<end]) }

  /// The offset of the next LF, or the end.
  private static func lineEnd(in bytes: Span<UInt8>, from start: Int) -> Int {
    // Unsafe: memchr looks at 32 bytes a step, inside the span's bounds.
    unsafe bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, let found = unsafe memchr(base + start, 0x0A, bytes.count - start) else {
        return bytes.count
      }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  private static func isBlank(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    for i in start..<end where bytes[i] != 0x20 && bytes[i] != 0x09 && bytes[i] != 0x0D { return false }
    return true
  }
}
