/// The summaries of all processes that wrote a dataset's parts, checked against each other.
struct SummaryList {
  private(set) var parts: [PartSummary] = []
  private(set) var runs: [RunsSummary] = []

  /// - Parameters:
  ///   - bytes: a summary a line; blank lines are passed over.
  ///   - name: of the file they came from, for findings.
  init(_ bytes: [UInt8], name: String) throws(Problem) {
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty {
      let place = Problem.Place(file: name, line: index + 1)
      do throws(ManifestFault) {
        let value: JSONValue
        do { value = try JSONParser.parse(Array(line).span) } catch {
          throw ManifestFault(found: "no JSON: \(error.found)", expected: error.expected)
        }
        if value["kalimat_runs"] != nil {
          runs.append(try RunsSummary(value))
        } else {
          parts.append(try PartSummary(value))
        }
      } catch {
        throw Problem(
          error.found, at: place, expected: error.expected,
          advice: "A line is what `kalimat build-shard` or `kalimat build-runs` wrote last.")
      }
    }
    parts.sort { $0.part < $1.part }
    runs.sort { $0.task < $1.task }
    try checkParts(name)
    try checkRuns(name)
  }

  private func checkParts(_ name: String) throws(Problem) {
    let place = Problem.Place(file: name)
    guard let first = parts.first else {
      throw Problem("no part's summary", at: place, expected: "one line of each `kalimat build-shard`")
    }
    for summary in parts {
      let manifest = summary.manifest
      for (what, mine, theirs) in [
        ("parts", .int(summary.parts), .int(first.parts)), ("config", manifest.config, first.manifest.config),
        ("tool", manifest.tool.value, first.manifest.tool.value),
        ("name", .text(manifest.name), .text(first.manifest.name)),
        ("dataset_version", .text(manifest.datasetVersion), .text(first.manifest.datasetVersion)),
        ("created", .text(manifest.created), .text(first.manifest.created)),
      ] where mine != theirs {
        throw Problem(
          "part \(summary.part) has \(what) \(Self.text(mine)), and part \(first.part) \(Self.text(theirs))", at: place,
          expected: "the same program with the same options for every part")
      }
    }
    for (index, summary) in parts.enumerated() where summary.part != index {
      throw index > 0 && summary.part == parts[index - 1].part
        ? Problem("part \(summary.part) has two summaries", at: place, expected: "one winner a part")
        : Problem(
          "part \(index) of \(first.parts) is missing", at: place, expected: "a summary of each part",
          advice: "Let that part's task run again.")
    }
    if parts.count != first.parts {
      throw Problem(
        "part \(parts.count) of \(first.parts) is missing", at: place, expected: "a summary of each part",
        advice: "Let that part's task run again.")
    }
    for summary in parts { try Self.check(summary, place) }
  }

  /// Asks whether a part's own figures fit together.
  private static func check(_ summary: PartSummary, _ place: Problem.Place) throws(Problem) {
    let totals = summary.manifest.totals
    func fault(_ found: String, _ expected: String) -> Problem {
      Problem("part \(summary.part): \(found)", at: place, expected: expected)
    }
    if summary.received != totals.documents + totals.duplicates + summary.skipped {
      throw fault(
        "\(summary.received) articles came, \(totals.documents) are written, \(totals.duplicates) stood twice, "
          + "\(summary.skipped) were left out", "every article in one of the three")
    }
    if totals.duplicates != summary.duplicates.count {
      throw fault("\(totals.duplicates) articles stood twice, \(summary.duplicates.count) are told", "as many")
    }
    if !summary.content.value().hex.utf8.elementsEqual(summary.manifest.contentSHA256.utf8) {
      throw fault("buckets that do not make its content_sha256", "those of the process that wrote it")
    }
    let plan = try PartPlan(shards: summary.manifest.config["shards"]?.intValue)
    if plan.count != summary.parts { throw fault("one of \(summary.parts) parts", "\(plan.count), by --shards") }
    let range = plan.shards(of: summary.part)
    for shard in summary.manifest.shards where !range.contains(shard.index) || shard.of != plan.shards {
      throw fault("the shard \(shard.path)", "shards \(range.lowerBound) to \(range.upperBound - 1) of \(plan.shards)")
    }
  }

  private func checkRuns(_ name: String) throws(Problem) {
    guard let first = runs.first else { return }
    let place = Problem.Place(file: name)
    for (index, run) in runs.enumerated() where run.task != index || run.tasks != first.tasks {
      throw Problem("task \(index) of \(first.tasks) is missing, or there twice", at: place, expected: "each task once")
    }
    if runs.count != first.tasks {
      throw Problem("task \(runs.count) of \(first.tasks) is missing", at: place, expected: "each task once")
    }
    for run in runs where !run.listing.utf8.elementsEqual(first.listing.utf8) {
      throw Problem(
        "task \(run.task) saw other files than task 0", at: place,
        expected: "the same list of inputs, by path and size",
        advice: "Inputs must not change while they are read. Let the whole job run again.")
    }
    let read = runs.reduce(0) { $0 + $1.articles }
    let merged = parts.reduce(0) { $0 + $1.received }
    if read != merged {
      throw Problem("\(read) articles were read, and \(merged) merged", at: place, expected: "as many")
    }
  }

  private static func text(_ value: JSONValue) -> String {
    String(decoding: CanonicalJSON.compact(value), as: UTF8.self)
  }

  /// Bad articles that were left out.
  var skipped: Int { parts.reduce(0) { $0 + $1.skipped } + runs.reduce(0) { $0 + $1.skipped } }

  /// Rows of inputs.jsonl, by path. What came from other programs is one row: there is no file to name.
  var inputs: [JSONValue] {
    var rows = runs.flatMap(\.inputs)
    if runs.isEmpty {
      let all = parts.flatMap(\.inputs)
      var row = InputRow(path: Array("stdin".utf8))
      row.encoding = "UTF-8"
      row.byteCount = all.reduce(0) { $0 + ($1["bytes"]?.intValue ?? 0) }
      row.documents = all.reduce(0) { $0 + ($1["documents"]?.intValue ?? 0) }
      row.skipped = all.compactMap { $0["skipped"]?.textValue }.filter { !$0.isEmpty }.joined(separator: "; ")
      rows = [row.json]
    }
    func path(_ row: JSONValue) -> [UInt8] {
      if case .string(let bytes)? = row["path"] { bytes } else { [] }
    }
    return rows.sorted { path($0).lexicographicallyPrecedes(path($1)) }
  }
}
