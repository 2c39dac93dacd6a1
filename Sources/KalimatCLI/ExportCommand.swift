public import ArgumentParser
public import Kalimat

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Give a dataset's sentences out, to translators, trainers and other tools.",
    discussion: """
      Formats:
      \(ExportFormat.all.map { "  \($0.name): \($0.purpose)" }.joined(separator: "\n"))

      A bitext dataset goes out as moses (FILE.id, FILE.en, FILE.ids), tmx or tsv, both sides filled.

      Examples:
        kalimat export out/corpus --to txt
        kalimat export out/corpus --to tmx --target-lang en --where lang=id --output id.tmx
        kalimat export out/new --to csv --target-lang en --new-since out/old --output edits.csv
        kalimat export out/id-en --to moses --output id-en
      """)

  @Argument(help: "The dataset.")
  var dataset: String
  @Option(help: "The format.")
  var to: ExportFormat
  @Option(help: "The language to translate into (BCP 47).")
  var targetLang: String?
  @Option(
    name: .customLong("where"),
    help: "Only these sentences: split=NAME, lang=TAG, kind=KIND, doc_id=ID, with commas between.")
  var conditions: [String] = []
  @Option(help: "Only sentences whose IDs this earlier dataset has not.")
  var newSince: String?
  @Option(help: "The order of articles: id, as in the shards, or source, by path and record.")
  var order: ExportOrder = .id
  @Option(help: "The file to write (default: standard output).")
  var output: String?

  func run() throws {
    var export = Export(format: to)
    export.selection = try ExportSelection(conditions)
    export.order = order
    export.newSince = newSince
    export.output = output
    if let targetLang { export.targetLanguage = try BuildConfiguration.checkedLanguage(targetLang) }
    let count = try export.run(dataset) { Terminal.write($0) }
    if let output { Terminal.writeError("\(counted(count, "sentence")) in \(output)\n") }
  }
}

extension ExportFormat: ExpressibleByArgument {
  public init?(argument: String) {
    guard let format = ExportFormat.named(argument) else { return nil }
    self = format
  }

  public static var allValueStrings: [String] { all.map(\.name) }
}

extension ExportOrder: ExpressibleByArgument {}
