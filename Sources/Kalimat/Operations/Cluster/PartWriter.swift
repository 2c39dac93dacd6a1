/// Writes a part's shards from articles in the order of their doc_ids, under names of its own.
final class PartWriter {
  private let plan: PartPlan
  private let part: Int
  private let streams: ShardStreams
  private let files: ShardSetWriter
  private let survey = RunSurveyor()
  private var pieces: [ShardPiece] = []
  private var last: DocumentID? = nil

  /// - Parameter folder: where the shards go; the folders of their kinds are made.
  init(
    _ plan: PartPlan, part: Int, attempt: String, folder: String, _ configuration: BuildConfiguration
  ) throws(Problem) {
    self.plan = plan
    self.part = part
    let names = ShardNames(
      count: plan.shards, compression: configuration.compression, range: plan.shards(of: part), attempt: attempt)
    // Which kinds and splits have any record is known when all parts are: all are written, and `Seal` leaves some out.
    streams = ShardStreams(configuration.split, names: names) { _, _ in true }
    files = ShardSetWriter(folder: folder, compressor: Compressor(format: configuration.compression))
    for kind in RecordKind.allCases { try FileSystem.makeFolders("\(folder)/\(kind.rawValue)") }
  }

  /// Adds an article and its lines.
  func add(_ article: BuiltArticle, _ lines: Span<UInt8>) throws(Problem) {
    guard plan.part(of: article.id) == part else {
      throw Problem(
        "the article \(article.id) is of part \(plan.part(of: article.id)), and came to part \(part) of \(plan.count)",
        expected: "articles of this part only", advice: "docs/FORMAT.md says how a doc_id and its shard are made.")
    }
    if let last, !(last < article.id) {
      throw article.id == last
        ? Self.twice(["  \(article.id)\(Self.key(of: article, lines))"])
        : Problem(
          "the article \(article.id) came behind \(last)", expected: "articles sorted by the bytes of their doc_ids")
    }
    last = article.id
    streams.add(article, lines, to: &pieces)
    survey.count(article)
    if !pieces.isEmpty {
      try files.append(pieces)
      pieces.removeAll()
    }
  }

  static func twice(_ told: [String]) -> Problem {
    Problem(
      "\(told.count == 1 ? "a key stands" : "keys stand") twice:\n\(told.joined(separator: "\n"))\nNothing was written",
      expected: "a key of its own for each article", advice: "Take one of them out, or name another key.")
  }

  /// The key that stands in the article's document.
  private static func key(of article: BuiltArticle, _ lines: Span<UInt8>) -> String {
    let document = try? JSONParser.parse(
      lines.extracting(article.length - article.documentLength..<article.length - 1))
    return document?["key"]?.textValue.map { ", whose key is \"\($0)\"" } ?? ""
  }

  /// An article that was left out because its key stood twice.
  func countDuplicate() { survey.countDuplicate() }

  /// Ends all shards; what came of them.
  func finish() throws(Problem) -> (totals: Manifest.Totals, shards: [ShardFacts], content: ContentDigest) {
    let content = streams.finish(to: &pieces)
    try files.append(pieces)
    return (survey.totals, files.finished, content)
  }

  /// Takes away what was written.
  func removeFiles() { files.removeFiles() }
}
