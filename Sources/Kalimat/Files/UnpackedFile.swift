internal import CZlib
internal import CZstd

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Why a file's content ends early.
enum UnpackFailure: Error {
  /// The system would not give its bytes.
  case unreadable(Problem)
  /// Its bytes are no gzip members or zstd frames, or the last one is cut.
  case broken(Broken)

  struct Broken {
    /// Where in the file the piece that is broken, or what is no piece, begins to be unreadable.
    var fileOffset: Int
    /// A noun phrase.
    var found: String
    var expected: String
  }
}

/// A file read block by block, decompressed, with the SHA-256 of what stands on the disk.
///
/// Unsafe inside, because read(2) and the decompressors take pointers: none of them outlives its call.
@safe struct UnpackedFile: ~Copyable {
  let path: String
  private let format: CompressionFormat
  private let descriptor: Int32
  private let isHashed: Bool
  private let inflater: OpaquePointer?
  private let decoder: OpaquePointer?
  private var packed: [UInt8] = []
  private var packedStart = 0
  private var packedEnd = 0
  private var hash = SHA256()
  private var isInsidePiece = false
  private var contentCount = 0
  /// Bytes of the file that were read.
  private(set) var fileByteCount = 0
  /// The content's offset after each gzip member or zstd frame.
  private(set) var pieceEnds: [Int] = []

  static let blockSize = 1 << 18

  /// A file that is not there, as if it were empty.
  init(absent path: String) {
    self.path = path
    format = .none
    isHashed = false
    unsafe inflater = nil
    unsafe decoder = nil
    descriptor = -1
  }

  /// - Parameters:
  ///   - start: the byte to begin at, of an uncompressed file; its digest then is of the rest.
  ///   - isHashed: whether the digest is wanted; without, `finish` has that of nothing.
  init(path: String, format: CompressionFormat, from start: Int = 0, isHashed: Bool = true) throws(Problem) {
    self.path = path
    self.isHashed = isHashed
    self.format = format
    unsafe inflater = format == .gz ? kz_inflater_open() : nil
    unsafe decoder = format == .zst ? kzstd_decoder_open() : nil
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw FileSystem.problem("cannot open", path) }
    if start > 0, lseek(descriptor, off_t(start), Int32(SEEK_SET)) < 0 {
      throw FileSystem.problem("cannot seek in", path)
    }
    if format != .none {
      packed = [UInt8](repeating: 0, count: Self.blockSize)
      guard unsafe inflater != nil || decoder != nil else { throw Problem("too little memory to decompress \(path)") }
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if let inflater = unsafe inflater { unsafe kz_inflater_close(inflater) }
    if let decoder = unsafe decoder { unsafe kzstd_decoder_close(decoder) }
  }

  /// Writes content to `out` from `offset` on, at most to its end, and returns how many bytes; 0 at the content's end.
  mutating func read(into out: inout [UInt8], at offset: Int) throws(UnpackFailure) -> Int {
    if format == .none { return try readBlock(into: &out, at: offset) }
    while true {
      if packedStart == packedEnd {
        packedStart = 0
        var block: [UInt8] = []
        swap(&block, &packed)
        defer { swap(&block, &packed) }
        packedEnd = try readBlock(into: &block, at: 0)
      }
      if packedEnd == 0 {
        guard !isInsidePiece, fileByteCount > 0 else {
          throw .broken(.init(fileOffset: fileByteCount, found: "the file's end", expected: "the rest of \(pieceName)"))
        }
        return 0
      }
      let produced = try unpack(into: &out, at: offset)
      if produced > 0 { return produced }
    }
  }

  private var pieceName: String { format == .gz ? "a gzip member" : "a zstd frame" }

  private mutating func unpack(into out: inout [UInt8], at offset: Int) throws(UnpackFailure) -> Int {
    var consumed = 0
    var produced = 0
    let from = packedStart
    let to = packedEnd
    let status = unsafe packed.withUnsafeBufferPointer { input -> Int32 in
      unsafe out.withUnsafeMutableBufferPointer { output -> Int32 in
        guard let source = input.baseAddress, let target = output.baseAddress else { return -1 }
        if let inflater = unsafe inflater {
          return unsafe kz_inflate(
            inflater, source + from, to - from, target + offset, output.count - offset, &consumed, &produced)
        }
        return unsafe kzstd_decode(
          decoder, source + from, to - from, target + offset, output.count - offset, &consumed, &produced)
      }
    }
    packedStart += consumed
    contentCount += produced
    isInsidePiece = status != 1
    if status == 1 { pieceEnds.append(contentCount) }
    if status < 0 {
      let place = fileByteCount - packedEnd + packedStart
      throw .broken(
        .init(fileOffset: place, found: "bytes that are no \(format == .gz ? "gzip" : "zstd")", expected: pieceName))
    }
    return produced
  }

  private mutating func readBlock(into block: inout [UInt8], at offset: Int) throws(UnpackFailure) -> Int {
    if descriptor < 0 { return 0 }
    while true {
      let count = unsafe block.withUnsafeMutableBufferPointer { buffer -> Int in
        guard let base = buffer.baseAddress else { return 0 }
        return unsafe Glibc.read(descriptor, base + offset, buffer.count - offset)
      }
      if count < 0 && errno == EINTR {
        do { try Interruption.check() } catch { throw .unreadable(error) }
        continue
      }
      guard count >= 0 else { throw .unreadable(FileSystem.problem("cannot read", path)) }
      if isHashed { hash.update(block.span.extracting(offset..<offset + count)) }
      fileByteCount += count
      return count
    }
  }

  /// Reads what is left and tells the whole file's size and digest.
  consuming func finish() throws(Problem) -> OutputFile.Summary {
    do {
      var block = [UInt8](repeating: 0, count: Self.blockSize)
      while try readBlock(into: &block, at: 0) > 0 {}
    } catch {
      if case .unreadable(let problem) = error { throw problem }
    }
    return OutputFile.Summary(byteCount: fileByteCount, digest: hash.finish())
  }
}
