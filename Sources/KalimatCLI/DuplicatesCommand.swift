internal import ArgumentParser
internal import Kalimat
internal import Segmentation

struct DuplicatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duplicates",
    abstract: "List the articles and sentences that another article says too.",
    discussion: """
      exact: articles of the same sentences. near: articles whose shingles (five words, or nine characters where words are
      not set apart) are alike, by MinHash with 256 permutations in 32 bands of 8 rows. sentence: the same text in articles
      that stay. Only sentences of data/ count, so that the leftovers of a page make no two articles alike. The one that is
      kept is that of the lowest doc_id. `kalimat build --duplicates FILE` rejects the others, each with the ID of the one
      that is kept.

      Examples:
        kalimat duplicates out/corpus --output out/duplicates.tsv
        kalimat duplicates Corpus --find exact,near --threshold 0.9 --output out/duplicates.tsv

      Exit codes: 0 written, 2 not written, 64 wrong usage.
      """)

  @OptionGroup(title: "What is read: a dataset, or articles") var input: InputOptions
  @OptionGroup(title: "Fields of JSON Lines") var fields: FieldArguments

  @Option(help: "The file to write.")
  var output: String
  @Flag(help: "Put it in the place of a list that is there.")
  var replace = false
  @Option(help: "What to look for: exact, near, sentence.")
  var find = "exact,near,sentence"
  @Option(help: "The similarity from which an article is near, 0.7 to 1.")
  var threshold = "0.8"
  @Option(help: "Code points of a sentence from which it is looked at.")
  var minChars = 1
  @Option(help: "Of articles: their language (BCP 47); else the record's field, else detected.")
  var lang: String?
  @Option(help: "Of articles: how paragraphs are told apart.")
  var paragraphs: ParagraphMode = .auto
  @Option(help: "Of articles: the layers of segmentation.")
  var rules: RuleSet = .full
  @Option(help: "Of articles: what becomes of leftovers of a page.")
  var leftovers: LeftoverPolicy = .reject
  @Option(help: "Of articles: the list that kalimat repeated wrote.")
  var repeated: String?
  @Option(help: "Of articles: the decisions that kalimat review wrote.")
  var decisions: String?
  @Option(help: "A folder with room: a kilobyte an article, and of articles a dataset of them.")
  var scratch = "/tmp"
  @Option(help: "Memory that sorting may take.")
  var memory = ByteSize(bytes: 512 << 20)
  @Option(help: "Threads that work (default: as many as there are processors).")
  var jobs: Int?
  @Flag(help: "Show no progress and no summary.")
  var quiet = false

  func run() throws {
    let request = try input.request(memory: memory.bytes, jobs: jobs)
    var duplicates = Duplicates(output: output)
    duplicates.kinds = try kinds()
    duplicates.threshold = threshold
    duplicates.minChars = minChars
    duplicates.memory = memory.bytes
    duplicates.jobs = request.jobs
    duplicates.scratch = scratch
    duplicates.replaces = replace
    let summary: DuplicatesSummary
    if request.inputs.count == 1, (try? DatasetFolder(request.inputs[0])) != nil {
      let meter = StepMeter(isShown: !quiet && Terminal.isErrorInteractive)
      defer { meter.clear() }
      summary = try duplicates.run(request.inputs[0]) { meter.show("reading", $0, of: $1, "articles") }
    } else {
      let meter = ProgressMeter(isShown: !quiet && Terminal.isErrorInteractive)
      defer { meter.clear() }
      summary = try duplicates.run(articles: request, try configuration()) { meter.show($0) }
    }
    if quiet { return }
    for note in summary.notes { Terminal.write("Note: \(note)\n") }
    Terminal.write(
      """
      \(counted(summary.articles, "article")), \(counted(summary.sentences, "sentence")) looked at.
      exact     \(counted(summary.exactArticles, "article"))
      near      \(counted(summary.nearArticles, "article"))
      sentence  \(counted(summary.equalSentences, "sentence"))
      Next: kalimat build … --duplicates \(output)

      """)
  }

  private func kinds() throws -> Set<Duplicates.Kind> {
    Set(
      try find.split(separator: ",").map { name in
        guard let kind = Duplicates.Kind(rawValue: String(name)) else {
          throw ValidationError("--find has \"\(name)\"; there are exact, near and sentence.")
        }
        return kind
      })
  }

  private func configuration() throws -> BuildConfiguration {
    var configuration = BuildConfiguration()
    configuration.fields = fields.request
    configuration.encoding = input.encoding
    configuration.skipBad = input.skipBad
    configuration.language = try lang.map { try BuildConfiguration.checkedLanguage($0) }
    configuration.paragraphs = paragraphs
    configuration.rules = rules
    configuration.leftovers = leftovers
    var lists = CurationLists()
    lists.repeated = repeated
    lists.decisions = decisions
    try lists.load(into: &configuration)
    return configuration
  }
}
