internal import Foundation
internal import Leftovers

/// All pages, and the models that are trained of them or of four fifths.
struct Training {
  private var dumps: [TrainingPage]
  /// Marked pages as they are, and copies with words forgotten, one list a copy.
  private var marked: [[TrainingPage]] = []

  /// Of how many percent of a copy's lines the words are forgotten.
  private static let hidden = [0, 30, 50, 70]

  init(gold: String, pages: String) throws {
    var reader = PageReader()
    dumps = try reader.dumps(URL(fileURLWithPath: gold))
    let files = try FileManager.default.contentsOfDirectory(
      at: URL(fileURLWithPath: pages), includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "txt" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
    for (copy, hidden) in Self.hidden.enumerated() {
      marked.append(
        try files.enumerated().map { number, file in
          try reader.marked(file, hidden: hidden, seed: UInt64(copy * 1000 + number) << 20)
        })
    }
  }

  func model(without fold: Int?) -> PageModel {
    var examples: [Example] = []
    var samples: [[Int16]] = []
    func add(_ page: TrainingPage, _ weight: Double) {
      for line in page.labels.indices where page.labels[line] != 0 {
        examples.append(
          Example(sample: samples.count, row: line, label: page.labels[line], weight: weight * page.weights[line]))
      }
      samples.append(page.sample.rows)
    }
    for (number, page) in dumps.enumerated() where number % 5 != fold { add(page, 1) }
    for copy in marked {
      for (number, page) in copy.enumerated() where number % 5 != fold { add(page, 0.5) }
    }
    return Learner(examples: examples, samples: samples).model()
  }

  /// Prints what the five models say of the pages that they have not seen.
  func reportFolds() {
    var dumpScore = PieceScore()
    var each: [String] = []
    var scores = [MarkScore](repeating: MarkScore(), count: marked.count)
    for fold in 0..<5 {
      let model = model(without: fold)
      var own = PieceScore()
      for (number, dump) in dumps.enumerated() where number % 5 == fold { own.add(dump, dump.verdicts(model)) }
      each.append(own.f1)
      dumpScore.add(own)
      for copy in marked.indices {
        for (number, page) in marked[copy].enumerated() where number % 5 == fold {
          scores[copy].add(
            page, page.verdicts(model), shows: copy == Int(ProcessInfo.processInfo.environment["SHOW"] ?? "9"))
        }
      }
    }
    print("dumps", dumpScore.f1, "by fold", each.joined(separator: " "))
    for (copy, score) in scores.enumerated() { print("words forgotten of \(Self.hidden[copy]) %:", score.report) }
  }
}

/// Pieces of dumps in what is kept, as trafilatura counts them.
struct PieceScore {
  private var tp = 0
  private var fp = 0
  private var fn = 0

  mutating func add(_ page: TrainingPage, _ verdicts: [Verdict]) {
    var text = ""
    for (index, verdict) in verdicts.enumerated() where verdict.reason == nil { text += page.text(index) + " " }
    let kept = Data(TrainingPage.collapsed(text))
    let found = page.wanted.count { kept.range(of: Data($0)) != nil }
    tp += found
    fn += page.wanted.count - found
    fp += page.unwanted.count { kept.range(of: Data($0)) != nil }
  }

  mutating func add(_ other: PieceScore) { (tp, fp, fn) = (tp + other.tp, fp + other.fp, fn + other.fn) }

  var f1: String { String(format: "%.4f", 2 * Double(tp) / Double(max(1, 2 * tp + fp + fn))) }
}

/// Sentences of marked pages, kept and rejected.
struct MarkScore {
  private var body = (kept: 0, all: 0)
  private var others = (kept: 0, all: 0)
  private var page = (rejected: 0, all: 0)

  mutating func add(_ marked: TrainingPage, _ verdicts: [Verdict], shows: Bool) {
    for (index, (label, verdict)) in zip(marked.marks, verdicts).enumerated() {
      let isKept = verdict.reason == nil
      if shows, isKept != PageReader.kinds.contains(label) {
        print(
          isKept ? "KEPT" : "LOST", marked.name, label, verdict.score, verdict.reason?.name ?? "-",
          marked.text(index).prefix(110))
      }
      if label == "body" {
        body = (body.kept + (isKept ? 1 : 0), body.all + 1)
      } else if PageReader.kinds.contains(label) {
        others = (others.kept + (isKept ? 1 : 0), others.all + 1)
      } else {
        page = (page.rejected + (isKept ? 0 : 1), page.all + 1)
      }
    }
  }

  var report: String {
    let share = String(format: "%.4f", Double(page.rejected) / Double(max(1, page.all)))
    let lost = "body lost \(body.all - body.kept) of \(body.all)"
    return lost + ", titles and the like lost \(others.all - others.kept) of \(others.all), rejected \(share)"
  }
}
