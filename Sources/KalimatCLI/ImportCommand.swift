public import ArgumentParser
public import Kalimat

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring what came back from translators to its sentences: a bitext dataset.",
    discussion: """
      Entries are matched by ID; where an ID is unknown, by a source text that one sentence has; never by guess. What does
      not fit goes to rejected/ with its reason. Doubts (equal, length, numbers, urls, placeholders) are told and stay in
      data/ unless --reject names them.

      What its file calls unfinished goes to rejected/ too, unless --accept-unfinished: gettext's fuzzy, a target whose XLIFF
      state is new, needs-translation, needs-adaptation or needs-l10n (2.1: initial), a batch's answer that was cut short.
      gettext's obsolete entries are never taken.

      A column of a table that was sorted or moved by itself is found where the translations' lengths and numbers are those of
      other rows' sources: these rows go to rejected/ (shifted), and nothing is guessed.

      Formats:
      \(ImportFormat.all.map { "  \($0.name): \($0.purpose)" }.joined(separator: "\n"))

      Examples:
        kalimat import out/corpus id.tmx --lang en --where lang=id --output out/id-en
        kalimat import out/corpus en.txt --ids id.txt.ids --lang en --output out/id-en --strict

      Exit codes: 0 imported, 1 imported and --strict found something, 2 not imported, 64 wrong usage.
      """)

  @Argument(help: "The dataset whose sentences were given out.")
  var dataset: String
  @Argument(help: "The files that came back.")
  var files: [String]
  @Option(help: "The language of the translations (BCP 47).")
  var lang: String
  @Option(help: "The folder of the bitext dataset.")
  var output: String
  @Flag(help: "Replace the dataset that stands at OUTPUT, whole, in one step.")
  var replace = false
  @Option(help: "What the files are (default: by the ends of their names).")
  var format: ImportFormat?
  @Option(help: "Their encoding, as ICU names it (default: UTF-8, or UTF-16 with its mark; XML says its own).")
  var encoding: String?
  @Option(help: "The IDs of a Moses or WMT file (default: FILE.ids).")
  var ids: String?
  @Option(help: "The source text of a Moses file, line by line.")
  var source: String?
  @Option(name: .customLong("where"), help: "The sentences that were given out, as for export; others are not missed.")
  var conditions: [String] = []
  @Option(help: "Doubts that put a translation into rejected/: equal, length, numbers, urls, placeholders.")
  var reject: [String] = []
  @Flag(
    help:
      "Take translations too of which their file says that they are not done: fuzzy, new, needs-…, initial, cut short.")
  var acceptUnfinished = false
  @Option(help: "The bitext dataset's name.")
  var name = ""
  @Option(help: "The bitext dataset's own version.")
  var datasetVersion = ""
  @Option(help: "The date to put into the manifest (default: SOURCE_DATE_EPOCH, else none).")
  var created: String?
  @Option(help: "How shards are packed (default: as the dataset's).")
  var compression: CompressionFormat?
  @Option(help: "Memory that sorting may take.")
  var memory = ByteSize(bytes: 256 << 20)
  @Option(help: "Places of each notice to tell; all are counted.")
  var limit = 10
  @Option(help: "Threads that pack (default: as many as there are processors).")
  var jobs: Int?
  @Flag(help: "Exit code 1 where anything but plain matches is to be told.")
  var strict = false
  @Flag(help: "Print the report as JSON.")
  var json = false
  @Flag(help: "Print no report.")
  var quiet = false

  func run() throws {
    guard jobs ?? 1 > 0 else { throw ValidationError("--jobs is a number over 0.") }
    var request = Import(targetLanguage: try BuildConfiguration.checkedLanguage(lang), output: output)
    request.files = files
    request.format = format
    request.encoding = encoding
    request.idsPath = ids
    request.sourcePath = source
    request.selection = try ExportSelection(conditions)
    request.rejecting = try doubts()
    request.acceptsUnfinished = acceptUnfinished
    request.replacement = replace ? .exchange : .never
    request.name = name
    request.datasetVersion = datasetVersion
    request.created = try created ?? SourceDate.fromEnvironment()
    request.compression = compression
    request.memory = memory.bytes
    request.placeLimit = limit
    if let jobs { request.jobs = jobs }
    let report = try request.run(dataset)
    if json { Terminal.write(report.json.line) } else if !quiet { Terminal.write(Self.text(of: report, output)) }
    if strict && !report.isPlain { throw ExitCode(1) }
  }

  private func doubts() throws -> Set<ImportNotice> {
    Set(
      try reject.flatMap { $0.split(separator: ",") }.map { name in
        guard let notice = ImportNotice(rawValue: String(name)), notice.isDoubt else {
          throw ValidationError("\"\(name)\" is no doubt; there are equal, length, numbers, urls and placeholders.")
        }
        return notice
      })
  }

  private static func text(of report: ImportReport, _ output: String) -> String {
    let rejected = report.totals.rejected.values.reduce(0, +)
    var lines = [
      "\(output): \(counted(report.totals.sentences, "pair")) of \(counted(report.matched, "sentence")), from \(report.entries) \(report.entries == 1 ? "entry" : "entries"); \(rejected) rejected."
    ]
    for note in report.notes { lines.append("Note: \(note).") }
    for notice in ImportNotice.allCases where report.count(notice) > 0 {
      lines.append("\(notice.rawValue): \(report.count(notice))")
      for place in report.places(notice) {
        let file = place.file.isEmpty ? "" : "\(place.file):\(place.line) "
        lines.append("  \(file)\(place.id)\(place.detail.isEmpty ? "" : " \(place.detail)")")
      }
      let untold = report.count(notice) - report.places(notice).count
      if untold > 0 { lines.append("  … and \(untold) more (--limit).") }
    }
    lines.append("content_sha256 \(report.contentSHA256)")
    return lines.joined(separator: "\n") + "\n"
  }
}

extension ImportFormat: ExpressibleByArgument {
  public init?(argument: String) {
    guard let format = ImportFormat.named(argument) else { return nil }
    self = format
  }

  public static var allValueStrings: [String] { all.map(\.name) }
}
