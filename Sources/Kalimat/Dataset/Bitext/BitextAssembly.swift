/// Makes the pieces of all shards from beads in order.
final class BitextAssembly {
  let kinds: [RecordKind]
  private(set) var content = ContentDigest()
  private(set) var totals = Manifest.Totals()
  private var streams: [String: StreamBox] = [:]
  /// In which order streams end.
  private var order: [String] = []
  private let source: BeadSource
  private let lines: OrderedResults<BeadBatch, BeadLines>
  private var isFinished = false

  /// A stream is not copyable, and a dictionary holds what can be copied.
  private final class StreamBox {
    var stream: ShardStream
    init(_ stream: consuming ShardStream) { self.stream = stream }
  }

  /// - Parameters:
  ///   - plain: pairs beside those of `runs`.
  ///   - translates: whether records of data/ have `translation`.
  init(
    _ runs: KeyedRuns, _ plain: PlainSource?, _ configuration: BitextConfiguration, _ survey: BitextSurvey,
    translates: Bool, jobs: Int
  ) throws(Problem) {
    source = try BeadSource(runs, plain?.pieces)
    let targetLanguage = plain?.targetLanguage ?? []
    let reason: @Sendable (PlainPair) -> BitextReason?
    if let plain { reason = plain.reason } else { reason = { _ in nil } }
    lines = OrderedResults<BeadBatch, BeadLines>(jobs: jobs) {
      let maker = BeadLineMaker(targetLanguage: targetLanguage, translates: translates, reason: reason)
      return { maker.lines(of: $0) }
    }
    kinds = RecordKind.allCases.filter { survey.records[$0] != nil }
    for kind in kinds {
      for part in configuration.split.parts where survey.records[kind]?[part.name] ?? 0 > 0 {
        let name = "\(kind.rawValue)/\(part.name)"
        order.append(name)
        streams[name] = StreamBox(
          ShardStream(
            kind: kind, split: part.name,
            names: ShardNames(count: configuration.shards, compression: configuration.compression)))
      }
    }
  }

  /// Appends the pieces that the next articles' beads fill; false behind the last.
  func next(to pieces: inout [ShardPiece]) throws(Problem) -> Bool {
    if isFinished { return false }
    let source = source
    guard let batch = try lines.next({ () throws(Problem) -> BeadBatch? in try source.next() }) else {
      isFinished = true
      for name in order {
        if let box = streams[name] { content.add(box.stream.finish(to: &pieces)) }
      }
      return true
    }
    for article in batch.articles {
      let split = batch.splits[article.split]
      streams[split.data]?.stream.add(
        batch.data.span.extracting(article.data), records: article.dataCount, document: article.document, to: &pieces)
      streams[split.rejected]?.stream.add(
        batch.rejected.span.extracting(article.rejected), records: article.rejectedCount, document: article.document,
        to: &pieces)
    }
    batch.add(to: &totals)
    return true
  }
}

/// Some articles' beads: plain pairs, and others sorted by their keys.
struct BeadBatch: Sendable {
  var plain: [UInt8] = []
  /// Packed beads.
  var others: [[UInt8]] = []
}

/// Walks plain pairs and other beads together.
private final class BeadSource {
  private let pieces: SpooledPieces.Reader?
  private let cursor: any KeyedCursor

  /// Beads that make a batch where there is no plain pair.
  private static let batchSize = 500

  init(_ runs: KeyedRuns, _ pieces: SpooledPieces.Reader?) throws(Problem) {
    self.pieces = pieces
    cursor = try runs.cursor()
  }

  /// The next batch, of whole articles; nil at the end.
  func next() throws(Problem) -> BeadBatch? {
    var batch = BeadBatch()
    if let plain = try pieces?.piece() {
      batch.plain = plain
      let last = PlainPairs.lastDocument(of: plain)
      while cursor.hasEntry, !last.lexicographicallyPrecedes(cursor.key.prefix(17)) { try take(to: &batch) }
      return batch
    }
    var article: ArraySlice<UInt8> = []
    while cursor.hasEntry {
      let own = cursor.key.prefix(17)
      if batch.others.count >= Self.batchSize && !own.elementsEqual(article) { break }
      article = own
      try take(to: &batch)
    }
    return batch.others.isEmpty ? nil : batch
  }

  private func take(to batch: inout BeadBatch) throws(Problem) {
    batch.others.append(cursor.payload)
    try cursor.advance()
  }
}
