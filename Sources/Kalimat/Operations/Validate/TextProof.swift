internal import Segmentation

/// Asks whether a record's text, raw, sep and columns are what the format makes of its slice of the article.
struct TextProof: ~Copyable {
  private let rules: RecordRules
  private var derived = ByteBuffer()

  init(rules: RecordRules) { self.rules = rules }

  mutating func check(_ view: borrowing SentenceView, _ cursor: borrowing ShardCursor, _ log: inout FindingLog) {
    typealias Key = RecordShape.Sentence
    func place(_ key: Int) -> Problem.Place { cursor.place(cursor.mark, cursor.parser.slots[key].start) }
    let slice = view.slice
    if slice.count == 0 {
      log.add(.edges, place(Key.text), "an empty text", expected: "at least one scalar")
    } else if WhiteSpace.length(in: slice, at: 0) > 0 || WhiteSpace.lengthBefore(slice.count, in: slice) > 0 {
      log.add(
        .edges, place(view.hasRaw ? Key.raw : Key.text), "a slice that begins or ends with White_Space",
        expected: "the White_Space in sep or lead")
    }
    derived.removeAll()
    let differs = SentenceText.append(slice, to: &derived)
    if view.hasRaw && !differs {
      log.add(.raw, place(Key.raw), "a raw of which text is made without a change", expected: "none")
    }
    if !Kernels.equal(derived.span, view.text.span) {
      log.add(
        .text, place(Key.text), "a text that does not come of \(view.hasRaw ? "raw" : "itself")",
        expected: "\"\(RecordParser.quote(derived.span, at: 0))\"")
    }
    if let other = WhiteSpaceRun.firstOther(in: view.separator.span) {
      log.add(
        .separator, place(Key.sep),
        "a sep that holds \(RecordParser.quote(view.separator.span, at: other))", expected: "White_Space alone")
    }
    checkReason(view, cursor, &log)
  }

  /// too-long and no-text are functions of the text alone.
  private func checkReason(
    _ view: borrowing SentenceView, _ cursor: borrowing ShardCursor, _ log: inout FindingLog
  ) {
    guard let maxChars = rules.maxChars else { return }
    var reason: RejectionReason? = nil
    let slot = cursor.parser.slots[cursor.parser.slots.count - 1]
    if cursor.file.kind == .rejected || rules.dataHasReason {
      reason = RecordRules.reason(cursor.line.extracting(slot.start..<slot.end))
      // One that the format does not know was reported for that.
      if reason == nil && (cursor.file.kind == .rejected || slot.start < slot.end) { return }
    }
    let characterCount = Kernels.characterCount(view.text.span)
    let wanted: RejectionReason?
    if reason == .decision || rules.hasDecisions && cursor.file.kind == .data && reason == nil {
      return
    } else if characterCount > maxChars {
      wanted = .tooLong
    } else {
      wanted = rules.knowsScalars && !SentenceText.hasText(view.text.span) ? .noText : nil
    }
    if wanted == reason || (wanted == nil && reason != .tooLong && (reason != .noText || !rules.knowsScalars)) {
      return
    }
    log.add(
      .textReason, cursor.place(cursor.mark, slot.start),
      "the reason \"\(reason?.rawValue ?? "")\" for a text of \(characterCount) code points",
      expected: wanted.map { "\"\($0.rawValue)\"" } ?? "another one, or none")
  }
}
