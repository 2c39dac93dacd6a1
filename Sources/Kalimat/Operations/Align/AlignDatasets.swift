internal import Alignment

/// `kalimat align SOURCE TARGET --output BITEXT`: two datasets, or two folders of articles, become a bitext dataset.
public struct AlignDatasets: Sendable {
  /// A dataset, a folder of articles, or a file of them.
  public var source: String
  public var target: String
  public var pairing = PairingRule.name
  /// BCP 47: only articles of these languages; nil: all. Articles that are segmented on the way are taken to be of it.
  public var sourceLanguage: String? = nil
  public var targetLanguage: String? = nil
  /// A file of words and their translations, with a tab between them.
  public var dictionary: String? = nil
  /// A lexicon that an earlier run saved; it is written anew at the end.
  public var lexicon: String? = nil
  /// A file of beads that hold: IDs of source sentences, a tab, IDs of target sentences.
  public var decisions: String? = nil
  /// Embeddings of both sides' texts.
  public var vectors: VectorFiles? = nil
  /// Beads that are less sure stand in rejected/.
  public var minimumScore: Float = 0
  public var replacement = Replacement.never
  public var jobs = Processors.count

  public init(source: String, target: String) {
    self.source = source
    self.target = target
  }

  /// What an alignment came to.
  public struct Summary: Sendable {
    public var pairs = 0
    public var sourceUnpaired = 0
    public var targetUnpaired = 0
    /// Pairs of articles by their two languages, e.g. `en-id`: each is a collection of its own.
    public var languages: [String: Int] = [:]
    public var beads = 0
    /// Rejected beads by reason.
    public var rejected: [String: Int] = [:]
    /// How many beads of two sides are in each tenth of the score, from 0.
    public var scores = [Int](repeating: 0, count: 10)
    public var contentSHA256 = ""
  }

  /// All that is known before anything is written.
  private struct Aligned {
    var folders: (source: DatasetFolder, target: DatasetFolder)
    var articles: ArticlePairs
    var pairs: [(source: Int, target: Int)]
    /// The beads of each pair.
    var beads: [[ScoredBead]]
    var languages: [String: Int]
    var lexicon: Lexicon?
  }

  /// Pairs the articles, aligns the pairs of each two languages as one collection, and writes the bitext dataset whole, or
  /// throws and leaves nothing.
  public func write(to output: String) throws(Problem) -> Summary {
    for input in [source, target] { try BitextWriter.check(output: output, isNot: input) }
    return try withAligned { (aligned: Aligned) throws(Problem) in
      let articles = aligned.articles
      let writer = try BitextWriter(
        configuration(aligned), output: output, replacement: replacement, jobs: jobs)
      var summary = Summary()
      summary.pairs = aligned.pairs.count
      summary.sourceUnpaired = articles.source.count - aligned.pairs.count
      summary.targetUnpaired = articles.target.count - aligned.pairs.count
      summary.languages = aligned.languages
      for (index, pair) in aligned.pairs.enumerated() {
        try Interruption.check()
        try add(
          aligned.beads[index], articles.source[pair.source], articles.target[pair.target], to: writer, &summary)
      }
      let manifest = try writer.finish(inputs: [])
      try saveLexicon(aligned)
      summary.rejected = manifest.totals.rejected
      summary.contentSHA256 = manifest.contentSHA256
      return summary
    }
  }

  /// The ladders of the pairs of articles, for a person to read; nothing is written but the lexicon.
  ///
  /// - Parameter article: the key or the ID of one of the articles; nil for all pairs.
  public func explain(article: String?, _ show: (String) -> Void) throws(Problem) {
    try withAligned { (aligned: Aligned) throws(Problem) in
      var found = false
      for (index, pair) in aligned.pairs.enumerated() {
        let source = aligned.articles.source[pair.source], target = aligned.articles.target[pair.target]
        if let article, ![source.id, source.key, target.id, target.key].contains(Array(article.utf8)) { continue }
        found = true
        show(Ladder.text(aligned.beads[index], source, target))
      }
      if let article, !found {
        throw Problem(
          "no pair has the article \(article)", expected: "the key or the doc_id of an article that is aligned")
      }
      try saveLexicon(aligned)
    }
  }

  /// Writes the texts of both sides that vectors are looked up by, one a line: what a person has to embed.
  public func writeTexts(source: String, target: String) throws(Problem) {
    try withSides { (one: AlignedSide, other: AlignedSide) throws(Problem) in
      for (side, path) in [(one, source), (other, target)] {
        try LineFile.replace(path, with: VectorTexts.list(side.articles.lazy.map { Self.texts($0) }))
      }
    }
  }

  private static func texts(_ article: StoredArticle) -> [String] {
    article.sentences.map { String(decoding: $0.text, as: UTF8.self) }
  }

  private func withAligned<Result>(_ body: (Aligned) throws(Problem) -> Result) throws(Problem) -> Result {
    try withSides { (one: AlignedSide, other: AlignedSide) throws(Problem) in try body(try align(one, other)) }
  }

  private func withSides<Result>(
    _ body: (AlignedSide, AlignedSide) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    let scratch = ScratchFolder.newName()
    defer { try? FileSystem.removeTree(scratch) }
    try FileSystem.makeFolders(scratch)
    let isOne = source.utf8.elementsEqual(target.utf8)
    let one = try AlignedSide(
      source, language: sourceLanguage, segmentsByIt: !isOne, scratch: "\(scratch)/source", jobs: jobs)
    let other = try AlignedSide(
      target, language: targetLanguage, segmentsByIt: !isOne, scratch: "\(scratch)/target", jobs: jobs)
    return try body(one, other)
  }

  private func align(_ one: AlignedSide, _ other: AlignedSide) throws(Problem) -> Aligned {
    let articles = ArticlePairs(source: one.articles, target: other.articles)
    let pairs = try articles.pairs(
      by: pairing, aids: AidFiles(dictionary: dictionary, lexicon: lexicon), jobs: jobs)
    guard !pairs.isEmpty else {
      throw Problem(
        "no article of \(source) has its translation in \(target)", expected: "at least one pair",
        advice: "Pair them by --pairs-by url, id or content, or list them: --pairs FILE.")
    }
    var decided: SentenceDecisions? = nil
    if let decisions {
      decided = try SentenceDecisions(decisions, pairs, source: articles.source, target: articles.target)
    }
    var aligned = Aligned(
      folders: (one.folder, other.folder), articles: articles, pairs: pairs,
      beads: Array(repeating: [], count: pairs.count), languages: [:], lexicon: nil)
    let groups = Dictionary(grouping: pairs.indices) { Self.languages(articles, pairs[$0]) }
    if groups.count > 1, dictionary ?? lexicon != nil {
      throw Problem.usage(
        "pairs of several languages (\(groups.keys.map(\.name).sorted().joined(separator: ", "))), and one dictionary or lexicon",
        expected: "one pair of languages", advice: "Name --source-lang and --target-lang.")
    }
    for (languages, members) in groups.sorted(by: { $0.key.name < $1.key.name }) {
      let found = try align(members, languages, articles, pairs, decided)
      for (member, beads) in zip(members, found.beads) { aligned.beads[member] = beads }
      aligned.languages[languages.name] = members.count
      if lexicon != nil { aligned.lexicon = found.lexicon }
    }
    return aligned
  }

  /// Two languages: the pairs of articles that have them are one collection.
  private struct LanguagePair: Hashable {
    var source: String
    var target: String
    var name: String { "\(source)-\(target)" }
  }

  private static func languages(_ articles: ArticlePairs, _ pair: (source: Int, target: Int)) -> LanguagePair {
    LanguagePair(
      source: String(decoding: articles.source[pair.source].language, as: UTF8.self),
      target: String(decoding: articles.target[pair.target].language, as: UTF8.self))
  }

  private func align(
    _ members: [Int], _ languages: LanguagePair, _ articles: ArticlePairs, _ pairs: [(source: Int, target: Int)],
    _ decided: SentenceDecisions?
  ) throws(Problem) -> Alignment {
    let aids = AidFiles(dictionary: dictionary, lexicon: lexicon)
    var knowledge = try aids.knowledge()
    knowledge.languages = (languages.source, languages.target)
    var documents = members.map { member in
      var document = Self.document(articles.source[pairs[member].source], articles.target[pairs[member].target])
      if let decided { document.decisions = decided.beads[member] }
      return document
    }
    knowledge.vectors = try vectors?.read(into: &documents)
    do throws(AlignmentError) {
      return try Aligner().align(
        documents, knowledge: knowledge, learnsLexicon: lexicon != nil, parallel: ThreadMap(jobs: max(1, jobs)))
    } catch {
      throw aids.problem(error) { document, number in
        decided.map { .init(file: $0.path, line: $0.lines[members[document]][number]) }
      }
    }
  }

  private func saveLexicon(_ aligned: Aligned) throws(Problem) {
    if let lexicon, let learned = aligned.lexicon { try LineFile.replace(lexicon, with: learned.text) }
  }

  private func configuration(_ aligned: Aligned) -> BitextConfiguration {
    var configuration = BitextConfiguration(source: aligned.folders.source)
    configuration.targetContent = aligned.folders.target.manifest.contentSHA256
    if configuration.compression == .none, FileSystem.kind(of: "\(source)/manifest.json") != .file {
      configuration.compression = .gz
    }
    configuration.options = [
      ("pairs-by", .text(pairingName)), ("min-score", .int(Int((minimumScore * 1000).rounded()))),
      ("where", .array([sourceLanguage, targetLanguage].compactMap { $0 }.map { .text("lang=\($0)") })),
    ]
    return configuration
  }

  private static func document(_ source: StoredArticle, _ target: StoredArticle) -> DocumentPair {
    func starts(_ sentences: [StoredSentence]) -> [Int] {
      sentences.indices.filter { $0 == 0 || sentences[$0].paragraph != sentences[$0 - 1].paragraph }
    }
    func headings(_ sentences: [StoredSentence]) -> [Int] {
      sentences.indices.filter { ["title", "heading"].contains(String(decoding: sentences[$0].kind, as: UTF8.self)) }
    }
    var document = DocumentPair(
      source: texts(source), target: texts(target),
      sourceParagraphStarts: starts(source.sentences), targetParagraphStarts: starts(target.sentences))
    document.sourceHeadings = headings(source.sentences)
    document.targetHeadings = headings(target.sentences)
    return document
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
