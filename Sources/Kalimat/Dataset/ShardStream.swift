/// One shard as the manifest lists it.
public struct ShardFacts: Sendable, Equatable {
  public var path: String
  public var kind: RecordKind
  public var split: String
  public var index: Int
  public var of: Int
  public var records = 0
  public var documents = 0
  public var firstDocument = ""
  public var lastDocument = ""
  /// Of the file. The digest of one that is not compressed is made with that of its records, before it is written.
  public var bytes = 0
  public var sha256 = ""
  /// Of its uncompressed records.
  public var contentBytes = 0
}

extension ShardFacts {
  /// Whether its path is the one of its place, without an attempt's name.
  func hasPlainName(_ compression: CompressionFormat) -> Bool {
    path.utf8.elementsEqual(kind.path(split: split, shard: index, of: of, compression).utf8)
  }
}

/// Which shards are written, and what they are called.
struct ShardNames: Sendable {
  /// Shards that the dataset has of each kind and split.
  let count: Int
  let compression: CompressionFormat
  /// Those that are written here.
  let range: Range<Int>
  /// Empty where nobody else writes the same shards.
  let attempt: String

  /// All of a dataset.
  init(count: Int, compression: CompressionFormat) {
    self.init(count: count, compression: compression, range: 0..<count, attempt: "")
  }

  init(count: Int, compression: CompressionFormat, range: Range<Int>, attempt: String) {
    self.count = count
    self.compression = compression
    self.range = range
    self.attempt = attempt
  }

  func emptyFacts(_ kind: RecordKind, _ split: String, _ index: Int) -> ShardFacts {
    ShardFacts(
      path: kind.path(split: split, shard: index, of: count, compression, attempt: attempt), kind: kind, split: split,
      index: index, of: count)
  }
}

/// Bytes that nobody changes any more: that is why it may say that it is Sendable.
@safe final class FilledBuffer: @unchecked Sendable {
  let bytes: ByteBuffer
  init(_ bytes: consuming ByteBuffer) { self.bytes = bytes }

  /// They as a gzip member or a zstd frame.
  func packed(by compressor: Compressor) throws(Problem) -> [UInt8] {
    try bytes.show(0..<bytes.count) { (bytes: Span<UInt8>) throws(Problem) in try compressor.pack(bytes) }
  }

  func write(to room: OutputFile.Room) throws(Problem) {
    try bytes.show(0..<bytes.count) { (bytes: Span<UInt8>) throws(Problem) in try room.write(bytes) }
  }

  func add(key: Range<Int>, payload: Range<Int>, to runs: KeyedRuns) throws(Problem) {
    try bytes.show(0..<bytes.count) { (bytes: Span<UInt8>) throws(Problem) in
      try runs.add(key: bytes.extracting(key), payload: bytes.extracting(payload))
    }
  }

  /// A part of them in a buffer of its own.
  func copy(_ range: Range<Int>) -> FilledBuffer {
    var copy = ByteBuffer(capacity: range.count)
    bytes.copy(range, to: &copy)
    return FilledBuffer(copy)
  }
}

/// A piece of a shard on its way to be packed: one gzip member or zstd frame.
struct ShardPiece: Sendable {
  var path: String
  /// nil where a shard ends behind its last piece.
  var bytes: FilledBuffer?
  /// With the shard's last piece.
  var facts: ShardFacts?
}

/// The records of one kind and split, cut into shards, and each shard into pieces.
struct ShardStream: ~Copyable {
  private let kind: RecordKind
  private let split: String
  private let names: ShardNames
  private var hasher: BucketHasher
  private var facts: ShardFacts
  private var pending = ByteBuffer()

  /// A piece ends with the first LF that makes it this long or longer.
  static let pieceLength = 1 << 20

  init(kind: RecordKind, split: String, names: ShardNames) {
    self.kind = kind
    self.split = split
    self.names = names
    hasher = BucketHasher(kind: kind, split: split, hashesShards: names.compression == .none)
    facts = names.emptyFacts(kind, split, names.range.lowerBound)
  }

  /// Adds an article's lines of this kind; whole pieces go to `pieces`.
  mutating func add(
    _ lines: Span<UInt8>, records: Int, document: DocumentID, to pieces: inout [ShardPiece]
  ) {
    let shard = document.shard(of: names.count)
    while facts.index < shard { endShard(to: &pieces) }
    if records == 0 { return }
    hasher.update(lines, bucket: document.bucket)
    pending.append(lines)
    facts.records += records
    facts.documents += 1
    facts.contentBytes += lines.count
    if facts.firstDocument.isEmpty { facts.firstDocument = document.description }
    facts.lastDocument = document.description
    if pending.count >= Self.pieceLength { cutPieces(to: &pieces) }
  }

  private mutating func cutPieces(to pieces: inout [ShardPiece]) {
    // Uncompressed pieces leave no trace: all that there is goes at once, and nothing is copied.
    if names.compression == .none { return pieces.append(ShardPiece(path: facts.path, bytes: takePending())) }
    let all = takePending()
    let count = all.bytes.count
    var start = 0
    while count - start >= Self.pieceLength {
      let end = all.bytes.index(after: 0x0A, from: start + Self.pieceLength - 1)
      pieces.append(ShardPiece(path: facts.path, bytes: all.copy(start..<end)))
      start = end
    }
    all.bytes.copy(start..<count, to: &pending)
  }

  /// What is pending; the next begins with room for a piece.
  private mutating func takePending() -> FilledBuffer {
    var taken = ByteBuffer(capacity: Self.pieceLength + (1 << 16))
    swap(&taken, &pending)
    return FilledBuffer(taken)
  }

  /// Ends the shard at hand; the next one begins.
  private mutating func endShard(to pieces: inout [ShardPiece]) {
    facts.sha256 = hasher.finishShard()?.hex ?? ""
    // A shard without content is one empty piece; one whose content was cut whole needs no more bytes, only its end.
    var rest: FilledBuffer? = nil
    if pending.count > 0 || facts.contentBytes == 0 {
      var taken = ByteBuffer()
      swap(&taken, &pending)
      rest = FilledBuffer(taken)
    }
    pieces.append(ShardPiece(path: facts.path, bytes: rest, facts: facts))
    facts = names.emptyFacts(kind, split, facts.index + 1)
  }

  /// Ends the last shard, and those behind it, which are empty.
  mutating func finish(to pieces: inout [ShardPiece]) -> ContentDigest {
    while facts.index < names.range.upperBound { endShard(to: &pieces) }
    hasher.finishBucket()
    return hasher.digest
  }
}
