internal import ArgumentParser
internal import Kalimat

struct SealCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seal",
    abstract: "Make a dataset of the parts that build-shard wrote: check them, and write card and manifest.",
    discussion: """
      SUMMARIES are the last lines of all build-shard (and build-runs) processes, one winner each; - is standard input.
      With --staged the shards lie in that folder; they are linked to their places and stay there too. With --detached
      they lie elsewhere under the names of their attempts: only descriptions and the manifest, which names them, are
      written.

      Example:
        kalimat seal summaries --staged staged --output out/pages

      Exit codes: 0 sealed, 1 sealed but parts left bad articles out, 2 not sealed, 64 wrong usage.
      """)

  @Argument(help: "The summaries, a line each.")
  var summaries = "-"
  @Option(help: "The folder that build-shard wrote to.")
  var staged: String?
  @Flag(help: "The shards stay where they are; the manifest names the attempts' files.")
  var detached = false
  @Option(help: "The folder of the dataset: a path where nothing stands yet.")
  var output: String
  @Flag(help: "Replace the dataset that stands at OUTPUT, whole, in one step.")
  var replace = false
  @Flag(help: "Look at staged files' sizes only; default: read each and compare its SHA-256.")
  var sizesOnly = false
  @Option(help: "Threads that read (default: as many as there are processors).")
  var jobs: Int?
  @Flag(help: "Show no summary.")
  var quiet = false
  @Flag(help: "Print the summary as JSON.")
  var json = false

  func run() throws {
    guard (staged == nil) == detached else { throw ValidationError("Name --staged, or say --detached.") }
    var request = SealRequest()
    request.summaries = summaries
    request.staged = staged
    request.output = output
    request.replacement = replace ? .exchange : .never
    request.readsFiles = !sizesOnly
    if let jobs { request.jobs = jobs }
    guard request.jobs > 0 else { throw ValidationError("--jobs is a number over 0.") }
    let meter = ProgressMeter(isShown: false)
    let summary = try Seal(request).run()
    let report = BuildReport(summary: summary, isDryRun: false, seconds: meter.secondsElapsed)
    if json { Terminal.write(report.json) } else if !quiet { Terminal.write(report.text) }
    if summary.skippedInParts > 0 {
      Terminal.writeError("kalimat: \(summary.skippedInParts) bad articles were left out: inputs.jsonl tells which.\n")
      throw ExitCode(1)
    }
  }
}
