/// Which sentences are given out: `--where split=train,lang=id,kind=body`.
public struct ExportSelection: Sendable, Equatable {
  var splits: [String] = []
  var languages: [String] = []
  var kinds: [String] = []

  public init() {}

  /// Reads conditions with commas between; a name that stands several times takes any of its values.
  public init(_ conditions: [String]) throws(Problem) {
    for condition in conditions.flatMap({ $0.split(separator: ",").map(String.init) }) {
      let sides = condition.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else { throw Self.refusal(of: condition) }
      switch sides[0] {
      case "split": splits.append(sides[1])
      case "lang": languages.append(sides[1])
      case "kind": kinds.append(sides[1])
      default: throw Self.refusal(of: condition)
      }
    }
    for kind in kinds where !RecordKeys.kinds.contains(where: { $0.utf8.elementsEqual(kind.utf8) }) {
      throw .usage("--where kind=\(kind)", expected: "one of \(RecordKeys.kinds.joined(separator: ", "))")
    }
  }

  private static func refusal(of condition: String) -> Problem {
    .usage("--where \(condition)", expected: "split=NAME, lang=TAG or kind=KIND, with commas between")
  }

  func takes(_ sentence: StoredSentence) -> Bool {
    !sentence.isRejected && sentence.reason.isEmpty && Self.matches(languages, sentence.language)
      && Self.matches(kinds, sentence.kind)
  }

  private static func matches(_ wanted: [String], _ value: [UInt8]) -> Bool {
    wanted.isEmpty || wanted.contains { $0.utf8.elementsEqual(value) }
  }
}
