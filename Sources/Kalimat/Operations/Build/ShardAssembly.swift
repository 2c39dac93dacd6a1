/// Makes the pieces of all shards from articles in order.
final class ShardAssembly {
  /// The kinds that have any record.
  let kinds: [RecordKind]
  /// Lines of duplicates.jsonl, in order.
  private(set) var duplicates: [UInt8] = []
  private(set) var content = ContentDigest()
  private let streams: ShardStreams
  private let articles: SortedArticles
  private var iterator: SortedArticles.Iterator
  private var state = BuildProgress()
  private var isFinished = false

  init(_ articles: SortedArticles, _ configuration: BuildConfiguration, shardCount: Int) throws(Problem) {
    self.articles = articles
    iterator = try articles.makeIterator()
    let records = articles.records
    kinds = RecordKind.allCases.filter { (records[$0] ?? [:]).values.contains { $0 > 0 } }
    streams = ShardStreams(
      configuration.split, names: ShardNames(count: shardCount, compression: configuration.compression)
    ) { kind, split in records[kind]?[split] ?? 0 > 0 }
    state.phase = .writing
    state.bytesTotal = articles.totals.documents
  }

  /// Appends the pieces that the next article fills; false behind the last.
  func next(to pieces: inout [ShardPiece], progress: (BuildProgress) -> Void) throws(Problem) -> Bool {
    if isFinished { return false }
    guard let (article, cursor) = try iterator.next(duplicate: { note(dropped: $0, kept: $1) }) else {
      isFinished = true
      content = streams.finish(to: &pieces)
      return true
    }
    try cursor.withLines { (lines: Span<UInt8>) throws(Problem) in streams.add(article, lines, to: &pieces) }
    state.articles += 1
    state.sentences += article.sentenceCount
    state.bytesRead = state.articles
    if state.articles & 255 == 0 { progress(state) }
    return true
  }

  private func note(dropped: BuiltArticle, kept: BuiltArticle) {
    duplicates +=
      DuplicateRow(
        id: dropped.id, place: (articles.path(of: dropped), dropped.record),
        kept: (articles.path(of: kept), kept.record)
      ).json.line
  }
}

/// A line of duplicates.jsonl: an article that was left out because another has its key.
struct DuplicateRow {
  let id: DocumentID
  let place: (path: [UInt8], record: Int)
  let kept: (path: [UInt8], record: Int)

  var json: JSONValue {
    .members([
      ("doc_id", .text(id.description)), ("path", .string(place.path)), ("record", .int(place.record)),
      ("kept_path", .string(kept.path)), ("kept_record", .int(kept.record)),
    ])
  }
}

extension DuplicateRow: CustomStringConvertible {
  /// For people: `doc_id: kept and dropped`.
  var description: String {
    func text(_ place: (path: [UInt8], record: Int)) -> String {
      let path = String(decoding: place.path, as: UTF8.self)
      return place.record > 0 ? "\(path):\(place.record)" : path
    }
    return "\(id): \(text(kept)) and \(text(place))"
  }
}
