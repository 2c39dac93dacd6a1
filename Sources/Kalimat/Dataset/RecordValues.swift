/// Reads the lines of one kind of record as values.
struct RecordValues {
  private var parser: RecordParser
  private let hasReason: Bool

  init(_ rules: RecordRules, _ kind: RecordKind) {
    parser = RecordParser(shape: rules.shape(of: kind))
    hasReason = kind == .rejected || rules.dataHasReason
  }

  mutating func parse(_ line: Span<UInt8>) throws(RecordFault) { try parser.parse(line) }

  /// A string of the line that was parsed, without its escapes.
  func bytes(_ line: Span<UInt8>, _ slot: Int) -> [UInt8] {
    let place = parser.slots[slot]
    if !place.isEscaped { return place.start == place.end ? [] : line.extracting(place.start..<place.end).copied() }
    var out = ByteBuffer(capacity: 64)
    RecordParser.appendUnescaped(line, place, to: &out)
    return out.copied(0..<out.count)
  }

  /// Appends a string of the line that was parsed, without its escapes.
  func append(_ slot: Int, of line: Span<UInt8>, to out: inout ByteBuffer) {
    RecordParser.appendUnescaped(line, parser.slots[slot], to: &out)
  }

  /// What `find` knows of the ID of the line that was parsed.
  func entry<Found>(of line: Span<UInt8>, _ find: (Span<UInt8>) -> Found?) -> Found? {
    let slot = parser.slots[RecordShape.Sentence.id]
    return find(line.extracting(slot.start..<slot.end))
  }

  /// An integer of the line that was parsed.
  func integer(_ slot: Int) -> Int { parser.slots[slot].value }

  /// Whether the line that was parsed is a record of that article.
  func belongs(_ line: Span<UInt8>, to document: [UInt8]) -> Bool { belongs(line, to: document.span) }

  /// The same.
  func belongs(_ line: Span<UInt8>, to document: Span<UInt8>) -> Bool {
    let slot = parser.slots[RecordShape.Sentence.doc]
    return Kernels.equal(line.extracting(slot.start..<slot.end), document)
  }

  func sentence(_ line: Span<UInt8>, isRejected: Bool) -> StoredSentence {
    typealias Key = RecordShape.Sentence
    return StoredSentence(
      id: bytes(line, Key.id), text: bytes(line, Key.text), raw: bytes(line, Key.raw), separator: bytes(line, Key.sep),
      sequence: parser.slots[Key.seq].value, paragraph: parser.slots[Key.para].value, kind: bytes(line, Key.kind),
      language: bytes(line, Key.lang), start: parser.slots[Key.start].value, end: parser.slots[Key.end].value,
      reason: hasReason ? bytes(line, parser.slots.count - 1) : [], isRejected: isRejected)
  }

  func document(_ line: Span<UInt8>, split: String) -> StoredArticle {
    typealias Key = RecordShape.Document
    return StoredArticle(
      id: bytes(line, Key.doc), keyKind: bytes(line, Key.keyKind), key: bytes(line, Key.key),
      path: bytes(line, Key.path), record: parser.slots[Key.record].value, title: bytes(line, Key.title),
      url: bytes(line, Key.url), language: bytes(line, Key.lang), published: bytes(line, Key.published),
      license: bytes(line, Key.license), meta: (Key.meta..<parser.slots.count).map { bytes(line, $0) }, split: split,
      sha256: bytes(line, Key.sha256), lead: bytes(line, Key.lead), sentences: [])
  }
}
