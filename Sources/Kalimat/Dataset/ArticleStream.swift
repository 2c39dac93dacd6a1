/// The articles of a dataset in the order of their doc_ids, whatever splits they are in.
struct OrderedArticleStream {
  private var splits: [SplitBox] = []

  /// A stream is not copyable, and an array holds what can be copied.
  private final class SplitBox {
    private var stream: ArticleStream
    private(set) var article: StoredArticle?

    init(_ folder: DatasetFolder, split: String) throws(Problem) {
      stream = ArticleStream(folder, splits: [split])
      article = try stream.next()
    }

    func take() throws(Problem) -> StoredArticle? {
      let taken = article
      article = try stream.next()
      return taken
    }
  }

  init(_ folder: DatasetFolder) throws(Problem) {
    for part in folder.rules.split?.parts ?? [] { splits.append(try SplitBox(folder, split: part.name)) }
  }

  /// The next article; nil at the end.
  func next() throws(Problem) -> StoredArticle? {
    var first: SplitBox? = nil
    for split in splits {
      guard let article = split.article else { continue }
      if let least = first?.article, !article.id.lexicographicallyPrecedes(least.id) { continue }
      first = split
    }
    return try first?.take()
  }
}

/// The articles of a dataset in the order of its splits and shards: three shards are walked together, and only one article
/// is in memory.
struct ArticleStream: ~Copyable {
  private let folder: DatasetFolder
  private let groups: [ShardGroup]
  private var nextGroup = 0
  private var open: OpenGroup? = nil

  /// - Parameter splits: those to read; nil for all.
  init(_ folder: DatasetFolder, splits: [String]? = nil) {
    self.folder = folder
    groups = ShardGroup.some(of: folder, splits: splits)
  }

  /// The next article; nil at the end.
  ///
  /// - Throws: where a shard cannot be read, or is not what a dataset holds; `validate` says all that is wrong.
  mutating func next() throws(Problem) -> StoredArticle? {
    while true {
      if let article = try open?.next() { return article }
      guard try openNext() else { return nil }
    }
  }

  /// Opens the next shards; false where there are none.
  private mutating func openNext() throws(Problem) -> Bool {
    guard nextGroup < groups.count else { return false }
    let group = groups[nextGroup]
    nextGroup += 1
    open = try OpenGroup(folder, split: group.split, paths: group.paths)
    return true
  }

  private struct OpenGroup {
    private let split: String
    private let documents: RecordCursor
    private let data: RecordCursor
    private let rejected: RecordCursor

    init(_ folder: DatasetFolder, split: String, paths: [RecordKind: String]) throws(Problem) {
      self.split = split
      documents = try RecordCursor(folder, .documents, paths[.documents])
      data = try RecordCursor(folder, .data, paths[.data])
      rejected = try RecordCursor(folder, .rejected, paths[.rejected])
    }

    func next() throws(Problem) -> StoredArticle? {
      guard documents.hasLine else { return nil }
      var article = documents.document(split: split)
      try documents.advance()
      while data.hasLine && data.belongs(to: article.id) {
        article.sentences.append(data.sentence(isRejected: false))
        try data.advance()
      }
      let own = article.sentences.count
      while rejected.hasLine && rejected.belongs(to: article.id) {
        article.sentences.append(rejected.sentence(isRejected: true))
        try rejected.advance()
      }
      if article.sentences.count > own { article.sentences.sort { $0.sequence < $1.sequence } }
      return article
    }
  }
}

/// A shard at hand, shared: what is not copyable cannot be left half made where reading its first line fails.
private final class RecordCursor {
  private var lines: RecordLines

  init(_ folder: DatasetFolder, _ kind: RecordKind, _ path: String?) throws(Problem) {
    lines = try RecordLines(folder, kind, path)
    try lines.advance()
  }

  var hasLine: Bool { lines.hasLine }
  func advance() throws(Problem) { try lines.advance() }
  func belongs(to document: [UInt8]) -> Bool { lines.belongs(to: document) }
  func sentence(isRejected: Bool) -> StoredSentence { lines.sentence(isRejected: isRejected) }
  func document(split: String) -> StoredArticle { lines.document(split: split) }
}

/// The lines of one shard as values.
private struct RecordLines: ~Copyable {
  private let path: String
  private var reader: ShardReader
  private var values: RecordValues
  private(set) var hasLine = false

  init(_ folder: DatasetFolder, _ kind: RecordKind, _ path: String?) throws(Problem) {
    self.path = path ?? ""
    if let path {
      reader = try ShardReader(path: folder.file(path), format: folder.compression, isHashed: false)
    } else {
      reader = ShardReader(absent: "")
    }
    values = RecordValues(folder.rules, kind)
  }

  mutating func advance() throws(Problem) {
    do throws(UnpackFailure) { hasLine = try reader.next() } catch { throw unreadable("\(error)") }
    guard hasLine else { return }
    if let fault = parse() { throw unreadable("\(fault.found); expected \(fault.expected)") }
  }

  private mutating func parse() -> RecordFault? {
    do throws(RecordFault) {
      try values.parse(reader.line)
      return nil
    } catch { return error }
  }

  private func unreadable(_ found: String) -> Problem {
    Problem(
      found, at: .init(file: path, line: reader.lineNumber, byteOffset: reader.byteOffset),
      advice: "kalimat validate says all that is wrong with this dataset.")
  }

  func belongs(to document: [UInt8]) -> Bool { values.belongs(reader.line, to: document) }
  func sentence(isRejected: Bool) -> StoredSentence { values.sentence(reader.line, isRejected: isRejected) }
  func document(split: String) -> StoredArticle { values.document(reader.line, split: split) }
}
