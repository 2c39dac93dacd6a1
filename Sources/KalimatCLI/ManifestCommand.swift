public import ArgumentParser
public import Kalimat

struct ManifestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manifest",
    abstract: "Write a sentence-level manifest: for each sentence its IDs, its place and its line's digest.",
    discussion: """
      A line has id, doc_id, text_id, shard, line, offset (of the line's first byte in the uncompressed shard), length and
      sha256 (of the line without its LF), chars (code points of the text).

      Examples:
        kalimat manifest out/corpus > sentences.jsonl
        kalimat manifest out/corpus --format tsv | cut -f 1,8

      Exit codes: 0 written, 2 not readable, 64 wrong usage.
      """)

  @Argument(help: "The dataset's folder.")
  var dataset: String
  @Option(help: "jsonl, or tsv with a line of names first.")
  var format: ManifestFormat = .jsonl

  func run() throws {
    try SentenceManifest(try DatasetFolder(dataset), as: format).run { Terminal.write($0) }
  }
}

extension ManifestFormat: ExpressibleByArgument {}
