internal import Alignment
internal import ArgumentParser
internal import Kalimat

struct AlignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "align",
    abstract: "Find the sentences that translate each other.",
    discussion: """
      SOURCE and TARGET are datasets, or folders or files of articles, which are segmented on the way as `build` does it;
      what is written is a bitext dataset of the beads of their articles, which `validate` proves and `export` gives out.
      Beads without another side, and those under --min-score, are in its rejected/.

      With --lines, SOURCE and TARGET are text files with a sentence a line. What is written has a line for each bead,
      as vecalign writes it: [0, 1]:[0]:0.9731 (line numbers from 0; the score is how sure the bead is, 0 … 1).

      Examples:
        kalimat align out/en out/id --output out/en-id --pairs-by name
        kalimat align articles/en articles/id --output out/en-id --lexicon en-id.lexicon
        kalimat align out/en out/id --explain --article river-ferry.txt
        kalimat align --lines de.txt fr.txt --output beads.txt
        kalimat align --lines --list pairs.tsv --lexicon de-fr.lexicon
        kalimat align --lines de.txt fr.txt --decisions corrected.txt --explain
        kalimat align --lines de.txt fr.txt --overlaps de.texts fr.texts
        kalimat align --lines de.txt fr.txt --vectors de.texts de.emb fr.texts fr.emb

      A decisions file holds beads that a person has set, a line each, which hold and from which the lexicon learns: of
      datasets the IDs of source sentences, a tab, those of target sentences, as --explain shows them; with --lines
      [3, 4]:[5], with --list the source file and a tab before it. An empty side: no counterpart.

      Exit codes: 0 aligned, 2 not aligned, 64 wrong usage.
      """)

  @Argument(
    help: ArgumentHelp(
      "Two datasets or folders of articles; with --lines two files with a sentence a line.", valueName: "file"))
  var files: [String] = []
  @Flag(help: "Align text files with a sentence a line.")
  var lines = false
  @Option(help: "A file with a pair of files a line (source, target, output, with tabs between): one collection.")
  var list: String?
  @Option(help: "Where the beads go (default: standard output). What stands there is replaced.")
  var output: String?
  @Option(help: "The source language (BCP 47).")
  var sourceLang: String?
  @Option(help: "The target language (BCP 47).")
  var targetLang: String?
  @Option(help: "Words and their translations, a pair a line with a tab between.")
  var dictionary: String?
  @Option(help: "What earlier runs have learned: read where it is there, and written again with what this run learns.")
  var lexicon: String?
  @Option(help: "Beads that hold, set by a person.")
  var decisions: String?
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Embeddings, as vecalign takes them: source texts (one a line), their vectors (raw float32), target texts, their vectors.",
      valueName: "file"))
  var vectors: [String] = []
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Write the texts that --vectors needs, of the source and of the target, and end.", valueName: "file"))
  var overlaps: [String] = []
  @Option(help: "Leave out beads that are less sure than this (0 … 1).")
  var minScore: Float = 0
  @Option(help: "How articles of two datasets are paired: name (of their files), url, id (their keys), content.")
  var pairsBy: String?
  @Option(help: "Pairs of articles, a pair a line: source key, a tab, target key.")
  var pairs: String?
  @Flag(help: "Replace the bitext dataset that stands at OUTPUT, whole, in one step.")
  var replace = false
  @Flag(help: "Show both texts, bead by bead, and write no beads.")
  var explain = false
  @Option(help: "With --explain of datasets: only the pair with this article (its key or doc_id).")
  var article: String?
  @Option(help: "Threads that work (default: as many as there are processors). It changes no result.")
  var jobs: Int?

  func validate() throws {
    guard (0...1).contains(minScore) else { throw ValidationError("--min-score is a number from 0 to 1.") }
    guard jobs ?? 1 > 0 else { throw ValidationError("--jobs is a number over 0.") }
    guard [0, 4].contains(vectors.count) else {
      throw ValidationError(
        "--vectors has four files: source texts, source vectors, target texts, target vectors. SOURCE and TARGET stand before it."
      )
    }
    guard [0, 2].contains(overlaps.count) else {
      throw ValidationError(
        "--overlaps has two files, of the source and of the target. SOURCE and TARGET stand before it.")
    }
    if !lines { return try validateDatasets() }
    if pairs != nil || pairsBy != nil || replace || article != nil {
      throw ValidationError("--pairs, --pairs-by, --article and --replace are of datasets, not of --lines.")
    }
    guard list == nil ? files.count == 2 : files.isEmpty else {
      throw ValidationError("Name two files, SOURCE and TARGET, or a --list of them.")
    }
    if list != nil && output != nil { throw ValidationError("With --list each line names its own output.") }
  }

  private func validateDatasets() throws {
    guard files.count == 2 else { throw ValidationError("Name two datasets, or give --lines with two files.") }
    guard output != nil || explain || !overlaps.isEmpty else {
      throw ValidationError("--output names the bitext dataset to write; --explain shows the ladders instead.")
    }
    if explain && output != nil { throw ValidationError("--explain shows, --output writes: one of them.") }
    if list != nil { throw ValidationError("--list is of --lines.") }
    if pairs != nil && pairsBy != nil { throw ValidationError("--pairs and --pairs-by exclude each other.") }
    if let pairsBy, PairingRule(name: pairsBy) == nil {
      throw ValidationError("--pairs-by is one of \(PairingRule.names.joined(separator: ", ")).")
    }
  }

  private func alignDatasets() throws {
    var align = AlignDatasets(source: files[0], target: files[1])
    if let pairs {
      align.pairing = .file(pairs)
    } else if let pairsBy {
      align.pairing = PairingRule(name: pairsBy) ?? .name
    }
    align.sourceLanguage = try sourceLang.map { try BuildConfiguration.checkedLanguage($0) }
    align.targetLanguage = try targetLang.map { try BuildConfiguration.checkedLanguage($0) }
    align.dictionary = dictionary
    align.lexicon = lexicon
    align.decisions = decisions
    align.vectors = VectorFiles(vectors)
    align.minimumScore = minScore
    align.replacement = replace ? .exchange : .never
    if let jobs { align.jobs = jobs }
    if !overlaps.isEmpty { return try align.writeTexts(source: overlaps[0], target: overlaps[1]) }
    if explain { return try align.explain(article: article) { Terminal.write($0) } }
    let summary = try align.write(to: output ?? "")
    let rejected = summary.rejected.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    let languages = summary.languages.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    Terminal.write(
      """
      \(counted(summary.pairs, "pair")) of articles (\(languages.joined(separator: ", "))); \(summary.sourceUnpaired) of the source and \(summary.targetUnpaired) of the target have no other side.
      \(summary.beads) beads; rejected: \(rejected.isEmpty ? "none" : rejected.joined(separator: ", ")).
      beads by score, 0 to 1: \(summary.scores.map(String.init).joined(separator: " "))
      content_sha256 \(summary.contentSHA256)
      Next: kalimat validate \(output ?? "")

      """)
  }

  func run() throws {
    if !lines { return try alignDatasets() }
    var request = AlignLinesRequest()
    if files.count == 2 { request.pairs = [LinePair(source: files[0], target: files[1], output: output)] }
    request.list = list
    request.sourceLanguage = sourceLang
    request.targetLanguage = targetLang
    request.dictionary = dictionary
    request.lexicon = lexicon
    request.decisions = decisions
    request.vectors = VectorFiles(vectors)
    request.minimumScore = minScore
    if let jobs { request.jobs = jobs }
    if !overlaps.isEmpty { return try AlignLines(request).writeTexts(source: overlaps[0], target: overlaps[1]) }
    for aligned in try AlignLines(request).run() {
      if explain {
        Terminal.write(Ladder.text(aligned))
      } else if aligned.pair.output == nil {
        Terminal.write(BeadText.text(aligned.beads))
      }
    }
  }
}
