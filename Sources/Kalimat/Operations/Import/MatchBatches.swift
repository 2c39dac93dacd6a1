/// Articles whose IDs share four digits, and the entries whose IDs begin so.
struct MatchGroup: Sendable {
  var articles: [StoredArticle] = []
  var entries: [[UInt8]: [LooseEntry]] = [:]
}

/// Some groups, to be matched together; and entries that belong to no article.
struct MatchBatch: Sendable {
  var groups: [MatchGroup] = []
  var strays: [LooseEntry] = []
  var count = 0
}

/// Walks the dataset and the entries together: an ID begins as its article's does, so both are in one order.
final class MatchSource {
  private let articles: OrderedArticleStream
  private let cursor: any KeyedCursor
  private var waiting: StoredArticle?

  /// Sentences and entries of a batch: enough that handing it over costs little.
  private static let batchSize = 1_000

  init(_ folder: DatasetFolder, _ entries: KeyedRuns) throws(Problem) {
    articles = try OrderedArticleStream(folder)
    cursor = try entries.cursor()
    waiting = try articles.next()
  }

  /// The next batch; nil at the end.
  func next() throws(Problem) -> MatchBatch? {
    var batch = MatchBatch()
    while batch.count < Self.batchSize, let first = waiting { try add(first, to: &batch) }
    while batch.count < Self.batchSize, waiting == nil, cursor.hasEntry { try addStray(to: &batch) }
    return batch.count == 0 ? nil : batch
  }

  private func add(_ first: StoredArticle, to batch: inout MatchBatch) throws(Problem) {
    // IDs know four digits of their article's: articles that share them are looked at together.
    let digits = Array(first.id[1..<5])
    var group = MatchGroup()
    while let article = waiting, article.id[1..<5].elementsEqual(digits) {
      batch.count += article.sentences.count + 1
      group.articles.append(article)
      waiting = try articles.next()
    }
    while cursor.hasEntry {
      let own = cursor.key[1..<5]
      if digits.lexicographicallyPrecedes(own) { break }
      if own.elementsEqual(digits) {
        let entry = LooseEntry(packed: cursor.payload)
        group.entries[entry.entry.id, default: []].append(entry)
        batch.count += 1
        try cursor.advance()
      } else {
        try addStray(to: &batch)
      }
    }
    batch.groups.append(group)
  }

  private func addStray(to batch: inout MatchBatch) throws(Problem) {
    batch.strays.append(LooseEntry(packed: cursor.payload))
    batch.count += 1
    try cursor.advance()
  }
}

/// What became of a batch.
struct MatchResult: Sendable {
  var pairs: [MadePair] = []
  var rejected: [(place: SentencePlace, entry: LooseEntry, notice: ImportNotice, detail: String)] = []
  var repeated: [LooseEntry] = []
  /// Entries that their ID did not bring to a sentence.
  var strays: [StrayEntry] = []
  /// Sentences that were asked for and did not come back.
  var missing: [(id: [UInt8], text: [UInt8])] = []

  init(_ batch: MatchBatch, _ maker: PairMaker, _ selection: ExportSelection) {
    strays = batch.strays.map { StrayEntry(entry: $0) }
    for group in batch.groups { add(group, maker, selection) }
  }

  private mutating func add(_ group: MatchGroup, _ maker: PairMaker, _ selection: ExportSelection) {
    var entries = group.entries
    for article in group.articles {
      var matching = ArticleMatching(article)
      let outcome = matching.run(&entries)
      for (places, target, entry) in outcome.matched {
        guard var pair = maker.pair(places, target, entry) else { continue }
        if places.count > 1 { pair.notices.insert((.merged, "\(places.count) sentences"), at: 0) }
        pairs.append(pair)
      }
      rejected += outcome.rejected
      strays += outcome.pieces.map { StrayEntry(entry: $0.entry, piece: $0.place) }
      repeated += outcome.repeated
      for sentence in matching.sentences
      where !outcome.returned.contains(sentence.id) && selection.takes(sentence, of: article) {
        missing.append((sentence.id, sentence.text))
      }
    }
    for (_, left) in entries.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      for loose in left {
        // An unknown ID that begins like an article's is most likely of a sentence that the article had.
        let home =
          group.articles.first { $0.id == loose.entry.document }
          ?? (group.articles.count == 1 ? group.articles[0] : nil)
        var stray = StrayEntry(entry: loose)
        if let home, let document = DocumentID(home.id.span) { stray.home = (document, home.split) }
        strays.append(stray)
      }
    }
  }
}
