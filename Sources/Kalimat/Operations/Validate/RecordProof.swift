/// Proves the records of one article, in the order of seq, and puts the article together again on the way: nothing of it
/// is kept but the record at hand.
struct RecordProof: ~Copyable {
  private let rules: RecordRules
  private var view = SentenceView()
  private var text: TextProof
  private var columns: ColumnProof
  private var language: LanguageProof
  private var articleHash = SHA256()
  private(set) var identity = IdentityProof()
  private(set) var layout: LayoutProof

  init(rules: RecordRules) {
    self.rules = rules
    text = TextProof(rules: rules)
    columns = ColumnProof(rules: rules)
    language = LanguageProof(rules: rules)
    layout = LayoutProof(rules: rules)
  }

  /// How many of the article's sentences are in which language.
  var languages: LanguageTally { language.tally }

  /// - Parameter line: the document's own line.
  mutating func begin(_ document: borrowing DocumentProof, line: borrowing ShardCursor) {
    language.begin(line)
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
    language.check(view, cursor, document: document, &log)
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

  /// Ends the article: its digest.
  mutating func finish(_ log: inout FindingLog) -> Digest {
    layout.finish(&log)
    return articleHash.finish()
  }

  /// Ends an article that could not be proved.
  mutating func cancel() { _ = articleHash.finish() }

  mutating func takeSeen() -> [IdentityProof.SeenID] { identity.takeSeen() }
}
