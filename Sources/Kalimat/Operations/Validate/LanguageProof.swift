internal import CKernels

/// Proves that a sentence's language is its article's or may be another, and that only kept languages are in data/.
struct LanguageProof {
  private let rules: RecordRules
  /// The languages of the article at hand.
  private(set) var tally = LanguageTally(article: "und")

  init(rules: RecordRules) { self.rules = rules }

  mutating func begin(_ document: borrowing ShardCursor) {
    tally = LanguageTally(article: Self.text(of: RecordShape.Document.lang, document))
  }

  mutating func check(
    _ view: borrowing SentenceView, _ cursor: borrowing ShardCursor, document: borrowing ShardCursor,
    _ log: inout FindingLog
  ) {
    guard document.hasLine else { return }
    let given = cursor.parser.slots[RecordShape.Sentence.lang]
    let wanted = document.parser.slots[RecordShape.Document.lang]
    let isOther = !Kernels.equal(
      cursor.line.extracting(given.start..<given.end), document.line.extracting(wanted.start..<wanted.end))
    if isOther && view.text.count < SentenceLanguage.minimumBytes {
      log.add(
        .lang, cursor.place(cursor.mark, given.start),
        "the lang \"\(RecordParser.quote(cursor.line, from: given))\" of a short sentence",
        expected: "\"\(RecordParser.quote(document.line, from: wanted))\", its document's: only one of"
          + " \(SentenceLanguage.minimumBytes) bytes or more may have another")
      return
    }
    if !isOther && rules.languages.isEmpty { return }
    let tag = isOther ? Self.text(of: RecordShape.Sentence.lang, cursor) : tally.article
    if isOther && cursor.file.kind == .data { tally.add(tag) }
    if !rules.languages.isEmpty { checkKept(tag, cursor, at: given.start, &log) }
  }

  private func checkKept(_ tag: String, _ cursor: borrowing ShardCursor, at offset: Int, _ log: inout FindingLog) {
    let isKept = BuildConfiguration.keeps(tag, of: rules.languages)
    let slot = cursor.parser.slots[cursor.parser.slots.count - 1]
    let isRejected =
      cursor.file.kind == .rejected
      && RecordRules.reason(cursor.line.extracting(slot.start..<slot.end)) == .language
    // A person may have decided to keep it.
    let isKeptWrongly = !isKept && cursor.file.kind == .data && !rules.hasDecisions
    if isKept && isRejected || isKeptWrongly {
      log.add(
        .lang, cursor.place(cursor.mark, offset),
        "the lang \"\(tag)\" of a \(isRejected ? "sentence rejected for its language" : "sentence in data/")",
        expected: "\(isRejected ? "none" : "one") of config.languages: \(rules.languages.joined(separator: ", "))")
    }
  }

  private static func text(of slot: Int, _ cursor: borrowing ShardCursor) -> String {
    let slot = cursor.parser.slots[slot]
    return String(decoding: cursor.line.extracting(slot.start..<slot.end).copied(), as: UTF8.self)
  }
}
