/// Asks whether the IDs of an article and its records are those of its key and their texts.
struct IdentityProof {
  /// An ID of an article and where it stands.
  struct SeenID: Sendable {
    var id: PackedID
    var kind: RecordKind
    var mark: LineMark
  }

  private var document: DocumentID? = nil
  /// The hash of what all IDs of the article begin with.
  private var prefix = SHA256()
  private var ordinals: [PackedID: Int] = [:]
  /// Records of the article so far.
  private(set) var count = 0
  /// The IDs since the last call of `takeSeen`.
  private(set) var seen: [SeenID] = []

  mutating func begin(_ id: DocumentID) {
    document = id
    count = 0
    prefix = SHA256()
    prefix.update("kalimat-sent-1")
    prefix.update(byte: 0)
    prefix.update(id.bytes.span)
    prefix.update(byte: 0)
    // To empty a table costs as much as it is large, so one that a long article made large is not kept.
    if ordinals.capacity > 4096 { ordinals = [:] } else { ordinals.removeAll(keepingCapacity: true) }
  }

  /// Asks for the ID of the record at hand: a function of its text and of the equal texts before it.
  ///
  /// - Parameter missing: records of the article before it that were not seen and may have had the same text.
  mutating func check(
    _ view: borrowing SentenceView, _ cursor: borrowing ShardCursor, missing: Int = 0, _ log: inout FindingLog
  ) {
    guard let document else { return }
    let text = view.text.span
    let first = digest(text, ordinal: 0)
    let ordinal = ordinals[PackedID(first), default: 0]
    ordinals[PackedID(first)] = ordinal + 1
    count += 1
    // One without the shape of an ID was reported for that.
    guard let id = cursor.recordID else { return }
    seen.append(SeenID(id: id, kind: cursor.file.kind, mark: cursor.mark))
    let slot = cursor.parser.slots[RecordShape.Sentence.id]
    let given = cursor.line.extracting(slot.start..<slot.end)
    if Self.isOf(document, given) {
      for k in ordinal...ordinal + missing where id == PackedID(k == 0 ? first : digest(text, ordinal: k)) { return }
    }
    let wanted = Self.name(ordinal == 0 ? first : digest(text, ordinal: ordinal), of: document).text
    log.add(
      .id, cursor.place(cursor.mark, slot.start), "an id that is not that of its text",
      expected: "\(wanted), \(ordinal) equal texts being before it in the article")
  }

  /// Whether a sentence's ID has the four digits of its article's.
  private static func isOf(_ document: DocumentID, _ id: Span<UInt8>) -> Bool {
    for i in 1..<5 where id[i] != document.bytes[i] { return false }
    return true
  }

  /// The IDs seen, which are forgotten.
  mutating func takeSeen() -> [SeenID] {
    var taken: [SeenID] = []
    swap(&taken, &seen)
    return taken
  }

  private func digest(_ text: Span<UInt8>, ordinal: Int) -> Digest {
    var hash = prefix
    if ordinal == 0 { hash.update(byte: 0x30) } else { hash.update(String(ordinal)) }
    hash.update(byte: 0)
    hash.update(text)
    return hash.finish()
  }

  private static func name(_ digest: Digest, of document: DocumentID) -> InlineArray<21, UInt8> {
    InlineArray { i in
      i == 0 ? 0x73 : i < 5 ? document.bytes[i] : Base32Hex.digit(of: digest, at: i - 5)
    }
  }
}
