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

  /// The shards of one split and number.
  private struct ShardGroup {
    var split: String
    var index: Int
    var paths: [RecordKind: String] = [:]
  }

  /// - Parameter splits: those to read; nil for all.
  init(_ folder: DatasetFolder, splits: [String]? = nil) {
    self.folder = folder
    var groups: [ShardGroup] = []
    let plan = folder.rules.split?.parts.map(\.name) ?? []
    for split in plan where splits?.contains(where: { $0.utf8.elementsEqual(split.utf8) }) ?? true {
      let shards = folder.manifest.shards.filter { $0.split.utf8.elementsEqual(split.utf8) }
      for index in Set(shards.map(\.index)).sorted() {
        var group = ShardGroup(split: split, index: index)
        for shard in shards where shard.index == index { group.paths[shard.kind] = shard.path }
        groups.append(group)
      }
    }
    self.groups = groups
  }

  /// The next article; nil at the end.
  ///
  /// - Throws: where a shard cannot be read, or is not what a dataset holds; `validate` says all that is wrong.
  mutating func next() throws(Problem) -> StoredArticle? {
    while true {
      if let article = try open?.next() { return article }
      guard nextGroup < groups.count else { return nil }
      let group = groups[nextGroup]
      nextGroup += 1
      open = try OpenGroup(folder, split: group.split, paths: group.paths)
    }
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
  private var parser: RecordParser
  private let hasReason: Bool
  private(set) var hasLine = false

  init(_ folder: DatasetFolder, _ kind: RecordKind, _ path: String?) throws(Problem) {
    self.path = path ?? ""
    if let path {
      reader = try ShardReader(path: folder.file(path), format: folder.compression)
    } else {
      reader = ShardReader(absent: "")
    }
    parser = RecordParser(shape: folder.rules.shape(of: kind))
    hasReason = kind == .rejected || folder.rules.dataHasReason
  }

  mutating func advance() throws(Problem) {
    do throws(UnpackFailure) { hasLine = try reader.next() } catch { throw unreadable("\(error)") }
    guard hasLine else { return }
    let fault = parse()
    if let fault { throw unreadable("\(fault.found); expected \(fault.expected)") }
  }

  private mutating func parse() -> RecordFault? {
    do throws(RecordFault) {
      try parser.parse(reader.line)
      return nil
    } catch { return error }
  }

  private func unreadable(_ found: String) -> Problem {
    Problem(
      found, at: .init(file: path, line: reader.lineNumber, byteOffset: reader.byteOffset),
      advice: "kalimat validate says all that is wrong with this dataset.")
  }

  private func bytes(_ slot: Int) -> [UInt8] {
    var out = ByteBuffer(capacity: 64)
    RecordParser.appendUnescaped(reader.line, parser.slots[slot], to: &out)
    return out.span.copied()
  }

  /// Whether the line at hand is a record of that article.
  func belongs(to document: [UInt8]) -> Bool {
    let slot = parser.slots[RecordShape.Sentence.doc]
    return Kernels.equal(reader.line.extracting(slot.start..<slot.end), document.span)
  }

  func sentence(isRejected: Bool) -> StoredSentence {
    typealias Key = RecordShape.Sentence
    return StoredSentence(
      id: bytes(Key.id), text: bytes(Key.text), raw: bytes(Key.raw), separator: bytes(Key.sep),
      sequence: parser.slots[Key.seq].value, paragraph: parser.slots[Key.para].value, kind: bytes(Key.kind),
      language: bytes(Key.lang), start: parser.slots[Key.start].value, end: parser.slots[Key.end].value,
      reason: hasReason ? bytes(parser.slots.count - 1) : [], isRejected: isRejected)
  }

  func document(split: String) -> StoredArticle {
    typealias Key = RecordShape.Document
    return StoredArticle(
      id: bytes(Key.doc), keyKind: bytes(Key.keyKind), key: bytes(Key.key), path: bytes(Key.path),
      record: parser.slots[Key.record].value, title: bytes(Key.title), url: bytes(Key.url),
      language: bytes(Key.lang), published: bytes(Key.published), license: bytes(Key.license),
      meta: (Key.meta..<parser.slots.count).map { bytes($0) }, split: split, sha256: bytes(Key.sha256), lead: bytes(Key.lead), sentences: [])
  }
}
