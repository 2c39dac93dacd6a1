/// Articles to give out, packed one after another.
struct ExportBatch: Sendable {
  var lines: [UInt8]
}

/// What a format makes of a batch.
struct ExportPiece: Sendable {
  var main: [UInt8] = []
  var side: [UInt8] = []
  var count = 0
  /// Why it ended before the batch did.
  var problem: Problem?
}

/// Makes pieces: what a thread keeps between batches. No format remembers anything from one article to the next.
final class ExportPieceMaker {
  private var article: ArticleRecords
  private var writer: any ExportWriter
  private let selection: ExportSelection
  private let known: KnownIDs?
  private var out = ExportOutput()
  private var chosen: [Int] = []

  /// - Parameter known: sentences to leave out.
  init(_ folder: DatasetFolder, _ writer: any ExportWriter, _ selection: ExportSelection, _ known: KnownIDs?) {
    article = ArticleRecords(folder)
    self.writer = writer
    self.selection = selection
    self.known = known
  }

  func piece(of batch: ExportBatch) -> ExportPiece {
    var piece = ExportPiece()
    article.begin(batch.lines)
    var offset = 0
    do throws(Problem) {
      while offset < batch.lines.count {
        offset = try article.read(at: offset)
        piece.count += try add()
      }
    } catch { piece.problem = error }
    piece.main = out.main.copied(0..<out.main.count)
    piece.side = out.side.copied(0..<out.side.count)
    out.main.removeAll()
    out.side.removeAll()
    return piece
  }

  /// - Returns: how many sentences of the article at hand were given out.
  private func add() throws(Problem) -> Int {
    guard selection.takes(article: article.bytes(article.id), split: article.split.utf8.span) else { return 0 }
    chosen.removeAll(keepingCapacity: true)
    for index in article.sentences.indices where selection.takes(index, of: article) {
      if let known, known.contains(article.bytes(article.sentences[index].id)) { continue }
      chosen.append(index)
    }
    try writer.add(article, chosen: chosen, to: &out)
    return chosen.count
  }
}

/// The articles to give out, in the order asked for.
final class ExportArticles {
  private let stream: ArticleLineStream
  private let sorted: (any KeyedCursor)?
  private var lines = ByteBuffer(capacity: batchSize + batchSize / 4)

  /// Bytes of lines in a batch: enough that handing it over costs little.
  private static let batchSize = 1 << 19

  init(_ folder: DatasetFolder, _ selection: ExportSelection, _ order: ExportOrder, memory: Int) throws(Problem) {
    let splits = selection.splits.isEmpty ? nil : selection.splits
    sorted = order == .source ? try Self.sort(folder, splits, memory: memory) : nil
    stream = try ArticleLineStream(folder, splits: splits)
  }

  /// Articles by path, record and key, each as the lines that the shards have of it.
  private static func sort(
    _ folder: DatasetFolder, _ splits: [String]?, memory: Int
  ) throws(Problem) -> any KeyedCursor {
    let sort = KeyedRuns(folder: ScratchFolder.newName(), memoryLimit: memory)
    let stream = try ArticleLineStream(folder, splits: splits)
    var lines = ByteBuffer()
    while let article = stream.article {
      try Interruption.check()
      // Big-endian, so that bytes sort as numbers do; no path holds NUL.
      let record = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: article.record >> $0) }
      lines.removeAll()
      try stream.take(to: &lines)
      let key = article.path + [0] + record + article.key
      try sort.add(key: key.span, payload: lines.span)
    }
    return try sort.cursor()
  }

  /// The next batch; nil at the end.
  func next() throws(Problem) -> ExportBatch? {
    lines.removeAll()
    while lines.count < Self.batchSize, try append() {}
    return lines.count == 0 ? nil : ExportBatch(lines: lines.copied(0..<lines.count))
  }

  /// Appends the next article; false at the end.
  private func append() throws(Problem) -> Bool {
    guard let sorted else {
      if stream.article == nil { return false }
      try stream.take(to: &lines)
      return true
    }
    guard sorted.hasEntry else { return false }
    sorted.appendPayload(to: &lines)
    try sorted.advance()
    return true
  }
}
