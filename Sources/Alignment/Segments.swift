/// A stretch of a document between decisions: it is searched on its own.
struct Segment: Sendable {
  var document: Int
  /// Where it starts in the document.
  var sourceStart: Int
  var targetStart: Int
  var pair: PreparedPair
}

/// A document cut at its decisions.
struct Segments {
  private(set) var segments: [Segment] = []
  private(set) var decided: [(document: Int, bead: Bead)] = []

  /// Cuts `pair` at the two-sided beads of `decisions`, and marks the sentences of the one-sided ones.
  mutating func append(_ pair: PreparedPair, document: Int, decisions: [Bead]) throws(AlignmentError) {
    var pair = pair
    var last = (source: 0, target: 0)
    try mark(&pair, document: document, decisions)
    let order = decisions.indices.filter { !decisions[$0].source.isEmpty && !decisions[$0].target.isEmpty }
      .sorted { decisions[$0].source.lowerBound < decisions[$1].source.lowerBound }
    for index in order {
      let bead = decisions[index]
      guard bead.source.lowerBound >= last.source, bead.target.lowerBound >= last.target else {
        throw .badDecision(document: document, decision: index, found: "it overlaps or crosses another one")
      }
      guard !pair.source.hasAlone(bead.source), !pair.target.hasAlone(bead.target) else {
        throw .badDecision(
          document: document, decision: index, found: "another decision leaves one of its sentences without counterpart"
        )
      }
      cut(pair, document, last.source..<bead.source.lowerBound, last.target..<bead.target.lowerBound)
      decided.append((document, bead))
      last = (bead.source.upperBound, bead.target.upperBound)
    }
    cut(pair, document, last.source..<pair.source.count, last.target..<pair.target.count)
  }

  private func mark(_ pair: inout PreparedPair, document: Int, _ decisions: [Bead]) throws(AlignmentError) {
    for (index, bead) in decisions.enumerated() {
      guard bead.source.upperBound <= pair.source.count, bead.target.upperBound <= pair.target.count,
        bead.source.lowerBound >= 0, bead.target.lowerBound >= 0
      else { throw .badDecision(document: document, decision: index, found: "it names a sentence that is not there") }
      if bead.target.isEmpty { pair.source.alone += bead.source }
      if bead.source.isEmpty { pair.target.alone += bead.target }
    }
    pair.source.alone.sort()
    pair.target.alone.sort()
  }

  private mutating func cut(_ pair: PreparedPair, _ document: Int, _ source: Range<Int>, _ target: Range<Int>) {
    if source.isEmpty && target.isEmpty { return }
    let isWhole = source.count == pair.source.count && target.count == pair.target.count
    let part = isWhole ? pair : PreparedPair(source: pair.source.slice(source), target: pair.target.slice(target))
    segments.append(
      Segment(document: document, sourceStart: source.lowerBound, targetStart: target.lowerBound, pair: part))
  }

  /// The segments' beads and the decided ones, together again, for `count` documents.
  func join(_ beads: [[ScoredBead]], count: Int) -> [[ScoredBead]] {
    var documents: [[ScoredBead]] = Array(repeating: [], count: count)
    for (segment, path) in zip(segments, beads) {
      for scored in path {
        let source = scored.bead.source, target = scored.bead.target
        let bead = Bead(
          source: source.lowerBound + segment.sourceStart..<source.upperBound + segment.sourceStart,
          target: target.lowerBound + segment.targetStart..<target.upperBound + segment.targetStart)
        let isDecided = segment.pair.source.hasAlone(source) || segment.pair.target.hasAlone(target)
        documents[segment.document].append(
          ScoredBead(bead: bead, confidence: isDecided ? 1 : scored.confidence, isDecided: isDecided))
      }
    }
    for (document, bead) in decided {
      documents[document].append(ScoredBead(bead: bead, confidence: 1, isDecided: true))
    }
    for index in documents.indices {
      documents[index].sort { a, b in
        let x = a.bead, y = b.bead
        return (x.source.lowerBound, x.target.lowerBound, x.source.upperBound, x.target.upperBound)
          < (y.source.lowerBound, y.target.lowerBound, y.source.upperBound, y.target.upperBound)
      }
    }
    return documents
  }
}
