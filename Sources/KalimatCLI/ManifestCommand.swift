public import ArgumentParser
public import Kalimat
internal import Segmentation

struct ManifestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manifest",
    abstract: "Write a sentence-level manifest: for each sentence its IDs, its place and its line's digest.",
    discussion: """
      A line has id, doc_id, text_id, shard, line, offset (of the line's first byte in the uncompressed shard), length and
      sha256 (of the line without its LF), chars (code points of the text). From articles, shard is the article's path (or its
      key), line the sentence's number in it, offset and length are bytes of its text, and sha256 is that of the line that build
      would write.

      Of a bitext dataset a line is a pair; text_id and chars are of its source.

      Examples:
        kalimat manifest out/corpus > sentences.jsonl
        kalimat manifest out/corpus --format tsv | cut -f 1,8
        kalimat manifest Corpus > sentences.jsonl

      Exit codes: 0 written, 2 not readable, 64 wrong usage.
      """)

  @Argument(help: "A dataset's folder, or articles: files and folders, as build takes them.")
  var input: [String]
  @Option(help: "jsonl, or tsv with a line of names first.")
  var format: ManifestFormat = .jsonl
  @OptionGroup(title: "Articles of JSON Lines") var fields: FieldArguments
  @Option(help: "Of articles: their language (BCP 47); else the record's field, else detected.")
  var lang: String?
  @Option(help: "Of articles: how paragraphs are told apart.")
  var paragraphs: ParagraphMode = .auto
  @Option(help: "Of articles: what becomes of leftovers of a page.")
  var leftovers: LeftoverPolicy = .reject
  @Option(help: "Of articles: the folder that paths are relative to.")
  var root: String?
  @Option(help: "Of articles: a folder with room for a dataset of them.")
  var scratch = "/tmp"

  func run() throws {
    if input.count == 1, BitextFolder.isOne(at: input[0]) {
      return try BitextManifest(BitextFolder(input[0]), as: format).run { Terminal.write($0) }
    }
    if input.count == 1, let dataset = try? DatasetFolder(input[0]) {
      return try SentenceManifest(dataset, as: format).run { Terminal.write($0) }
    }
    var request = BuildRequest()
    request.inputs = input
    request.root = root
    var configuration = BuildConfiguration()
    configuration.fields = fields.request
    configuration.language = try lang.map { try BuildConfiguration.checkedLanguage($0) }
    configuration.paragraphs = paragraphs
    configuration.leftovers = leftovers
    let manifest = ArticleManifest(request, configuration, as: format, scratch: scratch)
    let summary = try manifest.run { Terminal.write($0) }
    for note in summary.notes { Terminal.writeError("Note: \(note).\n") }
  }
}

extension ManifestFormat: ExpressibleByArgument {}
