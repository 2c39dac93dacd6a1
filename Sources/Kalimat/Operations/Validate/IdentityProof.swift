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
  /// The IDs since the last call of `takeSeen`.
  private(set) var seen: [SeenID] = []

  mutating func begin(_ id: DocumentID) {
    document = id
    prefix = SHA256()
    prefix.update("kalimat-sent-1")
    prefix.update(byte: 0)
    prefix.update(id.bytes.span)
    prefix.update(byte: 0)
    // To empty a table costs as much as it is large, so one that a long article made large is not kept.
    if ordinals.capacity > 4096 { ordinals = [:] } else { ordinals.removeAll(keepingCapacity: true) }
  }

  /// Asks for the ID of the record at hand: a function of its text and of the equal texts before it.
  mutating func check(_ view: borrowing SentenceView, _ cursor: borrowing ShardCursor, _ log: inout FindingLog) {
    guard let document else { return }
    let slot = cursor.parser.slots[RecordShape.Sentence.id]
    let given = cursor.line.extracting(slot.start..<slot.end)
    let text = view.text.span
    var wanted = digest(text, ordinal: 0)
    let first = PackedID(wanted)
    let ordinal = ordinals[first, default: 0]
    ordinals[first] = ordinal + 1
    if ordinal > 0 { wanted = digest(text, ordinal: ordinal) }
    if let id = PackedID(given, prefix: 0x73, skipping: 5) {
      seen.append(SeenID(id: id, kind: cursor.file.kind, mark: cursor.mark))
    }
    let name = Self.name(wanted, of: document)
    if !Kernels.equal(given, name.span) {
      log.add(
        .recompute, "id", cursor.place(cursor.mark, slot.start), "an id that is not that of its text",
        expected: "\(name.text), its text being number \(ordinal) of its kind in the article")
    }
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
