/// How it is known that two sides of a bead belong together.
public enum BitextMethod: String, Sendable, CaseIterable {
  /// A translation came back with the sentence's ID, or with its text.
  case imported
  /// The aligner put two articles together.
  case aligned
}

/// Why a bead stands in rejected/ (docs/FORMAT.md, "A bitext dataset").
public enum BitextReason: String, Sendable, CaseIterable {
  /// It came back for a sentence that the dataset has not.
  case extra
  /// It came back with a text that several sentences have.
  case ambiguous
  /// The sentence is another one than when it was given out, or the file has another text for it.
  case sourceChanged = "source-changed"
  /// The sentence came back with several translations.
  case twice
  /// No translation.
  case empty
  /// The file says that it is not done.
  case unfinished
  /// Its row has another number of cells than the first row of its table.
  case cells
  /// What a spreadsheet shows in place of a text that it took for a formula.
  case formula
  /// It stands in rows whose translations are those of other rows.
  case shifted
  /// Not in the language, or the script, that was asked for.
  case language, script
  /// Equal to the source.
  case equal
  /// Much longer or shorter than others of this corpus.
  case length
  /// Numbers, addresses or placeholders differ.
  case numbers, urls, placeholders
  /// The aligner does not rely on it, or found no other side.
  case score, unaligned
}

/// Sentences of one language and what they are in another, on its way into a bitext dataset.
struct BitextBead: Sendable, Equatable {
  /// The source article's, else the target's; of what belongs to no article, the returned file's (`DocumentID(returned:)`).
  var document: DocumentID
  /// The split of that article.
  var split: String
  /// Orders the beads of an article: the place of the first sentence.
  var position: Int
  var sourceIDs: [[UInt8]]
  /// Those of the target's dataset; none where the target was imported.
  var targetIDs: [[UInt8]] = []
  /// The sentences' texts.
  var sources: [[UInt8]]
  var targets: [[UInt8]]
  /// BCP 47.
  var sourceLanguage: String
  var targetLanguage: String
  /// 0 to 1000.
  var score: Int
  var method: BitextMethod
  /// nil where it is a part of data/.
  var reason: BitextReason? = nil
}

extension DocumentID {
  /// What stands for the article of a translation that belongs to none: the file it came in.
  init(returned fileName: String) {
    var hash = SHA256()
    hash.update("kalimat-returned-1")
    hash.update(byte: 0)
    hash.update(fileName)
    let digest = hash.finish()
    let bytes = [0x64] + (0..<16).map { Base32Hex.digit(of: digest, at: $0) }
    self = DocumentID(bytes.span) ?? DocumentID(kind: .path, key: Array(fileName.utf8))
  }
}

extension BitextBead {
  /// The bead in bytes, to be sorted by `sortKey`; `init(packed:)` reads it.
  func packed() -> [UInt8] {
    var out = PackedFields()
    out.append(document.bytes.span.copied())
    out.append(Array(split.utf8))
    for list in [sourceIDs, targetIDs, sources, targets] { out.append(list) }
    out.append(Array(sourceLanguage.utf8))
    out.append(Array(targetLanguage.utf8))
    for number in [position, score, BitextMethod.allCases.firstIndex(of: method) ?? 0] { out.append(number) }
    out.append(Array((reason?.rawValue ?? "").utf8))
    return out.bytes
  }

  init?(packed: [UInt8]) {
    var fields = PackedFields(packed)
    guard let document = DocumentID(fields.bytesField().span) else { return nil }
    self.document = document
    split = fields.textField()
    sourceIDs = fields.listField()
    targetIDs = fields.listField()
    sources = fields.listField()
    targets = fields.listField()
    sourceLanguage = fields.textField()
    targetLanguage = fields.textField()
    position = fields.numberField()
    score = fields.numberField()
    method = BitextMethod.allCases[fields.numberField()]
    reason = BitextReason(rawValue: fields.textField())
  }

  static let sortKeyLength = 17 + 8 + 32

  /// doc_id, place, and then what it says itself: so the order does not depend on the order of arrival.
  func sortKey(of packed: [UInt8]) -> [UInt8] {
    var key = document.bytes.span.copied()
    for shift in stride(from: 56, through: 0, by: -8) { key.append(UInt8(truncatingIfNeeded: position >> shift)) }
    let digest = SHA256.digest(of: packed.span)
    return key + (0..<32).map { digest.bytes[$0] }
  }
}

/// Fields with their lengths before them, one after another.
struct PackedFields {
  private(set) var bytes: [UInt8]
  private var next = 0

  init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  mutating func append(_ number: Int) {
    unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  mutating func append(_ field: [UInt8]) {
    append(field.count)
    bytes += field
  }

  mutating func append(_ list: [[UInt8]]) {
    append(list.count)
    for field in list { append(field) }
  }

  mutating func numberField() -> Int {
    defer { next += 8 }
    var number: UInt64 = 0
    for i in 0..<8 { number |= UInt64(bytes[next + i]) << UInt64(8 * i) }
    return Int(truncatingIfNeeded: number)
  }

  mutating func bytesField() -> [UInt8] {
    let count = numberField()
    defer { next += count }
    return Array(bytes[next..<next + count])
  }

  mutating func textField() -> String { String(decoding: bytesField(), as: UTF8.self) }
  mutating func listField() -> [[UInt8]] { (0..<numberField()).map { _ in bytesField() } }
}
