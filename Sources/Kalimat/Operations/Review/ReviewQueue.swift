/// A record as a review shows it.
public struct ReviewPiece: Sendable {
  public var text: String
  public var isRejected: Bool
  /// Whether a paragraph begins with it.
  public var beginsParagraph: Bool
}

/// A doubt among its neighbours.
public struct ReviewItem: Sendable {
  public var doubt: Doubt
  public var document: String
  /// The article's path, else its key; and its language.
  public var source: String
  public var language: String
  public var before: [ReviewPiece]
  /// The record; of a boundary, the record before it.
  public var record: ReviewPiece
  /// Of a boundary, the record behind it; of a place inside the record, what stands behind that place.
  public var second: ReviewPiece?
  public var after: [ReviewPiece]

  /// What stands in the decisions file for people.
  var shown: [UInt8] { Array((record.text + (second.map { " ‖ " + $0.text } ?? "")).utf8) }
}

/// What is asked for: boundaries, rejects, or both in turn.
public enum ReviewKind: String, Sendable, CaseIterable { case all, boundaries, rejects }

/// The most doubtful places of a dataset, nearest to the threshold first. Boundaries and rejects, whose margins have
/// different units, come in turn.
struct ReviewQueue {
  /// Places of each kind that are kept.
  let limit: Int
  let context: Int
  private var boundaries: [ReviewItem] = []
  private var rejects: [ReviewItem] = []

  init(limit: Int, context: Int) {
    self.limit = limit
    self.context = context
  }

  mutating func add(_ doubts: [Doubt], of article: StoredArticle) {
    for doubt in doubts {
      let item = item(doubt, article)
      if doubt.subject == .reject { rejects.append(item) } else { boundaries.append(item) }
    }
    if boundaries.count > limit * 2 + 64 { Self.cut(&boundaries, limit) }
    if rejects.count > limit * 2 + 64 { Self.cut(&rejects, limit) }
  }

  /// The places in the order in which they are shown; at most `limit` in all.
  mutating func items(_ kind: ReviewKind) -> [ReviewItem] {
    Self.cut(&boundaries, limit)
    Self.cut(&rejects, limit)
    switch kind {
    case .boundaries: return boundaries
    case .rejects: return rejects
    case .all:
      var items: [ReviewItem] = []
      for index in 0..<max(boundaries.count, rejects.count) {
        if index < boundaries.count { items.append(boundaries[index]) }
        if index < rejects.count { items.append(rejects[index]) }
      }
      return Array(items.prefix(limit))
    }
  }

  private static func cut(_ items: inout [ReviewItem], _ limit: Int) {
    items.sort { a, b in
      if a.doubt.isPlain != b.doubt.isPlain { return b.doubt.isPlain }
      return (a.doubt.distance, a.document, a.doubt.sequence, a.doubt.offset)
        < (b.doubt.distance, b.document, b.doubt.sequence, b.doubt.offset)
    }
    items.removeSubrange(min(limit, items.count)...)
  }

  private func item(_ doubt: Doubt, _ article: StoredArticle) -> ReviewItem {
    let records = article.sentences
    let index = doubt.sequence
    func piece(_ index: Int) -> ReviewPiece {
      ReviewPiece(
        text: String(decoding: records[index].text, as: UTF8.self), isRejected: records[index].isRejected,
        beginsParagraph: index == 0 || records[index].paragraph != records[index - 1].paragraph)
    }
    var record = piece(index)
    var second: ReviewPiece? = nil
    var next = index + 1
    switch doubt.subject {
    case .boundary:
      second = piece(index + 1)
      next += 1
    case .inside(let offset):
      let scalars = Array(record.text.unicodeScalars)
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars[offset...])
      second = ReviewPiece(text: String(text), isRejected: record.isRejected, beginsParagraph: false)
      text = String.UnicodeScalarView()
      text.append(contentsOf: scalars[..<offset])
      record.text = String(text)
    case .reject: break
    }
    return ReviewItem(
      doubt: doubt, document: String(decoding: article.id, as: UTF8.self),
      source: String(decoding: article.source, as: UTF8.self),
      language: String(decoding: article.language, as: UTF8.self),
      before: (max(0, index - context)..<index).map(piece), record: record, second: second,
      after: (next..<max(next, min(records.count, next + context))).map(piece))
  }
}

extension Doubt {
  /// Its code point in the record; 0 where it is about the record or its end.
  fileprivate var offset: Int { if case .inside(let offset) = subject { offset } else { 0 } }
}
