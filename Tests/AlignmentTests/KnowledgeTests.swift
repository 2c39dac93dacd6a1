import Testing

@testable import Alignment

@Suite struct KnowledgeTests {
  private func beads(_ pair: DocumentPair, _ knowledge: Knowledge = Knowledge()) throws -> [ScoredBead] {
    try Aligner().align([pair], knowledge: knowledge).beads[0]
  }

  @Test func decisionsHold() throws {
    var chance = Chance(state: 11)
    let text = MadeText(beads: 40, mess: 0.1, chance: &chance)
    var pair = text.pair
    // Nothing would find these by itself.
    let set = [Bead(source: 5..<7, target: 9..<11), Bead(source: 20..<21, target: 0..<0)]
    pair.decisions = set
    let found = try beads(pair)
    #expect(isWhole(found.map(\.bead), pair))
    #expect(found.contains { $0.bead == set[0] && $0.isDecided && $0.confidence == 1 })
    let alone = found.filter { $0.bead.source == 20..<21 }
    #expect(alone.count == 1 && alone[0].bead.target.isEmpty && alone[0].isDecided)
  }

  @Test(arguments: [
    [Bead(source: 0..<2, target: 0..<1), Bead(source: 1..<3, target: 1..<2)],
    [Bead(source: 0..<1, target: 2..<3), Bead(source: 1..<2, target: 0..<1)],
    [Bead(source: 0..<1, target: 0..<99)],
    [Bead(source: 0..<1, target: 0..<0), Bead(source: 0..<1, target: 0..<1)],
  ])
  func decisionsThatCannotHold(_ decisions: [Bead]) throws {
    var chance = Chance(state: 12)
    var pair = MadeText(beads: 10, mess: 0, chance: &chance).pair
    pair.decisions = decisions
    #expect(throws: AlignmentError.self) { try beads(pair) }
  }

  /// A document too small to learn from is aligned with what a large one taught.
  @Test func aSavedLexiconHelps() throws {
    var chance = Chance(state: 13)
    let large = MadeText(beads: 150, mess: 0.1, chance: &chance, words: 120)
    let lexicon = try Aligner().align([large.pair], learnsLexicon: true).lexicon
    let small = (0..<20).map { _ in MadeText(beads: 8, mess: 0.5, chance: &chance, words: 120) }
    var without = 0.0, with = 0.0
    for text in small {
      without += strictF1(try beads(text.pair).map(\.bead), text.gold)
      with += strictF1(try beads(text.pair, Knowledge(lexicon: lexicon)).map(\.bead), text.gold)
    }
    #expect(with / 20 > 0.9)
    #expect(with > without)
  }

  @Test func lexiconsAsText() throws {
    let lexicon = Lexicon(
      stemLength: 5,
      entries: [
        .init(source: [], target: Array("buku".utf8), thousandths: 12_000),
        .init(source: Array("book".utf8), target: [], thousandths: 7_005),
        .init(source: Array("book".utf8), target: Array("buku".utf8), thousandths: 6_250),
      ])
    let text = "kalimat-lexicon 1 stem=5\n\tbuku\t12.000\nbook\t\t7.005\nbook\tbuku\t6.250\n"
    #expect(String(decoding: lexicon.text, as: UTF8.self) == text)
    #expect(try Lexicon(text: Array(text.utf8)) == lexicon)
  }

  @Test(arguments: [
    ("", 1), ("something else\n", 1), ("kalimat-lexicon 1 stem=5\na\tb\n", 2),
    ("kalimat-lexicon 1 stem=5\na\tb\tx\n", 2),
    ("kalimat-lexicon 1 stem=5\na\tb\t1.000\n\t\t1.000\n", 3), ("kalimat-lexicon 1 stem=5\na\tb\t-1.000\n", 2),
  ])
  func badLexicons(_ text: String, _ line: Int) throws {
    do throws(AlignmentError) {
      _ = try Lexicon(text: Array(text.utf8))
      Issue.record("it was taken")
    } catch {
      #expect(error.line == line)
    }
  }

  /// Two sentences of the same length and form, told apart by the dictionary alone.
  @Test func aDictionaryHelps() throws {
    let pair = DocumentPair(
      source: [
        "Kucing putih tidur siang di atas kursi.", "Hujan turun lebat sejak malam tadi.",
        "Pasar ikan sudah tutup sore ini.",
      ],
      target: ["Heavy rain has fallen since night.", "The fish market is closed now."])
    let dictionary = [
      ("hujan", "rain"), ("turun", "fallen"), ("lebat", "heavy"), ("sejak", "since"), ("malam", "night"),
      ("pasar", "market"), ("tutup", "closed"), ("ikan", "fish"),
    ]
    let found = try beads(pair, Knowledge(dictionary: dictionary)).map(\.bead)
    #expect(found.contains(Bead(source: 1..<2, target: 0..<1)))
    #expect(found.contains(Bead(source: 2..<3, target: 1..<2)))
  }
}

extension AlignmentError {
  fileprivate var line: Int? {
    if case .badLexiconLine(let line, _, _) = self { line } else { nil }
  }
}
