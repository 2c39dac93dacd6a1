/// Where an entry came from: what a report says of it.
struct EntryPlace: Sendable {
  /// Index of the returned file, and the entry's number in it, from 0.
  var file: Int
  var number: Int
  var line: Int
  var id: [UInt8]

  init(_ loose: LooseEntry) {
    file = loose.file
    number = loose.number
    line = loose.entry.line
    id = loose.entry.id
  }
}

/// Sentences and the translation that is theirs, looked at.
struct MadePair: Sendable {
  /// Its reason is that of a check that it did not pass; nil where it is a part of data/.
  var bead: BitextBead
  var packed: [UInt8]
  var key: [UInt8]
  var entry: EntryPlace
  var notices: [(notice: ImportNotice, detail: String)]
  /// Code points of the target for a thousand of the source; nil where both are short.
  var ratio: Int?
  var row: TableRow
}

/// Makes pairs: a pure function, so that several threads can.
struct PairMaker: Sendable {
  let checks: TranslationChecks
  let rejecting: Set<ImportNotice>
  let targetLanguage: String

  init(_ request: Import) {
    checks = TranslationChecks(targetLanguage: request.targetLanguage)
    rejecting = request.rejecting
    targetLanguage = request.targetLanguage
  }

  /// - Parameter places: the sentences, at least one.
  func pair(_ places: [SentencePlace], _ target: [UInt8], _ entry: LooseEntry) -> MadePair? {
    guard let first = places.first else { return nil }
    var bead = BitextBead(
      document: first.document, split: first.split, position: first.sequence, sourceIDs: places.map(\.id),
      sources: places.map(\.text), targets: [target], sourceLanguage: first.language, targetLanguage: targetLanguage,
      score: 1000, method: .imported)
    let source = SentenceText.line(of: bead.sources)
    let parts = (TextParts(source.span), TextParts(target.span))
    let language = Array(first.language.utf8)
    let notices = checks.notices(
      source: source.span, target: target.span, sourceLanguage: language.span, parts: parts)
    bead.reason = reason(of: notices)
    if bead.reason != nil { bead.score = 0 }
    let packed = bead.packed()
    let row = TableRow(source.span, parts.0, target.span, parts.1)
    return MadePair(
      bead: bead, packed: packed, key: bead.sortKey(of: packed), entry: EntryPlace(entry), notices: notices,
      ratio: bead.reason == nil ? LengthRange.ratio(row.sourceLength, row.targetLength) : nil, row: row)
  }

  /// Why a pair with these notices does not fit; nil where it does.
  func reason(of notices: [(notice: ImportNotice, detail: String)]) -> BitextReason? {
    for (notice, _) in notices where !notice.isDoubt || rejecting.contains(notice) { return notice.reason }
    return nil
  }
}
