internal import Foundation
internal import Segmentation

/// `SegmentationTrainer train GOLD OUT [FOLDS]`: the weights, and with FOLDS those of the five held-out blocks.
/// `SegmentationTrainer segment LANGUAGE RULES [WEIGHTS|-] [explain]`: paragraphs on standard input, one NUL after
/// each; on standard output a line each of the byte offsets `end:next` of its inner boundaries.
@main
struct Main {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "train" where arguments.count >= 3: try train(arguments)
    case "paragraphs":
      let bytes = Array(FileHandle.standardInput.readDataToEndOfFile())
      for paragraph in ParagraphMode.auto.paragraphs(of: bytes.span) { print(paragraph.start, paragraph.end) }
    case "bench" where arguments.count == 5: try bench(arguments)
    case "segment" where arguments.count >= 3: try segment(arguments)
    default:
      print("train GOLD OUT [FOLDS] | segment LANGUAGE icu|rules|full [WEIGHTS|-] [explain]")
      exit(64)
    }
  }

  private static func train(_ arguments: [String]) throws {
    let training = try Training(folder: arguments[1], without: ProcessInfo.processInfo.environment["WITHOUT"] ?? "")
    try Data(training.file(fold: nil)).write(to: URL(fileURLWithPath: arguments[2]))
    guard arguments.count > 3 else { return }
    for fold in 0..<5 {
      let url = URL(fileURLWithPath: arguments[3]).appendingPathComponent("fold\(fold).weights")
      try Data(training.file(fold: fold)).write(to: url)
    }
  }

  /// `bench LANGUAGE RULES FILE TIMES`: megabytes a second of whole articles.
  private static func bench(_ arguments: [String]) throws {
    guard let rules = RuleSet(rawValue: arguments[2]), let times = Int(arguments[4]) else { exit(64) }
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: arguments[3])))
    var segmenter = try Segmenter(language: arguments[1], rules: rules)
    var count = 0
    let clock = ContinuousClock()
    let elapsed = try clock.measure {
      for _ in 0..<times { count += try segmenter.sentences(of: bytes.span, paragraphs: .lines).count }
    }
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    print(count, Int(Double(bytes.count * times) / 1e6 / seconds), "MB/s")
  }

  private static func segment(_ arguments: [String]) throws {
    guard let rules = RuleSet(rawValue: arguments[2]) else { exit(64) }
    var model = BoundaryModel.shipped
    if arguments.count > 3 && arguments[3] != "-" {
      model = BoundaryModel(file: Array(try Data(contentsOf: URL(fileURLWithPath: arguments[3]))))
    }
    var segmenter = try Segmenter(language: arguments[1], rules: rules, model: rules == .full ? model : BoundaryModel())
    let explains = arguments.count > 4
    var output = ""
    for paragraph in FileHandle.standardInput.readDataToEndOfFile().split(
      separator: 0, omittingEmptySubsequences: false)
    {
      let bytes = Array(paragraph)
      if rules == .icu {
        let sentences = try segmenter.sentences(of: bytes.span, paragraphs: .lines)
        output += sentences.dropLast().map { "\($0.end):\($0.end)" }.joined(separator: " ") + "\n"
        continue
      }
      for decision in try segmenter.decisions(inParagraph: bytes.span) where decision.isBoundary || explains {
        let candidate = decision.candidate
        output += "\(candidate.end):\(candidate.next)"
        if explains {
          output +=
            ":\(decision.isBoundary ? 1 : 0):\(decision.layer.rawValue):\(decision.score.map(String.init) ?? "")"
          output += ":\(candidate.kind):\(candidate.isICU)"
        }
        output += " "
      }
      output += "\n"
    }
    FileHandle.standardOutput.write(Data(output.utf8))
  }
}
