/// An article as the lines that the shards have of it, to be put aside and read later.
struct ArticleLines: ~Copyable {
  let id: [UInt8]
  let path: [UInt8]
  let record: Int
  let key: [UInt8]
  private let split: String
  /// The lines behind each other, each ended by the initial of its kind and LF.
  var bytes = ByteBuffer(capacity: 4096)

  init(of article: StoredArticle) {
    id = article.id
    path = article.path
    record = article.record
    key = article.key
    split = article.split
    bytes.append(text: article.split)
    bytes.append(byte: 0x0A)
  }

  /// Ends the line that was appended last.
  mutating func end(_ kind: RecordKind) {
    bytes.append(byte: Self.initial(of: kind))
    bytes.append(byte: 0x0A)
  }

  private static func initial(of kind: RecordKind) -> UInt8 {
    switch kind {
    case .documents: 0x64
    case .data: 0x73
    case .rejected: 0x72
    }
  }

  var packed: [UInt8] { bytes.copied(0..<bytes.count) }

  /// Reads what `packed` gave.
  static func article(packed: [UInt8], in folder: DatasetFolder) throws(Problem) -> StoredArticle? {
    var values = RecordKind.allCases.map { ($0, RecordValues(folder.rules, $0)) }
    let span = packed.span
    var article: StoredArticle? = nil
    var split: String? = nil
    var start = 0
    for end in 0..<span.count where span[end] == 0x0A {
      guard let name = split else {
        split = String(decoding: span.extracting(start..<end).copied(), as: UTF8.self)
        start = end + 1
        continue
      }
      let line = span.extracting(start..<end - 1)
      guard let index = values.firstIndex(where: { initial(of: $0.0) == span[end - 1] }) else { return nil }
      do throws(RecordFault) { try values[index].1.parse(line) } catch {
        throw Problem("\(error.found); expected \(error.expected)")
      }
      switch values[index].0 {
      case .documents: article = values[index].1.document(line, split: name)
      case .data: article?.sentences.append(values[index].1.sentence(line, isRejected: false))
      case .rejected: article?.sentences.append(values[index].1.sentence(line, isRejected: true))
      }
      start = end + 1
    }
    article?.sentences.sort { $0.sequence < $1.sequence }
    return article
  }
}
