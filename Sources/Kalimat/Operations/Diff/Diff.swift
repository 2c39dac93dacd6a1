/// What changed from one dataset to another, article by article.
public struct Diff: Sendable {
  public init() {}

  /// Gives each difference, in the order of doc_ids; only two articles are in memory.
  public func run(_ old: String, _ new: String, take: (Difference) -> Void) throws(Problem) {
    switch (BitextFolder.isOne(at: old), BitextFolder.isOne(at: new)) {
    case (true, true): return try BitextDiff(old: BitextFolder(old), new: BitextFolder(new)).run(take: take)
    case (false, false): break
    case (let isFirst, _):
      throw .usage(
        "\(isFirst ? old : new) is a bitext dataset, and \(isFirst ? new : old) is none",
        expected: "two datasets of sentences, or two of pairs")
    }
    let folders = (try DatasetFolder(old), try DatasetFolder(new))
    let before = try OrderedArticleStream(folders.0)
    let after = try OrderedArticleStream(folders.1)
    var first = try before.next()
    var second = try after.next()
    while first != nil || second != nil {
      try Interruption.check()
      if let a = first, let b = second, a.id == b.id {
        for difference in ArticleDiff(old: a, new: b, keptNames: folders.1.rules.kept).differences { take(difference) }
        first = try before.next()
        second = try after.next()
      } else if let a = first, second.map({ a.id.lexicographicallyPrecedes($0.id) }) ?? true {
        take(Self.whole(.documentRemoved, a))
        first = try before.next()
      } else if let b = second {
        take(Self.whole(.documentAdded, b))
        second = try after.next()
      }
    }
  }

  private static func whole(_ kind: Difference.Kind, _ article: StoredArticle) -> Difference {
    let sentences = article.sentences.filter { !$0.isRejected }
    let first = sentences.first.map { String(decoding: $0.text, as: UTF8.self) } ?? ""
    return Difference(
      kind: kind, document: String(decoding: article.id, as: UTF8.self),
      source: String(decoding: article.source, as: UTF8.self), old: kind == .documentRemoved ? first : "",
      new: kind == .documentAdded ? first : "", field: counted(sentences.count, "sentence"))
  }
}
