internal import Foundation
internal import Leftovers

/// `LeftoverTrainer train GOLD PAGES OUT`: the weights. `LeftoverTrainer folds GOLD PAGES`: what models trained without
/// a fifth of the pages say of that fifth.
@main
struct Main {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 4, arguments[1] != "train" || arguments.count == 5 else {
      print("train GOLD PAGES OUT | folds GOLD PAGES")
      exit(64)
    }
    let training = try Training(gold: arguments[2], pages: arguments[3])
    if arguments[1] == "train" {
      try Data(training.model(without: nil).file).write(to: URL(fileURLWithPath: arguments[4]))
    } else {
      training.reportFolds()
    }
  }
}

extension PageModel {
  /// As `PageModel(file:)` reads it.
  var file: [UInt8] {
    var text = ""
    for tree in trees {
      let questions = tree.questions.map { "\($0.feature):\($0.threshold)" }
      text += (questions + tree.leaves.map(String.init)).joined(separator: " ") + "\n"
    }
    return Array(text.utf8)
  }
}
