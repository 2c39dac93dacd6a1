/// What a bitext dataset holds, counted from its records.
public struct BitextStatistics: Sendable {
  /// What a part of it comes to.
  public struct Counts: Sendable, Equatable {
    public var pairs = 0
    public var rejected = 0
    /// Code points of both sides of its pairs.
    public var sourceCharacters = 0
    public var targetCharacters = 0
  }

  /// Articles that have a pair.
  public var documents = 0
  public var whole = Counts()
  /// By source and target language, e.g. `id-en`.
  public var byLanguages: [String: Counts] = [:]
  public var bySplit: [String: Counts] = [:]
  /// Pairs by the sentences of each side, e.g. `1-2`, and by how they were made.
  public var byBead: [String: Int] = [:]
  public var byMethod: [String: Int] = [:]
  public var byReason: [String: Int] = [:]
  /// Pairs by their score, a hundred to a bin; 1000 is in the last.
  public var scores = [Int](repeating: 0, count: 10)
  /// Code points of the target for a thousand of the source: the smallest, the quartiles, the greatest; empty without pairs.
  public var lengthRatios: [Int] = []

  /// Counts all of a bitext dataset.
  public init(_ folder: BitextFolder) throws(Problem) {
    var ratios = LengthRange()
    for kind in [RecordKind.data, .rejected] {
      var document: [UInt8] = []
      let stream = BitextStream(folder, kind)
      while let (record, split) = try stream.next() {
        try Interruption.check()
        if kind == .data && record.document != document {
          document = record.document
          documents += 1
        }
        add(record, split, kind, &ratios)
      }
    }
    lengthRatios = ratios.quartiles
  }

  private mutating func add(_ record: BitextRecord, _ split: String, _ kind: RecordKind, _ ratios: inout LengthRange) {
    let languages =
      String(decoding: record.sourceLanguage, as: UTF8.self) + "-"
      + String(decoding: record.targetLanguage, as: UTF8.self)
    var counts = Counts()
    if kind == .data {
      counts.pairs = 1
      counts.sourceCharacters = Kernels.characterCount(record.source.span)
      counts.targetCharacters = Kernels.characterCount(record.target.span)
      byBead[record.bead, default: 0] += 1
      byMethod[record.method.rawValue, default: 0] += 1
      scores[min(record.score / 100, 9)] += 1
      if counts.sourceCharacters > 0 {
        ratios.add(min(counts.targetCharacters * 1000 / counts.sourceCharacters, LengthRange.greatest))
      }
    } else {
      counts.rejected = 1
      byReason[String(decoding: record.reason, as: UTF8.self), default: 0] += 1
    }
    whole += counts
    byLanguages[languages, default: .init()] += counts
    bySplit[split, default: .init()] += counts
  }

  /// One object: what `stats --json` prints.
  public var json: JSONValue {
    func counts(_ counts: Counts) -> JSONValue {
      .members([
        ("pairs", .int(counts.pairs)), ("rejected", .int(counts.rejected)),
        ("source_characters", .int(counts.sourceCharacters)), ("target_characters", .int(counts.targetCharacters)),
      ])
    }
    func sorted<Value>(_ table: [String: Value], _ json: (Value) -> JSONValue) -> JSONValue {
      .members(table.sorted { $0.key < $1.key }.map { ($0.key, json($0.value)) })
    }
    return .members([
      ("documents", .int(documents)), ("whole", counts(whole)), ("languages", sorted(byLanguages, counts)),
      ("splits", sorted(bySplit, counts)), ("beads", sorted(byBead, JSONValue.int)),
      ("methods", sorted(byMethod, JSONValue.int)), ("reasons", sorted(byReason, JSONValue.int)),
      (
        "scores",
        .array(scores.indices.map { .members([("from", .int($0 * 100)), ("pairs", .int(scores[$0]))]) })
      ),
      ("length_ratios", .array(lengthRatios.map { .int($0) })),
    ])
  }
}

extension BitextStatistics.Counts {
  static func += (a: inout Self, b: Self) {
    a.pairs += b.pairs
    a.rejected += b.rejected
    a.sourceCharacters += b.sourceCharacters
    a.targetCharacters += b.targetCharacters
  }
}
