internal import CSystem

/// What a build does that its content does not depend on.
public struct BuildRequest: Sendable {
  /// Files, folders, or `-`.
  public var inputs: [String] = []
  /// A file that lists inputs, one a line.
  public var filesFrom: String? = nil
  /// What paths are relative to; nil: the folder named.
  public var root: String? = nil
  /// nil: by extension.
  public var format: InputFormat? = nil
  public var output = ""
  public var replacement = Replacement.never
  /// A manifest (or a dataset) whose number of shards is kept.
  public var like: String? = nil
  /// Bytes that sorting may keep in memory.
  public var memory = 512 << 20
  public var jobs = Processors.count
  /// Reads and segments, and writes nothing.
  public var isDryRun = false
  /// Standard input ends with `{"end": n}` behind n articles (`build-shard`).
  var endsWithTrailer = false

  public init() {}

  /// What was named to be read, lists of inputs too.
  var named: [String] { inputs + [filesFrom].compactMap(\.self) }
}

/// How far a build has come.
public struct BuildProgress: Sendable {
  /// First every article is read and segmented, then the shards are written.
  public enum Phase: Sendable { case reading, writing }
  public var phase: Phase = .reading
  public var articles = 0
  public var sentences = 0
  /// Bytes of input files read, of how many; 0 where that is not known (standard input).
  public var bytesRead = 0
  public var bytesTotal = 0
}

/// What a build has done.
public struct BuildSummary: Sendable {
  public var totals = Manifest.Totals()
  public var contentSHA256 = ""
  public var shardCount = 0
  public var output = ""
  /// Up to three rejected texts of each reason.
  public var examples: [RejectedExample] = []
  /// What was guessed or left out, to be said aloud.
  public var notes: [String] = []
  /// Bad articles that were left out (`--skip-bad`).
  public var skipped: [Problem] = []
  /// Bad articles that parts left out (`Seal`): inputs.jsonl has the reasons.
  public var skippedInParts = 0
}

/// Articles → dataset.
public struct Build: Sendable {
  public let request: BuildRequest
  public private(set) var configuration: BuildConfiguration

  public init(_ request: BuildRequest, _ configuration: BuildConfiguration) {
    self.request = request
    self.configuration = configuration
  }

  /// Builds the dataset whole, or throws and leaves nothing.
  ///
  /// - Parameter progress: called now and then on the caller's thread.
  public func run(progress: (BuildProgress) -> Void = { _ in }) throws(Problem) -> BuildSummary {
    ksys_return_large_buffers()
    let reading = try ArticleReading(request, configuration)
    let columns = try JoinedColumn.columns(named: configuration.join, keep: configuration.fields.keep)
    if request.isDryRun {
      let survey = RunSurveyor()
      let outcome = try reading.run(columns: columns, progress: progress) { (batch: BuiltBatch) throws(Problem) in
        survey.count(batch)
      }
      return summary(of: outcome, totals: survey.totals)
    }
    let folder = try AtomicFolder(at: request.output, replacement: request.replacement)
    let runs = RunCollector(
      folder: "\(folder.partial)/.runs", memoryLimit: max(request.memory / 4 * 3, 1 << 16),
      order: RunOrder(keepsLast: configuration.onDuplicateKey == .last))
    let outcome = try reading.run(columns: columns, progress: progress) { (batch: BuiltBatch) throws(Problem) in
      try runs.add(batch)
    }
    let sorted = try SortedArticles(runs, reading.listing, configuration, columns: columns)
    var writer = DatasetWriter(
      folder: folder.partial, configuration: configuration, jobs: request.jobs,
      shardCount: try shardCount(for: sorted.totals.bytes))
    let manifest = try writer.write(sorted, inputs: outcome.inputs, columns: columns, progress: progress)
    try runs.removeFiles()
    var result = summary(of: outcome, totals: manifest.totals)
    result.notes += writer.notes
    if configuration.namesKept { result.notes += try KeptTally.notes(of: DatasetFolder(folder.partial)) }
    result.contentSHA256 = manifest.contentSHA256
    result.shardCount = manifest.shards.count
    result.output = folder.destination
    try folder.commit(folders: writer.folders)
    return result
  }

  private func summary(of outcome: ArticleReading.Outcome, totals: Manifest.Totals) -> BuildSummary {
    BuildSummary(
      totals: totals, examples: outcome.examples, notes: outcome.notes + configuration.curationNotes,
      skipped: outcome.problems)
  }

  /// `--shards`, else that of `--like`, else the smallest power of two that keeps a shard within `--shard-size`.
  private func shardCount(for bytes: Int) throws(Problem) -> Int {
    if let count = configuration.shards { return count }
    if let like = request.like { return try Manifest.shardCount(like: like) }
    var count = 1
    while count < 1 << 16 && bytes > configuration.shardSize * count { count *= 2 }
    return count
  }
}
