internal import ArgumentParser
internal import Kalimat

struct RepeatedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repeated",
    abstract: "List the lines that stand in many articles of one source: the furniture of its pages.",
    discussion: """
      A line is compared trimmed and otherwise exactly, and counted once an article. The source of an article is the value of
      --source-field; else the host of its address; else, for a file that is one article, its folder. The list has counts,
      source and line between tabs; a line that begins with # or - is off. `kalimat build --repeated FILE` rejects the rest.

      Examples:
        kalimat repeated Corpus --output out/repeated.tsv
        kalimat repeated pages.jsonl.gz --source-field site --min-articles 20 --output out/repeated.tsv

      Exit codes: 0 written, 1 written but bad articles were skipped, 2 not written, 64 wrong usage.
      """)

  @OptionGroup(title: "What is read") var input: InputOptions
  @OptionGroup(title: "Fields of JSON Lines") var fields: FieldArguments

  @Option(help: "The file to write.")
  var output: String
  @Flag(help: "Put it in the place of a list that is there.")
  var replace = false
  @Option(help: "Articles of a source that a line must stand in.")
  var minArticles = 5
  @Option(help: "The share of the source's articles that it must stand in.")
  var minShare = "0.01"
  @Option(help: "Memory that sorting may take.")
  var memory = ByteSize(bytes: 512 << 20)
  @Option(help: "Threads that work (default: as many as there are processors).")
  var jobs: Int?
  @Flag(help: "Show no progress and no summary.")
  var quiet = false

  func run() throws {
    var configuration = BuildConfiguration()
    configuration.fields = fields.request
    configuration.encoding = input.encoding
    configuration.skipBad = input.skipBad
    var repeated = Repeated(
      try input.request(memory: memory.bytes, jobs: jobs), configuration, output: output)
    repeated.minArticles = minArticles
    repeated.minShare = minShare
    repeated.replaces = replace
    let meter = ProgressMeter(isShown: !quiet && Terminal.isErrorInteractive)
    defer { meter.clear() }
    let summary = try repeated.run { meter.show($0) }
    meter.clear()
    if !quiet {
      for note in summary.notes { Terminal.write("Note: \(note)\n") }
      Terminal.write(
        "\(counted(summary.articles, "article")) of \(counted(summary.sources, "source")), \(counted(summary.lines, "line")) in \(output)\n"
          + "Next: look through them, then kalimat build … --repeated \(output)\n")
    }
    for problem in summary.skipped { Terminal.writeError("kalimat: skipped: \(problem)\n") }
    if !summary.skipped.isEmpty { throw ExitCode(1) }
  }
}

extension InputOptions {
  /// What is to be read, for a command that is not build.
  func request(memory: Int, jobs: Int?) throws -> BuildRequest {
    if inputs.isEmpty && filesFrom == nil { throw ValidationError("Name at least one INPUT, or --files-from.") }
    var request = BuildRequest()
    request.inputs = inputs
    request.filesFrom = filesFrom
    request.root = root
    request.format = format
    request.memory = memory
    if let jobs { request.jobs = jobs }
    guard request.jobs > 0 else { throw ValidationError("--jobs is a number over 0.") }
    return request
  }
}
