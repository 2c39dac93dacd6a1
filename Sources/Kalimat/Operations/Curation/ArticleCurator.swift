internal import Segmentation

/// What the lists that a build was given say of one article after another. One a thread.
///
/// Boundaries come first, for all of an article is segmented before any of it is classified; then each record is asked for
/// by its ID.
final class ArticleCurator {
  private let repeated: RepeatedList?
  private let duplicates: DuplicateList?
  private let decisions: DecisionList?
  private var batch = SentenceIDBatch()
  private var repeatedFlags: [Bool] = []
  /// The ID of the article that is kept in place of the one at hand.
  private var keptArticle: [UInt8]? = nil
  private var isConcerned = false

  /// nil where the configuration has no list.
  init?(_ configuration: BuildConfiguration) {
    repeated = configuration.repeated
    duplicates = configuration.duplicates
    decisions = configuration.decisions
    if repeated == nil && duplicates == nil && decisions == nil { return nil }
  }

  /// The sentences of an article after the decisions about its boundaries.
  func sentences(_ found: [Sentence], of article: Article, _ document: DocumentID) -> [Sentence] {
    let text = article.text.span
    isConcerned = decisions?.concerns(document) ?? false
    let sentences = isConcerned ? decided(found, in: text, document) : found
    repeatedFlags = repeated?.flags(of: sentences, in: text, source: SourceName.of(article)) ?? []
    keptArticle = duplicates?.kept(for: document.bytes.span)
    return sentences
  }

  /// What becomes of a record: its reason, and the ID of what is kept in its place.
  ///
  /// - Parameter own: the reason that the text itself gives.
  func fate(of index: Int, id: SentenceID, own: RejectionReason?) -> (reason: RejectionReason?, kept: [UInt8]) {
    if let decisions, isConcerned {
      for number in decisions.numbers(for: id) {
        switch decisions.entries[number].decision {
        case .keep:
          decisions.use(number)
          return (nil, [])
        case .reject:
          decisions.use(number)
          return (.decision, [])
        default: continue
        }
      }
    }
    if own == .tooLong || own == .noText { return (own, []) }
    if let kept = keptArticle ?? duplicates?.kept(for: id.bytes.span) { return (.duplicate, kept) }
    if !repeatedFlags.isEmpty && repeatedFlags[index] { return (.repeated, []) }
    return (own, [])
  }

  // MARK: Boundaries

  /// Joins and splits, until no decision is left that meets a record of its ID: one may be about what another made.
  private func decided(_ found: [Sentence], in text: Span<UInt8>, _ document: DocumentID) -> [Sentence] {
    guard let decisions else { return found }
    var sentences = found
    var done: Set<Int> = []
    while true {
      batch.begin(document, article: text.extracting(0..<0))
      for sentence in sentences { _ = batch.add(text.extracting(sentence.start..<sentence.end)) }
      batch.finish()
      let before = done.count
      var next: [Sentence] = []
      var open: Sentence? = nil
      for index in sentences.indices {
        var sentence = sentences[index]
        if let start = open?.start { sentence.start = start }
        let (cuts, isJoined) = decide(index, sentences, text, document, decisions, &done)
        for cut in cuts {
          next.append(Sentence(start: sentence.start, end: cut.end, paragraph: sentence.paragraph, rule: .decision))
          sentence.start = cut.next
        }
        open = isJoined ? sentence : nil
        if !isJoined { next.append(sentence) }
      }
      sentences = next
      if done.count == before { return sentences }
    }
  }

  private typealias Cut = (end: Int, next: Int)

  /// What is decided of the sentence at `index`: where it is cut, and whether it goes on in the one behind it.
  private func decide(
    _ index: Int, _ sentences: [Sentence], _ text: Span<UInt8>, _ document: DocumentID, _ decisions: DecisionList,
    _ done: inout Set<Int>
  ) -> (cuts: [Cut], isJoined: Bool) {
    let sentence = sentences[index]
    var cuts: [Cut] = []
    var isJoined = false
    for number in decisions.numbers(for: batch.id(at: index, document: document)) where !done.contains(number) {
      switch decisions.entries[number].decision {
      case .split(let offset):
        guard let cut = cut(sentence, at: offset, of: batch.text(at: index), in: text) else { continue }
        cuts.append(cut)
      case .join(let next):
        guard index + 1 < sentences.count, sentences[index + 1].paragraph == sentence.paragraph,
          batch.id(at: index + 1, document: document).description.utf8.elementsEqual(next.utf8)
        else { continue }
        isJoined = true
      default: continue
      }
      done.insert(number)
      decisions.use(number)
    }
    cuts.sort { $0.end < $1.end }
    return (cuts, isJoined)
  }

  /// The place in the article that is at a code point of a sentence's text. Only scalars that are not White_Space are
  /// counted: of those, text and slice have the same ones.
  private func cut(_ sentence: Sentence, at offset: Int, of shown: Span<UInt8>, in text: Span<UInt8>) -> Cut? {
    var left = 0
    var here = 0
    for _ in 0..<offset {
      guard here < shown.count else { return nil }
      let space = WhiteSpace.length(in: shown, at: here)
      if space == 0 { left += 1 }
      here += space > 0 ? space : UTF8Scalar.decode(shown, at: here).length
    }
    guard here < shown.count else { return nil }
    var end = sentence.start
    while left > 0 {
      let space = WhiteSpace.length(in: text, at: end)
      if space == 0 { left -= 1 }
      end += space > 0 ? space : UTF8Scalar.decode(text, at: end).length
    }
    let next = WhiteSpace.skip(in: text, from: end, to: sentence.end)
    return end > sentence.start && next < sentence.end ? (end, next) : nil
  }
}
