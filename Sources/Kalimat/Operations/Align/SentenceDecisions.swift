internal import Alignment

/// Beads of two datasets that a person has set, a line each: source sentences' IDs, a tab, target sentences' IDs, with
/// spaces or commas between IDs; an empty side says that the others have no counterpart. Empty lines and lines that begin
/// with # say nothing.
struct SentenceDecisions {
  /// The beads of each pair of articles.
  private(set) var beads: [[Bead]]
  /// The line in the file of each of them.
  private(set) var lines: [[Int]]
  let path: String

  private typealias Place = (pair: Int, sentence: Int)

  init(
    _ path: String, _ pairs: [(source: Int, target: Int)], source: [StoredArticle], target: [StoredArticle]
  ) throws(Problem) {
    self.path = path
    beads = Array(repeating: [], count: pairs.count)
    lines = beads.map { _ in [] }
    let sources = Self.places(pairs.map { source[$0.source] }), targets = Self.places(pairs.map { target[$0.target] })
    for (index, line) in try LineFile(path).lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
      let place = Problem.Place(file: path, line: index + 1)
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count == 2 else {
        throw Problem(
          "a line of \(fields.count) fields", at: place,
          expected: "IDs of source sentences, a tab, IDs of target sentences")
      }
      let one = try Self.run(fields[0], sources, "source", place),
        other = try Self.run(fields[1], targets, "target", place)
      guard let pair = one?.pair ?? other?.pair else {
        throw Problem("no sentence on either side", at: place, expected: "IDs of sentences")
      }
      guard (other?.pair ?? pair) == pair else {
        throw Problem(
          "sentences of two articles that are no pair", at: place, expected: "sentences of one pair of articles")
      }
      beads[pair].append(Bead(source: one?.sentences ?? 0..<0, target: other?.sentences ?? 0..<0))
      lines[pair].append(index + 1)
    }
  }

  private static func places(_ articles: [StoredArticle]) -> [[UInt8]: Place] {
    var places: [[UInt8]: Place] = [:]
    for (pair, article) in articles.enumerated() {
      for (index, sentence) in article.sentences.enumerated() { places[sentence.id] = (pair, index) }
    }
    return places
  }

  /// Sentences that follow each other; nil where the field is empty.
  private static func run(
    _ field: Substring, _ places: [[UInt8]: Place], _ side: String, _ place: Problem.Place
  ) throws(Problem) -> (pair: Int, sentences: Range<Int>)? {
    var run: (pair: Int, sentences: Range<Int>)? = nil
    for id in field.split(whereSeparator: { $0 == " " || $0 == "," }) {
      guard let found = places[Array(id.utf8)] else {
        throw Problem("no sentence of the \(side) that is aligned here: \(id)", at: place)
      }
      guard let last = run else {
        run = (found.pair, found.sentence..<found.sentence + 1)
        continue
      }
      guard last.pair == found.pair, last.sentences.upperBound == found.sentence else {
        throw Problem("sentences that do not follow each other", at: place, expected: "neighbours, in their order")
      }
      run = (last.pair, last.sentences.lowerBound..<found.sentence + 1)
    }
    return run
  }
}
