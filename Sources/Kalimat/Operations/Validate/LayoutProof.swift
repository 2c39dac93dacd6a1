internal import Segmentation

/// Asks whether an article's records stand where they say: seq, para, rule, start and end, and counts what they hold.
struct LayoutProof {
  private let rules: RecordRules
  private var seq = 0
  private var paragraph = 0
  /// Place of the next record among its paragraph's, if it is of the same paragraph.
  private(set) var indexInParagraph = 0
  private(set) var characterCount = 0
  private(set) var byteCount = 0
  /// Of the slice at hand.
  private(set) var sliceStart = 0
  private(set) var sentenceCount = 0
  private(set) var rejectedCount = 0
  /// Line ends in the separator before the record at hand.
  private var lineEndCount = 0
  private var previous: Previous? = nil

  /// What is judged of a record only when the one after it is known.
  private struct Previous {
    var file: String
    var mark: LineMark
    var id: InlineArray<21, UInt8>
    var rule: Rule?

    var place: Problem.Place {
      Problem.Place(file: file, line: mark.line, byteOffset: mark.byteOffset, id: id.text)
    }
  }

  init(rules: RecordRules) { self.rules = rules }

  mutating func begin(lead: Span<UInt8>) {
    self = LayoutProof(rules: rules)
    byteCount = lead.count
    characterCount = Kernels.characterCount(lead)
  }

  mutating func check(_ view: borrowing SentenceView, _ cursor: borrowing ShardCursor, _ log: inout FindingLog) {
    typealias Key = RecordShape.Sentence
    func place(_ key: Int) -> Problem.Place { cursor.place(cursor.mark, cursor.parser.slots[key].start) }
    if view.seq != seq {
      log.add(.seq, place(Key.seq), "seq \(view.seq)", expected: "\(seq), counted over both kinds")
    }
    seq = view.seq + 1
    checkParagraph(view, place(Key.para), &log)

    sliceStart = byteCount
    let slice = view.slice
    let end = characterCount + Kernels.characterCount(slice)
    if view.start != characterCount {
      log.add(
        .start, place(Key.start), "start \(view.start)",
        expected: "\(characterCount), byte \(byteCount) of the article")
    }
    // Where start is wrong, end is asked for its distance from it: one finding for one mistake.
    if view.end - view.start != end - characterCount && view.end != end {
      log.add(
        .end, place(Key.end), "end \(view.end)", expected: "\(end), byte \(byteCount + slice.count) of the article")
    }
    characterCount = end + Kernels.characterCount(view.separator.span)
    byteCount += slice.count + view.separator.count
    lineEndCount = WhiteSpaceRun.lineEndCount(in: view.separator.span)
    if cursor.file.kind == .rejected { rejectedCount += 1 } else { sentenceCount += 1 }
    let id = cursor.parser.slots[Key.id]
    let rule = cursor.parser.slots[Key.rule]
    let line = cursor.line
    previous = Previous(
      file: cursor.file.path, mark: cursor.mark,
      id: InlineArray { id.start + $0 < id.end ? line[id.start + $0] : 0x3F },
      rule: RecordRules.rule(line.extracting(rule.start..<rule.end)))
  }

  private mutating func checkParagraph(
    _ view: borrowing SentenceView, _ place: @autoclosure () -> Problem.Place, _ log: inout FindingLog
  ) {
    guard let previous else {
      if view.paragraph != 0 {
        log.add(.para, place(), "para \(view.paragraph) first", expected: "0")
      }
      paragraph = view.paragraph
      indexInParagraph = 0
      return checkInside(view, place(), &log)
    }
    let begins = view.paragraph != paragraph
    if begins && view.paragraph != paragraph + 1 {
      log.add(
        .para, place(), "para \(view.paragraph) after \(paragraph)",
        expected: "\(paragraph) or \(paragraph + 1)")
    } else if begins != Self.mayBegin(rules.paragraphs, lineEndCount: lineEndCount, claimed: begins) {
      log.add(
        .para, place(), begins ? "para \(view.paragraph), a new one," : "para \(view.paragraph) again",
        expected: begins
          ? "para \(paragraph): \(lineEndCount) line ends before it begin none with --paragraphs \(rules.paragraphs.rawValue)"
          : "a new one: \(lineEndCount) line ends stand before it")
    }
    judge(previous, begins ? .paragraph : nil, &log)
    indexInParagraph = begins ? 0 : indexInParagraph + 1
    paragraph = view.paragraph
    checkInside(view, place(), &log)
  }

  /// Whether a paragraph begins after that many line ends. `auto` decides by more than that: no line end, no paragraph.
  private static func mayBegin(_ mode: ParagraphMode, lineEndCount: Int, claimed: Bool) -> Bool {
    switch mode {
    case .lines: lineEndCount >= 1
    case .blankLines: lineEndCount >= 2
    case .auto: lineEndCount >= 1 && claimed
    }
  }

  /// No record reaches over the end of its paragraph.
  private func checkInside(
    _ view: borrowing SentenceView, _ place: @autoclosure () -> Problem.Place, _ log: inout FindingLog
  ) {
    guard view.hasRaw, rules.paragraphs == .lines, WhiteSpaceRun.lineEndCount(in: view.slice) > 0 else { return }
    log.add(.para, place(), "a record with a line end in it", expected: "none with --paragraphs lines")
  }

  private func judge(_ previous: Previous, _ wanted: Rule?, _ log: inout FindingLog) {
    guard let rule = previous.rule else { return }
    if let wanted, rule != wanted {
      log.add(
        .boundary, previous.place, "the rule \(rule.name) where a paragraph ends",
        expected: wanted.name)
    } else if wanted == nil && (rule == .paragraph || rule == .textEnd) {
      log.add(
        .boundary, previous.place, "the rule \(rule.name) inside a paragraph",
        expected: "the layer that proposed the boundary")
    }
  }

  /// The last record ends the text.
  mutating func finish(_ log: inout FindingLog) {
    guard let previous, let rule = previous.rule, rule != .textEnd else { return }
    log.add(.boundary, previous.place, "the rule \(rule.name) of the last record", expected: "text-end")
  }
}
