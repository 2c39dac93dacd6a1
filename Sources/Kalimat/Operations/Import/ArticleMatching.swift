/// A sentence of the dataset, as a bead needs it.
struct SentencePlace: Sendable {
  var document: DocumentID
  var split: String
  var sequence: Int
  var id: [UInt8]
  var text: [UInt8]
  var language: String

  init?(_ sentence: StoredSentence, of article: StoredArticle) {
    guard let document = DocumentID(article.id.span) else { return nil }
    self.init(sentence, document: document, split: article.split)
  }

  init(_ sentence: StoredSentence, document: DocumentID, split: String) {
    self.document = document
    self.split = split
    sequence = sentence.sequence
    id = sentence.id
    text = sentence.text
    language = String(decoding: sentence.language, as: UTF8.self)
  }
}

/// What became of the entries of one article.
struct ArticleOutcome {
  /// One for each translation that fits, with the entry that it came of.
  var matched: [(places: [SentencePlace], target: [UInt8], entry: LooseEntry)] = []
  var rejected: [(place: SentencePlace, entry: LooseEntry, notice: ImportNotice, detail: String)] = []
  /// Entries whose source is a part of their sentence: what stands beside them in the file may be the rest.
  var pieces: [(place: SentencePlace, entry: LooseEntry)] = []
  var repeated: [LooseEntry] = []
  /// IDs that came back, in whatever state.
  var returned: Set<[UInt8]> = []
}

/// Brings the entries that carry IDs of one article to its sentences.
struct ArticleMatching {
  private let article: StoredArticle
  /// Those that are no rejects, in order.
  let sentences: [StoredSentence]
  private var outcome = ArticleOutcome()
  /// Several sentences in one entry, by the index of each.
  private var merged: [(range: Range<Int>, entry: LooseEntry)] = []

  init(_ article: StoredArticle) {
    self.article = article
    sentences = article.sentences.filter { !$0.isRejected }
  }

  /// - Parameter entries: takes the entries of an ID out.
  mutating func run(_ entries: inout [[UInt8]: [LooseEntry]]) -> ArticleOutcome {
    var whole: [Int: [LooseEntry]] = [:]
    for index in sentences.indices {
      guard let own = entries.removeValue(forKey: sentences[index].id) else { continue }
      outcome.returned.insert(sentences[index].id)
      for loose in own { sort(loose, index, &whole) }
    }
    settleMerged(&whole)
    for index in sentences.indices {
      if let own = whole[index], let place = SentencePlace(sentences[index], of: article) { settle(own, place) }
    }
    rejectPiecesOfWhole()
    return outcome
  }

  /// A sentence that came back whole needs no pieces.
  private mutating func rejectPiecesOfWhole() {
    if outcome.pieces.isEmpty { return }
    let ids = Set(outcome.matched.flatMap { $0.places.map(\.id) })
    for (place, loose) in outcome.pieces where ids.contains(place.id) {
      outcome.rejected.append((place, loose, .twice, "a part of it, which came back whole too"))
    }
    outcome.pieces.removeAll { ids.contains($0.place.id) }
  }

  private mutating func sort(_ loose: LooseEntry, _ index: Int, _ whole: inout [Int: [LooseEntry]]) {
    guard let place = SentencePlace(sentences[index], of: article) else { return }
    switch SourceRelation(loose.entry.source, of: index, in: sentences) {
    case .whole: whole[index, default: []].append(loose)
    case .quoted:
      var bare = loose
      bare.entry.target = TSVReader.withoutQuotes(loose.entry.target) ?? loose.entry.target
      whole[index, default: []].append(bare)
    case .several(let range): merged.append((range, loose))
    case .piece: outcome.pieces.append((place, loose))
    case .other:
      outcome.rejected.append((place, loose, .sourceChanged, "the file has “\(Self.quote(loose.entry.source ?? []))”"))
    }
  }

  /// One entry for several sentences stands where none of them came back by itself.
  private mutating func settleMerged(_ whole: inout [Int: [LooseEntry]]) {
    var taken: Set<Int> = []
    for (range, loose) in merged {
      let places = range.compactMap { SentencePlace(sentences[$0], of: article) }
      guard let first = places.first else { continue }
      let rivals = range.contains { index in
        taken.contains(index) || (whole[index] ?? []).contains { !$0.target.isEmpty }
      }
      if rivals || loose.target.isEmpty || loose.entry.isUnfinished {
        let notice: ImportNotice = loose.target.isEmpty ? .empty : rivals ? .twice : loose.entry.state.notice
        outcome.rejected.append((first, loose, notice, "of \(range.count) sentences together"))
        continue
      }
      taken.formUnion(range)
      for index in range {
        outcome.returned.insert(sentences[index].id)
        whole[index] = nil
      }
      outcome.matched.append((places, loose.target, loose))
    }
  }

  /// The entries of one sentence: one translation, or none that could be told to be the one.
  private mutating func settle(_ entries: [LooseEntry], _ place: SentencePlace) {
    let unfinished = entries.filter { $0.entry.isUnfinished && !$0.target.isEmpty }
    for loose in unfinished {
      outcome.rejected.append((place, loose, loose.entry.state.notice, loose.entry.state.detail))
    }
    let empty = entries.filter { $0.target.isEmpty }
    let detail = entries.count == 1 ? "" : "\(empty.count) of \(entries.count) times"
    for loose in empty { outcome.rejected.append((place, loose, .empty, detail)) }
    let done = entries.filter { !$0.entry.isUnfinished && !$0.target.isEmpty }
    guard let first = done.first else { return }
    if done.allSatisfy({ $0.target == first.target }) {
      outcome.matched.append(([place], first.target, first))
      outcome.repeated += done.dropFirst()
    } else {
      for loose in done { outcome.rejected.append((place, loose, .twice, "“\(Self.quote(loose.target))”")) }
    }
  }

  static func quote(_ text: [UInt8]) -> String {
    let all = String(decoding: text, as: UTF8.self).unicodeScalars
    return String(String.UnicodeScalarView(all.prefix(40))) + (all.count > 40 ? "…" : "")
  }
}
