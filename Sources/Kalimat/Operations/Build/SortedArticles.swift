/// Counts what a build's articles come to.
final class RunSurveyor {
  private(set) var totals = Manifest.Totals()
  /// Records of each kind by split.
  private(set) var records: [RecordKind: [Int: Int]] = [:]

  func count(_ article: BuiltArticle) {
    totals.documents += 1
    totals.sentences += article.sentenceCount
    totals.bytes += article.byteCount
    totals.characters += article.characterCount
    article.languages.count(sentences: article.sentenceCount, in: &totals)
    if article.rejectedCount > 0 {
      for reason in RejectionReason.allCases where article.rejected[reason] > 0 {
        totals.rejected[reason.rawValue, default: 0] += article.rejected[reason]
      }
    }
    records[.documents, default: [:]][article.split, default: 0] += 1
    records[.data, default: [:]][article.split, default: 0] += article.sentenceCount
    records[.rejected, default: [:]][article.split, default: 0] += article.rejectedCount
  }

  func count(_ batch: BuiltBatch) {
    for article in batch.articles { count(article) }
  }

  func countDuplicate() { totals.duplicates += 1 }
}

/// All articles of a build in the order of their doc_ids, each key once.
struct SortedArticles {
  private let runs: RunCollector
  private let late: RunCollector
  private let policy: DuplicateKeyPolicy
  private let order: RunOrder
  private let sample: Int?
  private let paths: [[UInt8]]
  private let surveyor: RunSurveyor

  var totals: Manifest.Totals { surveyor.totals }
  var records: [RecordKind: [Int: Int]] { surveyor.records }

  /// Keys that stand twice and are told; more are only counted.
  private static let toldLimit = 100

  /// Looks at all articles once: keys that stand twice, and what there is to write.
  init(
    _ runs: RunCollector, _ listing: InputListing, _ configuration: BuildConfiguration, columns: [JoinedColumn]
  ) throws(Problem) {
    self.runs = runs
    policy = configuration.onDuplicateKey
    sample = configuration.sample
    paths = listing.files.map(\.path)
    order = RunOrder(keepsLast: policy == .last)
    late = RunCollector(folder: runs.folder + "-late", memoryLimit: runs.memoryLimit, order: order)
    surveyor = RunSurveyor()
    try readdRepeatedContent(configuration, columns)
    try survey()
  }

  /// Equal texts under content keys are articles of their own: the second has the key `SHA256#2`, and so on.
  private func readdRepeatedContent(
    _ configuration: BuildConfiguration, _ columns: [JoinedColumn]
  ) throws(Problem) {
    let cursor = try runs.cursor()
    guard cursor.article?.keyKind == .content else { return }
    let builder = ArticleBuilder(configuration: configuration, columns: columns)
    var previous: DocumentID? = nil
    var ordinal = 1
    while let article = cursor.article {
      if article.id == previous {
        ordinal += 1
        var lines = ByteBuffer()
        try cursor.appendLines(to: &lines)
        var repeated = try ArticleReconstruction.article(from: lines.span, of: article, keep: configuration.fields.keep)
        repeated.key += Array("#\(ordinal)".utf8)
        repeated.sourceValue = keptSource(of: repeated, configuration)
        var out = ByteBuffer()
        var built = try builder.build(repeated, file: article.file, to: &out)
        built.record = article.record
        try late.add(BuiltBatch(lines: out, articles: [built], problems: [], examples: [], documentsByFile: [:]))
      } else {
        previous = article.id
        ordinal = 1
      }
      try cursor.advance()
    }
  }

  /// The value of `--source-field`, where that is kept.
  private func keptSource(of article: Article, _ configuration: BuildConfiguration) -> [UInt8]? {
    guard let source = configuration.fields.source,
      let index = configuration.fields.keep.firstIndex(where: { $0.utf8.elementsEqual(source.utf8) })
    else { return nil }
    let value = article.keptValue(index)
    return value.isEmpty ? nil : value
  }

  private func survey() throws(Problem) {
    var told: [String] = []
    var count = 0
    try forEach(
      duplicate: { dropped, kept in
        surveyor.countDuplicate()
        guard policy == .error else { return }
        count += 1
        if told.count < Self.toldLimit { told.append("  \(dropped.id): \(place(of: kept)) and \(place(of: dropped))") }
      },
      take: { (article: BuiltArticle, _: any RunCursor) throws(Problem) in surveyor.count(article) })
    if count == 0 { return }
    if count > told.count { told.append("  and \(count - told.count) more.") }
    throw Problem(
      "\(count == 1 ? "a key stands" : "\(count) keys stand") twice:\n\(told.joined(separator: "\n"))\nNothing was written",
      expected: "a key of its own for each article",
      advice: "Keep one of them by --on-duplicate-key first (or last), or name another key: --id-field, --url-field.")
  }

  /// Where an article came from, as a person looks for it.
  func place(of article: BuiltArticle) -> String {
    let path = String(decoding: paths[article.file], as: UTF8.self)
    return article.record > 0 ? "\(path):\(article.record)" : path
  }

  func path(of article: BuiltArticle) -> [UInt8] { paths[article.file] }

  /// Goes through all articles that the dataset has, in order.
  ///
  /// - Parameters:
  ///   - duplicate: an article that is left out because another has its key, and that other one.
  ///   - take: an article, and the cursor that stands at it.
  private func forEach(
    duplicate: (_ dropped: BuiltArticle, _ kept: BuiltArticle) -> Void,
    take: (BuiltArticle, any RunCursor) throws(Problem) -> Void
  ) throws(Problem) {
    var iterator = try makeIterator()
    while let (article, cursor) = try iterator.next(duplicate: duplicate) { try take(article, cursor) }
  }

  func makeIterator() throws(Problem) -> Iterator {
    Iterator(
      cursor: MergedRun([try runs.cursor(), try late.cursor()], order), left: sample ?? Int.max)
  }

  /// One pass over the articles.
  struct Iterator {
    private let cursor: MergedRun
    private var left: Int
    private var isAtTaken = false

    init(cursor: MergedRun, left: Int) {
      self.cursor = cursor
      self.left = left
    }

    /// The next article; the cursor stands at it until the next call.
    mutating func next(
      duplicate: (_ dropped: BuiltArticle, _ kept: BuiltArticle) -> Void
    ) throws(Problem) -> (BuiltArticle, any RunCursor)? {
      if isAtTaken { try passRepetitions(duplicate) }
      guard left > 0, let article = cursor.article else { return nil }
      left -= 1
      isAtTaken = true
      return (article, cursor)
    }

    /// Passes over the article just taken and those of the same key.
    private mutating func passRepetitions(_ duplicate: (BuiltArticle, BuiltArticle) -> Void) throws(Problem) {
      guard let kept = cursor.article else { return }
      try cursor.advance()
      while let article = cursor.article, article.id == kept.id {
        // Content keys that stand twice were given keys of their own.
        if article.keyKind != .content { duplicate(article, kept) }
        try cursor.advance()
      }
    }
  }
}
