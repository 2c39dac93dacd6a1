/// A difference between two datasets.
public struct Difference: Sendable, Equatable {
  /// What became of a text.
  public enum Kind: String, Sendable {
    case added, removed, moved, edited
    case metadata, split
    case documentAdded = "document-added"
    case documentRemoved = "document-removed"
  }

  public var kind: Kind
  public var document: String
  /// The article's path, else its key.
  public var source: String
  /// The sentence's ID; empty where the difference is the document's.
  public var id = ""
  /// Of an edited sentence: the ID that it had before.
  public var superseded = ""
  public var old = ""
  public var new = ""
  /// Of metadata: the field. Of an article: how many sentences it has.
  public var field = ""
  /// Of a pair of a bitext dataset: the text that it translates.
  public var translated = ""
  /// Of an edited sentence: what changed, word by word.
  public var words: [WordChange] = []

  /// One line of `kalimat diff --json`.
  public var json: JSONValue {
    .members([
      ("change", .text(kind.rawValue)), ("doc_id", .text(document)),
      ("source", .text(translated.isEmpty ? source : translated)),
      ("id", .text(id)),
      ("superseded", .text(superseded)), ("field", .text(field)), ("old", .text(old)), ("new", .text(new)),
      (
        "words",
        .array(words.map { .members([("change", .text($0.kind.rawValue)), ("text", .text($0.text))]) })
      ),
    ])
  }
}

/// What changed in one article.
struct ArticleDiff {
  private let old: StoredArticle
  private let new: StoredArticle
  private(set) var differences: [Difference] = []

  /// Texts in the same place with at least this share of words in common are one sentence, edited.
  static let similarityThreshold = 0.4

  init(old: StoredArticle, new: StoredArticle, keptNames: [String]) {
    self.old = old
    self.new = new
    compareMetadata(keptNames)
    if old.split != new.split { add(.split, old: old.split, new: new.split) }
    compareSentences()
  }

  private mutating func add(
    _ kind: Difference.Kind, id: [UInt8] = [], superseded: [UInt8] = [], old: String = "", new: String = "",
    field: String = "", words: [WordChange] = []
  ) {
    differences.append(
      Difference(
        kind: kind, document: Self.text(self.new.id), source: Self.text(self.new.source), id: Self.text(id),
        superseded: Self.text(superseded), old: old, new: new, field: field, words: words))
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private mutating func compareMetadata(_ keptNames: [String]) {
    var fields: [(String, [UInt8], [UInt8])] = [
      ("title", old.title, new.title), ("url", old.url, new.url), ("lang", old.language, new.language),
      ("published", old.published, new.published), ("license", old.license, new.license),
      ("path", old.path, new.path),
    ]
    if old.meta.count == new.meta.count {
      for (i, name) in keptNames.enumerated() where i < new.meta.count {
        fields.append((name, old.meta[i], new.meta[i]))
      }
    }
    for (name, before, after) in fields where before != after {
      add(.metadata, old: Self.text(before), new: Self.text(after), field: name)
    }
  }

  private mutating func compareSentences() {
    let before = old.sentences.filter { !$0.isRejected }
    let after = new.sentences.filter { !$0.isRejected }
    var places: [[UInt8]: Int] = [:]
    for (i, sentence) in after.enumerated() { places[sentence.id] = i }
    let common = before.indices.compactMap { i in places[before[i].id].map { (old: i, new: $0) } }
    let anchors = Self.longestRising(common)
    let still = Set(anchors.map(\.old))
    var (nextOld, nextNew) = (0, 0)
    let known = Set(before.map(\.id))
    for anchor in anchors + [(old: before.count, new: after.count)] {
      let removed = (nextOld..<anchor.old).filter { places[before[$0].id] == nil }
      let added = (nextNew..<anchor.new).filter { !known.contains(after[$0].id) }
      compareGap(removed.map { before[$0] }, added.map { after[$0] })
      (nextOld, nextNew) = (anchor.old + 1, anchor.new + 1)
    }
    for pair in common where !still.contains(pair.old) {
      add(.moved, id: after[pair.new].id, old: String(before[pair.old].sequence), new: String(after[pair.new].sequence))
    }
  }

  /// The sentences between two that stayed: those that are alike are edits, the others were added or removed.
  private mutating func compareGap(_ removed: [StoredSentence], _ added: [StoredSentence]) {
    let oldWords = removed.map { WordDiff.words(of: $0.text) }
    let newWords = added.map { WordDiff.words(of: $0.text) }
    var taken = Set<Int>()
    var next = 0
    for (i, sentence) in removed.enumerated() {
      // An edit keeps the order: only what stands behind the last edit is looked at, and not too far.
      var best: (index: Int, similarity: Double)? = nil
      for j in next..<min(added.count, next + 64) {
        let similarity = WordDiff.similarity(oldWords[i], newWords[j])
        if similarity >= Self.similarityThreshold && similarity > best?.similarity ?? 0 { best = (j, similarity) }
      }
      guard let best else {
        add(.removed, id: sentence.id, old: Self.text(sentence.text))
        continue
      }
      taken.insert(best.index)
      next = best.index + 1
      let edited = added[best.index]
      add(
        .edited, id: edited.id, superseded: sentence.id, old: Self.text(sentence.text), new: Self.text(edited.text),
        words: WordDiff.changes(from: sentence.text, to: edited.text))
    }
    for (j, sentence) in added.enumerated() where !taken.contains(j) {
      add(.added, id: sentence.id, new: Self.text(sentence.text))
    }
  }

  /// The longest part of the pairs, which rise in `old`, that rises in `new` too: what did not move.
  private static func longestRising(_ pairs: [(old: Int, new: Int)]) -> [(old: Int, new: Int)] {
    var tails: [Int] = []
    var previous = [Int](repeating: -1, count: pairs.count)
    for (i, pair) in pairs.enumerated() {
      var low = 0
      var high = tails.count
      while low < high {
        let middle = (low + high) / 2
        if pairs[tails[middle]].new < pair.new { low = middle + 1 } else { high = middle }
      }
      if low > 0 { previous[i] = tails[low - 1] }
      if low == tails.count { tails.append(i) } else { tails[low] = i }
    }
    var chain: [(old: Int, new: Int)] = []
    var at = tails.last ?? -1
    while at >= 0 {
      chain.append(pairs[at])
      at = previous[at]
    }
    return chain.reversed()
  }
}
