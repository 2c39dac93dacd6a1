/// The pairs of one article of a bitext dataset.
private struct BitextArticle {
  var document: [UInt8]
  var split: String
  var records: [BitextRecord]
}

/// Articles of a bitext dataset in the order of their doc_ids, whatever splits they are in.
private final class OrderedBitextArticles {
  private var splits: [SplitStream]

  private final class SplitStream {
    private let stream: BitextStream
    private let split: String
    private var waiting: BitextRecord?
    private(set) var article: BitextArticle?

    init(_ folder: BitextFolder, _ split: String) throws(Problem) {
      self.split = split
      stream = BitextStream(
        folder, .data, shards: folder.shards(of: .data).filter { $0.split.utf8.elementsEqual(split.utf8) })
      waiting = try stream.next()?.record
      _ = try take()
    }

    func take() throws(Problem) -> BitextArticle? {
      let taken = article
      article = nil
      while let record = waiting {
        if let own = article, own.document != record.document { break }
        if article == nil { article = BitextArticle(document: record.document, split: split, records: []) }
        article?.records.append(record)
        waiting = try stream.next()?.record
      }
      return taken
    }
  }

  init(_ folder: BitextFolder) throws(Problem) {
    splits = []
    for part in folder.split.parts { splits.append(try SplitStream(folder, part.name)) }
  }

  func next() throws(Problem) -> BitextArticle? {
    var first: SplitStream? = nil
    for split in splits {
      guard let article = split.article else { continue }
      if let least = first?.article, !article.document.lexicographicallyPrecedes(least.document) { continue }
      first = split
    }
    return try first?.take()
  }
}

/// What changed from one bitext dataset to another: pairs, told apart by their source sentences.
struct BitextDiff {
  let old: BitextFolder
  let new: BitextFolder

  func run(take: (Difference) -> Void) throws(Problem) {
    let (before, after) = (try OrderedBitextArticles(old), try OrderedBitextArticles(new))
    var first = try before.next()
    var second = try after.next()
    while first != nil || second != nil {
      try Interruption.check()
      if let a = first, let b = second, a.document == b.document {
        compare(a, b, take)
        first = try before.next()
        second = try after.next()
      } else if let a = first, second.map({ a.document.lexicographicallyPrecedes($0.document) }) ?? true {
        for record in a.records { take(difference(.removed, record)) }
        first = try before.next()
      } else if let b = second {
        for record in b.records { take(difference(.added, record)) }
        second = try after.next()
      }
    }
  }

  private func compare(_ old: BitextArticle, _ new: BitextArticle, _ take: (Difference) -> Void) {
    if old.split != new.split {
      take(
        Difference(
          kind: .split, document: Self.text(new.document), source: "", old: old.split,
          new: new.split))
    }
    var left: [[UInt8]: [BitextRecord]] = [:]
    for record in old.records { left[Self.sentences(record), default: []].append(record) }
    var added: [BitextRecord] = []
    for record in new.records {
      let key = Self.sentences(record)
      // A pair that stayed comes before one that was edited.
      guard var own = left[key], !own.isEmpty else {
        added.append(record)
        continue
      }
      let index = own.firstIndex { $0.target == record.target } ?? 0
      let before = own.remove(at: index)
      left[key] = own
      compare(before, record, take)
    }
    for record in old.records {
      let key = Self.sentences(record)
      guard let index = left[key]?.firstIndex(of: record) else { continue }
      left[key]?.remove(at: index)
      take(difference(.removed, record))
    }
    for record in added { take(difference(.added, record)) }
  }

  private func compare(_ old: BitextRecord, _ new: BitextRecord, _ take: (Difference) -> Void) {
    if old.target != new.target {
      var edited = difference(.edited, new)
      edited.superseded = Self.text(old.id)
      edited.old = Self.text(SentenceText.line(of: old.targets))
      edited.words = WordDiff.changes(from: Array(edited.old.utf8), to: Array(edited.new.utf8))
      take(edited)
    }
    for (field, a, b) in [
      ("score", String(old.score), String(new.score)), ("method", old.method.rawValue, new.method.rawValue),
    ] where a != b {
      var changed = difference(.metadata, new)
      (changed.field, changed.old, changed.new) = (field, a, b)
      take(changed)
    }
  }

  /// What a pair is told apart by.
  private static func sentences(_ record: BitextRecord) -> [UInt8] {
    Array((record.sourceIDs + [record.targetLanguage]).joined(separator: [0x2C]))
  }

  private func difference(_ kind: Difference.Kind, _ record: BitextRecord) -> Difference {
    let target = Self.text(SentenceText.line(of: record.targets))
    return Difference(
      kind: kind, document: Self.text(record.document), source: "", id: Self.text(record.id),
      old: kind == .removed ? target : "", new: kind == .removed ? "" : target,
      translated: Self.text(SentenceText.line(of: record.sources)))
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
