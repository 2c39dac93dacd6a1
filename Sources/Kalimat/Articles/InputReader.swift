internal import CKernels
internal import ICU

/// Some of a file's text: all of it where the file is one article, else whole lines.
public struct InputPiece: Sendable {
  /// JSON Lines: the number of the piece's first line, from 1. Text: 0.
  public var firstRecord: Int
  /// Where the piece begins in the decompressed file (with `--encoding`: in what it was converted to).
  public var byteOffset: Int
  /// Text: UTF-8, checked, without a BOM. JSON Lines: not yet checked, so that the checking runs in parallel.
  public var bytes: [UInt8]
  public var isLast: Bool

  public init(firstRecord: Int, byteOffset: Int, bytes: [UInt8], isLast: Bool) {
    self.firstRecord = firstRecord
    self.byteOffset = byteOffset
    self.bytes = bytes
    self.isLast = isLast
  }
}

/// What is known of a file that has been read.
public struct InputSummary: Sendable {
  /// The file's own bytes, as packed.
  public var byteCount: Int
  /// SHA-256 of the file's own bytes.
  public var digest: Digest
  /// `UTF-8`, or the MIME or IANA name of what `--encoding` named.
  public var encoding: String
  /// Whether a byte order mark was taken off.
  public var hasBOM: Bool
}

/// Reads a file once, front to back: decompressed, in UTF-8, without its BOM, in pieces. Memory is flat for JSON Lines,
/// but for one line.
public struct InputReader: ~Copyable {
  /// Bytes a piece of JSON Lines has, more or less; a longer line stands alone.
  static let pieceSize = 1 << 20

  let file: InputFile
  private var source: DecompressedFile
  private var converter: Converter?
  private let encodingName: String
  /// Text that is read and not yet given.
  private var buffer: [UInt8] = []
  private var bufferOffset = 0
  private var line = 1
  private var hasBegun = false
  private var hasEnded = false
  private var hasBOM = false

  /// Opens the file.
  ///
  /// - Parameter encoding: a name that ICU knows; nil for UTF-8.
  public init(_ file: InputFile, encoding: String?) throws(Problem) {
    try self.init(file, encoding: encoding, keepsForNext: false)
  }

  /// - Parameter keepsForNext: keeps what is read of standard input, for `putBack()`.
  init(_ file: InputFile, encoding: String?, keepsForNext: Bool) throws(Problem) {
    var name = "UTF-8"
    let converter = try Self.converter(for: encoding, name: &name)
    let source = try DecompressedFile(file, keepsForNext: keepsForNext)
    self.file = file
    self.source = source
    encodingName = name
    self.converter = converter
  }

  /// An empty file is no article; where no article is asked for, it has no piece.
  var mayBeEmpty = false

  /// The file's next piece; nil after the last.
  public mutating func next() throws(Problem) -> InputPiece? {
    if hasEnded { return nil }
    if !hasBegun { try begin() }
    if hasEnded { return nil }
    return file.format == .text ? try wholeText() : try lines()
  }

  /// To be called after `next()` gave nil: digest and count are of what was read.
  public consuming func finish() -> InputSummary {
    InputSummary(
      byteCount: source.raw.byteCount, digest: source.raw.digest(), encoding: encodingName, hasBOM: hasBOM)
  }

  /// Gives what was read of standard input to the next reader.
  mutating func putBack() { source.raw.putBack() }

  // MARK: Pieces

  private mutating func wholeText() throws(Problem) -> InputPiece {
    while try fill() {}
    hasEnded = true
    let valid = Kernels.validPrefix(buffer.span)
    if valid < buffer.count {
      let line = 1 + EncodingCheck.lineEnds(in: buffer.span.extracting(0..<valid))
      let place = Problem.Place(file: file.placeName, line: line, byteOffset: bufferOffset + valid)
      throw EncodingCheck.notUTF8(buffer.span.extracting(droppingFirst: valid), at: place)
    }
    let piece = InputPiece(firstRecord: 0, byteOffset: bufferOffset, bytes: buffer, isLast: true)
    buffer = []
    return piece
  }

  private mutating func lines() throws(Problem) -> InputPiece? {
    var isOpen = true
    while isOpen && buffer.count < Self.pieceSize { isOpen = try fill() }
    var cut = isOpen ? Self.endOfLastLine(in: buffer.span) : buffer.count
    while isOpen && cut == 0 {
      // One line longer than a piece: it stands alone, so that at most one is held whole.
      let searched = buffer.count
      isOpen = try fill()
      let end = EncodingCheck.lineEnd(in: buffer.span, from: searched)
      cut = end < buffer.count ? end + 1 : isOpen ? 0 : buffer.count
    }
    var piece = InputPiece(firstRecord: line, byteOffset: bufferOffset, bytes: buffer, isLast: false)
    if cut < buffer.count {
      buffer = buffer.span.extracting(droppingFirst: cut).copied()
      piece.bytes.removeLast(piece.bytes.count - cut)
    } else {
      buffer = []
    }
    bufferOffset += cut
    line += EncodingCheck.lineEnds(in: piece.bytes.span)
    while isOpen && buffer.isEmpty { isOpen = try fill() }
    hasEnded = !isOpen && buffer.isEmpty
    piece.isLast = hasEnded
    return piece
  }

  /// The offset after the last LF; 0 where there is none.
  private static func endOfLastLine(in bytes: Span<UInt8>) -> Int {
    var end = bytes.count
    while end > 0 && bytes[end - 1] != 0x0A { end -= 1 }
    return end
  }

  // MARK: Filling

  /// Looks at the first bytes: what they are packed in, and the byte order mark.
  private mutating func begin() throws(Problem) {
    hasBegun = true
    try source.fill(atLeast: 4)
    let first = source.block.extracting(first: 4).copied()
    let hasUTF16Mark =
      first.count >= 2 && (first[0] == 0xFF && first[1] == 0xFE || first[0] == 0xFE && first[1] == 0xFF)
    let hasUTF32Mark = first.count >= 4 && first[0] == 0 && first[1] == 0 && first[2] == 0xFE && first[3] == 0xFF
    if converter != nil {
      // These two converters take the mark off themselves; all others give it as U+FEFF.
      let takesMark = encodingName.utf8.elementsEqual("UTF-16".utf8) || encodingName.utf8.elementsEqual("UTF-32".utf8)
      hasBOM = takesMark && (hasUTF16Mark || hasUTF32Mark)
    } else if let problem = EncodingCheck.otherFormat(first, of: file) {
      throw problem
    }
    while try fill(), buffer.count < 3 {}
    if !hasBOM, buffer.starts(with: [0xEF, 0xBB, 0xBF]) {
      hasBOM = true
      buffer.removeFirst(3)
      bufferOffset = 3
    }
    while buffer.isEmpty {
      if try fill() { continue }
      if mayBeEmpty {
        hasEnded = true
        return
      }
      throw Problem(
        "the file is empty", at: .init(file: file.placeName), expected: "at least one character",
        advice: "Take it out, or build the rest with --skip-bad.")
    }
  }

  /// Appends the next text to the buffer; false at the end.
  private mutating func fill() throws(Problem) -> Bool {
    try source.fill(atLeast: 1)
    let count = source.block.count
    let isLast = count == 0
    if converter == nil {
      unsafe source.block.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
    } else {
      do { try converter?.convert(source.block, isLast: isLast, to: &buffer) } catch {
        throw EncodingCheck.unmappable(error.bytes, encoding: encodingName, byteOffset: error.byteOffset, of: file)
      }
    }
    source.use(count)
    return !isLast
  }

  /// None for UTF-8: our own check of it is the stricter and the faster one.
  private static func converter(for encoding: String?, name: inout String) throws(Problem) -> Converter? {
    guard let encoding else { return nil }
    guard let converter = Converter(encoding) else {
      throw .usage(
        "--encoding \(encoding): ICU knows no encoding of that name",
        expected: "a name such as windows-1252, ISO-8859-15, UTF-16 or Shift_JIS")
    }
    name = converter.name
    if name.utf8.elementsEqual("UTF-8".utf8) { return nil }
    return converter
  }
}
