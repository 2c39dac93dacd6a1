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
      let end = EncodingCheck.lineEnd(in: bytes, from: start)
      if !isBlank(bytes, start, end) { lines.append(JSONLine(number: number, start: start, end: end)) }
      number += 1
      start = end + 1
    }
    return lines
  }

  func bytes(of piece: InputPiece) -> [UInt8] { Array(piece.bytes[start..<end]) }

  private static func isBlank(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    for i in start..<end where bytes[i] != 0x20 && bytes[i] != 0x09 && bytes[i] != 0x0D { return false }
    return true
  }
}
