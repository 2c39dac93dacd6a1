internal import ArgumentParser
internal import Kalimat

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract:
      "Say what changed from one dataset to another: added, removed, moved and edited sentences, metadata, splits.",
    discussion: """
      Of two bitext datasets: pairs, told apart by their source sentences; an edited one has another translation.

      Examples:
        kalimat diff out/yesterday out/today
        kalimat diff out/id-en-1 out/id-en-2 --json

      Exit codes: 0 the same, 1 they differ, 2 could not look.
      """)

  @Argument(help: "The dataset as it was.")
  var old: String
  @Argument(help: "The dataset as it is.")
  var new: String
  @Flag(help: "JSON Lines, a difference a line.")
  var json = false

  func run() throws {
    var count = 0
    var document = ""
    try Diff().run(old, new) { difference in
      count += 1
      if json { return Terminal.write(difference.json.line) }
      if difference.document != document {
        document = difference.document
        Terminal.write([difference.document, difference.source].filter { !$0.isEmpty }.joined(separator: " ") + "\n")
      }
      Terminal.write(Self.text(of: difference))
    }
    if count == 0 && !json { Terminal.write("no difference\n") }
    if count > 0 { throw ExitCode(1) }
  }

  private static func text(of difference: Difference) -> String {
    switch difference.kind {
    case .added: paint("32", "  + \(difference.id) \(difference.new)\(source(of: difference))\n")
    case .removed: paint("31", "  - \(difference.id) \(difference.old)\(source(of: difference))\n")
    case .moved: "  > \(difference.id) from place \(difference.old) to \(difference.new)\n"
    case .edited: "  ~ \(difference.superseded) → \(difference.id) \(words(of: difference))\(source(of: difference))\n"
    case .metadata: "  \(difference.field): “\(difference.old)” → “\(difference.new)”\(source(of: difference))\n"
    case .split: "  split: \(difference.old) → \(difference.new)\n"
    case .documentAdded: paint("32", "  + the article, \(difference.field): \(difference.new)\n")
    case .documentRemoved: paint("31", "  - the article, \(difference.field): \(difference.old)\n")
    }
  }

  /// Of a pair: the source that it translates.
  private static func source(of difference: Difference) -> String {
    difference.translated.isEmpty ? "" : " ← \(difference.translated)"
  }

  private static func words(of difference: Difference) -> String {
    difference.words.map { change in
      switch change.kind {
      case .kept: change.text
      case .removed: paint("31", "[-\(change.text)-]")
      case .added: paint("32", "{+\(change.text)+}")
      }
    }.joined(separator: " ")
  }

  private static func paint(_ code: String, _ text: String) -> String {
    Terminal.wantsColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
