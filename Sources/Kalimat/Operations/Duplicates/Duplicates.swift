/// What `kalimat duplicates` found.
public struct DuplicatesSummary: Sendable {
  public var articles = 0
  public var sentences = 0
  /// Articles of the same sentences as another one, articles that are like another one, sentences that stand before.
  public var exactArticles = 0
  public var nearArticles = 0
  public var equalSentences = 0
  /// What was guessed, to be said aloud.
  public var notes: [String] = []
}

/// Finds articles and sentences that another article says too (docs/CURATION.md, "Duplicates").
///
/// Of two articles, the one with the lower doc_id is kept; of two sentences, the one in the kept article of the lowest
/// doc_id, and there the first. So the list does not hang on the order of inputs. Memory is flat, one bit an article apart:
/// what must be sorted is sorted outside of it, and signatures are read from a scratch file.
public struct Duplicates: Sendable {
  /// What to look for.
  public enum Kind: String, Sendable, CaseIterable { case exact, near, sentence }

  public var kinds = Set(Kind.allCases)
  /// The similarity from which an article is near: a decimal from 0.7 to 1 of at most six places.
  public var threshold = "0.8"
  /// Code points of a sentence from which it is looked at.
  public var minChars = 1
  public var jobs = Processors.count
  public var memory = 512 << 20
  public var output: String
  /// Whether a list that stands there may go.
  public var replaces = false
  /// A folder with room for the scratch files, and for a dataset where articles are given.
  public var scratch = "/tmp"

  public init(output: String) { self.output = output }

  /// Looks at a dataset.
  public func run(_ dataset: String, progress: (Int, Int) -> Void = { _, _ in }) throws(Problem) -> DuplicatesSummary {
    try ListOutput.check(output, inputs: [dataset], replaces: replaces)
    let folder = try DatasetFolder(dataset)
    if folder.rules.rejectedHasKept {
      throw Problem(
        "the dataset was built with --duplicates: what was found before is no longer among its sentences",
        at: .init(file: dataset), expected: "a dataset that was built without",
        advice: "Build it without --duplicates, and look at that one.")
    }
    let place = "\(scratch)/kalimat-duplicates-\(UInt64.random(in: 0...UInt64.max))"
    try FileSystem.makeFolder(place)
    defer { try? FileSystem.removeTree(place) }
    let job = DuplicatesJob(self, folder, scratch: place, threshold: try agreement())
    try job.read(progress: progress)
    try job.find()
    try job.write(to: output, threshold: threshold)
    return job.summary
  }

  /// Builds a dataset of articles, looks at that, and takes it away.
  public func run(
    articles request: BuildRequest, _ configuration: BuildConfiguration, progress: (BuildProgress) -> Void = { _ in }
  ) throws(Problem) -> DuplicatesSummary {
    _ = try agreement()
    try ListOutput.check(output, inputs: request.named, replaces: replaces)
    let place = "\(scratch)/kalimat-duplicates-\(UInt64.random(in: 0...UInt64.max))"
    try FileSystem.makeFolder(place)
    defer { try? FileSystem.removeTree(place) }
    var request = request
    request.output = "\(place)/dataset"
    var configuration = configuration
    configuration.compression = .none
    let built = try Build(request, configuration).run(progress: progress)
    var summary = try run(request.output)
    summary.notes = built.notes + summary.notes
    return summary
  }

  /// In how many permutations two articles must agree.
  private func agreement() throws(Problem) -> Int {
    guard let millionths = SplitPlan.millionths(threshold), millionths >= 700_000 else {
      throw .usage(
        "--threshold is \(threshold)", expected: "a decimal from 0.7 to 1 of at most six places",
        advice: "Below 0.7 the bands would miss too many (docs/CURATION.md).")
    }
    if minChars < 1 { throw .usage("--min-chars is \(minChars)", expected: "a number over 0") }
    return (millionths * MinHash.permutations + 999_999) / 1_000_000
  }
}
