/// A file's bytes, unpacked: gzip (RFC 1952) of any number of members, zstd (RFC 8878) of any number of frames.
@safe struct DecompressedFile: ~Copyable {
  var raw: RawFile
  private let compression: CompressionFormat
  private let placeName: String
  private var inflater: Inflater?
  private var decoder: FrameDecoder?
  // Unsafe: one block for all that is unpacked; only `block` shows it.
  private let base: UnsafeMutablePointer<UInt8>
  private var start = 0
  private var end = 0
  /// Whether a member or frame has begun and not ended.
  private var isInside = false
  private var hasEndedOne = false

  init(_ file: InputFile, keepsForNext: Bool) throws(Problem) {
    raw = try RawFile(file, keepsForNext: keepsForNext)
    compression = file.compression
    placeName = file.placeName
    inflater = compression == .gz ? Inflater() : nil
    decoder = compression == .zst ? FrameDecoder() : nil
    unsafe base = UnsafeMutablePointer<UInt8>.allocate(capacity: RawFile.blockSize)
  }

  deinit { unsafe base.deallocate() }

  /// The bytes that were unpacked and not yet used.
  var block: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get {
      if compression == .none { return raw.block }
      let span = unsafe Span(_unsafeStart: base + start, count: end - start)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  mutating func use(_ count: Int) {
    if compression == .none { raw.use(count) } else { start += count }
  }

  /// Unpacks until the block holds `wanted` bytes (few: at most a block's size), or all that is left.
  mutating func fill(atLeast wanted: Int) throws(Problem) {
    if compression == .none { return try raw.fill(atLeast: wanted) }
    if end - start >= wanted { return }
    if start > 0 {
      unsafe base.update(from: base + start, count: end - start)
      end -= start
      start = 0
    }
    while end < wanted {
      if !isInside {
        try raw.fill(atLeast: 4)
        if raw.block.isEmpty && hasEndedOne { return }
        try checkMagic()
        isInside = true
      }
      try step()
    }
  }

  /// One call of the decompressor.
  private mutating func step() throws(Problem) {
    try raw.fill(atLeast: 1)
    let room = unsafe UnsafeMutableBufferPointer(start: base + end, count: RawFile.blockSize - end)
    let progress =
      unsafe compression == .gz
      ? inflater?.inflate(raw.block, into: room) : decoder?.decode(raw.block, into: room)
    guard let progress else { throw Problem("no memory to decompress", at: .init(file: placeName)) }
    let isStuck = progress.consumed == 0 && progress.produced == 0 && progress.status == 0
    raw.use(progress.consumed)
    end += progress.produced
    if progress.status < 0 { throw broken() }
    if progress.status == 1 {
      isInside = false
      hasEndedOne = true
    } else if isStuck && raw.block.isEmpty {
      throw Problem(
        "the \(unit.whole) is cut: the file ends inside it, at byte \(raw.blockOffset) of the file",
        at: .init(file: placeName), expected: "\(unit.whole) to its end", advice: Self.advice)
    } else if isStuck {
      throw broken()
    }
  }

  private var unit: (whole: String, name: String) {
    compression == .gz ? ("gzip member", "gzip") : ("zstd frame", "zstd")
  }
  private static let advice = "Get the file anew, or build the rest with --skip-bad."

  private func broken() -> Problem {
    Problem(
      "the \(unit.name) data is broken, at or before byte \(raw.blockOffset) of the file", at: .init(file: placeName),
      expected: unit.name == "gzip" ? "gzip (RFC 1952)" : "zstd (RFC 8878), with windows of at most 128 MiB",
      advice: Self.advice)
  }

  /// Throws where no member or frame begins here.
  private func checkMagic() throws(Problem) {
    let bytes = raw.block
    let begins: Bool
    if compression == .gz {
      begins = bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
    } else {
      let magic = bytes.count < 4 ? 0 : (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[$1]) << UInt32(8 * $1) }
      // A frame, or one that is to be skipped (RFC 8878, sections 3.1.1 and 3.1.2).
      begins = magic == 0xFD2F_B528 || magic & 0xFFFF_FFF0 == 0x184D_2A50
    }
    if begins { return }
    if hasEndedOne {
      throw Problem(
        "garbage after the last \(unit.whole), from byte \(raw.blockOffset) of the file", at: .init(file: placeName),
        expected: "the end of the file, or another \(unit.whole)", advice: Self.advice)
    }
    throw Problem(
      bytes.isEmpty ? "the file is empty" : "the file is not \(unit.name)", at: .init(file: placeName),
      expected: "\(unit.name), because of its name's ending",
      advice: bytes.isEmpty ? Self.advice : "If it is not compressed, take .\(compression.rawValue) off its name.")
  }
}
