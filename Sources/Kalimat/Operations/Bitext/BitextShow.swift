/// A record of a bitext dataset as `show` gives it.
public struct ShownPair: Sendable {
  public var kind: RecordKind
  /// Its shard, inside the dataset; its line, and the first byte of it in the uncompressed content.
  public var place: Problem.Place
  public var id: String
  public var document: String
  public var split: String
  public var seq: Int
  public var sourceIDs: [String]
  public var targetIDs: [String]
  public var sources: [[UInt8]]
  public var targets: [[UInt8]]
  public var sourceLanguage: String
  public var targetLanguage: String
  public var bead: String
  public var score: Int
  public var method: String
  /// Empty for one of data/.
  public var reason: String
  /// Its line, without LF.
  public var line: [UInt8]
}

/// Finds records of a bitext dataset by IDs: one shard of each kind and split is opened.
public struct BitextShow: Sendable {
  public let dataset: BitextFolder

  public init(_ dataset: BitextFolder) { self.dataset = dataset }

  /// The records of an article, of a pair and those around it, or those that have a sentence, in the order of seq.
  ///
  /// - Parameters:
  ///   - id: `d…`, `b…`, or `s…` of either side.
  ///   - context: how many records before and after a pair.
  /// - Throws: where it is no ID, or there is no such record.
  public func pairs(of id: String, context: Int = 2) throws(Problem) -> [ShownPair] {
    let bytes = Array(id.utf8)
    let found: [ShownPair]
    if PackedID(bytes.span, prefix: 0x64, skipping: 1) != nil {
      found = try records(Array(bytes[1..<5])) { $0.document == bytes }
    } else if PackedID(bytes.span, prefix: 0x73, skipping: 5) != nil {
      // A source's ID begins as its article's; a target's tells nothing of where its pair stands.
      let own = try records(Array(bytes[1..<5])) { $0.sourceIDs.contains(bytes) }
      found = own.isEmpty ? try records(nil) { $0.targetIDs.contains(bytes) } : own
    } else if PackedID(bytes.span, prefix: 0x62, skipping: 5) != nil {
      found = try around(bytes, context)
    } else {
      throw .usage("\"\(id)\" is no ID", expected: "b, s or d and 20 or 16 digits of base32hex")
    }
    if found.isEmpty {
      throw Problem(
        "\(dataset.path) has no \(id)", expected: "the ID of an article, a pair, or a sentence of one",
        advice: "Name another dataset by --dataset.")
    }
    return found
  }

  private func around(_ id: [UInt8], _ context: Int) throws(Problem) -> [ShownPair] {
    guard let pair = try records(Array(id[1..<5]), { $0.id == id }).first else { return [] }
    let document = Array(pair.document.utf8)
    return try records(Array(id[1..<5])) { $0.document == document && abs($0.sequence - pair.seq) <= context }
  }

  /// - Parameter digits: the first four of the article's ID; nil to look through all shards.
  private func records(_ digits: [UInt8]?, _ takes: (BitextRecord) -> Bool) throws(Problem) -> [ShownPair] {
    var found: [ShownPair] = []
    let bits = digits.map { $0.reduce(0) { $0 << 5 | Int(Base32Hex.value($1) ?? 0) } }
    for kind in [RecordKind.data, .rejected] {
      let shards = dataset.shards(of: kind).filter { shard in
        bits.map { ($0 * shard.of) >> 20 == shard.index } ?? true
      }
      let stream = BitextStream(dataset, kind, shards: shards)
      while let (record, split) = try stream.next() {
        try Interruption.check()
        if takes(record) { found.append(shown(record, split, kind, stream)) }
      }
    }
    return found.sorted { ($0.document, $0.seq) < ($1.document, $1.seq) }
  }

  private func shown(_ record: BitextRecord, _ split: String, _ kind: RecordKind, _ stream: BitextStream) -> ShownPair {
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    var line = ByteBuffer(capacity: 512)
    record.append(translates: dataset.languages?.translates ?? false, to: &line)
    var place = stream.place
    place.id = text(record.id)
    return ShownPair(
      kind: kind, place: place, id: text(record.id), document: text(record.document), split: split,
      seq: record.sequence, sourceIDs: record.sourceIDs.map(text), targetIDs: record.targetIDs.map(text),
      sources: record.sources, targets: record.targets, sourceLanguage: text(record.sourceLanguage),
      targetLanguage: text(record.targetLanguage), bead: record.bead, score: record.score,
      method: record.method.rawValue, reason: text(record.reason), line: line.copied(0..<line.count - 1))
  }
}
