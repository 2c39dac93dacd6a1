/// The lines of one shard, one after another: only the line at hand is in memory.
struct ShardReader: ~Copyable {
  private var file: UnpackedFile
  private var buffer: [UInt8]
  private var filled = 0
  private var lineStart = 0
  private var lineEnd = 0
  private var searched = 0
  private var bufferOffset = 0
  private var atEnd = false
  private var pieces = PieceRule()

  /// Of the line at hand, from 1; 0 before the first.
  private(set) var lineNumber = 0
  /// Whether the line at hand ends with LF: only a cut shard's last one does not.
  private(set) var lineIsWhole = true

  /// - Parameter isHashed: whether the file's digest is wanted.
  /// - Throws: where the file can't be opened.
  init(path: String, format: CompressionFormat, isHashed: Bool = true) throws(Problem) {
    file = try UnpackedFile(path: path, format: format, isHashed: isHashed)
    buffer = [UInt8](repeating: 0, count: UnpackedFile.blockSize * 2)
  }

  /// An uncompressed shard from some byte on: its first line may be the rest of one.
  init(path: String, uncompressedFrom byteOffset: Int) throws(Problem) {
    file = try UnpackedFile(path: path, format: .none, from: byteOffset)
    buffer = [UInt8](repeating: 0, count: UnpackedFile.blockSize)
    bufferOffset = byteOffset
  }

  /// A shard that is not there, as if it had no line.
  init(absent path: String) {
    file = UnpackedFile(absent: path)
    buffer = [0]
  }

  /// The line at hand, without its LF.
  var line: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get { buffer.span.extracting(lineStart..<lineEnd) }
  }

  /// The line at hand with its LF, where it has one.
  var lineWithEnd: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get { buffer.span.extracting(lineStart..<lineEnd + (lineIsWhole ? 1 : 0)) }
  }

  /// Of the line's first byte, in the uncompressed shard.
  var byteOffset: Int { bufferOffset + lineStart }

  /// Of the byte behind the line at hand and its LF.
  var nextByteOffset: Int { lineNumber == 0 ? bufferOffset : bufferOffset + lineEnd + (lineIsWhole ? 1 : 0) }

  /// Goes to the next line; false at the end.
  mutating func next() throws(UnpackFailure) -> Bool {
    lineStart = lineNumber == 0 ? 0 : lineEnd + (lineIsWhole ? 1 : 0)
    searched = lineStart
    while true {
      if let end = Kernels.find(0x0A, in: buffer.span, from: searched, to: filled) {
        lineEnd = end
        lineIsWhole = true
        break
      }
      searched = filled
      if atEnd {
        lineEnd = filled
        lineIsWhole = false
        if lineStart == filled { return false }
        break
      }
      try fill()
    }
    lineNumber += 1
    pieces.lineEnds(at: bufferOffset + lineEnd + (lineIsWhole ? 1 : 0))
    return true
  }

  private mutating func fill() throws(UnpackFailure) {
    if lineStart > 0 && filled == buffer.count {
      let kept = lineStart..<filled
      for (to, from) in kept.enumerated() { buffer[to] = buffer[from] }
      bufferOffset += lineStart
      filled -= lineStart
      searched -= lineStart
      lineStart = 0
    }
    if filled == buffer.count { buffer += [UInt8](repeating: 0, count: buffer.count) }
    let count = try file.read(into: &buffer, at: filled)
    filled += count
    atEnd = count == 0
  }

  /// What is known of a shard when its lines were read.
  struct Summary: Sendable {
    var file: OutputFile.Summary
    var contentByteCount: Int
    /// The content's offset at which it is cut into gzip members or zstd frames otherwise than kalimat does.
    var wrongPiece: Int?
  }

  /// Reads what is left of the file.
  consuming func finish() throws(Problem) -> Summary {
    let contentByteCount = bufferOffset + filled
    let wrongPiece =
      atEnd && !file.pieceEnds.isEmpty
      ? pieces.firstDifference(from: file.pieceEnds, contentByteCount: contentByteCount) : nil
    return Summary(file: try file.finish(), contentByteCount: contentByteCount, wrongPiece: wrongPiece)
  }
}

/// Where gzip members and zstd frames end: with the first LF that makes 1,048,576 bytes or more of their own content
/// (docs/FORMAT.md, "Determinism").
private struct PieceRule {
  private var start = 0
  private var ends: [Int] = []

  mutating func lineEnds(at offset: Int) {
    if offset - start >= 1 << 20 {
      ends.append(offset)
      start = offset
    }
  }

  func firstDifference(from found: [Int], contentByteCount: Int) -> Int? {
    let wanted = contentByteCount > start || ends.isEmpty ? ends + [contentByteCount] : ends
    if wanted == found { return nil }
    return zip(wanted, found).first { $0 != $1 }?.1 ?? found.last
  }
}
