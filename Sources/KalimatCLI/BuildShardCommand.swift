internal import ArgumentParser
internal import Kalimat

struct BuildShardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build-shard",
    abstract: "Write one part of a dataset that many processes write together (docs/SCALE.md).",
    discussion: """
      Articles come on standard input, JSON Lines sorted by doc_id, and behind n of them the line {"end": n}; or, with
      --runs-from, from the runs that build-runs left. Fields are named, none is guessed. The last line of the output is
      the part's summary, for seal; without it, or with another exit code than 0, nothing was written.

      The process ends when the one that started it dies.

      Example:
        sort-by-doc-id pages | kalimat build-shard --part 3 --shards 16 --attempt a1 --text-field text --id-field id \\
          --output staged >> summaries
      """)

  @Option(help: "The part to write, from 0: the shard's number (docs/SCALE.md: where there are more than 4,096).")
  var part: Int
  @Option(help: "A name for this attempt: a-z, 0-9 and -; another each time.")
  var attempt: String
  @Option(help: "The folder where parts lie until they are sealed.")
  var output: String
  @Option(help: "Merge the runs that this file names, one a line.")
  var runsFrom: String?
  @Option(help: "The field with the path that an article had as a file of its own: its key then.")
  var pathField: String?
  @Option(help: "Articles' encoding, as ICU names it (default: UTF-8; nothing is guessed).")
  var encoding: String?
  @Flag(help: "Leave bad articles out; the summary tells them.")
  var skipBad = false
  @Option(help: "Threads that work.")
  var jobs = 1

  @OptionGroup(title: "Fields of JSON Lines") var fields: FieldArguments
  @OptionGroup(title: "What is written") var content: ContentOptions
  @OptionGroup(title: "Lists that it obeys") var curation: CurationArguments

  func run() throws {
    BuildPart.dieWithParent()
    var configuration = try content.configuration(fields: fields, encoding: encoding, skipBad: skipBad)
    configuration.fields.path = pathField
    try curation.lists.load(into: &configuration)
    guard jobs > 0 else { throw ValidationError("--jobs is a number over 0.") }
    let build = BuildPart(configuration, part: part, attempt: attempt, output: output, jobs: jobs)
    let summary =
      if let runsFrom { try build.run(mergingListed: runsFrom) } else { try build.runOnStandardInput() }
    Terminal.write(summary.line)
  }
}
