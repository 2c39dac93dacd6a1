internal import Alignment

/// `kalimat align SOURCE TARGET --output BITEXT`: two datasets become a bitext dataset.
public struct AlignDatasets: Sendable {
  public var source: String
  public var target: String
  public var output: String
  public var pairing = PairingRule.name
  /// BCP 47: only articles of these languages; nil: all.
  public var sourceLanguage: String? = nil
  public var targetLanguage: String? = nil
  /// Beads that are less sure stand in rejected/.
  public var minimumScore: Float = 0
  public var replacement = Replacement.never
  public var jobs = Processors.count

  public init(source: String, target: String, output: String) {
    self.source = source
    self.target = target
    self.output = output
  }

  /// What an alignment came to.
  public struct Summary: Sendable {
    public var pairs = 0
    public var sourceUnpaired = 0
    public var targetUnpaired = 0
    public var beads = 0
    /// Rejected beads by reason.
    public var rejected: [String: Int] = [:]
    /// Of 1,000: how many beads of two sides are in each tenth of the score, from 0.
    public var scores = [Int](repeating: 0, count: 10)
    public var contentSHA256 = ""
  }

  /// Pairs the articles, aligns all pairs as one collection, and writes the bitext dataset whole, or throws and leaves nothing.
  public func run() throws(Problem) -> Summary {
    let folders = (try DatasetFolder(source), try DatasetFolder(target))
    let articles = ArticlePairs(
      source: try Self.articles(of: folders.0, sourceLanguage), target: try Self.articles(of: folders.1, targetLanguage)
    )
    let pairs = try articles.pairs(by: pairing, jobs: jobs)
    guard !pairs.isEmpty else {
      throw Problem(
        "no article of \(source) has its translation in \(target)", expected: "at least one pair",
        advice: "Pair them by --pairs-by url, id or content, or list them: --pairs FILE.")
    }
    let documents = pairs.map { Self.document(articles.source[$0.source], articles.target[$0.target]) }
    let alignment = try align(documents, articles, pairs)
    var configuration = BitextConfiguration(source: folders.0)
    configuration.targetContent = folders.1.manifest.contentSHA256
    configuration.options = [
      ("pairs-by", .text(pairingName)), ("min-score", .int(Int((minimumScore * 1000).rounded()))),
      ("where", .array([sourceLanguage, targetLanguage].compactMap { $0 }.map { .text("lang=\($0)") })),
    ]
    let writer = try BitextWriter(configuration, output: output, replacement: replacement, jobs: jobs)
    var summary = Summary()
    summary.pairs = pairs.count
    summary.sourceUnpaired = articles.source.count - pairs.count
    summary.targetUnpaired = articles.target.count - pairs.count
    for (index, pair) in pairs.enumerated() {
      try Interruption.check()
      try add(alignment.beads[index], articles.source[pair.source], articles.target[pair.target], to: writer, &summary)
    }
    let manifest = try writer.finish(inputs: [])
    summary.rejected = manifest.totals.rejected
    summary.contentSHA256 = manifest.contentSHA256
    return summary
  }

  /// The articles that are asked for, with their sentences only.
  private static func articles(of folder: DatasetFolder, _ language: String?) throws(Problem) -> [StoredArticle] {
    let stream = try OrderedArticleStream(folder)
    var articles: [StoredArticle] = []
    while var article = try stream.next() {
      try Interruption.check()
      if let language, !article.language.elementsEqual(language.utf8) { continue }
      article.sentences.removeAll { $0.isRejected || !$0.reason.isEmpty }
      articles.append(article)
    }
    return articles
  }

  private static func document(_ source: StoredArticle, _ target: StoredArticle) -> DocumentPair {
    func starts(_ sentences: [StoredSentence]) -> [Int] {
      sentences.indices.filter { $0 == 0 || sentences[$0].paragraph != sentences[$0 - 1].paragraph }
    }
    return DocumentPair(
      source: source.sentences.map { String(decoding: $0.text, as: UTF8.self) },
      target: target.sentences.map { String(decoding: $0.text, as: UTF8.self) },
      sourceParagraphStarts: starts(source.sentences), targetParagraphStarts: starts(target.sentences))
  }

  private func align(
    _ documents: [DocumentPair], _ articles: ArticlePairs, _ pairs: [(source: Int, target: Int)]
  ) throws(Problem) -> Alignment {
    var knowledge = Knowledge()
    if let pair = pairs.first {
      knowledge.languages = (
        String(decoding: articles.source[pair.source].language, as: UTF8.self),
        String(decoding: articles.target[pair.target].language, as: UTF8.self)
      )
    }
    do throws(AlignmentError) {
      return try Aligner().align(documents, knowledge: knowledge, parallel: ThreadMap(jobs: max(1, jobs)))
    } catch {
      if error == .interrupted {
        throw Problem("stopped by a signal", advice: "Nothing was written.", gravity: .interrupted)
      }
      throw Problem("the articles cannot be aligned: \(error)")
    }
  }

  private func add(
    _ beads: [ScoredBead], _ source: StoredArticle, _ target: StoredArticle, to writer: BitextWriter,
    _ summary: inout Summary
  ) throws(Problem) {
    guard let document = DocumentID(source.id.span) else { return }
    for (position, scored) in beads.enumerated() {
      let sources = scored.bead.source.map { source.sentences[$0] }
      let targets = scored.bead.target.map { target.sentences[$0] }
      let score = Int((max(0, min(1, scored.confidence)) * 1000).rounded())
      var bead = BitextBead(
        document: document, split: source.split, position: position, sourceIDs: sources.map(\.id),
        targetIDs: targets.map(\.id), sources: sources.map(\.text), targets: targets.map(\.text),
        sourceLanguage: String(decoding: source.language, as: UTF8.self),
        targetLanguage: String(decoding: target.language, as: UTF8.self), score: score, method: .aligned)
      if sources.isEmpty || targets.isEmpty {
        bead.reason = .unaligned
      } else {
        summary.scores[min(9, score / 100)] += 1
        if scored.confidence < minimumScore { bead.reason = .score } else { summary.beads += 1 }
      }
      try writer.add(bead)
    }
  }

  private var pairingName: String {
    switch pairing {
    case .name: "name"
    case .url: "url"
    case .id: "id"
    case .content: "content"
    case .file: "file"
    }
  }
}
