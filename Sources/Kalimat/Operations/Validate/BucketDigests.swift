/// The digests that content_sha256 is made of, for one shard: one a bucket, a bucket being the lines whose doc_ids have
/// the same first 12 bits (docs/FORMAT.md, "Determinism").
///
/// Where the number of shards is no power of two, or over 4,096, a bucket may begin in one shard and end in a later one.
/// Its first part leaves its hash open in `Summary.tail`; the parts in later shards are read again behind it.
struct BucketDigests {
  struct Summary: Sendable {
    /// The buckets that begin and end in this shard, in the order of its lines.
    var whole: [(bucket: Int, digest: Digest)] = []
    /// The bucket that may go on in the next shard.
    var tail: (bucket: Int, hash: SHA256)? = nil
    /// The bucket that began in an earlier shard, and how many bytes from the content's start are of it.
    var head: (bucket: Int, byteCount: Int)? = nil
  }

  private let headBucket: Int?
  private let tailBucket: Int?
  private var current: Int? = nil
  private var hash = SHA256()
  private var byteCount = 0
  private var summary = Summary()

  /// - Parameters:
  ///   - index: the shard's; nil where it is not known.
  ///   - count: of shards.
  init(index: Int?, count: Int) {
    headBucket = index.flatMap { Self.sharedBucket(before: $0, of: count) }
    tailBucket = index.flatMap { Self.sharedBucket(before: $0 + 1, of: count) }
  }

  /// The bucket that both shard `index` and the one before it have a part of; nil where the bucket ends between them.
  private static func sharedBucket(before index: Int, of count: Int) -> Int? {
    guard index > 0, index < count else { return nil }
    let firstBits = (index << 20 + count - 1) / count
    return firstBits & 0xFF == 0 ? nil : firstBits >> 8
  }

  /// Takes a line with its LF. Without a bucket it goes where the line before it went.
  mutating func append(_ line: Span<UInt8>, bucket: Int? = nil) {
    if let bucket, bucket != current {
      close()
      current = bucket
    }
    byteCount += line.count
    if current == headBucket && headBucket != nil && summary.whole.isEmpty {
      summary.head = (current ?? 0, byteCount)
    } else {
      hash.update(line)
    }
  }

  private mutating func close() {
    guard let bucket = current else { return }
    if bucket == headBucket && summary.whole.isEmpty { return }
    summary.whole.append((bucket, hash.finish()))
  }

  consuming func finish() -> Summary {
    if let bucket = current, bucket == tailBucket {
      if bucket != headBucket { summary.tail = (bucket, hash) }
    } else {
      close()
    }
    return summary
  }
}
