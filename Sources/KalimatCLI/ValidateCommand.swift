internal import ArgumentParser
internal import Kalimat

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Prove a dataset: put each article together again, and name every line that is not as it was built.",
    discussion: """
      Levels: structure (the folder is what the manifest says), fixity (sizes and digests), records (every line by itself and
      in its place), recompute (IDs, positions and articles from the records), rebuild (built again from --source). All but
      rebuild are asked by default. A path to one .jsonl, .jsonl.gz or .jsonl.zst is looked at alone.

      Examples:
        kalimat validate out/corpus
        kalimat validate out/corpus --level structure,fixity --expect 7e2c…
        kalimat validate out/id-en --with out/corpus
        kalimat validate out/corpus --source Corpus
        kalimat validate out/corpus/data/train-00000-of-00001.jsonl.gz --json

      Exit codes: 0 nothing found, 1 findings, 2 could not look, 64 wrong usage.
      """)

  @Argument(help: "Datasets' folders, or single shards.")
  var datasets: [String]
  @Option(help: "A level to ask; may be given again, or as a list.")
  var level: [String] = []
  @Option(help: "The content_sha256 that the dataset shall have.")
  var expect: String?
  @Option(help: "Findings to tell; all are counted.")
  var limit = 1000
  @Option(help: "Texts of data/ that two splits may share; more are a finding.")
  var maxSharedTexts: Int?
  @Option(help: "For a bitext dataset: a dataset that a side of it is of; its IDs and texts are compared.")
  var with: [String] = []
  @Option(help: "An INPUT that it was built from, to build it again (level rebuild); may be given again.")
  var source: [String] = []
  @Option(help: "With --source: build's --root.")
  var root: String?
  @OptionGroup(title: "With --source: the lists that it was built with") var curation: CurationArguments
  @Option(help: "With --source: a folder with room for the dataset.")
  var scratch = "/tmp"
  @Option(help: "Threads that work (default: as many as there are processors).")
  var jobs: Int?
  @Flag(help: "Print one finding a line, as JSON, and nothing else.")
  var json = false
  @Flag(help: "Print findings only.")
  var quiet = false

  func validate() throws {
    guard !datasets.isEmpty else { throw ValidationError("Name a dataset.") }
    guard limit >= 0 else { throw ValidationError("--limit is a number from 0.") }
    guard jobs ?? 1 > 0 else { throw ValidationError("--jobs is a number over 0.") }
    guard maxSharedTexts ?? 0 >= 0 else { throw ValidationError("--max-shared-texts is a number from 0.") }
    if let expect, expect.utf8.count != 64 || expect.contains(where: { !$0.isHexDigit || $0.isUppercase }) {
      throw ValidationError("--expect is a content_sha256: 64 lower-case hex digits.")
    }
    if try levels()?.contains(.rebuild) ?? false, source.isEmpty {
      throw ValidationError("--level rebuild needs --source, the articles that the dataset was built from.")
    }
  }

  private func levels() throws -> Set<ValidationLevel>? {
    if level.isEmpty { return nil }
    return Set(
      try level.flatMap { $0.split(separator: ",") }.map { name in
        guard let level = ValidationLevel(rawValue: String(name)) else {
          let known = ValidationLevel.allCases.map(\.rawValue).joined(separator: ", ")
          throw ValidationError("\"\(name)\" is no level; there are \(known).")
        }
        return level
      })
  }

  func run() throws {
    var found = 0
    for dataset in datasets {
      var request = ValidationRequest(path: dataset)
      if let levels = try levels() { request.levels = levels }
      request.expectedContent = expect
      request.limit = limit
      request.maxSharedTexts = maxSharedTexts
      if let jobs { request.jobs = jobs }
      request.with = with
      if !source.isEmpty {
        request.source = .init(inputs: source, root: root, scratch: scratch)
        request.source?.lists = curation.lists
      }
      let meter = StepMeter(isShown: !quiet && !json && Terminal.isErrorInteractive)
      let report = try Validate(request).run { done, all in meter.show("validating", done, of: all, "shards") }
      meter.clear()
      found += report.findingCount
      print(report, dataset, request)
    }
    if found > 0 { throw ExitCode(1) }
  }

  private func print(_ report: ValidationReport, _ dataset: String, _ request: ValidationRequest) {
    if json {
      for finding in report.findings { Terminal.write(finding.json.line) }
      return
    }
    for finding in report.findings { Terminal.write("\(finding)\n") }
    let untold = report.findingCount - report.findings.count
    if untold > 0 { Terminal.write("… and \(counted(untold, "more finding")) (--limit).\n") }
    if quiet { return }
    for note in report.notes { Terminal.write("Note: \(note).\n") }
    Terminal.write(ValidationSummary(report: report, dataset: dataset, levels: Validate(request).request.levels).text)
  }
}

/// What `validate` says at its end.
struct ValidationSummary {
  let report: ValidationReport
  let dataset: String
  let levels: Set<ValidationLevel>

  var text: String {
    let asked = ValidationLevel.allCases.filter { levels.contains($0) }.map(\.rawValue).joined(separator: ", ")
    if report.findingCount > 0 {
      return "\(dataset): \(counted(report.findingCount, "finding")) (\(asked)).\n"
    }
    var lines = ["\(dataset): nothing found (\(asked))."]
    let totals = report.totals
    if report.isBitext {
      lines.append(
        "\(counted(totals.sentences, "pair")) of \(counted(totals.documents, "article")), each with the ID that its sentences and its translation make."
      )
    } else if levels.contains(.recompute) && !report.contentSHA256.isEmpty {
      let rejected = totals.rejected.values.reduce(0, +)
      lines.append(
        "\(counted(totals.documents, "article")) put together again from \(counted(totals.sentences, "sentence")) and \(counted(rejected, "rejected piece")):"
          + " every character of every article is where it was.")
    }
    if !report.contentSHA256.isEmpty { lines.append("content_sha256 \(report.contentSHA256)") }
    return lines.joined(separator: "\n") + "\n"
  }
}
