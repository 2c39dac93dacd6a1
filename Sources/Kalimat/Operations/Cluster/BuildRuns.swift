internal import CSystem

/// The first half of a build that is spread over machines which all mount the inputs: reads a share of the files and
/// leaves their articles, built and sorted, for `BuildPart` to merge.
public struct BuildRuns: Sendable {
  public let request: BuildRequest
  public let configuration: BuildConfiguration
  /// Which of how many shares of the files is read.
  public let task: Int
  public let tasks: Int
  public let attempt: String

  /// - Parameter request: its inputs are all of the build's, the same for every task; its output is the folder of runs.
  public init(_ request: BuildRequest, _ configuration: BuildConfiguration, task: Int, tasks: Int, attempt: String) {
    self.request = request
    self.configuration = configuration
    self.task = task
    self.tasks = tasks
    self.attempt = attempt
  }

  /// Writes the run, or throws and leaves nothing.
  public func run() throws(Problem) -> RunsSummary {
    ksys_return_large_buffers()
    let plan = try PartPlan(shards: configuration.shards)
    try Attempt.check(attempt)
    guard tasks > 0, tasks <= 1 << 16, (0..<tasks).contains(task) else {
      throw .usage("--task \(task) of --tasks \(tasks)", expected: "a number from 0, below that of the tasks")
    }
    if request.inputs.contains("-") {
      throw .usage("standard input", expected: "files and folders: all tasks list them")
    }
    let reading = try ArticleReading(request, configuration, share: InputShare(index: task, count: tasks))
    if reading.hasContentKeys {
      throw .usage(
        "articles whose texts are their keys", expected: "articles with an id or a url",
        advice: "Of equal texts, which one is the second depends on all others. Name --id-field or --url-field.")
    }
    let columns = try JoinedColumn.columns(named: configuration.join, keep: configuration.fields.keep)
    let scratch = ScratchFolder.newName()
    defer { try? FileSystem.removeTree(scratch) }
    let runs = RunCollector(
      folder: scratch, memoryLimit: max(request.memory / 4 * 3, 1 << 16),
      order: RunOrder(keepsLast: configuration.onDuplicateKey == .last))
    let outcome = try reading.run(columns: columns, progress: { _ in }) { (batch: BuiltBatch) throws(Problem) in
      try runs.add(batch)
    }
    try FileSystem.makeFolders(request.output)
    let path = "\(request.output)/run-\(task)-of-\(tasks).\(attempt)"
    do throws(Problem) {
      let written = try ClusterRun.write(
        try runs.cursor(), to: path, plan: plan, firstFile: reading.share.lowerBound,
        paths: reading.listing.files[reading.share].map(\.path))
      return RunsSummary(
        task: task, tasks: tasks, listing: Self.digest(of: reading.listing), articles: written.articles,
        skipped: outcome.problems.count, path: path, bytes: written.bytes, inputs: outcome.inputs.map(\.json))
    } catch {
      FileSystem.removeFile(path)
      throw error
    }
  }

  /// Of all files' paths and sizes.
  private static func digest(of listing: InputListing) -> String {
    var hash = SHA256()
    for file in listing.files {
      hash.update(file.path)
      hash.update("\0\(FileSystem.size(of: file.location))\n")
    }
    return hash.finish().hex
  }
}
