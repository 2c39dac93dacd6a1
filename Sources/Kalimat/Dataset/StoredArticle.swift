/// A sentence record or a rejected one, read back: strings without their escapes.
struct StoredSentence: Sendable {
  var id: [UInt8]
  var text: [UInt8]
  /// The exact slice where it differs from the text, else empty.
  var raw: [UInt8]
  var separator: [UInt8]
  var sequence: Int
  var paragraph: Int
  var kind: [UInt8]
  var language: [UInt8]
  /// Code points of the article before it and up to its end.
  var start: Int
  var end: Int
  /// Empty for a sentence.
  var reason: [UInt8]
  var isRejected: Bool

  /// The slice of the article that it is.
  var slice: [UInt8] { raw.isEmpty ? text : raw }
}

/// An article of a dataset, read back whole.
struct StoredArticle: Sendable {
  var id: [UInt8]
  var keyKind: [UInt8]
  var key: [UInt8]
  var path: [UInt8]
  var record: Int
  var title: [UInt8]
  var url: [UInt8]
  var language: [UInt8]
  var published: [UInt8]
  var license: [UInt8]
  /// The `--keep` fields' values, in their order.
  var meta: [[UInt8]]
  var split: String
  /// Hexadecimal, of the text.
  var sha256: [UInt8]
  var lead: [UInt8]
  /// Records of both kinds, in the order of the article.
  var sentences: [StoredSentence]

  /// The article's text T.
  var text: [UInt8] {
    var text = lead
    for sentence in sentences { text += sentence.slice + sentence.separator }
    return text
  }

  /// Where a person finds it: its path, else its key.
  var source: [UInt8] { path.isEmpty ? key : path }
}
