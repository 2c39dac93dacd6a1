internal import ArgumentParser
internal import Kalimat

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Look at the doubtful boundaries and rejects of a dataset, and decide them, in a terminal.",
    discussion: """
      Places are shown among their neighbours, nearest to the threshold first. Each decision is written at once, by the IDs of
      the dataset's records; a review goes on where the last one was left. `kalimat build --decisions FILE` obeys the file.
      Keys: j join, s split, k keep, r reject, Space right as it is, u undo, n next, p previous, ? help, q quit.

      Examples:
        kalimat review out/corpus --decisions decisions.tsv
        kalimat review out/corpus --decisions decisions.tsv --only rejects --limit 100

      Exit codes: 0 quit, 2 not readable or not written, 64 no terminal or wrong usage.
      """)

  @Argument(help: "The dataset's folder.")
  var dataset: String
  @Option(help: "The file of decisions; it is made where there is none.")
  var decisions: String
  @Option(help: "What to look at: all, boundaries or rejects.")
  var only: ReviewKind = .all
  @Option(help: "Places to show.")
  var limit = 500
  @Option(help: "Records to show before and behind each place.")
  var context = 2

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit is a number over 0.") }
    guard context >= 0 else { throw ValidationError("--context is a number from 0.") }
  }

  func run() throws {
    // Before the dataset is read: who has no terminal need not wait for it.
    try TerminalDevice.check()
    let meter = StepMeter(isShown: Terminal.isErrorInteractive)
    var review = try Review(dataset, decisions: decisions, kind: only, limit: limit, context: context) {
      meter.show("looking at", $0, of: $1, "articles")
    }
    meter.clear()
    let device = try TerminalDevice()
    try Self.loop(device, &review, ReviewScreen(dataset: dataset, usesColor: Terminal.wantsColor))
  }

  private static func loop(_ device: borrowing TerminalDevice, _ review: inout Review, _ screen: ReviewScreen) throws {
    var status = review.notes.joined(separator: " ")
    var showsHelp = false
    var keys = KeyReader()
    var shown: [String] = []
    while true {
      let (columns, rows) = device.size
      let lines = screen.lines(review, status: status, showsHelp: showsHelp, columns: columns, rows: rows)
      if lines != shown { device.show(lines) }
      shown = lines
      guard let bytes = device.read(milliseconds: 200) else { return }
      for key in keys.keys(in: bytes) {
        if showsHelp {
          showsHelp = false
          continue
        }
        status = ""
        switch key {
        case .quit: return
        case .help: showsHelp = true
        case .next: review.move(1)
        case .previous: review.move(-1)
        case .undo: status = try review.undo() ? "Undone." : "Nothing of this review is left to undo."
        case .answer(let answer):
          if try !review.decide(answer) { status = "That key decides nothing here; ? lists the keys." }
        case .other: status = "? lists the keys."
        }
      }
    }
  }
}
