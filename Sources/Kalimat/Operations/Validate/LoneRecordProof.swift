internal import Segmentation

/// What can be asked of records of one kind without those of the other: between two of them, records may be missing.
struct LoneRecordProof: ~Copyable {
  private let rules: RecordRules
  private var view = SentenceView()
  private var text: TextProof
  private var identity = IdentityProof()
  private var document = PackedID.zero
  private var isFirst = true
  private var previous = Previous()

  private struct Previous {
    var seq = -1
    var paragraph = 0
    /// Code points of T before the next record, if it follows at once.
    var next = 0
    var rule: Rule? = nil
  }

  init(rules: RecordRules) {
    self.rules = rules
    text = TextProof(rules: rules)
  }

  mutating func check(_ cursor: borrowing ShardCursor, _ log: inout FindingLog) {
    view.read(cursor.line, cursor.parser.slots)
    if isFirst || cursor.document != document { begin(cursor) }
    text.check(view, cursor, &log)
    // Between the records seen so far, `missing` others may have had the same text.
    identity.check(view, cursor, missing: min(10_000, max(0, view.seq - identity.count)), &log)
    _ = identity.takeSeen()
    checkPlace(cursor, &log)
  }

  private mutating func begin(_ cursor: borrowing ShardCursor) {
    isFirst = false
    document = cursor.document
    previous = Previous()
    let slot = cursor.parser.slots[RecordShape.Sentence.doc]
    if let id = DocumentID(cursor.line.extracting(slot.start..<slot.end)) { identity.begin(id) }
  }

  private mutating func checkPlace(_ cursor: borrowing ShardCursor, _ log: inout FindingLog) {
    typealias Key = RecordShape.Sentence
    func place(_ key: Int) -> Problem.Place { cursor.place(cursor.mark, cursor.parser.slots[key].start) }
    let length = Kernels.characterCount(view.slice)
    let follows = view.seq == previous.seq + 1
    // Before the first record stands lead, of any length.
    let isBehind = follows && previous.seq >= 0 ? view.start == previous.next : view.start >= previous.next
    if !isBehind {
      log.add(
        .start, place(Key.start), "start \(view.start)",
        expected: follows ? "\(previous.next)" : "at least \(previous.next)")
    }
    if view.end - view.start != length {
      log.add(.end, place(Key.end), "end \(view.end)", expected: "\(view.start + length)")
    }
    let step = view.paragraph - previous.paragraph
    let mostParagraphs = previous.seq < 0 ? view.seq : view.seq - previous.seq
    if step < 0 || step > mostParagraphs {
      log.add(
        .para, place(Key.para), "para \(view.paragraph)",
        expected: "\(previous.paragraph) to \(previous.paragraph + mostParagraphs)")
    }
    if follows, let rule = previous.rule, (rule == .paragraph) != (step > 0) || rule == .textEnd {
      log.add(
        .boundary, place(Key.para), "a record of para \(view.paragraph) behind one whose rule is \(rule.name)",
        expected: "paragraph before a new paragraph, and only there")
    }
    let rule = cursor.parser.slots[Key.rule]
    previous = Previous(
      seq: view.seq, paragraph: view.paragraph,
      next: view.start + length + Kernels.characterCount(view.separator.span),
      rule: RecordRules.rule(cursor.line.extracting(rule.start..<rule.end)))
  }
}
