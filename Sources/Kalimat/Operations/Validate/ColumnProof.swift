/// Asks whether the columns that `--join` added say what the document, the text and the place say.
struct ColumnProof: ~Copyable {
  private let rules: RecordRules
  private var wanted = ByteBuffer()

  init(rules: RecordRules) { self.rules = rules }

  /// - Parameter document: at the document's line; nil where a shard is looked at alone.
  mutating func check(
    _ view: borrowing SentenceView, _ cursor: borrowing ShardCursor, document: borrowing ShardCursor,
    layout: LayoutProof, _ log: inout FindingLog
  ) {
    for (i, column) in rules.columns.enumerated() {
      let slot = cursor.parser.slots[RecordShape.Sentence.columns + i]
      guard let found = difference(column, slot, view, cursor, document: document, layout: layout) else { continue }
      log.add(
        .column, cursor.place(cursor.mark, slot.start),
        "the \(column.name) \(RecordParser.quote(cursor.line, from: slot))", expected: found)
    }
  }

  /// What the column should say, where it says something else.
  private mutating func difference(
    _ column: JoinedColumn, _ slot: RecordParser.Slot, _ view: borrowing SentenceView, _ cursor: borrowing ShardCursor,
    document: borrowing ShardCursor, layout: LayoutProof
  ) -> String? {
    switch column {
    case .derived(.sent): return Self.difference(slot.value, layout.indexInParagraph)
    case .derived(.startByte): return Self.difference(slot.value, layout.sliceStart)
    case .derived(.endByte): return Self.difference(slot.value, layout.sliceStart + view.slice.count)
    default: break
    }
    wanted.removeAll()
    switch column {
    case .derived(.textID): wanted.append(TextID(text: view.text.span).bytes)
    case .derived(.script):
      if !rules.knowsScalars { return nil }
      wanted.append(text: DominantScript.code(of: view.text.span))
    default:
      // Both lines have the same escapes, so they are compared as they stand.
      guard document.hasLine, let other = Self.slot(of: column, in: document) else { return nil }
      wanted.append(document.line.extracting(other.start..<other.end))
    }
    if Kernels.equal(cursor.line.extracting(slot.start..<slot.end), wanted.span) { return nil }
    return RecordParser.quote(wanted.span, at: 0)
  }

  private static func difference(_ given: Int, _ wanted: Int) -> String? { given == wanted ? nil : "\(wanted)" }

  /// Where a document's line has the column's value.
  private static func slot(of column: JoinedColumn, in document: borrowing ShardCursor) -> RecordParser.Slot? {
    typealias Key = RecordShape.Document
    let slots = document.parser.slots
    switch column {
    case .derived(.source): return slots[Key.path].start == slots[Key.path].end ? slots[Key.key] : slots[Key.path]
    case .derived: return slots[Key.split]
    case .kept(let index, _): return slots[Key.meta + index]
    case .document(let field):
      return RecordKeys.document.firstIndex(of: field.rawValue).map { slots[$0] }
    }
  }
}
