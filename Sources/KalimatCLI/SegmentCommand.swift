internal import ArgumentParser
internal import Kalimat
internal import Segmentation

struct SegmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segment",
    abstract: "Cut text into sentences: text in, a sentence a line out.",
    discussion: """
      Examples:
        kalimat segment article.txt --lang id
        echo 'Dr. Sutomo datang. Ia duduk.' | kalimat segment --json
        kalimat segment article.txt --explain
      """)

  @Argument(help: "Text files, also .gz or .zst; - or none is standard input.")
  var files: [String] = []
  @Option(help: "The text's language (BCP 47; default: detected).")
  var lang: String?
  @Option(help: "How paragraphs are told apart; with lines, standard input is answered line by line.")
  var paragraphs: ParagraphMode = .auto
  @Option(help: "The layers that are asked: ICU alone, with rules and word lists, or with the model too (full).")
  var rules: RuleSet = .full
  @Option(help: "The text's encoding, as ICU names it (default: UTF-8).")
  var encoding: String?
  @Option(help: "Weights in place of those built in: a file of SegmentationTrainer, to measure with.")
  var weights: String?
  @Flag(help: "JSON Lines: text, start and end (code points of the file), start_byte, end_byte, para, rule.")
  var json = false
  @Flag(help: "Show the text with each boundary and why it is one, and each place that is none and why not.")
  var explain = false

  func run() throws {
    if json && explain { throw ValidationError("--json and --explain exclude each other.") }
    let language = try lang.map { try BuildConfiguration.checkedLanguage($0) }
    var segment = SegmentText(language: language, paragraphs: paragraphs, rules: rules, encoding: encoding)
    if let weights { try segment.useWeights(of: weights) }
    for file in files.isEmpty ? ["-"] : files {
      if explain {
        let painter = ExplanationPainter(usesColor: Terminal.wantsColor)
        try segment.explain(file) { Terminal.write(painter.text(of: $0)) }
        continue
      }
      try segment.run(file) { sentence in
        Terminal.write(json ? sentence.json.line : sentence.text + [0x0A])
        if file == "-" && paragraphs == .lines { Terminal.flush() }
      }
    }
  }
}
