/// Reads every input, in the order of their paths, and builds its articles in parallel.
struct ArticleReading {
  /// What is known when all is read.
  struct Outcome {
    var inputs: [InputRow] = []
    var examples: [RejectedExample] = []
    var notes: [String] = []
    /// Bad articles: thrown together, unless they are to be skipped.
    var problems: [Problem] = []
    /// What the input's trailer says; 0 where it has none.
    var received = 0
  }

  let request: BuildRequest
  let listing: InputListing
  /// The files of the listing that are read here.
  let share: Range<Int>
  private let configuration: BuildConfiguration
  private let fields: FieldPlan

  /// Bad articles that are told; more are only counted.
  private static let problemLimit = 1000

  /// - Parameter share: one of so many equal shares of the files, by their bytes; nil: all of them.
  init(
    _ request: BuildRequest, _ configuration: BuildConfiguration, share: InputShare? = nil
  ) throws(Problem) {
    self.request = request
    listing = try InputList.list(
      inputs: request.inputs, filesFrom: request.filesFrom, root: request.root, format: request.format)
    fields = try FieldPlan.plan(configuration.fields, files: listing.files, encoding: configuration.encoding)
    self.share = share?.range(of: listing.files) ?? listing.files.indices
    self.configuration = configuration
    if listing.files.isEmpty && listing.problems.isEmpty {
      throw Problem(
        "there is no article to read", at: request.inputs.first.map { .init(file: $0) },
        expected: "files .txt .text .jsonl .ndjson, each also .gz or .zst",
        advice: "A file of another extension is read as text where it is named itself.")
    }
  }

  /// A piece of input, or several small ones, on its way to be built.
  private struct Unit: Sendable {
    var pieces: [(file: Int, piece: InputPiece)] = []
    var byteCount = 0
  }

  /// Units are about this long: small files go together.
  private static let unitLength = 1 << 20

  func run(
    columns: [JoinedColumn], progress: (BuildProgress) -> Void, take: (BuiltBatch) throws(Problem) -> Void
  ) throws(Problem) -> Outcome {
    var outcome = Outcome()
    outcome.notes = fields.guessed + skippedNotes()
    // What is wrong with the list is said once, whoever reads the files.
    outcome.problems = share.lowerBound == 0 ? listing.problems : []
    let (files, configuration) = (Array(listing.files[share]), configuration)
    var feed = InputFeed(files, encoding: configuration.encoding)
    var trailer = request.endsWithTrailer ? InputTrailer() : nil
    var state = BuildProgress()
    state.bytesTotal = feed.bytesTotal
    var documents = [Int: Int]()
    var reader = ArticleParser(fields: fields, language: configuration.language)
    reader.namesKeys = request.endsWithTrailer
    let parser = reader
    let first = share.lowerBound
    try OrderedMap.run(
      jobs: request.jobs,
      next: { () throws(Problem) -> Unit? in
        var unit = Unit()
        while unit.byteCount < Self.unitLength, var next = try feed.next() {
          try trailer?.take(&next.piece)
          unit.byteCount += next.piece.bytes.count + 512
          unit.pieces.append(next)
        }
        if unit.pieces.isEmpty { try trailer?.check() }
        return unit.pieces.isEmpty ? nil : unit
      },
      worker: {
        let builder = ArticleBuilder(configuration: configuration, columns: columns)
        return { unit in Self.build(unit, files, first, parser, builder) }
      },
      consume: { (batch: BuiltBatch) throws(Problem) in
        for (file, count) in batch.documentsByFile { documents[file, default: 0] += count }
        outcome.problems += batch.problems
        for example in batch.examples where outcome.examples.count(where: { $0.reason == example.reason }) < 3 {
          outcome.examples.append(example)
        }
        state.articles += batch.articles.count
        state.sentences += batch.articles.reduce(0) { $0 + $1.sentenceCount }
        state.bytesRead = feed.bytesRead
        progress(state)
        // Where the build fails anyway, its articles need not be kept.
        if outcome.problems.isEmpty || configuration.skipBad { try take(batch) }
      })
    outcome.problems += feed.problems
    outcome.received = trailer?.count ?? 0
    try Self.refuse(outcome.problems, skipBad: configuration.skipBad)
    outcome.inputs = InputRow.rows(files, feed.summaries, documents: documents, problems: outcome.problems)
    return outcome
  }

  /// Whether a text may be its article's key.
  var hasContentKeys: Bool {
    fields.keyKind == .content && listing.files.contains { $0.format == .jsonLines }
  }

  private func skippedNotes() -> [String] {
    var notes: [String] = []
    if listing.hiddenSkipped > 0 { notes.append("\(listing.hiddenSkipped) hidden files or folders skipped.") }
    if listing.otherSkipped > 0 {
      notes.append("\(counted(listing.otherSkipped, "file")) of other extensions skipped.")
    }
    return notes
  }

  /// All bad articles together, in one Problem, unless they are to be skipped.
  static func refuse(_ problems: [Problem], skipBad: Bool) throws(Problem) {
    guard let first = problems.first, !skipBad else { return }
    if problems.count == 1 { throw first }
    var lines = problems.prefix(problemLimit).map { "  \($0)" }
    if problems.count > problemLimit { lines.append("  and \(problems.count - problemLimit) more.") }
    throw Problem(
      "\(problems.count) articles cannot be read:\n\(lines.joined(separator: "\n"))\nNothing was written",
      advice: "Mend them, or add --skip-bad to build the rest.")
  }

  /// The pure function of the pool: pieces in, lines out. Files are numbered from `first`.
  private static func build(
    _ unit: Unit, _ files: [InputFile], _ first: Int, _ parser: ArticleParser, _ builder: ArticleBuilder
  ) -> BuiltBatch {
    // Memory that is not written to costs nothing.
    var lines = ByteBuffer(capacity: unit.byteCount * 4)
    var articles: [BuiltArticle] = []
    var problems: [Problem] = []
    var documents: [Int: Int] = [:]
    builder.examples.removeAll()
    for (file, piece) in unit.pieces {
      for parsed in parser.parse(piece, of: files[file]) {
        switch parsed {
        case .problem(let problem): problems.append(problem)
        case .article(let article):
          do throws(Problem) {
            articles.append(try builder.build(article, file: first + file, to: &lines))
            documents[file, default: 0] += 1
          } catch { problems.append(error) }
        }
      }
    }
    return BuiltBatch(
      lines: lines, articles: articles, problems: problems, examples: builder.examples, documentsByFile: documents)
  }
}
