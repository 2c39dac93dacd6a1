/// The lines of some articles' beads, and what they come to.
struct BeadLines: Sendable {
  struct Article: Sendable {
    var document: DocumentID
    /// Its place in `splits`.
    var split: Int
    var data = 0..<0
    var rejected = 0..<0
    var dataCount = 0
    var rejectedCount = 0
  }

  var articles: [Article] = []
  /// The names of the splits, and of their streams.
  private(set) var splits: [(name: [UInt8], data: String, rejected: String)] = []
  var data: [UInt8] = []
  var rejected: [UInt8] = []

  // What goes into the manifest's totals.
  private var sentences = 0
  private var bytes = 0
  private var characters = 0
  private var reasons: [String: Int] = [:]
  private var languages: [(name: [UInt8], sentences: Int, documents: Int, article: Int)] = []

  /// The place of a split in `splits`.
  mutating func split(named name: Span<UInt8>) -> Int {
    for (i, split) in splits.enumerated() where Kernels.equal(name, split.name) { return i }
    let text = String(decoding: name.copied(), as: UTF8.self)
    splits.append((name.copied(), "data/\(text)", "rejected/\(text)"))
    return splits.count - 1
  }

  /// Counts a bead of data/, of the article that is being written.
  mutating func count(bytes: Int, characters: Int) {
    sentences += 1
    self.bytes += bytes
    self.characters += characters
  }

  /// Counts a language of such a bead.
  mutating func count(language: Span<UInt8>) {
    let article = articles.count
    for i in languages.indices where Kernels.equal(language, languages[i].name) {
      languages[i].sentences += 1
      if languages[i].article != article { languages[i].documents += 1 }
      languages[i].article = article
      return
    }
    languages.append((language.copied(), 1, 1, article))
  }

  mutating func count(_ reason: BitextReason) { reasons[reason.rawValue, default: 0] += 1 }

  func add(to totals: inout Manifest.Totals) {
    totals.documents += articles.count
    totals.sentences += sentences
    totals.bytes += bytes
    totals.characters += characters
    for (reason, count) in reasons { totals.rejected[reason, default: 0] += count }
    for language in languages {
      let name = String(decoding: language.name, as: UTF8.self)
      totals.languages[name, default: .init()].sentences += language.sentences
      totals.languages[name, default: .init()].documents += language.documents
    }
  }
}

/// Makes lines of beads: what a thread keeps between batches.
final class BeadLineMaker {
  private let targetLanguage: [UInt8]
  private let translates: Bool
  private let reason: @Sendable (PlainPair) -> BitextReason?
  private var data = ByteBuffer(capacity: 1 << 20)
  private var rejected = ByteBuffer(capacity: 1 << 12)
  private var writer: PlainLineWriter

  /// - Parameters:
  ///   - targetLanguage: of plain pairs.
  ///   - translates: whether records of data/ have `translation`.
  ///   - reason: why a plain pair does not fit.
  init(targetLanguage: [UInt8], translates: Bool, reason: @escaping @Sendable (PlainPair) -> BitextReason?) {
    self.targetLanguage = targetLanguage
    self.translates = translates
    self.reason = reason
    writer = PlainLineWriter(targetLanguage: targetLanguage, translates: translates)
  }

  func lines(of batch: BeadBatch) -> BeadLines {
    var lines = BeadLines()
    data.removeAll()
    rejected.removeAll()
    let bytes = batch.plain.span
    var plain = PlainCursor()
    var others = batch.others.compactMap { BitextBead(packed: $0) }[...]
    while true {
      let upcoming = plain.upcoming(bytes).flatMap { DocumentID(bytes.extracting($0)) }
      guard let document = [upcoming, others.first?.document].compactMap({ $0 }).min() else { break }
      let own = others.prefix { $0.document == document }
      others = others.dropFirst(own.count)
      let hasPlain = document == upcoming && plain.nextArticle(bytes)
      if own.isEmpty {
        addPlain(document, &plain, bytes, to: &lines)
      } else {
        var beads = Array(own)
        if hasPlain { appendBeads(document, &plain, bytes, to: &beads) }
        add(document, beads, to: &lines)
      }
    }
    lines.data = data.copied(0..<data.count)
    lines.rejected = rejected.copied(0..<rejected.count)
    return lines
  }

  /// An article of plain pairs alone.
  private func addPlain(
    _ document: DocumentID, _ plain: inout PlainCursor, _ bytes: Span<UInt8>, to lines: inout BeadLines
  ) {
    var article = BeadLines.Article(document: document, split: lines.split(named: bytes.extracting(plain.split)))
    let (dataStart, rejectedStart) = (data.count, rejected.count)
    writer.begin(document)
    while let pair = plain.next(bytes) { writer.add(pair, bytes) }
    writer.finishIDs()
    let target = targetLanguage
    for index in 0..<writer.count {
      let pair = writer.pair(at: index)
      if let reason = reason(pair) {
        writer.append(index, bytes, reason: reason, to: &rejected)
        article.rejectedCount += 1
        lines.count(reason)
        continue
      }
      writer.append(index, bytes, reason: nil, to: &data)
      article.dataCount += 1
      lines.count(
        bytes: pair.source.count + pair.target.count, characters: pair.sourceLength + pair.targetLength)
      lines.count(language: bytes.extracting(pair.language))
      lines.count(language: target.span)
    }
    article.data = dataStart..<data.count
    article.rejected = rejectedStart..<rejected.count
    lines.articles.append(article)
  }

  /// Plain pairs as beads, put in one order with those that are there.
  private func appendBeads(
    _ document: DocumentID, _ plain: inout PlainCursor, _ bytes: Span<UInt8>, to beads: inout [BitextBead]
  ) {
    func text(_ range: Range<Int>) -> String { String(decoding: bytes.extracting(range).copied(), as: UTF8.self) }
    let split = text(plain.split)
    while let pair = plain.next(bytes) {
      let reason = reason(pair)
      beads.append(
        BitextBead(
          document: document, split: split, position: pair.sequence, sourceIDs: [bytes.extracting(pair.id).copied()],
          sources: [bytes.extracting(pair.source).copied()], targets: [bytes.extracting(pair.target).copied()],
          sourceLanguage: text(pair.language), targetLanguage: String(decoding: targetLanguage, as: UTF8.self),
          score: reason == nil ? 1000 : 0, method: .imported, reason: reason))
    }
    beads = beads.map { ($0.sortKey(of: $0.packed()), $0) }.sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1)
  }

  /// An article's beads, in order.
  private func add(_ document: DocumentID, _ beads: [BitextBead], to lines: inout BeadLines) {
    guard let first = beads.first else { return }
    var article = BeadLines.Article(document: document, split: lines.split(named: Array(first.split.utf8).span))
    let (dataStart, rejectedStart) = (data.count, rejected.count)
    var equal: [[UInt8]: Int] = [:]
    for (sequence, bead) in beads.enumerated() {
      var record = BitextRecord(bead, ordinal: 0, sequence: sequence)
      // The ID of a bead that is the first of its kind stands for all that makes beads equal.
      let ordinal = equal[record.id, default: 0]
      equal[record.id] = ordinal + 1
      if ordinal > 0 { record.id = record.expectedID(ordinal: ordinal) }
      if let reason = bead.reason {
        record.append(translates: translates, to: &rejected)
        article.rejectedCount += 1
        lines.count(reason)
        continue
      }
      record.append(translates: translates, to: &data)
      article.dataCount += 1
      let texts = bead.sources + bead.targets
      lines.count(
        bytes: texts.reduce(0) { $0 + $1.count },
        characters: texts.reduce(0) { $0 + Kernels.characterCount($1.span) })
      for language in [record.sourceLanguage, record.targetLanguage] { lines.count(language: language.span) }
    }
    article.data = dataStart..<data.count
    article.rejected = rejectedStart..<rejected.count
    lines.articles.append(article)
  }
}
