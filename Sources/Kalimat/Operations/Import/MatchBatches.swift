/// Articles whose IDs share four digits, and the entries whose IDs begin so: where they stand in their batch.
struct MatchGroup: Sendable {
  /// Where each article begins, as `PackedArticle` reads it.
  var articles: [Int] = []
  /// Of the packed entries, sorted by ID.
  var entries = 0..<0
}

/// Some groups, to be matched together; and entries that belong to no article.
struct MatchBatch: Sendable {
  var groups: [MatchGroup] = []
  /// Articles as `PackedArticle` reads them, one after another.
  var lines: [UInt8] = []
  /// Entries as `PackedEntry` reads them, one after another.
  var entries: [UInt8] = []
  var strays: [LooseEntry] = []
}

/// Walks the dataset and the entries together: an ID begins as its article's does, so both are in one order.
final class MatchSource {
  private var articles: OrderedLineStream
  private let cursor: any KeyedCursor
  private var lines = ByteBuffer(capacity: 1 << 19)
  private var entries = ByteBuffer(capacity: 1 << 19)

  /// Bytes of articles and entries in a batch: enough that handing it over costs little.
  private static let batchSize = 1 << 19

  init(_ folder: DatasetFolder, _ entries: KeyedRuns) throws(Problem) {
    articles = try OrderedLineStream(folder)
    cursor = try entries.cursor()
  }

  /// The next batch; nil at the end.
  func next() throws(Problem) -> MatchBatch? {
    var batch = MatchBatch()
    lines.removeAll()
    entries.removeAll()
    while lines.count + entries.count < Self.batchSize, let first = articles.upcoming {
      try add(first, to: &batch)
    }
    while articles.upcoming == nil, cursor.hasEntry, batch.strays.count < 1_000 { try addStray(to: &batch) }
    if batch.groups.isEmpty && batch.strays.isEmpty { return nil }
    batch.lines = lines.copied(0..<lines.count)
    batch.entries = entries.copied(0..<entries.count)
    return batch
  }

  private func add(_ first: [UInt8], to batch: inout MatchBatch) throws(Problem) {
    // IDs know four digits of their article's: articles that share them are looked at together.
    let digits = Self.digits(first)
    var group = MatchGroup()
    while let article = articles.upcoming, Self.digits(article) == digits {
      let start = lines.count
      try articles.take(to: &lines)
      group.articles.append(start)
    }
    let start = entries.count
    while cursor.hasEntry {
      let own = UInt32(truncatingIfNeeded: cursor.head >> 24)
      if digits < own { break }
      if own == digits {
        cursor.appendPayload(to: &entries)
        try cursor.advance()
      } else {
        try addStray(to: &batch)
      }
    }
    group.entries = start..<entries.count
    batch.groups.append(group)
  }

  /// Characters 2 to 5 of an ID, as a number that sorts as they do.
  private static func digits(_ id: [UInt8]) -> UInt32 { id[1..<5].reduce(0) { $0 << 8 | UInt32($1) } }

  private func addStray(to batch: inout MatchBatch) throws(Problem) {
    batch.strays.append(LooseEntry(packed: cursor.payload))
    try cursor.advance()
  }
}

/// The articles of a dataset in the order of their doc_ids, as lines.
private struct OrderedLineStream {
  private var splits: [ArticleLineStream] = []

  init(_ folder: DatasetFolder) throws(Problem) {
    for part in folder.rules.split?.parts ?? [] {
      splits.append(try ArticleLineStream(folder, splits: [part.name]))
    }
  }

  private var first: ArticleLineStream? {
    var first: ArticleLineStream? = nil
    for split in splits {
      guard let id = split.article?.id else { continue }
      if let least = first?.article?.id, !id.lexicographicallyPrecedes(least) { continue }
      first = split
    }
    return first
  }

  /// The ID of the next article; nil at the end.
  var upcoming: [UInt8]? { first?.article?.id }

  /// Appends the next article, and goes on.
  func take(to out: inout ByteBuffer) throws(Problem) { try first?.take(to: &out) }
}
