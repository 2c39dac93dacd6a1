/// Proves the records of one article, in the order of seq, and puts the article together again on the way: nothing of it
/// is kept but the record at hand.
struct RecordProof: ~Copyable {
  private let rules: RecordRules
  private var view = SentenceView()
  private var text: TextProof
  private var columns: ColumnProof
  private var articleHash = SHA256()
  private(set) var identity = IdentityProof()
  private(set) var layout: LayoutProof

  init(rules: RecordRules) {
    self.rules = rules
    text = TextProof(rules: rules)
    columns = ColumnProof(rules: rules)
    layout = LayoutProof(rules: rules)
  }

  mutating func begin(_ document: borrowing DocumentProof) {
    if let id = document.id { identity.begin(id) }
    layout.begin(lead: document.lead.span)
    articleHash.update(document.lead.span)
  }

  /// Proves the line at hand.
  ///
  /// - Parameter isDamaged: whether another line of the article could not be read, so that its place can't be judged.
  mutating func check(
    _ cursor: borrowing ShardCursor, document: borrowing ShardCursor, isDamaged: Bool, _ log: inout FindingLog
  ) {
    view.read(cursor.line, cursor.parser.slots)
    checkLanguage(cursor, document, &log)
    text.check(view, cursor, &log)
    if isDamaged { return }
    identity.check(view, cursor, &log)
    layout.check(view, cursor, &log)
    if !rules.columns.isEmpty { columns.check(view, cursor, document: document, layout: layout, &log) }
    Self.append(view, to: &articleHash)
  }

  private static func append(_ view: borrowing SentenceView, to hash: inout SHA256) {
    hash.update(view.slice)
    hash.update(view.separator.span)
  }

  private func checkLanguage(
    _ cursor: borrowing ShardCursor, _ document: borrowing ShardCursor, _ log: inout FindingLog
  ) {
    guard document.hasLine else { return }
    let given = cursor.parser.slots[RecordShape.Sentence.lang]
    let wanted = document.parser.slots[RecordShape.Document.lang]
    let language = document.line.extracting(wanted.start..<wanted.end)
    if Kernels.equal(cursor.line.extracting(given.start..<given.end), language) { return }
    log.add(
      .lang, cursor.place(cursor.mark, given.start),
      "the lang \"\(RecordParser.quote(cursor.line, from: given))\"",
      expected: "\"\(RecordParser.quote(document.line, from: wanted))\", its document's")
  }

  /// Ends the article: its digest.
  mutating func finish(_ log: inout FindingLog) -> Digest {
    layout.finish(&log)
    return articleHash.finish()
  }

  /// Ends an article that could not be proved.
  mutating func cancel() { _ = articleHash.finish() }

  mutating func takeSeen() -> [IdentityProof.SeenID] { identity.takeSeen() }
}
