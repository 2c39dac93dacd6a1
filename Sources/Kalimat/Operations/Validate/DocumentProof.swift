internal import Segmentation

/// Asks whether a document's line says of its article what its key and its records say.
struct DocumentProof: ~Copyable {
  typealias Key = RecordShape.Document
  private let rules: RecordRules
  private(set) var lead = ByteBuffer()
  private var key = ByteBuffer()
  private var splitValue = ByteBuffer()
  private(set) var id: DocumentID? = nil

  init(rules: RecordRules) { self.rules = rules }

  /// Reads the line at hand, and asks what does not need the records.
  mutating func begin(_ cursor: borrowing ShardCursor, _ log: inout FindingLog) {
    let slots = cursor.parser.slots
    func place(_ key: Int) -> Problem.Place { cursor.place(cursor.mark, slots[key].start) }
    id = DocumentID(cursor.line.extracting(slots[Key.doc].start..<slots[Key.doc].end))
    lead.removeAll()
    RecordParser.appendUnescaped(cursor.line, slots[Key.lead], to: &lead)
    key.removeAll()
    RecordParser.appendUnescaped(cursor.line, slots[Key.key], to: &key)
    if let other = WhiteSpaceRun.firstOther(in: lead.span) {
      log.add(
        .lead, place(Key.lead), "a lead that holds \(RecordParser.quote(lead.span, at: other))",
        expected: "White_Space alone")
    }
    checkID(cursor, &log)
    checkSplit(cursor, &log)
  }

  private func checkID(_ cursor: borrowing ShardCursor, _ log: inout FindingLog) {
    let slots = cursor.parser.slots
    let line = cursor.line
    let kindSlot = slots[Key.keyKind]
    let kindBytes = line.extracting(kindSlot.start..<kindSlot.end)
    guard let kind = KeyKind.allCases.first(where: { Kernels.equal(kindBytes, Array($0.rawValue.utf8)) }) else {
      return
    }
    let wanted = DocumentID(kind: kind, key: key.span.copied())
    if id != wanted {
      log.add(
        .docID, cursor.place(cursor.mark, slots[Key.doc].start), "a doc_id that is not that of its key",
        expected: wanted.description)
    }
    guard kind == .content else { return }
    let digest = slots[Key.sha256]
    let length = min(64, key.count)
    let rest = key.span.extracting(length..<key.count).copied()
    let isNumbered = rest.isEmpty || (rest[0] == 0x23 && (Int(String(decoding: rest[1...], as: UTF8.self)) ?? 0) > 1)
    if !isNumbered || !Kernels.equal(key.span.extracting(0..<length), line.extracting(digest.start..<digest.end)) {
      log.add(
        .key, cursor.place(cursor.mark, slots[Key.key].start), "a key of the kind content",
        expected: "its sha256, and #2, #3 … where it comes again")
    }
  }

  private mutating func checkSplit(_ cursor: borrowing ShardCursor, _ log: inout FindingLog) {
    guard let plan = rules.split, plan.parts.count > 1, let id else { return }
    var wanted = [plan.parts[plan.index(for: id.bytes.span)].name]
    if !rules.splitBy.isEmpty {
      // The field's value is in the dataset only where --keep names it; an empty one may have been absent.
      guard let kept = rules.kept.firstIndex(where: { $0.utf8.elementsEqual(rules.splitBy.utf8) }) else { return }
      splitValue.removeAll()
      RecordParser.appendUnescaped(cursor.line, cursor.parser.slots[Key.meta + kept], to: &splitValue)
      let byValue = plan.parts[plan.index(for: splitValue.span)].name
      wanted = splitValue.count == 0 ? wanted + [byValue] : [byValue]
    }
    let given = cursor.parser.slots[Key.split]
    let name = cursor.line.extracting(given.start..<given.end)
    if !wanted.contains(where: { Kernels.equal(name, Array($0.utf8)) }) {
      log.add(
        .split, cursor.place(cursor.mark, given.start),
        "an article of the split \(RecordParser.quote(cursor.line, from: given))", expected: wanted[0])
    }
  }

  /// Asks whether what the line counts is what the records came to.
  func finish(
    _ cursor: borrowing ShardCursor, layout: LayoutProof, digest: Digest, _ log: inout FindingLog
  ) {
    let slots = cursor.parser.slots
    func check(_ check: FindingCheck, _ key: Int, _ counted: Int, _ of: String) {
      if slots[key].value == counted { return }
      log.add(
        check, cursor.place(cursor.mark, slots[key].start), "\(RecordKeys.document[key]) \(slots[key].value)",
        expected: "\(counted), \(of)")
    }
    check(.sentences, Key.sentences, layout.sentenceCount, "the records in data/")
    check(.rejected, Key.rejected, layout.rejectedCount, "the records in rejected/")
    check(.articleChars, Key.chars, layout.characterCount, "the code points of its records and seps")
    check(.articleBytes, Key.bytes, layout.byteCount, "the bytes of its records and seps")
    let given = slots[Key.sha256]
    let wanted = digest.hexBytes
    // One without the shape of a digest was reported for that.
    guard cursor.line.extracting(given.start..<given.end).isHexDigest else { return }
    if !Kernels.equal(cursor.line.extracting(given.start..<given.end), wanted) {
      log.add(
        .article, cursor.place(cursor.mark, given.start), "an article that is not the one it was built from",
        expected:
          "the SHA-256 of its records and seps put together, \(digest.hex); where another finding names a byte of"
          + " the article, it differs from there on")
    }
  }
}
