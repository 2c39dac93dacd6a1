/// Puts an article together again from its lines.
enum ArticleReconstruction {
  /// The article that `lines` (of data/, of rejected/, and its document's) came of.
  ///
  /// It looks at JSON values, not at bytes: it is for the few articles whose key must change, not for the many.
  static func article(
    from lines: Span<UInt8>, of built: BuiltArticle, keep: [String]
  ) throws(Problem) -> Article {
    var records: [(sequence: Int, text: [UInt8])] = []
    var document = JSONValue.null
    var start = 0
    for end in 0..<lines.count where lines[end] == 0x0A {
      let value: JSONValue
      do { value = try JSONParser.parse(lines.extracting(start..<end)) } catch {
        throw Problem("a line of a run is no JSON", expected: "the lines that this build wrote")
      }
      if end == lines.count - 1 { document = value } else { records.append(piece(of: value)) }
      start = end + 1
    }
    records.sort { $0.sequence < $1.sequence }
    var text = bytes(document["lead"])
    for record in records { text += record.text }
    var article = Article(
      keyKind: built.keyKind, key: bytes(document["key"]), text: text, path: [], record: 0)
    article.title = bytes(document["title"])
    article.url = bytes(document["url"])
    article.published = bytes(document["published"])
    article.license = bytes(document["license"])
    if document["lang_score"]?.intValue == 0, built.languages.article != "und" {
      article.language = built.languages.article
    }
    article.kept = keep.map { bytes(document["meta"]?[$0]) }
    return article
  }

  private static func piece(of record: JSONValue) -> (Int, [UInt8]) {
    let raw = bytes(record["raw"])
    return (record["seq"]?.intValue ?? 0, (raw.isEmpty ? bytes(record["text"]) : raw) + bytes(record["sep"]))
  }

  private static func bytes(_ value: JSONValue?) -> [UInt8] {
    if case .string(let bytes)? = value { return bytes }
    return []
  }
}
