/// Makes the pieces of all shards from articles in order.
final class ShardAssembly {
  /// The kinds that have any record.
  let kinds: [RecordKind]
  /// Lines of duplicates.jsonl, in order.
  private(set) var duplicates: [UInt8] = []
  private(set) var content = ContentDigest()
  private var streams: [StreamBox] = []
  private var streamIndex: [RecordKind: [Int: Int]] = [:]
  private let articles: SortedArticles
  private var iterator: SortedArticles.Iterator
  private var lines = ByteBuffer(capacity: 1 << 16)
  private var state = BuildProgress()
  private var isFinished = false

  /// A stream is not copyable, and an array holds what can be copied.
  private final class StreamBox {
    var stream: ShardStream
    init(_ stream: consuming ShardStream) { self.stream = stream }
  }

  init(_ articles: SortedArticles, _ configuration: BuildConfiguration, shardCount: Int) throws(Problem) {
    self.articles = articles
    iterator = try articles.makeIterator()
    let records = articles.records
    kinds = RecordKind.allCases.filter { (records[$0] ?? [:]).values.contains { $0 > 0 } }
    for kind in kinds {
      for (split, part) in configuration.split.parts.enumerated() where records[kind]?[split] ?? 0 > 0 {
        streamIndex[kind, default: [:]][split] = streams.count
        streams.append(
          StreamBox(
            ShardStream(kind: kind, split: part.name, count: shardCount, compression: configuration.compression)))
      }
    }
    state.phase = .writing
    state.bytesTotal = articles.totals.documents
  }

  /// Appends the pieces that the next article fills; false behind the last.
  func next(to pieces: inout [ShardPiece], progress: (BuildProgress) -> Void) throws(Problem) -> Bool {
    if isFinished { return false }
    guard let (article, cursor) = try iterator.next(duplicate: { note(dropped: $0, kept: $1) }) else {
      isFinished = true
      for box in streams { content.add(box.stream.finish(to: &pieces)) }
      return true
    }
    lines.removeAll()
    try cursor.appendLines(to: &lines)
    let rejectedStart = article.dataLength
    let documentStart = rejectedStart + article.rejectedLength
    add(.data, 0..<rejectedStart, records: article.sentenceCount, article, to: &pieces)
    add(.rejected, rejectedStart..<documentStart, records: article.rejectedCount, article, to: &pieces)
    add(.documents, documentStart..<article.length, records: 1, article, to: &pieces)
    state.articles += 1
    state.sentences += article.sentenceCount
    state.bytesRead = state.articles
    if state.articles & 255 == 0 { progress(state) }
    return true
  }

  private func add(
    _ kind: RecordKind, _ range: Range<Int>, records: Int, _ article: BuiltArticle, to pieces: inout [ShardPiece]
  ) {
    guard let index = streamIndex[kind]?[article.split] else { return }
    streams[index].stream.add(range, of: lines, records: records, document: article.id, to: &pieces)
  }

  private func note(dropped: BuiltArticle, kept: BuiltArticle) {
    duplicates += CanonicalJSON.compact(
      .members([
        ("doc_id", .text(dropped.id.description)), ("path", .string(articles.path(of: dropped))),
        ("record", .int(dropped.record)), ("kept_path", .string(articles.path(of: kept))),
        ("kept_record", .int(kept.record)),
      ]))
    duplicates.append(0x0A)
  }
}
