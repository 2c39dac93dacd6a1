/// Reads every article of the inputs that a build would read, in parallel, without building it.
struct ArticleScan {
  let request: BuildRequest
  let configuration: BuildConfiguration
  private let listing: InputListing
  private let fields: FieldPlan

  /// A piece of input, or several small ones.
  private struct Unit: Sendable {
    var pieces: [(file: Int, piece: InputPiece)] = []
    var byteCount = 0
  }

  /// What a unit came to.
  private struct Found<Value: Sendable>: Sendable {
    var values: [Value] = []
    var problems: [Problem] = []
  }

  /// Units are about this long: small files go together.
  private static let unitLength = 1 << 20

  init(_ request: BuildRequest, _ configuration: BuildConfiguration) throws(Problem) {
    self.request = request
    self.configuration = configuration
    listing = try InputList.list(
      inputs: request.inputs, filesFrom: request.filesFrom, root: request.root, format: request.format)
    fields = try FieldPlan.plan(configuration.fields, files: listing.files, encoding: configuration.encoding)
  }

  /// What was guessed, to be said aloud.
  var notes: [String] { fields.guessed }

  /// - Parameters:
  ///   - look: a pure function of an article.
  ///   - take: takes what it gave, in the order of articles, on the caller's thread.
  /// - Returns: the articles that could not be read, where they are skipped.
  func run<Value: Sendable>(
    look: @escaping @Sendable (Article) -> Value, progress: (BuildProgress) -> Void,
    take: (Value) throws(Problem) -> Void
  ) throws(Problem) -> [Problem] {
    var problems = listing.problems
    var feed = InputFeed(listing.files, encoding: configuration.encoding)
    var state = BuildProgress()
    state.bytesTotal = feed.bytesTotal
    let parser = ArticleParser(fields: fields, language: nil)
    let files = listing.files
    try OrderedMap.run(
      jobs: request.jobs,
      next: { () throws(Problem) -> Unit? in
        var unit = Unit()
        while unit.byteCount < Self.unitLength, let (file, piece) = try feed.next() {
          unit.byteCount += piece.bytes.count + 512
          unit.pieces.append((file, piece))
        }
        return unit.pieces.isEmpty ? nil : unit
      },
      worker: { { unit in Self.look(at: unit, files, parser, look) } },
      consume: { (found: Found<Value>) throws(Problem) in
        problems += found.problems
        for value in found.values { try take(value) }
        state.articles += found.values.count
        state.bytesRead = feed.bytesRead
        progress(state)
      })
    problems += feed.problems
    try ArticleReading.refuse(problems, skipBad: configuration.skipBad)
    return problems
  }

  private static func look<Value: Sendable>(
    at unit: Unit, _ files: [InputFile], _ parser: ArticleParser, _ look: (Article) -> Value
  ) -> Found<Value> {
    var found = Found<Value>()
    for (file, piece) in unit.pieces {
      for parsed in parser.parse(piece, of: files[file]) {
        switch parsed {
        case .article(let article): found.values.append(look(article))
        case .problem(let problem): found.problems.append(problem)
        }
      }
    }
    return found
  }
}
