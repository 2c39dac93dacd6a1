/// A sentence-level manifest straight from articles, without a dataset that stays: shard is the article's path (its key,
/// where keys are not paths), line the sentence's number in its article, from 1, offset and length are bytes of T, and sha256
/// is that of the line that build would write.
public struct ArticleManifest: Sendable {
  public let request: BuildRequest
  public let configuration: BuildConfiguration
  public let format: ManifestFormat
  /// A folder with room for a dataset of the articles, which stands there for a while.
  public let scratch: String

  /// - Parameter configuration: without `join`: it would make the lines other ones.
  public init(
    _ request: BuildRequest, _ configuration: BuildConfiguration, as format: ManifestFormat, scratch: String = "/tmp"
  ) {
    self.request = request
    self.configuration = configuration
    self.format = format
    self.scratch = scratch
  }

  /// Gives the bytes to `write`, in blocks, in the order of doc_ids.
  ///
  /// - Returns: what the build says of the articles.
  @discardableResult
  public func run(_ write: ([UInt8]) throws(Problem) -> Void) throws(Problem) -> BuildSummary {
    let folder = "\(scratch)/kalimat-manifest-\(UInt64.random(in: 0...UInt64.max))"
    try FileSystem.makeFolder(folder)
    defer { try? FileSystem.removeTree(folder) }
    var request = request
    request.output = "\(folder)/dataset"
    var configuration = configuration
    configuration.compression = .none
    configuration.shards = 1
    configuration.split = .whole
    // The offsets come from columns that are cut out of the lines again.
    configuration.join = [DerivedColumn.startByte.rawValue, DerivedColumn.endByte.rawValue]
    let summary = try Build(request, configuration).run()
    try walk(try DatasetFolder(request.output), write)
    return summary
  }

  private func walk(_ dataset: DatasetFolder, _ write: ([UInt8]) throws(Problem) -> Void) throws(Problem) {
    typealias Document = RecordShape.Document
    var lines = ManifestLines(format: format)
    guard let shard = dataset.shards(of: .data).first, let documentShard = dataset.shards(of: .documents).first else {
      return try write(lines.take())
    }
    var documents = try ShardScan(documentShard, in: dataset)
    var data = try ShardScan(shard, in: dataset)
    var hasData = try data.next()
    while try documents.next() {
      let id = documents.escaped(Document.doc)
      let source = documents.text(documents.isEmpty(Document.path) ? Document.key : Document.path)
      while hasData, data.escaped(RecordShape.Sentence.doc) == id {
        append(data, source: source, to: &lines)
        if lines.isFull { try write(lines.take()) }
        hasData = try data.next()
      }
    }
    try write(lines.take())
  }

  private func append(_ data: borrowing ShardScan, source: [UInt8], to lines: inout ManifestLines) {
    typealias Key = RecordShape.Sentence
    let start = data.integer(Key.columns)
    let cut = data.parser.slots[Key.rule].end + 1..<data.parser.slots[Key.columns + 1].end
    var hash = SHA256()
    hash.update(data.line.extracting(0..<cut.lowerBound))
    hash.update(data.line.extracting(cut.upperBound..<data.line.count))
    lines.append(
      ManifestLines.Entry(
        id: data.escaped(Key.id), document: data.escaped(Key.doc), text: data.text(Key.text), shard: source,
        line: data.integer(Key.seq) + 1, offset: start, length: data.integer(Key.columns + 1) - start,
        digest: hash.finish()))
  }
}
