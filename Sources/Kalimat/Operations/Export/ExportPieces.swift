/// Articles to give out, as the lines that the shards have of each.
struct ExportBatch: Sendable {
  var lines: [UInt8] = []
  /// Where each article ends in them.
  var ends: [Int] = []
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
  private var reader: ArticleLineReader
  private var writer: any ExportWriter
  private let selection: ExportSelection
  private let known: KnownIDs?
  private var out = ExportOutput()

  /// - Parameter known: sentences to leave out.
  init(_ folder: DatasetFolder, _ writer: any ExportWriter, _ selection: ExportSelection, _ known: KnownIDs?) {
    reader = ArticleLineReader(folder)
    self.writer = writer
    self.selection = selection
    self.known = known
  }

  func piece(of batch: ExportBatch) -> ExportPiece {
    var piece = ExportPiece()
    var start = 0
    do throws(Problem) {
      for end in batch.ends {
        if let article = try reader.article(batch.lines.span.extracting(start..<end)) {
          piece.count += try add(article)
        }
        start = end
      }
    } catch { piece.problem = error }
    piece.main = out.main.copied(0..<out.main.count)
    piece.side = out.side.copied(0..<out.side.count)
    out.main.removeAll()
    out.side.removeAll()
    return piece
  }

  /// - Returns: how many sentences were given out.
  private func add(_ article: StoredArticle) throws(Problem) -> Int {
    guard selection.takes(article: article.id) else { return 0 }
    let chosen = article.sentences.indices.filter { index in
      selection.takes(article.sentences[index], of: article)
        && !(known?.contains(article.sentences[index].id) ?? false)
    }
    try writer.add(article, chosen: chosen, to: &out)
    return chosen.count
  }
}

/// The articles to give out, in the order asked for.
final class ExportArticles {
  private var stream: ArticleStream
  private let sorted: (any KeyedCursor)?

  /// Bytes of lines in a batch: enough that handing it over costs little.
  private static let batchSize = 1 << 19

  init(_ folder: DatasetFolder, _ selection: ExportSelection, _ order: ExportOrder, memory: Int) throws(Problem) {
    let splits = selection.splits.isEmpty ? nil : selection.splits
    sorted = order == .source ? try Self.sort(folder, splits, memory: memory) : nil
    stream = ArticleStream(folder, splits: splits)
  }

  /// Articles by path, record and key, each as the lines that the shards have of it.
  private static func sort(
    _ folder: DatasetFolder, _ splits: [String]?, memory: Int
  ) throws(Problem) -> any KeyedCursor {
    let sort = KeyedRuns(folder: ScratchFolder.newName(), memoryLimit: memory)
    var stream = ArticleStream(folder, splits: splits)
    while let lines = try stream.nextLines() {
      try Interruption.check()
      // Big-endian, so that bytes sort as numbers do; no path holds NUL.
      let record = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: lines.record >> $0) }
      try sort.add(key: lines.path + [0] + record + lines.key, payload: lines.packed)
    }
    return try sort.cursor()
  }

  /// The next batch; nil at the end.
  func next() throws(Problem) -> ExportBatch? {
    var lines = ByteBuffer(capacity: Self.batchSize + Self.batchSize / 4)
    var batch = ExportBatch()
    while lines.count < Self.batchSize, try append(to: &lines) { batch.ends.append(lines.count) }
    if batch.ends.isEmpty { return nil }
    batch.lines = lines.copied(0..<lines.count)
    return batch
  }

  /// Appends the next article; false at the end.
  private func append(to lines: inout ByteBuffer) throws(Problem) -> Bool {
    guard let sorted else {
      guard let article = try stream.nextLines() else { return false }
      lines.append(article.bytes.span)
      return true
    }
    guard sorted.hasEntry else { return false }
    sorted.appendPayload(to: &lines)
    try sorted.advance()
    return true
  }
}
