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

/// A piece of a shard on its way to be packed: one gzip member or zstd frame.
struct ShardPiece: Sendable {
  var path: String
  var bytes: [UInt8]
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
  private var pending = ByteBuffer(capacity: pieceLength + (1 << 16))

  /// A piece ends with the first LF that makes it this long or longer.
  static let pieceLength = 1 << 20

  init(kind: RecordKind, split: String, names: ShardNames) {
    self.kind = kind
    self.split = split
    self.names = names
    hasher = BucketHasher(kind: kind, split: split, hashesShards: names.compression == .none)
    facts = names.emptyFacts(kind, split, names.range.lowerBound)
  }

  /// Adds an article's lines of this kind, a range of `lines`; whole pieces go to `pieces`.
  mutating func add(
    _ range: Range<Int>, of lines: borrowing ByteBuffer, records: Int, document: DocumentID,
    to pieces: inout [ShardPiece]
  ) {
    let bytes = lines.span
    add(bytes.extracting(range), records: records, document: document, to: &pieces)
  }

  /// The same of lines that stand in a span.
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
    var start = 0
    while pending.count - start >= Self.pieceLength {
      // Uncompressed pieces leave no trace, so nothing is left behind to be moved.
      let end =
        names.compression == .none
        ? pending.count : pending.index(after: 0x0A, from: start + Self.pieceLength - 1)
      pieces.append(ShardPiece(path: facts.path, bytes: pending.copied(start..<end), facts: nil))
      start = end
    }
    pending.removeFirst(start)
  }

  /// Ends the shard at hand; the next one begins.
  private mutating func endShard(to pieces: inout [ShardPiece]) {
    facts.sha256 = hasher.finishShard()?.hex ?? ""
    // A shard without content is one empty piece; one whose content was cut whole needs no more bytes, only its end.
    pieces.append(ShardPiece(path: facts.path, bytes: pending.span.copied(), facts: facts))
    pending.removeAll()
    facts = names.emptyFacts(kind, split, facts.index + 1)
  }

  /// Ends the last shard, and those behind it, which are empty.
  mutating func finish(to pieces: inout [ShardPiece]) -> ContentDigest {
    while facts.index < names.range.upperBound { endShard(to: &pieces) }
    hasher.finishBucket()
    return hasher.digest
  }
}
