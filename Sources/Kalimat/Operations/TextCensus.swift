/// Which texts of data/ stand more than once, and which in more than one split, e.g. "Thanks.": a test set that shares texts
/// with its training set leaks a little.
///
/// Texts are told apart by 64 bits of their SHA-256. Memory is bounded: a large dataset is read several times, each time for
/// a part of the texts.
public struct TextCensus: Sendable {
  /// What was counted.
  public struct Result: Sendable {
    /// Different texts.
    public var distinct = 0
    /// Texts that more than one record has, and how many records those are.
    public var repeated = 0
    public var recordsOfRepeated = 0
    /// Texts that records of at least two splits have.
    public var sharedBySplits = 0
    /// The texts that most records have, most first; at most five.
    public var top: [(text: [UInt8], count: Int)] = []
  }

  let dataset: DatasetFolder
  /// Texts that are kept in memory at once: about 40 bytes each.
  let textLimit: Int

  init(_ dataset: DatasetFolder, textLimit: Int = 8 << 20) {
    self.dataset = dataset
    self.textLimit = textLimit
  }

  private struct Entry {
    var count = 0
    /// Bit k: split number k has it; splits from the 64th on share a bit with others.
    var splits: UInt64 = 0
  }

  func run() throws(Problem) -> Result {
    let records = dataset.manifest.totals.sentences
    let passes = UInt64(max(1, (records + textLimit - 1) / textLimit))
    var result = Result()
    var top: [(hash: UInt64, count: Int)] = []
    for pass in 0..<passes {
      var entries: [UInt64: Entry] = [:]
      try forEachText { hash, split, _ in
        if hash % passes != pass { return }
        entries[hash, default: Entry()].count += 1
        entries[hash, default: Entry()].splits |= 1 << UInt64(split & 63)
      }
      result.distinct += entries.count
      for (hash, entry) in entries where entry.count > 1 {
        result.repeated += 1
        result.recordsOfRepeated += entry.count
        if entry.splits & (entry.splits - 1) != 0 { result.sharedBySplits += 1 }
        top.append((hash, entry.count))
      }
      top.sort { ($1.count, $0.hash) < ($0.count, $1.hash) }
      top.removeSubrange(min(5, top.count)...)
    }
    result.top = try texts(of: top)
    return result
  }

  /// Finds the texts again: one more reading, where there are any.
  private func texts(of top: [(hash: UInt64, count: Int)]) throws(Problem) -> [(text: [UInt8], count: Int)] {
    if top.isEmpty { return [] }
    var texts: [UInt64: [UInt8]] = [:]
    let wanted = Set(top.map(\.hash))
    try forEachText { hash, _, text in
      if wanted.contains(hash), texts[hash] == nil { texts[hash] = text.span.copied() }
    }
    return top.map { (texts[$0.hash] ?? [], $0.count) }
  }

  private func forEachText(_ take: (UInt64, Int, borrowing ByteBuffer) -> Void) throws(Problem) {
    let names = (dataset.rules.split?.parts ?? []).map { Array($0.name.utf8) }
    var text = ByteBuffer()
    for shard in dataset.shards(of: .data) {
      let split = names.firstIndex(of: Array(shard.split.utf8)) ?? 0
      var scan = try ShardScan(shard, in: dataset)
      while try scan.next() {
        text.removeAll()
        scan.append(RecordShape.Sentence.text, to: &text)
        let digest = SHA256.digest(of: text.span)
        take((0..<8).reduce(UInt64(0)) { $0 << 8 | UInt64(digest.bytes[$1]) }, split, text)
      }
    }
  }
}
