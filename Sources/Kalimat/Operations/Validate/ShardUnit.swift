/// The shards of one number, of all splits and kinds: the unit in which validation runs in parallel. All documents with
/// one doc_id, and all sentences whose IDs could collide, are in one unit.
struct ShardUnit: Sendable {
  let folder: String
  let index: Int
  let count: Int
  let splits: [Split]
  let rules: RecordRules
  let levels: Set<ValidationLevel>
  let limit: Int

  struct Split: Sendable {
    let name: String
    let compression: CompressionFormat
    /// Those that the manifest lists.
    let kinds: Set<RecordKind>
    /// Those that are listed and not there.
    var missing: Set<RecordKind>
    /// What the manifest calls the unit's shards.
    var paths: [RecordKind: String] = [:]

    func file(_ kind: RecordKind, _ index: Int, of count: Int) -> ShardFile {
      var file = ShardFile(kind: kind, split: name, index: index, count: count, compression: compression)
      if let path = paths[kind] { file.path = path }
      return file
    }
  }

  struct Result: Sendable {
    var index: Int
    var log: FindingLog
    var splits: [(name: String, summary: SplitShards.Summary)] = []
    /// What kept it from looking.
    var problem: Problem? = nil
  }

  /// A walk is not copyable, and an array holds what can be copied.
  private final class Walk {
    var shards: SplitShards
    init(_ shards: consuming SplitShards) { self.shards = shards }
  }

  /// Looks at all of its lines.
  func run() -> Result {
    var result = Result(index: index, log: FindingLog(levels: levels, limit: limit))
    do throws(Problem) { try walk(&result) } catch { result.problem = error }
    return result
  }

  private func walk(_ result: inout Result) throws(Problem) {
    let canProve = levels.contains(.records) || levels.contains(.recompute)
    var walks: [Walk] = []
    for split in splits {
      walks.append(
        Walk(
          try SplitShards(
            documents: try cursor(.documents, split), data: try cursor(.data, split),
            rejected: try cursor(.rejected, split), canProve: canProve && split.missing.isEmpty, &result.log)))
    }
    try proveArticles(walks, &result.log)
    for (split, walk) in zip(splits, walks) {
      result.splits.append((split.name, try walk.shards.finish(&result.log)))
    }
  }

  private func cursor(_ kind: RecordKind, _ split: Split) throws(Problem) -> ShardCursor {
    let file = split.file(kind, index, of: count)
    guard split.kinds.contains(kind), !split.missing.contains(kind) else {
      return ShardCursor(absent: file, rules: rules)
    }
    return try ShardCursor(file, at: "\(folder)/\(file.path)", rules: rules)
  }

  /// Goes through the articles of all splits in the order of their doc_ids, so that equal ones meet.
  private func proveArticles(_ walks: [Walk], _ log: inout FindingLog) throws(Problem) {
    var ids = SeenIDs(unit: self)
    var previous: PackedID? = nil
    while true {
      var lowest: (id: PackedID, split: Int)? = nil
      for (i, walk) in walks.enumerated() {
        guard let next = walk.shards.next else { continue }
        if lowest.map({ next < $0.id }) ?? true { lowest = (next, i) }
      }
      guard let (id, split) = lowest else { break }
      let walk = walks[split]
      if id == previous, split != ids.lastSplit {
        log.add(
          .oneSplit, walk.shards.nextPlace, "an article that the split \(splits[ids.lastSplit].name) has too",
          expected: "each doc_id in one split")
      }
      previous = id
      if id.shardBits != ids.shardBits { ids.check(&log) }
      ids.shardBits = id.shardBits
      ids.add(try walk.shards.proveNext(&log), split: split)
    }
    ids.check(&log)
  }
}

/// The sentence IDs of the articles that could share one: those whose doc_ids begin with the same four digits.
private struct SeenIDs {
  let unit: ShardUnit
  var shardBits = -1
  private(set) var lastSplit = 0
  private var seen: [(seen: IdentityProof.SeenID, split: Int)] = []

  init(unit: ShardUnit) { self.unit = unit }

  mutating func add(_ ids: [IdentityProof.SeenID], split: Int) {
    lastSplit = split
    for id in ids { seen.append((id, split)) }
  }

  /// Reports those that stand twice, and forgets all.
  mutating func check(_ log: inout FindingLog) {
    if seen.count > 1 {
      seen.sort { ($0.seen.id, $0.seen.mark.line) < ($1.seen.id, $1.seen.mark.line) }
      for i in 1..<seen.count where seen[i].seen.id == seen[i - 1].seen.id { report(seen[i], seen[i - 1], &log) }
    }
    seen.removeAll(keepingCapacity: seen.count < 1 << 16)
  }

  private func report(
    _ second: (seen: IdentityProof.SeenID, split: Int), _ first: (seen: IdentityProof.SeenID, split: Int),
    _ log: inout FindingLog
  ) {
    func place(_ record: (seen: IdentityProof.SeenID, split: Int)) -> Problem.Place {
      let file = unit.splits[record.split].file(record.seen.kind, unit.index, of: unit.count)
      return Problem.Place(file: file.path, line: record.seen.mark.line, byteOffset: record.seen.mark.byteOffset)
    }
    log.add(.unique, place(second), "an id that \(place(first)) has too", expected: "each id once")
  }
}
