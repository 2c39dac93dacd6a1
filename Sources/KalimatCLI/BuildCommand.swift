internal import ArgumentParser
internal import Glibc
internal import Kalimat
internal import Segmentation

struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Build a sentence dataset from articles.",
    discussion: """
      INPUT is a file, a folder, or - for standard input. In a folder .txt, .text, .jsonl and .ndjson files are read,
      each also with .gz or .zst behind.

      Examples:
        kalimat build articles --output out/news --split train=0.98,dev=0.01,test=0.01
        zcat pages.jsonl.gz | kalimat build - --format jsonl --text-field title,body --output out/pages

      Exit codes: 0 built, 1 built but bad articles were skipped, 2 not built, 64 wrong usage.
      """)

  @OptionGroup(title: "What is read") var input: InputOptions
  @OptionGroup(title: "Fields of JSON Lines") var fields: FieldArguments
  @OptionGroup(title: "What is written") var content: ContentOptions
  @OptionGroup(title: "Lists that it obeys") var curation: CurationArguments

  @Option(help: "The folder of the dataset: a path where nothing stands yet.")
  var output: String?
  @Flag(help: "Replace the dataset that stands at OUTPUT, whole, in one step.")
  var replace = false
  @Flag(
    help:
      "The same (also --replace=unsafe); where the file system cannot exchange two folders, delete the old one first.")
  var replaceUnsafe = false
  @Option(help: "Keep the number of shards of this manifest, or of this dataset.")
  var like: String?
  @Option(help: "Memory that sorting may take.")
  var memory = ByteSize(bytes: 512 << 20)
  @Option(help: "Threads that work (default: as many as there are processors).")
  var jobs: Int?
  @Flag(help: "Read and segment, and say what would be built; write nothing.")
  var dryRun = false
  @Flag(help: "Show no progress and no summary.")
  var quiet = false
  @Flag(help: "Print the summary as JSON.")
  var json = false

  func run() throws {
    var request = BuildRequest()
    request.inputs = input.inputs
    request.filesFrom = input.filesFrom
    request.root = input.root
    request.format = input.format
    request.replacement = replaceUnsafe ? .unsafe : replace ? .exchange : .never
    request.like = like
    request.memory = memory.bytes
    request.isDryRun = dryRun
    if let jobs { request.jobs = jobs }
    guard request.jobs > 0 else { throw ValidationError("--jobs is a number over 0.") }
    if let output {
      request.output = output
    } else if !dryRun {
      throw ValidationError("--output names the folder to write.")
    }
    if input.inputs.isEmpty && input.filesFrom == nil {
      throw ValidationError("Name at least one INPUT, or --files-from.")
    }
    var configuration = try content.configuration(fields: fields, encoding: input.encoding, skipBad: input.skipBad)
    try curation.lists.load(into: &configuration)
    let meter = ProgressMeter(isShown: !quiet && Terminal.isErrorInteractive)
    defer { meter.clear() }
    let summary = try Build(request, configuration).run { meter.show($0) }
    meter.clear()
    let report = BuildReport(summary: summary, isDryRun: dryRun, seconds: meter.secondsElapsed)
    if json { Terminal.write(report.json) } else if !quiet { Terminal.write(report.text) }
    for problem in summary.skipped { Terminal.writeError("kalimat: skipped: \(problem)\n") }
    if !summary.skipped.isEmpty { throw ExitCode(1) }
  }
}

struct InputOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("Articles: files, folders, or - for standard input.", valueName: "input"))
  var inputs: [String] = []
  @Option(help: "Read the inputs' paths from this file, one a line.")
  var filesFrom: String?
  @Option(help: "The folder that keys' paths are relative to (default: the INPUT folder).")
  var root: String?
  @Option(help: "What every input holds, whatever it is called.")
  var format: InputFormat?
  @Option(help: "Articles' encoding, as ICU names it (default: UTF-8; nothing is guessed).")
  var encoding: String?
  @Flag(help: "Leave bad articles out and build the rest; exit code 1.")
  var skipBad = false
}

struct FieldArguments: ParsableArguments {
  @Option(help: "The fields that make the text, in order: a,b or a.b for a nested one (default: guessed, and said).")
  var textField: [String] = []
  @Option(help: "The field that is the article's key.")
  var idField: String?
  @Option(help: "The field with its address; its key, where no ID field is named.")
  var urlField: String?
  @Option(help: "The field with its language (BCP 47).")
  var langField: String?
  @Option(help: "The field with its title.")
  var titleField: String?
  @Option(help: "The field with its date, kept as it stands.")
  var publishedField: String?
  @Option(help: "The field with its licence.")
  var licenseField: String?
  @Option(help: "The field with its source, e.g. its site, for lists of repeated lines (default: the address's host).")
  var sourceField: String?
  @Option(help: "Fields to keep in each document's meta.")
  var keep: [String] = []
  @Option(help: "Split by this field's value in place of the article, so that e.g. one site stays in one split.")
  var splitBy: String?

  var request: FieldRequest {
    var request = FieldRequest()
    request.text = FieldRequest.names(textField)
    request.id = idField
    request.url = urlField
    request.lang = langField
    request.title = titleField
    request.published = publishedField
    request.license = licenseField
    request.source = sourceField
    request.keep = FieldRequest.names(keep)
    request.splitBy = splitBy
    return request
  }
}

struct ContentOptions: ParsableArguments {
  @Option(help: "The articles' language (BCP 47); else the record's field, else detected.")
  var lang: String?
  @Option(help: "The languages to keep, e.g. id,en: a sentence in another is rejected as language (und: not detected).")
  var languages: [String] = []
  @Option(help: "How paragraphs are told apart.")
  var paragraphs: ParagraphMode = .auto
  @Option(help: "The layers of segmentation: ICU alone, with rules and word lists, or with the model too (full).")
  var rules: RuleSet = .full
  @Option(help: "Leftovers of a page: reject them, mark them in data/, or look for none (off).")
  var leftovers: LeftoverPolicy = .reject
  @Option(help: "Splits and their shares, e.g. train=0.98,dev=0.01,test=0.01.")
  var split = "train=1"
  @Option(help: "Another salt gives another draw of the splits.")
  var splitSalt = ""
  @Option(help: "The number of shards (default: by --shard-size).")
  var shards: Int?
  @Option(help: "Text for each shard: the number of shards is the smallest power of two that keeps to it.")
  var shardSize = ByteSize(bytes: 256 << 20)
  @Option(help: "How shards are packed.")
  var compression: CompressionFormat = .gz
  @Option(
    help:
      "Columns to add to each record: text_id, sent, start_byte, end_byte, script, source, split, or a document's field."
  )
  var join: [String] = []
  @Option(help: "The licence of articles that do not say their own.")
  var license = ""
  @Option(help: "The dataset's name.")
  var name = ""
  @Option(help: "The dataset's own version.")
  var datasetVersion = ""
  @Option(help: "The date to put into the manifest (default: SOURCE_DATE_EPOCH, else none).")
  var created: String?
  @Option(help: "Where two articles have one key: stop, or keep the first or the last by path and line.")
  var onDuplicateKey: DuplicateKeyPolicy = .error
  @Option(help: "Code points over which a sentence is rejected as too long.")
  var maxChars = 10_000
  @Option(help: "Only the N articles with the lowest doc_ids: a fair sample.")
  var sample: Int?

  func configuration(fields: FieldArguments, encoding: String?, skipBad: Bool) throws -> BuildConfiguration {
    var configuration = BuildConfiguration()
    configuration.fields = fields.request
    configuration.encoding = encoding
    configuration.skipBad = skipBad
    configuration.language = try lang.map { try BuildConfiguration.checkedLanguage($0) }
    configuration.languages = try BuildConfiguration.checkedLanguages(FieldRequest.names(languages))
    configuration.paragraphs = paragraphs
    configuration.rules = rules
    configuration.leftovers = leftovers
    configuration.split = try SplitPlan(split, salt: splitSalt)
    configuration.shards = shards
    configuration.shardSize = shardSize.bytes
    configuration.compression = compression
    configuration.join = FieldRequest.names(join)
    configuration.license = license
    configuration.name = name
    configuration.datasetVersion = datasetVersion
    configuration.created = try created ?? SourceDate.fromEnvironment()
    configuration.onDuplicateKey = onDuplicateKey
    configuration.maxChars = maxChars
    configuration.sample = sample
    try configuration.check()
    return configuration
  }
}
