/// An entry that its ID did not bring to a sentence, and what is known of it: on disk until its turn comes.
struct StrayEntry: Sendable {
  var entry: LooseEntry
  /// The sentence whose ID it has, where its source is a part of it.
  var piece: SentencePlace? = nil
  /// The article that it seems to be of.
  var home: (document: DocumentID, split: String)? = nil
  /// Whether it has been rejected, and is only asked whose text it has.
  var isProbe = false

  init(entry: LooseEntry, piece: SentencePlace? = nil) {
    self.entry = entry
    self.piece = piece
  }

  /// Where it stood among all that came back.
  var sortKey: [UInt8] { Array(entry.sortKey.suffix(16)) }

  func packed() -> [UInt8] {
    var out = PackedFields()
    out.append(entry.packed())
    out.append(isProbe ? 1 : 0)
    out.append(piece?.packed() ?? [])
    out.append(home?.document.bytes.span.copied() ?? [])
    out.append(Array((home?.split ?? "").utf8))
    return out.bytes
  }

  init(packed: [UInt8]) {
    var fields = PackedFields(packed)
    entry = LooseEntry(packed: fields.bytesField())
    isProbe = fields.numberField() == 1
    piece = SentencePlace(packed: fields.bytesField())
    let document = fields.bytesField()
    let split = fields.textField()
    home = DocumentID(document.span).map { ($0, split) }
  }

  /// Its source text as a dataset has texts; empty where the file has none.
  var text: [UInt8] { ReturnedText.onOneLine(entry.entry.source ?? []) }
}

extension SentencePlace {
  func packed() -> [UInt8] {
    var out = PackedFields()
    out.append(document.bytes.span.copied())
    out.append(sequence)
    for field in [Array(split.utf8), id, text, Array(language.utf8)] { out.append(field) }
    return out.bytes
  }

  /// nil where `packed` is empty.
  init?(packed: [UInt8]) {
    if packed.isEmpty { return nil }
    var fields = PackedFields(packed)
    guard let document = DocumentID(fields.bytesField().span) else { return nil }
    self.document = document
    sequence = fields.numberField()
    split = fields.textField()
    id = fields.bytesField()
    text = fields.bytesField()
    language = fields.textField()
  }
}
