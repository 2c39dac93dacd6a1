/// The digest of a dataset's content (docs/FORMAT.md, "Determinism"): over the sorted lines `KIND/SPLIT BBB SHA256`, so it can
/// be computed in parallel and put together from parts.
struct ContentDigest: Sendable {
  private var lines: [[UInt8]] = []

  /// Adds a bucket: the uncompressed records of one kind and split whose doc_ids have those first 12 bits.
  mutating func add(kind: RecordKind, split: String, bucket: Int, digest: Digest) {
    let hex = String(bucket + 0x1000, radix: 16).dropFirst()
    lines.append(Array("\(kind.rawValue)/\(split) \(hex) \(digest.hex)\n".utf8))
  }

  mutating func add(_ other: ContentDigest) { lines += other.lines }

  /// The lines without their LF, as they go from process to process.
  var texts: [[UInt8]] { lines.map { Array($0.dropLast()) } }

  init() {}

  init(texts: [[UInt8]]) { lines = texts.map { $0 + [0x0A] } }

  /// content_sha256.
  func value() -> Digest {
    var hash = SHA256()
    for line in lines.sorted(by: { $0.lexicographicallyPrecedes($1) }) { hash.update(line) }
    return hash.finish()
  }
}

/// Hashes one kind and split's records bucket by bucket, as they come in order; and, side by side, each shard as a whole:
/// that is its file, where it is not compressed.
struct BucketHasher {
  let kind: RecordKind
  let split: String
  private let hashesShards: Bool
  private var hash = SHA256()
  private var pair = PairedSHA256()
  private var bucket: Int? = nil
  private(set) var digest = ContentDigest()

  init(kind: RecordKind, split: String, hashesShards: Bool = false) {
    self.kind = kind
    self.split = split
    self.hashesShards = hashesShards
  }

  mutating func update(_ lines: Span<UInt8>, bucket next: Int) {
    if lines.isEmpty { return }
    if bucket != next { finishBucket() }
    bucket = next
    if hashesShards { pair.update(lines) } else { hash.update(lines) }
  }

  /// Ends the last bucket.
  mutating func finishBucket() {
    if let bucket {
      digest.add(
        kind: kind, split: split, bucket: bucket, digest: hashesShards ? pair.finishFirst() : hash.finish())
    }
    bucket = nil
  }

  /// The digest of all lines since the shard began; the next one begins. nil where shards are not hashed.
  mutating func finishShard() -> Digest? { hashesShards ? pair.finishSecond() : nil }
}
