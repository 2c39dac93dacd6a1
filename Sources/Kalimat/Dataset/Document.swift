/// The line that documents/ has for an article (docs/FORMAT.md, "A sentence record", at its end).
struct Document {
  var article: Article
  var id: DocumentID
  var language: String
  var languageScore: Int
  var license: [UInt8]
  var split: String
  var characterCount: Int
  var sentenceCount: Int
  var rejectedCount: Int
  var digest: Digest
  /// Bytes of the White_Space before its first record.
  var leadCount: Int
  var keep: [String]

  /// The record it says: 0 for keys that do not come of a place.
  static func record(of article: Article) -> Int { article.keyKind == .path ? article.record : 0 }

  /// The path it says: empty for keys that do not come of a place, so that a table and a file give the same bytes.
  static func path(of article: Article) -> [UInt8] { article.keyKind == .path ? article.path : [] }

  /// Its path, else its key.
  static func source(of article: Article) -> [UInt8] {
    let path = path(of: article)
    return path.isEmpty ? article.key : path
  }

  /// A text field's value.
  static func text(of field: DocumentField, _ article: Article) -> [UInt8] {
    switch field {
    case .keyKind: Array(article.keyKind.rawValue.utf8)
    case .key: article.key
    case .path: path(of: article)
    case .title: article.title
    case .url: article.url
    case .published: article.published
    case .license: article.license
    case .record, .langScore: []
    }
  }

  /// Appends the line, with its LF.
  func append(to out: inout ByteBuffer) {
    func string(_ name: StaticString, _ value: [UInt8]) {
      out.append(name)
      out.append(escaped: value)
      out.append(byte: 0x22)
    }
    func number(_ name: StaticString, _ value: Int) {
      out.append(name)
      out.append(decimal: value)
    }
    string("{\"doc_id\":\"", Array(id.description.utf8))
    string(",\"key_kind\":\"", Array(article.keyKind.rawValue.utf8))
    string(",\"key\":\"", article.key)
    string(",\"path\":\"", Self.path(of: article))
    number(",\"record\":", Self.record(of: article))
    string(",\"title\":\"", article.title)
    string(",\"url\":\"", article.url)
    string(",\"lang\":\"", Array(language.utf8))
    number(",\"lang_score\":", languageScore)
    string(",\"published\":\"", article.published)
    string(",\"license\":\"", license)
    string(",\"split\":\"", Array(split.utf8))
    number(",\"bytes\":", article.text.count)
    number(",\"chars\":", characterCount)
    number(",\"sentences\":", sentenceCount)
    number(",\"rejected\":", rejectedCount)
    string(",\"sha256\":\"", digest.hexBytes)
    string(",\"lead\":\"", Array(article.text.prefix(leadCount)))
    out.append(",\"meta\":{")
    for (i, name) in keep.enumerated() {
      if i > 0 { out.append(byte: 0x2C) }
      out.append(byte: 0x22)
      out.append(escaped: Array(name.utf8))
      out.append("\":\"")
      out.append(escaped: article.keptValue(i))
      out.append(byte: 0x22)
    }
    out.append("}}\n")
  }
}
