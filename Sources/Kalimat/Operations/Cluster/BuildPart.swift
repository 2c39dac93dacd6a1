internal import CSystem

/// Writes one part of a dataset: the shards of its numbers, under names of their own.
public struct BuildPart: Sendable {
  public let configuration: BuildConfiguration
  public let part: Int
  /// Another for each attempt at the same part.
  public let attempt: String
  /// The folder that the shards go to, below which they lie as in a dataset.
  public let output: String
  public let jobs: Int

  /// - Parameter configuration: its `shards` is a power of two.
  public init(_ configuration: BuildConfiguration, part: Int, attempt: String, output: String, jobs: Int = 1) {
    self.configuration = configuration
    self.part = part
    self.attempt = attempt
    self.output = output
    self.jobs = jobs
  }

  /// The program is ended by SIGTERM when whoever started it dies: nobody would read what it says.
  public static func dieWithParent() { _ = ksys_die_with_parent() }

  /// Articles of standard input: JSON Lines sorted by doc_id, and `{"end": n}` behind n lines.
  public func runOnStandardInput() throws(Problem) -> PartSummary {
    let configuration = try explicit()
    var request = BuildRequest()
    request.inputs = ["-"]
    request.format = .jsonLines
    request.jobs = jobs
    request.endsWithTrailer = true
    let (plan, writer) = try begin()
    do throws(Problem) {
      let columns = try JoinedColumn.columns(named: configuration.join, keep: configuration.fields.keep)
      let reading = try ArticleReading(request, configuration)
      let outcome = try reading.run(columns: columns, progress: { _ in }) { (batch: BuiltBatch) throws(Problem) in
        var offset = 0
        for article in batch.articles {
          try batch.lines.show(offset..<offset + article.length) { (lines: Span<UInt8>) throws(Problem) in
            try writer.add(article, lines)
          }
          offset += article.length
        }
      }
      let summary = try finish(
        writer, plan, received: outcome.received, skipped: outcome.problems.count,
        inputs: outcome.inputs.map(\.json), duplicates: [])
      if summary.manifest.totals.documents + summary.skipped != outcome.received {
        throw Problem(
          "\(outcome.received) articles came, and \(summary.manifest.totals.documents) were written",
          expected: "as many, but for \(summary.skipped) that were left out")
      }
      return summary
    } catch {
      writer.removeFiles()
      throw error
    }
  }

  /// Articles of runs that `BuildRuns` left.
  ///
  /// - Parameter list: a file with the paths of all runs, one a line; `-` is standard input.
  public func run(mergingListed list: String) throws(Problem) -> PartSummary {
    let runs = try WholeFile.readNamed(list).split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    let (plan, writer) = try begin()
    let scratch = ScratchFolder.newName()
    defer { try? FileSystem.removeTree(scratch) }
    do throws(Problem) {
      var merge = try PartMerge(
        runs, part: part, plan: plan, order: RunOrder(keepsLast: configuration.onDuplicateKey == .last),
        scratch: scratch)
      try merge.write(to: writer)
      if configuration.onDuplicateKey == .error, !merge.told.isEmpty { throw PartWriter.twice(merge.told) }
      return try finish(
        writer, plan, received: merge.articleCount, skipped: 0, inputs: [], duplicates: merge.duplicates)
    } catch {
      writer.removeFiles()
      throw error
    }
  }

  private func begin() throws(Problem) -> (PartPlan, PartWriter) {
    ksys_return_large_buffers()
    let plan = try PartPlan(shards: configuration.shards)
    try plan.check(part)
    try Attempt.check(attempt)
    if configuration.sample != nil {
      throw .usage("--sample", expected: "none: the lowest doc_ids of all are not known to a part")
    }
    return (plan, try PartWriter(plan, part: part, attempt: attempt, folder: output, configuration))
  }

  private func finish(
    _ writer: PartWriter, _ plan: PartPlan, received: Int, skipped: Int, inputs: [JSONValue], duplicates: [JSONValue]
  ) throws(Problem) -> PartSummary {
    let result = try writer.finish()
    for kind in RecordKind.allCases { try FileSystem.syncFolder("\(output)/\(kind.rawValue)") }
    var manifest = Manifest(
      of: configuration, shardCount: plan.shards, totals: result.totals, shards: result.shards)
    manifest.contentSHA256 = result.content.value().hex
    return PartSummary(
      part: part, parts: plan.count, received: received, skipped: skipped, manifest: manifest, content: result.content,
      inputs: inputs, duplicates: duplicates)
  }

  /// Nothing is guessed from a first record: every part has another. What is not named is not read.
  private func explicit() throws(Problem) -> BuildConfiguration {
    var fields = configuration.fields
    if fields.text.isEmpty { throw .usage("no --text-field", expected: "the fields that make the text, by name") }
    let keys = [fields.id, fields.path].compactMap { $0 }.filter { !$0.isEmpty }
    if keys.count > 1 || keys.isEmpty && (fields.url ?? "").isEmpty {
      throw .usage(
        keys.isEmpty ? "no key" : "two keys", expected: "one of --id-field, --url-field and --path-field",
        advice: "Nothing is guessed here: each part of the articles might be guessed otherwise.")
    }
    if configuration.onDuplicateKey != .error {
      throw .usage(
        "--on-duplicate-key \(configuration.onDuplicateKey.rawValue)", expected: "error",
        advice: "Articles that come in the order of their keys have no first and no last.")
    }
    fields.url = fields.url ?? ""
    // With --url-field alone the url is the key, as in build.
    if !keys.isEmpty || fields.url?.isEmpty == true { fields.id = fields.id ?? "" }
    fields.lang = fields.lang ?? ""
    fields.title = fields.title ?? ""
    fields.published = fields.published ?? ""
    fields.license = fields.license ?? ""
    var configuration = configuration
    configuration.fields = fields
    return configuration
  }
}
