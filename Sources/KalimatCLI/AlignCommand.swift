internal import Alignment
internal import ArgumentParser
internal import Kalimat

struct AlignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "align",
    abstract: "Find the sentences that translate each other.",
    discussion: """
      With --lines, SOURCE and TARGET are text files with a sentence a line. What is written has a line for each bead,
      as vecalign writes it: [0, 1]:[0]:0.9731 (line numbers from 0; the score is how sure the bead is, 0 … 1).

      Examples:
        kalimat align --lines de.txt fr.txt --output beads.txt
        kalimat align --lines --list pairs.tsv --lexicon de-fr.lexicon
        kalimat align --lines de.txt fr.txt --decisions corrected.txt --explain

      A decisions file holds beads that a person has set, a line each: [3, 4]:[5], or [3]:[] for a line without
      counterpart; with --list, the source file and a tab before it.

      Exit codes: 0 aligned, 2 not aligned, 64 wrong usage.
      """)

  @Argument(help: ArgumentHelp("Two files with a sentence a line.", valueName: "file"))
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
  @Option(help: "Leave out beads that are less sure than this (0 … 1).")
  var minScore: Float = 0
  @Flag(help: "Show both texts, bead by bead, in place of the beads.")
  var explain = false
  @Option(help: "Threads that work (default: as many as there are processors). It changes no result.")
  var jobs: Int?

  func validate() throws {
    guard lines else { throw ValidationError("--lines says that the files hold a sentence a line.") }
    guard list == nil ? files.count == 2 : files.isEmpty else {
      throw ValidationError("Name two files, SOURCE and TARGET, or a --list of them.")
    }
    if list != nil && output != nil { throw ValidationError("With --list each line names its own output.") }
    guard (0...1).contains(minScore) else { throw ValidationError("--min-score is a number from 0 to 1.") }
    guard jobs ?? 1 > 0 else { throw ValidationError("--jobs is a number over 0.") }
  }

  func run() throws {
    var request = AlignLinesRequest()
    if files.count == 2 { request.pairs = [LinePair(source: files[0], target: files[1], output: output)] }
    request.list = list
    request.sourceLanguage = sourceLang
    request.targetLanguage = targetLang
    request.dictionary = dictionary
    request.lexicon = lexicon
    request.decisions = decisions
    request.minimumScore = minScore
    if let jobs { request.jobs = jobs }
    for aligned in try AlignLines(request).run() {
      if explain {
        Terminal.write(Ladder.text(aligned))
      } else if aligned.pair.output == nil {
        Terminal.write(BeadText.text(aligned.beads))
      }
    }
  }
}
