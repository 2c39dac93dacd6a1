/// Whether bytes are the UTF-8 they should be, and what to say where they are not.
enum EncodingCheck {
  /// How many LF there are.
  static func lineEnds(in bytes: Span<UInt8>) -> Int {
    var count = 0
    var here = lineEnd(in: bytes, from: 0)
    while here < bytes.count {
      count += 1
      here = lineEnd(in: bytes, from: here + 1)
    }
    return count
  }

  /// The offset of the first LF at or after `start`; the end where there is none.
  static func lineEnd(in bytes: Span<UInt8>, from start: Int) -> Int {
    Kernels.find(0x0A, in: bytes, from: start, to: bytes.count) ?? bytes.count
  }

  /// - Parameter rest: what begins with the bytes that are not UTF-8.
  static func notUTF8(_ rest: Span<UInt8>, at place: Problem.Place) -> Problem {
    Problem(
      "bytes that are not UTF-8: \(hex(rest))", at: place, expected: "UTF-8",
      advice: "Say the file's encoding, e.g. --encoding windows-1252.")
  }

  static func unmappable(_ bytes: [UInt8], encoding: String, byteOffset: Int, of file: InputFile) -> Problem {
    let what = bytes.isEmpty ? "bytes" : "bytes \(hex(bytes.span))"
    return Problem(
      "\(what) that \(encoding) does not have", at: .init(file: file.placeName, byteOffset: byteOffset),
      expected: "text in \(encoding)", advice: "Is the file in another encoding? UTF-8 needs no --encoding.")
  }

  /// A file that begins like gzip, zstd or UTF-16, and was not said to be: told at once, in place of a bad byte a line.
  static func otherFormat(_ first: [UInt8], of file: InputFile) -> Problem? {
    guard first.count >= 2 else { return nil }
    let place = Problem.Place(file: file.placeName, byteOffset: 0)
    switch (first[0], first[1]) {
    case (0x1F, 0x8B):
      return Problem(
        "the text is gzip data", at: place, expected: "UTF-8",
        advice: "Let the file's name end in .gz, or decompress it first: zcat FILE | kalimat … -")
    case (0x28, 0xB5) where first.count >= 4 && first[2] == 0x2F && first[3] == 0xFD:
      return Problem(
        "the text is zstd data", at: place, expected: "UTF-8",
        advice: "Let the file's name end in .zst, or decompress it first: zstdcat FILE | kalimat … -")
    case (0xFF, 0xFE), (0xFE, 0xFF):
      return Problem(
        "the text begins with the byte order mark of UTF-16", at: place, expected: "UTF-8",
        advice: "Say so: --encoding UTF-16.")
    default: return nil
    }
  }

  /// The first four bytes, e.g. `0xE9 0x20`.
  private static func hex(_ bytes: Span<UInt8>) -> String {
    (0..<min(bytes.count, 4)).map { "0x\(JSONCursor.hex(bytes[$0]))" }.joined(separator: " ")
  }
}
