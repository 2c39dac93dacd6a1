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

  fileprivate static func initial(of kind: RecordKind) -> UInt8 {
    switch kind {
    case .documents: 0x64
    case .data: 0x73
    case .rejected: 0x72
    }
  }

  var packed: [UInt8] { bytes.copied(0..<bytes.count) }
}

/// Reads articles from the lines that `ArticleLines` has of each.
struct ArticleLineReader {
  private var values: [(kind: RecordKind, initial: UInt8, values: RecordValues)]

  init(_ folder: DatasetFolder) {
    values = RecordKind.allCases.map { ($0, ArticleLines.initial(of: $0), RecordValues(folder.rules, $0)) }
  }

  /// The article whose lines these are; nil where they are none.
  mutating func article(_ lines: Span<UInt8>) throws(Problem) -> StoredArticle? {
    guard let splitEnd = Kernels.find(0x0A, in: lines, from: 0, to: lines.count) else { return nil }
    let split = String(decoding: lines.extracting(0..<splitEnd).copied(), as: UTF8.self)
    var article: StoredArticle? = nil
    var hasRejected = false
    var start = splitEnd + 1
    while let end = Kernels.find(0x0A, in: lines, from: start, to: lines.count) {
      let line = lines.extracting(start..<end - 1)
      guard let index = values.firstIndex(where: { $0.initial == lines[end - 1] }) else { return nil }
      do throws(RecordFault) { try values[index].values.parse(line) } catch {
        throw Problem("\(error.found); expected \(error.expected)")
      }
      switch values[index].kind {
      case .documents: article = values[index].values.document(line, split: split)
      case .data: article?.sentences.append(values[index].values.sentence(line, isRejected: false))
      case .rejected:
        article?.sentences.append(values[index].values.sentence(line, isRejected: true))
        hasRejected = true
      }
      start = end + 1
    }
    if hasRejected { article?.sentences.sort { $0.sequence < $1.sequence } }
    return article
  }
}
