internal import ArgumentParser
internal import Kalimat

struct BuildRunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build-runs",
    abstract: "Read a share of the articles' files for build-shard, where every machine mounts them (docs/SCALE.md).",
    discussion: """
      INPUT are all of the build's files and folders, the same for every task: each lists them and reads its share. Its
      articles, built and sorted, are left as one run in OUTPUT. The last line of the output is the run's summary.

      The process ends when the one that started it dies.

      Example:
        kalimat build-runs /mnt/pages --task 3 --tasks 8 --shards 16 --attempt a1 --output /mnt/runs >> summaries
      """)

  @OptionGroup(title: "What is read") var input: InputOptions
  @Option(help: "Which share of the files to read, from 0.")
  var task: Int
  @Option(help: "How many shares there are.")
  var tasks: Int
  @Option(help: "A name for this attempt: a-z, 0-9 and -; another each time.")
  var attempt: String
  @Option(help: "The folder where runs lie until they are merged.")
  var output: String
  @Option(help: "Memory that sorting may take.")
  var memory = ByteSize(bytes: 512 << 20)
  @Option(help: "Threads that work.")
  var jobs = 1

  @OptionGroup(title: "Fields of JSON Lines") var fields: FieldArguments
  @OptionGroup(title: "What is written") var content: ContentOptions
  @OptionGroup(title: "Lists that it obeys") var curation: CurationArguments

  func run() throws {
    BuildPart.dieWithParent()
    var configuration = try content.configuration(fields: fields, encoding: input.encoding, skipBad: input.skipBad)
    guard jobs > 0 else { throw ValidationError("--jobs is a number over 0.") }
    try curation.lists.load(into: &configuration)
    var request = BuildRequest()
    request.inputs = input.inputs
    request.filesFrom = input.filesFrom
    request.root = input.root
    request.format = input.format
    request.memory = memory.bytes
    request.jobs = jobs
    request.output = output
    Terminal.write(try BuildRuns(request, configuration, task: task, tasks: tasks, attempt: attempt).run().line)
  }
}
