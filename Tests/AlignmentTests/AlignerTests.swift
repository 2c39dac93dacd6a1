import Testing

@testable import Alignment

@Suite struct AlignerTests {
  private func beads(_ documents: [DocumentPair], knowledge: Knowledge = Knowledge()) throws -> [[Bead]] {
    try Aligner().align(documents, knowledge: knowledge).beads.map { $0.map(\.bead) }
  }

  @Test func findsWhatIsKnown() throws {
    var chance = Chance(state: 1)
    let texts = (0..<3).map { _ in MadeText(beads: 60, mess: 0.2, chance: &chance, words: 150) }
    let found = try beads(texts.map(\.pair))
    for (text, beads) in zip(texts, found) {
      #expect(isWhole(beads, text.pair))
      #expect(strictF1(beads, text.gold) > 0.97)
    }
  }

  @Test(arguments: [(0, 0), (0, 3), (3, 0), (1, 1), (1, 7), (7, 1)])
  func smallAndEmptySides(_ source: Int, _ target: Int) throws {
    let pair = DocumentPair(
      source: (0..<source).map { "Sentence number \($0)." }, target: (0..<target).map { "Kalimat nomor \($0)." })
    let found = try beads([pair])[0]
    #expect(isWhole(found, pair))
    if source == 0 || target == 0 { #expect(found.count == source + target) }
  }

  @Test func noDocuments() throws { #expect(try beads([]).isEmpty) }

  @Test func linesWithoutWords() throws {
    let pair = DocumentPair(source: ["", "...", "One 1.", "\u{FEFF}", "—"], target: ["", "Satu 1.", "***"])
    #expect(isWhole(try beads([pair])[0], pair))
  }

  /// Forty sentences that one side leaves out are left out, and what follows is still found. Every fifth line has a
  /// number, as real text has: with lengths alone nobody could know where the forty are.
  @Test func oneHugeDeletion() throws {
    var chance = Chance(state: 2)
    let text = MadeText(beads: 120, mess: 0, chance: &chance, words: 150)
    var pair = text.pair
    for line in stride(from: 0, to: 120, by: 5) {
      pair.source[line] += " \(line + 3000)"
      pair.target[line] += " \(line + 3000)"
    }
    pair.target.removeSubrange(40..<80)
    let found = try beads([pair])[0]
    #expect(isWhole(found, pair))
    let before = text.gold.filter { $0.source.lowerBound < 40 }
    let after = text.gold.filter { $0.source.lowerBound >= 80 }.map {
      Bead(source: $0.source, target: $0.target.lowerBound - 40..<$0.target.upperBound - 40)
    }
    #expect(strictF1(found, before + after) > 0.97)
  }

  /// Sides exchanged give nearly the same beads exchanged: nothing in the method prefers a side.
  @Test func exchangedSides() throws {
    var chance = Chance(state: 3)
    let text = MadeText(beads: 80, mess: 0.2, chance: &chance, words: 150)
    let forth = try beads([text.pair])[0]
    let back = try beads([DocumentPair(source: text.pair.target, target: text.pair.source)])[0]
    #expect(strictF1(forth, back.map { Bead(source: $0.target, target: $0.source) }) > 0.95)
  }

  /// The same beads and scores, to the bit, whatever order the pieces are worked in.
  @Test func orderOfWorkChangesNothing() throws {
    struct BackwardsMap: ParallelMap {
      func map<Result: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int) -> Result
      ) throws(AlignmentError) -> [Result] { (0..<count).reversed().map(body).reversed() }
    }
    var chance = Chance(state: 4)
    // Enough for several batches.
    let pairs = (0..<30).map { _ in MadeText(beads: 12, mess: 0.3, chance: &chance, words: 150).pair }
    var parameters = AlignmentParameters()
    parameters.batchSentences = 100
    let aligner = Aligner(parameters: parameters)
    let forwards = try aligner.align(pairs, learnsLexicon: true)
    let backwards = try aligner.align(pairs, learnsLexicon: true, parallel: BackwardsMap())
    #expect(forwards.beads == backwards.beads)
    #expect(forwards.lexicon == backwards.lexicon)
    #expect(!forwards.lexicon.entries.isEmpty)
  }

  /// The surer half is righter than the rest.
  @Test func confidenceTellsRightFromWrong() throws {
    var chance = Chance(state: 5)
    let text = MadeText(beads: 150, mess: 0.5, chance: &chance, words: 2000)
    let found = try Aligner().align([text.pair]).beads[0].filter { !$0.bead.source.isEmpty && !$0.bead.target.isEmpty }
    let gold = Set(text.gold)
    let ranked = found.sorted { $0.confidence > $1.confidence }
    let half = ranked.count / 2
    let surer = ranked[..<half].count { gold.contains($0.bead) },
      rest = ranked[half...].count { gold.contains($0.bead) }
    #expect(surer > rest)
    #expect(found.allSatisfy { (0...1).contains($0.confidence) })
  }
}

@Suite struct HeadingTests {
  /// Lines of one length with nothing in common: only that two of them are headings tells that they are one bead.
  @Test func headingsHoldTogether() throws {
    func lines(_ start: String, _ count: Int) -> [String] {
      (0..<count).map { line in
        (0..<5).map { word in start + String(decoding: [0x61 + UInt8(line), 0x65 + UInt8(word * 4)], as: UTF8.self) }
          .joined(separator: " ") + "."
      }
    }
    var pair = DocumentPair(source: lines("bo", 12), target: lines("mi", 13))
    func holds(_ beads: [ScoredBead]) -> Bool { beads.contains { $0.bead == Bead(source: 8..<9, target: 9..<10) } }
    let without = try Aligner().align([pair]).beads[0]
    pair.sourceHeadings = [8]
    let oneSide = try Aligner().align([pair]).beads[0]
    #expect(without == oneSide)
    pair.targetHeadings = [9]
    #expect(holds(try Aligner().align([pair]).beads[0]))
    pair.targetHeadings = [8]
    #expect(!holds(try Aligner().align([pair]).beads[0]))
  }
}
