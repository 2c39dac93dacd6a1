/// One record as `show` gives it.
public struct ShownRecord: Sendable {
  public var kind: RecordKind
  /// Its shard, inside the dataset; the byte in its uncompressed content; its line, where the shard was read from its start.
  public var place: Problem.Place
  public var id: String
  public var seq: Int
  public var paragraph: Int
  public var text: [UInt8]
  /// `title`, `body` … (docs/FORMAT.md).
  public var contentKind: String
  public var rule: String
  /// Empty for a sentence of the corpus.
  public var reason: String
  /// The ID of what is kept in place of a duplicate; else empty.
  public var kept: String
  /// Its line, without LF.
  public var line: [UInt8]
}

/// An article as `show` gives it, with all or some of its records in the order of seq.
public struct ShownArticle: Sendable {
  public var id: String
  public var keyKind: String
  public var key: [UInt8]
  public var title: [UInt8]
  public var language: String
  public var split: String
  public var byteCount: Int
  public var sentenceCount: Int
  public var rejectedCount: Int
  public var records: [ShownRecord]
  /// Its line, without LF.
  public var line: [UInt8]
}

/// Finds records by their IDs: one shard of each kind and split is opened.
public struct Show: Sendable {
  public let dataset: DatasetFolder

  public init(_ dataset: DatasetFolder) { self.dataset = dataset }

  /// The article of a doc_id, with all of its records; or the article of a sentence's ID, with its record and those around.
  ///
  /// - Parameters:
  ///   - id: `d…` or `s…`, of data/ or rejected/.
  ///   - context: how many records before and after a sentence.
  /// - Throws: where it is no ID, or there is no such record.
  public func article(of id: String, context: Int = 2) throws(Problem) -> ShownArticle {
    let bytes = Array(id.utf8)
    if PackedID(bytes.span, prefix: 0x64, skipping: 1) != nil {
      for finder in finders(Array(bytes[1..<5])) {
        if let article = try finder.article(bytes) { return article }
      }
    } else if PackedID(bytes.span, prefix: 0x73, skipping: 5) != nil {
      for finder in finders(Array(bytes[1..<5])) {
        for kind in [RecordKind.data, .rejected] {
          guard let found = try finder.sentence(bytes, kind) else { continue }
          guard var article = try finder.article(found.document) else { break }
          article.records.removeAll { abs($0.seq - found.seq) > context }
          return article
        }
      }
    } else {
      throw .usage(
        "\"\(id)\" is no ID", expected: "d and 16, or s and 20 digits of base32hex, e.g. db826269i8q00mhol")
    }
    throw Problem(
      "\(dataset.path) has no \(id)", expected: "the ID of an article, a sentence or a rejected piece of it",
      advice: "Name another dataset by --dataset.")
  }

  private func finders(_ digits: [UInt8]) -> [RecordFinder] {
    (dataset.rules.split?.parts ?? []).map { RecordFinder(dataset: dataset, split: $0.name, digits: digits) }
  }
}

/// Finds records in the shards of one split whose articles' IDs begin with the same four digits.
private struct RecordFinder {
  typealias Sentence = RecordShape.Sentence
  let dataset: DatasetFolder
  let split: String
  /// The first four digits of the article's ID.
  let digits: [UInt8]

  /// The shard of a kind that such articles stand in; nil where the dataset has none.
  private func shard(_ kind: RecordKind) -> ShardFile? {
    let bits = digits.reduce(0) { $0 << 5 | Int(Base32Hex.value($1) ?? 0) }
    return dataset.shards(of: kind).first {
      $0.split.utf8.elementsEqual(split.utf8) && $0.index == (bits * $0.count) >> 20
    }
  }

  /// Goes through the lines whose doc_id begins with `prefix`; stops where `take` says true.
  private func forEachLine(
    _ kind: RecordKind, prefix: [UInt8], _ take: (borrowing ShardScan) throws(Problem) -> Bool
  ) throws(Problem) {
    guard let file = shard(kind) else { return }
    let slot = kind == .documents ? RecordShape.Document.doc : Sentence.doc
    var scan = try start(file, slot, prefix)
    while try scan.next() {
      let id = scan.escaped(slot).prefix(prefix.count)
      if id.lexicographicallyPrecedes(prefix) { continue }
      if !id.elementsEqual(prefix) { return }
      if try take(scan) { return }
    }
  }

  /// A scan that begins before the first such line: in an uncompressed shard shortly before it, found by bisection.
  private func start(_ file: ShardFile, _ slot: Int, _ prefix: [UInt8]) throws(Problem) -> ShardScan {
    let facts = dataset.manifest.shards.first { $0.path.utf8.elementsEqual(file.path.utf8) }
    guard file.compression == .none, var high = facts?.contentBytes else { return try ShardScan(file, in: dataset) }
    // A line that begins behind `low` may be the first; the line that begins behind `high` is not before it.
    var low = 0
    while high - low > 1 << 16 {
      let middle = low + (high - low) / 2
      var scan = try ShardScan(file, in: dataset, behind: middle)
      let isBefore = try scan.next() && scan.escaped(slot).prefix(prefix.count).lexicographicallyPrecedes(prefix)
      if isBefore { low = middle } else { high = middle }
    }
    return try ShardScan(file, in: dataset, behind: low)
  }

  /// The article and number of a sentence's record.
  func sentence(_ id: [UInt8], _ kind: RecordKind) throws(Problem) -> (document: [UInt8], seq: Int)? {
    var found: (document: [UInt8], seq: Int)? = nil
    try forEachLine(kind, prefix: [0x64] + digits) { scan in
      guard scan.escaped(Sentence.id) == id else { return false }
      found = (scan.escaped(Sentence.doc), scan.integer(Sentence.seq))
      return true
    }
    return found
  }

  /// The article of that ID, with its records.
  func article(_ id: [UInt8]) throws(Problem) -> ShownArticle? {
    var found: ShownArticle? = nil
    try forEachLine(.documents, prefix: id) { scan in
      found = Self.article(scan)
      return true
    }
    guard var article = found else { return nil }
    for kind in [RecordKind.data, .rejected] {
      try forEachLine(kind, prefix: id) { scan in
        article.records.append(record(scan, kind))
        return false
      }
    }
    article.records.sort { $0.seq < $1.seq }
    return article
  }

  private static func article(_ scan: borrowing ShardScan) -> ShownArticle {
    typealias Key = RecordShape.Document
    return ShownArticle(
      id: scan.string(Key.doc), keyKind: scan.string(Key.keyKind), key: scan.text(Key.key),
      title: scan.text(Key.title), language: scan.string(Key.lang), split: scan.string(Key.split),
      byteCount: scan.integer(Key.bytes), sentenceCount: scan.integer(Key.sentences),
      rejectedCount: scan.integer(Key.rejected), records: [], line: scan.line.copied())
  }

  private func record(_ scan: borrowing ShardScan, _ kind: RecordKind) -> ShownRecord {
    let hasReason = kind == .rejected || dataset.rules.dataHasReason
    let id = scan.string(Sentence.id)
    let hasKept = kind == .rejected && dataset.rules.rejectedHasKept
    // Behind a bisection nobody has counted the lines before.
    let line = scan.file.compression == .none ? nil : scan.reader.lineNumber
    return ShownRecord(
      kind: kind, place: .init(file: scan.file.path, line: line, byteOffset: scan.reader.byteOffset, id: id), id: id,
      seq: scan.integer(Sentence.seq), paragraph: scan.integer(Sentence.para), text: scan.text(Sentence.text),
      contentKind: scan.string(Sentence.kind),
      rule: scan.string(Sentence.rule), reason: hasReason ? scan.string(scan.parser.slots.count - 1) : "",
      kept: hasKept ? scan.string(scan.parser.slots.count - 2) : "", line: scan.line.copied())
  }
}
