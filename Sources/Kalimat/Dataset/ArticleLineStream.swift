/// The shards of one split and number.
struct ShardGroup: Sendable {
  /// Its place among all of its dataset.
  var number: Int
  var split: String
  var paths: [RecordKind: String] = [:]

  /// Those of a dataset, in the order of its splits and shards.
  static func all(of folder: DatasetFolder) -> [ShardGroup] {
    var groups: [ShardGroup] = []
    for split in folder.rules.split?.parts.map(\.name) ?? [] {
      let shards = folder.manifest.shards.filter { $0.split.utf8.elementsEqual(split.utf8) }
      for index in Set(shards.map(\.index)).sorted() {
        var group = ShardGroup(number: groups.count, split: split)
        for shard in shards where shard.index == index { group.paths[shard.kind] = shard.path }
        groups.append(group)
      }
    }
    return groups
  }

  /// Those of some splits; nil for all.
  static func some(of folder: DatasetFolder, splits: [String]?) -> [ShardGroup] {
    guard let splits else { return all(of: folder) }
    return all(of: folder).filter { group in splits.contains { $0.utf8.elementsEqual(group.split.utf8) } }
  }
}

/// The articles of a dataset in the order of its splits and shards, as the lines that the shards have of each. Only documents
/// are looked into: they say how many lines there are of an article.
final class ArticleLineStream {
  private let folder: DatasetFolder
  private let groups: [ShardGroup]
  private var nextGroup = 0
  private var values: RecordValues
  private var documents: LineCursor
  private var data: LineCursor
  private var rejected: LineCursor
  /// The article at hand, without its sentences; nil at the end.
  private(set) var article: ArticleHead?

  /// - Parameter splits: those to read; nil for all.
  init(_ folder: DatasetFolder, splits: [String]? = nil) throws(Problem) {
    self.folder = folder
    groups = ShardGroup.some(of: folder, splits: splits)
    values = RecordValues(folder.rules, .documents)
    documents = try LineCursor(folder, nil)
    data = try LineCursor(folder, nil)
    rejected = try LineCursor(folder, nil)
    try advance()
  }

  /// Appends the article at hand as `PackedArticle` reads it, and goes to the next.
  func take(to out: inout ByteBuffer) throws(Problem) {
    guard let article else { return }
    let start = out.count
    out.append(word: article.group)
    for place in [documents.place, data.nextPlace, rejected.nextPlace] {
      out.append(long: 0)
      out.append(word: place.line)
      out.append(long: UInt64(place.byteOffset))
    }
    var begun = out.count
    documents.appendLine(to: &out)
    PackedArticle.set(.documents, length: out.count - begun, in: &out, at: start)
    begun = out.count
    try data.take(article.sentences, to: &out)
    PackedArticle.set(.data, length: out.count - begun, in: &out, at: start)
    begun = out.count
    try rejected.take(article.rejected, to: &out)
    PackedArticle.set(.rejected, length: out.count - begun, in: &out, at: start)
    try advance()
  }

  /// Goes to the next article's document.
  private func advance() throws(Problem) {
    while try !documents.next() {
      for cursor in [data, rejected] {
        if try cursor.next() { throw cursor.problem(.otherArticle) }
      }
      guard nextGroup < groups.count else {
        article = nil
        return
      }
      let paths = groups[nextGroup].paths
      documents = try LineCursor(folder, paths[.documents])
      data = try LineCursor(folder, paths[.data])
      rejected = try LineCursor(folder, paths[.rejected])
      nextGroup += 1
    }
    article = try documents.head(&values, group: groups[nextGroup - 1].number)
  }
}

/// What a document's line says of its article.
struct ArticleHead {
  var group: Int
  var id, path, key: [UInt8]
  var record, sentences, rejected: Int
}

/// A shard's lines, one after another; shared, as a span of what is not copyable cannot leave a class.
private final class LineCursor {
  private let path: String
  private var lines: ShardLines

  init(_ folder: DatasetFolder, _ path: String?) throws(Problem) {
    self.path = path ?? ""
    if let path {
      lines = ShardLines(try ShardReader(path: folder.file(path), format: folder.compression, isHashed: false))
    } else {
      lines = ShardLines(ShardReader(absent: ""))
    }
  }

  /// Goes to the next line; false at the end.
  func next() throws(Problem) -> Bool {
    do throws(RecordFault) { return try lines.next() } catch { throw problem(error) }
  }

  func problem(_ fault: RecordFault) -> Problem {
    let place = lines.place
    return Problem(
      fault.found, at: .init(file: path, line: place.line, byteOffset: place.byteOffset + fault.byteOffset),
      expected: fault.expected, advice: "kalimat validate says all that is wrong with this dataset.")
  }

  /// Where the line at hand stands, and the one behind it.
  var place: PackedArticle.Place { lines.place }
  var nextPlace: PackedArticle.Place { lines.nextPlace }

  func appendLine(to out: inout ByteBuffer) { lines.appendLine(to: &out) }

  /// Appends the next lines.
  func take(_ count: Int, to out: inout ByteBuffer) throws(Problem) {
    for _ in 0..<count {
      guard try next() else {
        throw problem(
          RecordFault(byteOffset: 0, found: "the shard's end", expected: "as many records as its documents say"))
      }
      lines.appendLine(to: &out)
    }
  }

  /// The line at hand as a document's.
  func head(_ values: inout RecordValues, group: Int) throws(Problem) -> ArticleHead {
    do throws(RecordFault) { return try lines.head(&values, group: group) } catch { throw problem(error) }
  }
}

/// What `LineCursor` does with spans.
private struct ShardLines: ~Copyable {
  private var reader: ShardReader

  init(_ reader: consuming ShardReader) { self.reader = reader }

  mutating func next() throws(RecordFault) -> Bool {
    let hasLine: Bool
    do throws(UnpackFailure) { hasLine = try reader.next() } catch {
      throw RecordFault(byteOffset: 0, found: "\(error)", expected: "a shard that can be read")
    }
    if hasLine && !reader.lineIsWhole {
      throw RecordFault(byteOffset: reader.line.count, found: "the shard's end", expected: "LF")
    }
    return hasLine
  }

  var place: PackedArticle.Place { .init(line: reader.lineNumber, byteOffset: reader.byteOffset) }
  var nextPlace: PackedArticle.Place { .init(line: reader.lineNumber + 1, byteOffset: reader.nextByteOffset) }

  func appendLine(to out: inout ByteBuffer) { out.append(reader.lineWithEnd) }

  func head(_ values: inout RecordValues, group: Int) throws(RecordFault) -> ArticleHead {
    typealias Key = RecordShape.Document
    try values.parse(reader.line)
    return ArticleHead(
      group: group, id: values.bytes(reader.line, Key.doc), path: values.bytes(reader.line, Key.path),
      key: values.bytes(reader.line, Key.key), record: values.integer(Key.record),
      sentences: values.integer(Key.sentences), rejected: values.integer(Key.rejected))
  }
}
