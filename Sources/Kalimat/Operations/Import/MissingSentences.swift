/// Sentences that were asked for and did not come back by their IDs, in the order of the dataset, until it is known which came
/// back by their text.
final class MissingSentences {
  private let pieces: SpooledPieces
  /// IDs of those that came back after all, 8 bytes each.
  private var found: [UInt64] = []

  init(_ pieces: SpooledPieces) { self.pieces = pieces }

  func add(_ id: [UInt8], _ text: [UInt8]) throws(Problem) {
    var fields = PackedFields()
    fields.append(id)
    fields.append(Array(ArticleMatching.quote(text).utf8))
    try pieces.add(fields.bytes)
  }

  /// It came under another ID.
  func found(_ id: [UInt8]) { found.append(KnownIDs.number(of: id.span)) }

  /// Gives those that are missing still, and forgets all.
  func tell(_ take: (_ id: [UInt8], _ quoted: String) -> Void) throws(Problem) {
    let known = KnownIDs(numbers: found)
    found = []
    let reader = try pieces.reader()
    while let piece = try reader.piece() {
      var fields = PackedFields(piece)
      let id = fields.bytesField()
      if !known.contains(id.span) { take(id, String(decoding: fields.bytesField(), as: UTF8.self)) }
    }
    pieces.removeAll()
  }
}
