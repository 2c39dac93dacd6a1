import Testing

@testable import Alignment

/// The banded search against an obvious one, and the shared sums against sums made bead by bead.
@Suite struct SearchTests {
  /// What a bead's words say, as the definition has it: no sharing, no bands.
  private func lexicalScore(_ pair: PreparedPair, _ bead: Bead, _ model: Model) -> Double {
    let source = pair.source.tokens[pair.source.tokenRange(bead.source)]
    let target = pair.target.tokens[pair.target.tokenRange(bead.target)]
    if source.isEmpty || target.isEmpty { return 0 }
    let table = model.translations, empty = model.parameters.emptyShare
    func ratios(_ s: Int32, _ t: Int32) -> (Double, Double) {
      for entry in Int(table.rowStarts[Int(s)])..<Int(table.rowStarts[Int(s) + 1]) where table.targets[entry] == t {
        return (Double(table.forward[entry]), Double(table.backward[entry]))
      }
      return (0, 0)
    }
    let sourceBackground = source.reduce(0) { $0 + Double(table.sourceBackground[Int($1)]) }
    let targetBackground = target.reduce(0) { $0 + Double(table.targetBackground[Int($1)]) }
    var sum = 0.0
    for t in target {
      let given = source.reduce(0) { $0 + ratios($1, t).0 }
      sum += Logarithm.natural(empty + (1 - empty) / Double(source.count) * (sourceBackground + given))
    }
    for s in source {
      let given = target.reduce(0) { $0 + ratios(s, $1).1 }
      sum += Logarithm.natural(empty + (1 - empty) / Double(target.count) * (targetBackground + given))
    }
    return 0.5 * sum * (model.isFirst ? model.parameters.firstLexicalWeight : model.parameters.lexicalWeight)
  }

  private func formScore(_ pair: PreparedPair, _ bead: Bead, _ model: Model) -> Double {
    guard let shape = BeadShape.number(bead) else { return -.infinity }
    let source = pair.source.edges, target = pair.target.edges, edges = model.edges
    var score = Double(model.priors.shapes[shape])
    score += model.lengths.score(
      source: pair.source.length(bead.source), target: pair.target.length(bead.target),
      bonus: model.parameters.lengthBonus, cap: model.parameters.lengthCap)
    score += Double(
      edges.starts[EdgeModel.pair(starts: source[bead.source.lowerBound], target[bead.target.lowerBound])])
    score += Double(
      edges.ends[EdgeModel.pair(ends: source[bead.source.upperBound - 1], target[bead.target.upperBound - 1])])
    for index in bead.source.dropFirst() { score += Double(edges.sourceBorders[EdgeModel.border(source, index)]) }
    for index in bead.target.dropFirst() { score += Double(edges.targetBorders[EdgeModel.border(target, index)]) }
    let ends = source[bead.source].reduce(0) { $0 + Int($1.sentenceEnds) }
    let others = target[bead.target].reduce(0) { $0 + Int($1.sentenceEnds) }
    return score + Double(edges.sentenceEnds[EdgeModel.difference(ends, others)])
  }

  /// The best sum of scores over all paths: every bead from every cell, and gaps one sentence at a time.
  private func slowBest(_ pair: PreparedPair, _ model: Model) -> Double {
    let n = pair.source.count, m = pair.target.count
    // By cell and by what went before: 0 a bead, 1 a source sentence alone, 2 a target sentence alone.
    var best = Array(repeating: Array(repeating: [Double](repeating: -.infinity, count: 3), count: m + 1), count: n + 1)
    best[0][0][0] = 0
    for i in 0...n {
      for j in 0...m {
        for state in 0..<3 where best[i][j][state] > -.infinity {
          let here = best[i][j][state]
          for shape in 0..<BeadShape.count {
            let bead = Bead(source: i..<i + BeadShape.sources[shape], target: j..<j + BeadShape.targets[shape])
            guard bead.source.upperBound <= n, bead.target.upperBound <= m else { continue }
            let total = here + formScore(pair, bead, model) + lexicalScore(pair, bead, model)
            best[bead.source.upperBound][bead.target.upperBound][0] = max(
              best[bead.source.upperBound][bead.target.upperBound][0], total)
          }
          let start = Double(model.priors.gapStart), more = Double(model.priors.gapMore)
          if i < n { best[i + 1][j][1] = max(best[i + 1][j][1], here + (state == 1 ? more : start)) }
          if j < m { best[i][j + 1][2] = max(best[i][j + 1][2], here + (state == 2 ? more : start)) }
        }
      }
    }
    return best[n][m].reduce(-.infinity) { max($0, $1) }
  }

  /// What a path is worth.
  private func worth(_ path: [Bead], _ pair: PreparedPair, _ model: Model) -> Double {
    var sum = 0.0
    var last = 0
    for bead in path {
      let state = bead.target.isEmpty ? 1 : bead.source.isEmpty ? 2 : 0
      if state == 0 {
        sum += formScore(pair, bead, model) + lexicalScore(pair, bead, model)
      } else {
        sum += Double(state == last ? model.priors.gapMore : model.priors.gapStart)
      }
      last = state
    }
    return sum
  }

  private func model(_ documents: [PreparedPair], _ source: Vocabulary, _ target: Vocabulary, _ paths: [[Bead]])
    -> Model
  {
    let parameters = AlignmentParameters()
    func counts(_ sides: [Side], _ count: Int) -> [Double] {
      var counts = [Double](repeating: 0, count: count)
      for side in sides { for token in side.tokens { counts[Int(token)] += 1 } }
      return counts
    }
    let known = KnownPairs(
      entries: [], sourceTotals: Array(repeating: 0, count: source.count),
      targetTotals: Array(repeating: 0, count: target.count))
    let learner = ModelOne(
      sourceCounts: counts(documents.map(\.source), source.count),
      targetCounts: counts(documents.map(\.target), target.count),
      known: known, parameters: parameters)
    var beads = BeadTokens()
    for (document, path) in zip(documents, paths) {
      for bead in path where !bead.source.isEmpty && !bead.target.isEmpty { beads.append(document, bead, weight: 1) }
    }
    var lengths = LengthModel(documents)
    lengths.learn(documents, paths)
    return Model(
      translations: learner.learn(beads), lengths: lengths,
      edges: EdgeModel(documents, paths, headingWeight: 0, parameters: parameters),
      priors: BeadPriors(paths, parameters: parameters), isFirst: false, parameters: parameters)
  }

  @Test(arguments: 1...12)
  func fastFindsWhatSlowFinds(_ seed: UInt64) throws {
    var chance = Chance(state: seed)
    var tokenizer = Tokenizer(stemLength: 5)
    var source = Vocabulary(), target = Vocabulary()
    var documents: [PreparedPair] = [], golds: [[Bead]] = []
    for _ in 0..<3 {
      let text = MadeText(beads: Int.random(in: 3...9, using: &chance), mess: 0.6, chance: &chance, words: 40)
      documents.append(
        PreparedPair(
          source: try tokenizer.side(text.pair.source, vocabulary: &source),
          target: try tokenizer.side(text.pair.target, vocabulary: &target)))
      golds.append(text.gold)
    }
    let model = model(documents, source, target, golds)
    for document in documents where document.source.count > 0 && document.target.count > 0 {
      let band = Band.diagonal(
        sourceCount: document.source.count, targetCount: document.target.count, halfWidth: 100)
      var scores = BeadScores(document, model, band: band, window: TokenWindow(targetCount: target.count))
      let path = BestPath.find(band: band, priors: model.priors) { row, out in scores.row(row, into: &out) }
      let slow = slowBest(document, model)
      #expect(abs(worth(path, document, model) - slow) < 1e-3 * max(1, abs(slow)))
    }
  }

  @Test(arguments: 1...8)
  func posteriorSumsToOne(_ seed: UInt64) throws {
    var chance = Chance(state: seed)
    let text = MadeText(beads: 12, mess: 0.3, chance: &chance, words: 60)
    let found = try Aligner().align([text.pair]).beads[0]
    #expect(isWhole(found.map(\.bead), text.pair))
    #expect(found.allSatisfy { $0.confidence >= 0 && $0.confidence <= 1 })
  }

  @Test(arguments: [(5, 0, 2), (0, 5, 2), (1, 40, 3), (40, 1, 3), (100, 10, 2), (10, 100, 2)])
  func bandsHaveNoHoles(_ n: Int, _ m: Int, _ halfWidth: Int) {
    let diagonal = Band.diagonal(sourceCount: n, targetCount: m, halfWidth: halfWidth)
    let around = Band.around(
      [Bead(source: 0..<n, target: 0..<0), Bead(source: n..<n, target: 0..<m)], sourceCount: n, targetCount: m,
      halfWidth: halfWidth, whereGapped: halfWidth + 3)
    for band in [diagonal, around] {
      #expect(band.rowCount == n + 1)
      #expect(band.low[0] == 0)
      #expect(Int(band.high[n]) == m)
      for row in 0..<band.rowCount {
        #expect(band.low[row] <= band.high[row])
        if row > 0 {
          #expect(band.low[row] >= band.low[row - 1] && band.high[row] >= band.high[row - 1])
          #expect(band.low[row] <= band.high[row - 1])
        }
      }
    }
  }
}

@Suite struct LongDocumentTests {
  /// Sums over the paths of a long document must not drown the difference that one bead makes: in a document that is the
  /// same everywhere each bead is as probable as the others, far from its ends.
  @Test func probabilitiesDoNotDriftWithTheLength() {
    let count = 12_000
    let band = Band(
      low: (0...count).map { Int32(max(0, $0 - 1)) }, high: (0...count).map { Int32(min(count, $0 + 1)) })
    let beads = Posterior.decode(
      band: band, priors: BeadPriors(AlignmentParameters()), temperature: 1, beadCost: 0.5, gapDoubt: 0.1
    ) { row, out in
      out = Array(repeating: BeadScores.impossible, count: band.width(row) * BeadShape.count)
      for cell in 0..<band.width(row) where Int(band.low[row]) + cell > Int(band.low[row - 1]) {
        out[cell * BeadShape.count] = Int(band.low[row]) + cell == row ? 7.3 : 7.1
      }
    }
    #expect(beads.count == count)
    #expect(beads.allSatisfy { $0.bead.source == $0.bead.target })
    let middle = beads[count / 2].confidence
    #expect(middle > 0.9 && middle < 1)
    for index in stride(from: 100, to: count - 100, by: 50) { #expect(abs(beads[index].confidence - middle) < 1e-4) }
  }
}
