import Foundation
import Testing

@testable import Kalimat

struct InputReaderTests {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  func file(
    _ bytes: [UInt8], _ format: InputFormat = .text, _ compression: CompressionFormat = .none
  ) throws -> InputFile {
    InputFile(location: try folder.write("f", bytes), path: Array("f".utf8), format: format, compression: compression)
  }

  static func read(_ file: InputFile, encoding: String? = nil) throws -> (pieces: [InputPiece], summary: InputSummary) {
    var reader = try InputReader(file, encoding: encoding)
    var pieces: [InputPiece] = []
    while let piece = try reader.next() { pieces.append(piece) }
    return (pieces, reader.finish())
  }

  /// What reading these bytes says, with the file's path as DIR/f.
  func said(
    _ bytes: [UInt8], _ format: InputFormat = .text, _ compression: CompressionFormat = .none, encoding: String? = nil
  ) throws -> String {
    let file = try file(bytes, format, compression)
    return folder.short(problemText { _ = try Self.read(file, encoding: encoding) })
  }

  static func pack(_ format: CompressionFormat, _ parts: [UInt8]...) throws -> [UInt8] {
    try parts.flatMap { try Compressor(format: format).pack($0.span) }
  }

  // MARK: Text

  @Test(arguments: ["a", "a\r\nb\rc\n", "NUL\0 and \u{1} are text", "\n", "é漢😀\u{2028}"])
  func textIsOnePieceAsItStands(_ text: String) throws {
    let (pieces, summary) = try Self.read(file(Array(text.utf8)))
    #expect(pieces.count == 1)
    #expect(pieces[0].bytes == Array(text.utf8))
    #expect(pieces[0].firstRecord == 0 && pieces[0].byteOffset == 0 && pieces[0].isLast)
    #expect(summary.byteCount == text.utf8.count && summary.encoding == "UTF-8" && !summary.hasBOM)
    #expect(summary.digest == SHA256.digest(of: Array(text.utf8).span))
  }

  @Test func oneByteOrderMarkIsTakenOff() throws {
    let bytes = Array("\u{FEFF}\u{FEFF}a".utf8)
    let (pieces, summary) = try Self.read(file(bytes))
    #expect(pieces.map(\.bytes) == [Array("\u{FEFF}a".utf8)])
    #expect(pieces[0].byteOffset == 3 && summary.hasBOM && summary.byteCount == 7)
    #expect(summary.digest == SHA256.digest(of: bytes.span))
  }

  @Test func emptyFiles() throws {
    let empty =
      "DIR/f: the file is empty; expected at least one character. Take it out, or build the rest with --skip-bad."
    for format in InputFormat.allCases {
      #expect(try said([], format) == empty)
      #expect(try said([0xEF, 0xBB, 0xBF], format) == empty)
      #expect(try said(Self.pack(.gz, []), format, .gz) == empty)
      #expect(try said(Self.pack(.zst, [], []), format, .zst) == empty)
      #expect(try said([0xFF, 0xFE], format, encoding: "UTF-16") == empty)
    }
    #expect(
      try said([], .text, .gz)
        == "DIR/f: the file is empty; expected gzip, because of its name's ending. Get the file anew, or build the rest with --skip-bad."
    )
  }

  @Test func whatIsNotUTF8() throws {
    let advice = "expected UTF-8. Say the file's encoding, e.g. --encoding windows-1252."
    #expect(
      try said(Array("a\nb".utf8) + [0xE9, 0x20]) == "DIR/f:2 (byte 3): bytes that are not UTF-8: 0xE9 0x20; \(advice)")
    #expect(
      try said(Array("\u{FEFF}a".utf8) + [0xC0, 0x80, 1, 2, 3])
        == "DIR/f:1 (byte 4): bytes that are not UTF-8: 0xC0 0x80 0x01 0x02; \(advice)")
    // A surrogate, a cut character, and a scalar past U+10FFFF.
    #expect(try said([0xED, 0xA0, 0x80]) == "DIR/f:1 (byte 0): bytes that are not UTF-8: 0xED 0xA0 0x80; \(advice)")
    #expect(
      try said([0x61, 0xF0, 0x9F, 0x98]) == "DIR/f:1 (byte 1): bytes that are not UTF-8: 0xF0 0x9F 0x98; \(advice)")
    #expect(
      try said([0xF4, 0x90, 0x80, 0x80]) == "DIR/f:1 (byte 0): bytes that are not UTF-8: 0xF4 0x90 0x80 0x80; \(advice)"
    )
    // In the second block of 1 MiB, packed.
    let long = [UInt8](repeating: 0x61, count: 2_000_000) + [0xFF]
    #expect(
      try said(Self.pack(.gz, long), .text, .gz) == "DIR/f:1 (byte 2000000): bytes that are not UTF-8: 0xFF; \(advice)")
  }

  @Test func whatLooksLikeAnotherFormat() throws {
    for format in InputFormat.allCases {
      #expect(
        try said(Self.pack(.gz, [0x61]), format)
          == "DIR/f (byte 0): the text is gzip data; expected UTF-8. Let the file's name end in .gz, or decompress it first: zcat FILE | kalimat … -"
      )
      #expect(
        try said(Self.pack(.zst, [0x61]), format)
          == "DIR/f (byte 0): the text is zstd data; expected UTF-8. Let the file's name end in .zst, or decompress it first: zstdcat FILE | kalimat … -"
      )
      for mark: [UInt8] in [[0xFF, 0xFE], [0xFE, 0xFF]] {
        #expect(
          try said(mark + [0x61, 0], format)
            == "DIR/f (byte 0): the text begins with the byte order mark of UTF-16; expected UTF-8. Say so: --encoding UTF-16."
        )
      }
    }
  }

  @Test func whatCannotBeRead() throws {
    let absent = InputFile(location: folder.path + "/no", path: [], format: .text, compression: .none)
    #expect(
      folder.short(problemText { _ = try Self.read(absent) })
        == "DIR/no: cannot open the file: No such file or directory.")
    let place = InputFile(location: folder.path, path: [], format: .text, compression: .none)
    #expect(
      folder.short(problemText { _ = try Self.read(place) })
        == "DIR: cannot read at byte 0 of the file: Is a directory.")
  }

  // MARK: gzip and zstd

  @Test(arguments: [CompressionFormat.gz, .zst])
  func manyMembers(_ compression: CompressionFormat) throws {
    let parts = (0..<50).map { Array("part \($0) é\n".utf8) }
    let packed = try parts.flatMap { try Self.pack(compression, $0, []) }
    let (pieces, summary) = try Self.read(file(packed, .text, compression))
    #expect(pieces.map(\.bytes) == [parts.flatMap { $0 }])
    #expect(summary.byteCount == packed.count && summary.digest == SHA256.digest(of: packed.span))
  }

  @Test(arguments: [CompressionFormat.gz, .zst])
  func cutAnywhere(_ compression: CompressionFormat) throws {
    let first = try Self.pack(compression, Array("the first\n".utf8))
    let both = try first + Self.pack(compression, Array("the second\n".utf8))
    let unit = compression == .gz ? "gzip member" : "zstd frame"
    for length in 1..<both.count {
      let said = try said(Array(both[..<length]), .text, compression)
      if length == first.count {
        #expect(said == "nothing")
      } else if length < 4 || length > first.count && length < first.count + 4 {
        // Too short for a magic number: said as what it is not.
        #expect(said.hasPrefix("DIR/f: ") && said != "nothing", "\(length)")
      } else {
        let cut =
          "the \(unit) is cut: the file ends inside it, at byte \(length) of the file; expected \(unit) to its end"
        #expect(said == "DIR/f: \(cut). Get the file anew, or build the rest with --skip-bad.")
      }
    }
  }

  @Test(arguments: [CompressionFormat.gz, .zst])
  func garbageAfterAMember(_ compression: CompressionFormat) throws {
    let member = try Self.pack(compression, Array("text\n".utf8))
    let unit = compression == .gz ? "gzip member" : "zstd frame"
    for garbage in [[0], Array("garbage".utf8), [UInt8](repeating: 0, count: 600), [0x1F, 0x8C]] {
      #expect(
        try said(member + member + garbage, .text, compression)
          == "DIR/f: garbage after the last \(unit), from byte \(2 * member.count) of the file; expected the end of the file, or another \(unit). Get the file anew, or build the rest with --skip-bad."
      )
    }
  }

  @Test func notPacked() throws {
    #expect(
      try said(Array("plain".utf8), .text, .gz)
        == "DIR/f: the file is not gzip; expected gzip, because of its name's ending. If it is not compressed, take .gz off its name."
    )
    #expect(
      try said(Array("plain".utf8), .jsonLines, .zst)
        == "DIR/f: the file is not zstd; expected zstd, because of its name's ending. If it is not compressed, take .zst off its name."
    )
  }

  /// Every byte of a member flipped: told, or (in gzip's name, time and flags) without effect on the text.
  @Test(arguments: [CompressionFormat.gz, .zst])
  func everyByteFlipped(_ compression: CompressionFormat) throws {
    let text = Array("A text that is long enough to be packed, packed, packed.\n".utf8)
    let packed = try Self.pack(compression, text)
    for i in packed.indices {
      var bytes = packed
      bytes[i] ^= 0x10
      let file = try file(bytes, .text, compression)
      let problem = problemText {
        let read = try Self.read(file)
        #expect(read.pieces.map(\.bytes) == [text], "byte \(i)")
      }
      if i < 2 || i >= 10 { #expect(problem.hasPrefix("\(folder.path)/f: the "), "byte \(i): \(problem)") }
    }
  }

  @Test func brokenDataNamesThePlace() throws {
    var generator = SeededGenerator(state: 1)
    let noise = (0..<1_200_000).map { _ in UInt8.random(in: 0x20...0x7E, using: &generator) }
    var packed = try Self.pack(.gz, noise)
    packed[packed.count - 8] ^= 1
    #expect(
      try said(packed, .text, .gz)
        == "DIR/f: the gzip data is broken, at or before byte \(packed.count - 4) of the file; expected gzip (RFC 1952). Get the file anew, or build the rest with --skip-bad."
    )
  }

  // MARK: Encodings

  @Test func encodings() throws {
    let (pieces, summary) = try Self.read(file([0x63, 0x61, 0x66, 0xE9, 0x20, 0x80]), encoding: "cp1252")
    #expect(pieces.map(\.bytes) == [Array("café €".utf8)])
    #expect(summary.encoding == "windows-1252" && !summary.hasBOM)
    let little: [UInt8] = [0xFF, 0xFE, 0x61, 0, 0x3D, 0xD8, 0, 0xDE]
    let big: [UInt8] = [0xFE, 0xFF, 0, 0x61, 0xD8, 0x3D, 0xDE, 0]
    for (bytes, name) in [(little, "UTF-16"), (big, "utf16"), (little, "UTF-16LE"), (big, "UTF-16BE")] {
      let (pieces, summary) = try Self.read(file(bytes), encoding: name)
      #expect(pieces.map(\.bytes) == [Array("a😀".utf8)], "\(name)")
      #expect(summary.hasBOM && summary.encoding.hasPrefix("UTF-16"))
    }
    // ICU's name for UTF-8 takes our own way, which refuses what is not.
    #expect(
      try said([0xFF], encoding: "utf8")
        == "DIR/f:1 (byte 0): bytes that are not UTF-8: 0xFF; expected UTF-8. Say the file's encoding, e.g. --encoding windows-1252."
    )
  }

  @Test func whatAnEncodingDoesNotHave() throws {
    let advice = "Is the file in another encoding? UTF-8 needs no --encoding."
    #expect(
      try said(Array("abc".utf8) + [0x83, 0xFF, 0x41], encoding: "Shift_JIS")
        == "DIR/f (byte 3): bytes 0x83 that Shift_JIS does not have; expected text in Shift_JIS. \(advice)")
    #expect(
      try said([0x61, 0x62, 0x80], encoding: "US-ASCII")
        == "DIR/f (byte 2): bytes 0x80 that US-ASCII does not have; expected text in US-ASCII. \(advice)")
    #expect(
      try said([0xFF, 0xFE, 0x61, 0, 0, 0xD8, 0x61, 0], encoding: "UTF-16")
        == "DIR/f (byte 4): bytes 0x00 0xD8 that UTF-16 does not have; expected text in UTF-16. \(advice)")
    // Cut inside a character.
    #expect(
      try said([0xFF, 0xFE, 0x61, 0, 0x62], encoding: "UTF-16")
        == "DIR/f (byte 4): bytes 0x62 that UTF-16 does not have; expected text in UTF-16. \(advice)")
    let far = [UInt8](repeating: 0x61, count: 3_000_000)
    #expect(
      try said(far + [0x80] + far, .jsonLines, encoding: "US-ASCII")
        == "DIR/f (byte 3000000): bytes 0x80 that US-ASCII does not have; expected text in US-ASCII. \(advice)")
    let unknown = try file([0x61])
    #expect(
      throws: Problem.usage(
        "--encoding utf-9: ICU knows no encoding of that name",
        expected: "a name such as windows-1252, ISO-8859-15, UTF-16 or Shift_JIS")
    ) { _ = try Self.read(unknown, encoding: "utf-9") }
  }

  /// Characters cut between blocks: 3 MB of two-byte characters after one byte.
  @Test func encodingsInBlocks() throws {
    let line: [UInt8] =
      [0x41] + [UInt8](repeating: 0, count: 9_000).indices.flatMap { _ in [0x88, 0x9F] as [UInt8] } + [0x0A]
    let bytes = (0..<80).flatMap { _ in line }
    let (pieces, _) = try Self.read(file(bytes, .jsonLines), encoding: "Shift_JIS")
    let expected = "A" + String(repeating: "亜", count: 9_000) + "\n"
    #expect(pieces.flatMap(\.bytes) == Array(String(repeating: expected, count: 80).utf8))
    #expect(pieces.count > 1)
  }

  // MARK: JSON Lines

  /// Lines of all lengths, longer than a piece too: nothing lost, cut at line ends, numbered.
  @Test(arguments: [CompressionFormat.none, .gz, .zst], [true, false])
  func piecesOfLines(_ compression: CompressionFormat, endsInLF: Bool) throws {
    var generator = SeededGenerator(state: 7)
    var lines: [[UInt8]] = []
    for _ in 0..<160 {
      let length = [0, 1, 100, 70_000, 1_048_576, 2_500_000].randomElement(using: &generator) ?? 0
      lines.append([UInt8](repeating: 0x61, count: lines.count % 40 == 0 ? length : min(length, 70_000)))
    }
    lines.append([0x7A])
    var bytes = Array(lines.joined(separator: [0x0A]))
    if endsInLF { bytes.append(0x0A) }
    let packed = compression == .none ? bytes : try Self.pack(compression, bytes)
    let (pieces, _) = try Self.read(file(packed, .jsonLines, compression))
    #expect(pieces.flatMap(\.bytes) == bytes)
    #expect(pieces.count > 4)
    var offset = 0
    var line = 1
    for (number, piece) in pieces.enumerated() {
      #expect(piece.byteOffset == offset && piece.firstRecord == line)
      #expect(piece.isLast == (number == pieces.count - 1))
      #expect(piece.bytes.last == 0x0A || piece.isLast)
      let lineEnds = piece.bytes.count { $0 == 0x0A }
      #expect(piece.bytes.count <= 2 * InputReader.pieceSize || lineEnds <= 1)
      offset += piece.bytes.count
      line += lineEnds
    }
  }

  @Test func exactlyOnePiece() throws {
    for extra in [-1, 0, 1] {
      let bytes = [UInt8](repeating: 0x61, count: InputReader.pieceSize + extra - 1) + [0x0A]
      let (pieces, _) = try Self.read(file(bytes, .jsonLines))
      #expect(pieces.count == 1 && pieces[0].isLast && pieces[0].bytes == bytes)
    }
  }

  /// What is looked at to guess the fields comes again.
  @Test func standardInputIsPutBack() throws {
    let lines = #"{"text":"one"}"# + "\n" + String(repeating: #"{"text":"two"}"# + "\n", count: 100_000)
    let path = try folder.write("in", lines)
    let saved = dup(0)
    let opened = unsafe open(path, O_RDONLY)
    dup2(opened, 0)
    defer {
      dup2(saved, 0)
      close(saved)
      close(opened)
    }
    let input = InputFile(location: "-", path: Array("stdin".utf8), format: .jsonLines, compression: .none)
    let plan = try FieldPlan.plan(FieldRequest(), files: [input], encoding: nil)
    #expect(plan.guessed.first == "Guessed from standard input:1: --text-field text.")
    let (pieces, summary) = try Self.read(input)
    #expect(pieces.flatMap(\.bytes) == Array(lines.utf8))
    #expect(summary.digest == SHA256.digest(of: Array(lines.utf8).span))
  }
}
