/// What a dataset holds, counted from its records.
public struct DatasetStatistics: Sendable {
  /// What a part of the dataset comes to.
  public struct Counts: Sendable, Equatable {
    public var documents = 0
    public var sentences = 0
    public var rejected = 0
    /// Code points of the sentences' texts.
    public var characters = 0
  }

  public var whole = Counts()
  public var byLanguage: [String: Counts] = [:]
  public var bySplit: [String: Counts] = [:]
  /// Sentences of data/ by their kind.
  public var byKind: [String: Int] = [:]
  /// Rejected records by their reason; with `--leftovers mark`, the marked ones of data/ too.
  public var byReason: [String: Int] = [:]
  /// Sentences whose text has at least so many code points, and fewer than the next bin's.
  public var lengths: [(from: Int, count: Int)] = [1, 10, 20, 40, 80, 160, 320, 640].map { ($0, 0) }
  public var longest = 0
  public var census = TextCensus.Result()
}

/// Counts a dataset.
public struct CountStatistics: Sendable {
  public let dataset: DatasetFolder
  public let jobs: Int

  public init(_ dataset: DatasetFolder, jobs: Int = Processors.count) {
    self.dataset = dataset
    self.jobs = jobs
  }

  /// - Parameter progress: shards read, of how many.
  public func run(progress: (Int, Int) -> Void = { _, _ in }) throws(Problem) -> DatasetStatistics {
    var statistics = DatasetStatistics()
    let folder = dataset
    let shards = RecordKind.allCases.flatMap { folder.shards(of: $0) }
    var next = 0
    var done = 0
    try OrderedMap.run(
      jobs: min(jobs, shards.count),
      next: { () throws(Problem) -> ShardFile? in
        guard next < shards.count else { return nil }
        next += 1
        return shards[next - 1]
      },
      worker: { { (shard: ShardFile) in ShardCount.result(of: shard, in: folder) } },
      consume: { (result: Result<ShardCount, Problem>) throws(Problem) in
        statistics.add(try result.get())
        done += 1
        progress(done, shards.count)
      })
    statistics.census = try TextCensus(dataset).run()
    return statistics
  }
}

/// What one shard holds.
private struct ShardCount: Sendable {
  let file: ShardFile
  var byLanguage: [[UInt8]: DatasetStatistics.Counts] = [:]
  var byKind: [[UInt8]: Int] = [:]
  var byReason: [[UInt8]: Int] = [:]
  var lengths = [Int](repeating: 0, count: 8)
  var longest = 0

  static func result(of file: ShardFile, in dataset: DatasetFolder) -> Result<ShardCount, Problem> {
    var count = ShardCount(file: file)
    do throws(Problem) {
      var scan = try ShardScan(file, in: dataset)
      while try scan.next() { count.add(scan, hasReason: file.kind == .rejected || dataset.rules.dataHasReason) }
    } catch { return .failure(error) }
    return .success(count)
  }

  private mutating func add(_ scan: borrowing ShardScan, hasReason: Bool) {
    if file.kind == .documents {
      byLanguage[scan.escaped(RecordShape.Document.lang), default: .init()].documents += 1
      return
    }
    typealias Key = RecordShape.Sentence
    let language = scan.escaped(Key.lang)
    if hasReason {
      let reason = scan.escaped(scan.parser.slots.count - 1)
      if !reason.isEmpty { byReason[reason, default: 0] += 1 }
    }
    if file.kind == .rejected {
      byLanguage[language, default: .init()].rejected += 1
      return
    }
    var text = ByteBuffer()
    scan.append(Key.text, to: &text)
    let length = Kernels.characterCount(text.span)
    byLanguage[language, default: .init()].sentences += 1
    byLanguage[language, default: .init()].characters += length
    byKind[scan.escaped(Key.kind), default: 0] += 1
    let bin = length < 10 ? 0 : min(7, 1 + (Int.bitWidth - 1 - (length / 10).leadingZeroBitCount))
    lengths[bin] += 1
    longest = max(longest, length)
  }
}

extension DatasetStatistics.Counts {
  static func += (a: inout Self, b: Self) {
    a.documents += b.documents
    a.sentences += b.sentences
    a.rejected += b.rejected
    a.characters += b.characters
  }
}

extension DatasetStatistics {
  fileprivate mutating func add(_ shard: ShardCount) {
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    for (language, counts) in shard.byLanguage {
      byLanguage[text(language), default: .init()] += counts
      bySplit[shard.file.split, default: .init()] += counts
      whole += counts
    }
    for (kind, count) in shard.byKind { byKind[text(kind), default: 0] += count }
    for (reason, count) in shard.byReason { byReason[text(reason), default: 0] += count }
    for i in lengths.indices { lengths[i].count += shard.lengths[i] }
    longest = max(longest, shard.longest)
  }

  /// One object: what `stats --json` prints.
  public var json: JSONValue {
    func counts(_ counts: Counts) -> JSONValue {
      .members([
        ("documents", .int(counts.documents)), ("sentences", .int(counts.sentences)),
        ("rejected", .int(counts.rejected)),
        ("characters", .int(counts.characters)),
      ])
    }
    func sorted<Value>(_ table: [String: Value], _ json: (Value) -> JSONValue) -> JSONValue {
      .members(table.sorted { $0.key < $1.key }.map { ($0.key, json($0.value)) })
    }
    return .members([
      ("whole", counts(whole)), ("languages", sorted(byLanguage, counts)), ("splits", sorted(bySplit, counts)),
      ("kinds", sorted(byKind, JSONValue.int)), ("reasons", sorted(byReason, JSONValue.int)),
      (
        "lengths",
        .array(lengths.map { .members([("from", .int($0.from)), ("sentences", .int($0.count))]) })
      ),
      ("longest", .int(longest)),
      (
        "texts",
        .members([
          ("distinct", .int(census.distinct)), ("repeated", .int(census.repeated)),
          ("records_of_repeated", .int(census.recordsOfRepeated)), ("shared_by_splits", .int(census.sharedBySplits)),
          (
            "most_repeated",
            .array(census.top.map { .members([("text", .string($0.text)), ("records", .int($0.count))]) })
          ),
        ])
      ),
    ])
  }
}
