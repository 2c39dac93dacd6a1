/// How the shards of a dataset are shared out to processes that write them apart: each writes a part.
///
/// A part is a shard; with more than 4,096 shards it is as many neighbours as make 4,096 parts: content_sha256 is made of
/// 4,096 buckets (docs/FORMAT.md, "Determinism"), and a bucket is hashed by one process.
public struct PartPlan: Sendable, Equatable {
  /// Shards of each kind and split.
  public let shards: Int
  /// Parts.
  public let count: Int

  /// - Throws: where the number is none, or no power of two: then buckets would be cut by shards.
  public init(shards: Int?) throws(Problem) {
    guard let shards, shards > 0, shards <= 1 << 16, shards & (shards - 1) == 0 else {
      throw .usage(
        shards.map { "--shards is \($0)" } ?? "no --shards", expected: "a power of two from 1 to 65536",
        advice: "Parts are written apart, so their number must be known, and no bucket of content_sha256 be cut.")
    }
    self.shards = shards
    count = min(shards, 4096)
  }

  /// The part that an article's lines stand in.
  public func part(of id: DocumentID) -> Int { id.shard(of: count) }

  /// The shards of a part.
  func shards(of part: Int) -> Range<Int> {
    let each = shards / count
    return part * each..<(part + 1) * each
  }

  /// Refuses a part that is none of these.
  func check(_ part: Int) throws(Problem) {
    if (0..<count).contains(part) { return }
    throw .usage("--part is \(part)", expected: "a number from 0 to \(count - 1): \(shards) shards make \(count) parts")
  }
}

/// What an attempt is called, so that no two write the same file.
enum Attempt {
  static func check(_ name: String) throws(Problem) {
    if RecordKind.isAttempt(name) { return }
    throw .usage("--attempt is \"\(name)\"", expected: "1 to 64 of a-z, 0-9 and -, another for each attempt")
  }
}
