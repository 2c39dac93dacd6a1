/// What became of a batch.
struct MatchResult: Sendable {
  var plain = PlainBatch()
  var pairs: [MadePair] = []
  var rejected: [(place: SentencePlace, entry: LooseEntry, notice: ImportNotice, detail: String)] = []
  var repeated: [LooseEntry] = []
  /// Entries that their ID did not bring to a sentence.
  var strays: [StrayEntry] = []
  /// Sentences that were asked for and did not come back.
  var missing: [(id: [UInt8], text: [UInt8])] = []
  /// Why a line of the dataset could not be read.
  var problem: Problem?
}

/// Matches batches: what a thread keeps between them.
final class BatchMatcher {
  private var reader: ArticleLineReader
  private let maker: PairMaker
  private let selection: ExportSelection
  private var plain: PlainMatcher

  init(_ folder: DatasetFolder, _ maker: PairMaker, _ selection: ExportSelection) {
    reader = ArticleLineReader(folder)
    self.maker = maker
    self.selection = selection
    plain = PlainMatcher(folder, maker, selection)
  }

  func match(_ batch: MatchBatch) -> MatchResult {
    var result = MatchResult()
    result.strays = batch.strays.map { StrayEntry(entry: $0) }
    plain.begin()
    do throws(Problem) {
      for group in batch.groups where try !plain.take(group, batch, &result) {
        try add(group, of: batch, to: &result)
      }
    } catch { result.problem = error }
    plain.finish(&result.plain)
    return result
  }

  /// A group of which not all came back as it was given out.
  private func add(_ group: MatchGroup, of batch: MatchBatch, to result: inout MatchResult) throws(Problem) {
    var entries: [[UInt8]: [LooseEntry]] = [:]
    var offset = group.entries.lowerBound
    while offset < group.entries.upperBound {
      let found = PackedEntry(batch.entries.span, at: offset)
      let entry = LooseEntry(found, of: batch.entries.span)
      entries[entry.entry.id, default: []].append(entry)
      offset = found.end
    }
    var articles: [StoredArticle] = []
    for offset in group.articles { articles.append(try reader.article(batch.lines.span, at: offset)) }
    for article in articles { add(article, &entries, to: &result) }
    for (_, left) in entries.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      for loose in left { result.strays.append(stray(loose, among: articles)) }
    }
  }

  private func add(_ article: StoredArticle, _ entries: inout [[UInt8]: [LooseEntry]], to result: inout MatchResult) {
    var matching = ArticleMatching(article)
    let outcome = matching.run(&entries)
    for (places, target, entry) in outcome.matched {
      guard var pair = maker.pair(places, target, entry) else { continue }
      if places.count > 1 { pair.notices.insert((.merged, "\(places.count) sentences"), at: 0) }
      result.pairs.append(pair)
    }
    result.rejected += outcome.rejected
    result.strays += outcome.pieces.map { StrayEntry(entry: $0.entry, piece: $0.place) }
    result.repeated += outcome.repeated
    for sentence in matching.sentences
    where !outcome.returned.contains(sentence.id) && selection.takes(sentence, of: article) {
      result.missing.append((sentence.id, sentence.text))
    }
  }

  /// An unknown ID that begins like an article's is most likely of a sentence that the article had.
  private func stray(_ loose: LooseEntry, among articles: [StoredArticle]) -> StrayEntry {
    let home =
      articles.first { $0.id == loose.entry.document } ?? (articles.count == 1 ? articles[0] : nil)
    var stray = StrayEntry(entry: loose)
    if let home, let document = DocumentID(home.id.span) { stray.home = (document, home.split) }
    return stray
  }
}
