/// The three shards of one split that hold the same articles, walked together article by article.
struct SplitShards: ~Copyable {
  private var documents: ShardCursor
  private var data: ShardCursor
  private var rejected: ShardCursor
  private let canProve: Bool
  private var document: DocumentProof
  private var proof: RecordProof
  private var totals = Manifest.Totals()
  /// Whether every article so far was proved.
  private var isWhole = true

  /// - Parameter canProve: whether articles are proved; else each line is looked at by itself only.
  init(
    documents: consuming ShardCursor, data: consuming ShardCursor, rejected: consuming ShardCursor, canProve: Bool,
    _ log: inout FindingLog
  ) throws(Problem) {
    let rules = documents.rules
    self.documents = documents
    self.data = data
    self.rejected = rejected
    self.canProve = canProve
    document = DocumentProof(rules: rules)
    proof = RecordProof(rules: rules)
    try self.documents.advance(&log)
    try self.data.advance(&log)
    try self.rejected.advance(&log)
  }

  /// The doc_id of the next article; nil at the end, and where a shard stopped being readable.
  var next: PackedID? {
    canProve && documents.hasLine && !isBroken ? documents.document : nil
  }

  private var isBroken: Bool { documents.isBroken || data.isBroken || rejected.isBroken }

  private func isDamaged(_ id: PackedID) -> Bool {
    documents.isDamaged(id) || data.isDamaged(id) || rejected.isDamaged(id)
  }

  /// Where the next article's line stands.
  var nextPlace: Problem.Place { documents.place(documents.mark) }

  /// Proves the next article, and tells the IDs of its records.
  mutating func proveNext(_ log: inout FindingLog) throws(Problem) -> [IdentityProof.SeenID] {
    let id = documents.document
    try passStrangers(before: id, &log)
    document.begin(documents, &log)
    proof.begin(document, line: documents)
    while !isBroken {
      let hasData = data.hasLine && data.document == id
      let hasRejected = rejected.hasLine && rejected.document == id
      if hasData && (!hasRejected || data.seq <= rejected.seq) {
        proof.check(data, document: documents, isDamaged: isDamaged(id), &log)
        try data.advance(&log)
      } else if hasRejected {
        proof.check(rejected, document: documents, isDamaged: isDamaged(id), &log)
        countReason()
        try rejected.advance(&log)
      } else {
        break
      }
    }
    if isBroken || isDamaged(id) {
      isWhole = false
      proof.cancel()
    } else {
      let digest = proof.finish(&log)
      document.finish(documents, layout: proof.layout, digest: digest, &log)
      countDocument()
    }
    try documents.advance(&log)
    return proof.takeSeen()
  }

  private mutating func countReason() {
    let slot = rejected.parser.slots[rejected.parser.slots.count - 1]
    guard let reason = RecordRules.reason(rejected.line.extracting(slot.start..<slot.end)) else { return }
    totals.rejected[reason.rawValue, default: 0] += 1
  }

  private mutating func countDocument() {
    let layout = proof.layout
    totals.documents += 1
    totals.sentences += layout.sentenceCount
    totals.characters += layout.characterCount
    totals.bytes += layout.byteCount
    proof.languages.count(sentences: layout.sentenceCount, in: &totals)
  }

  /// Passes over records of articles that documents/ does not have; with nil, over all that are left.
  private mutating func passStrangers(before id: PackedID?, _ log: inout FindingLog) throws(Problem) {
    while !isBroken, data.hasLine, id.map({ data.document < $0 }) ?? true {
      if !documents.isDamaged(data.document) { Self.reportStranger(data, &log) }
      isWhole = false
      try data.advance(&log)
    }
    while !isBroken, rejected.hasLine, id.map({ rejected.document < $0 }) ?? true {
      if !documents.isDamaged(rejected.document) { Self.reportStranger(rejected, &log) }
      isWhole = false
      try rejected.advance(&log)
    }
  }

  private static func reportStranger(_ cursor: borrowing ShardCursor, _ log: inout FindingLog) {
    log.add(
      .document, cursor.place(cursor.mark), "a record of an article that documents/ does not have here",
      expected: "its document in the shard of the same split and number")
  }

  /// What is known of the three shards at their end.
  struct Summary: Sendable {
    var documents: ShardCursor.Summary
    var data: ShardCursor.Summary
    var rejected: ShardCursor.Summary
    var totals: Manifest.Totals
    /// Whether every article of it was proved, so that its totals are its own.
    var isWhole: Bool

    subscript(kind: RecordKind) -> ShardCursor.Summary {
      switch kind {
      case .documents: documents
      case .data: data
      case .rejected: rejected
      }
    }
  }

  /// Reads what is left.
  mutating func finish(_ log: inout FindingLog) throws(Problem) -> Summary {
    if canProve { try passStrangers(before: nil, &log) }
    let isWhole = canProve && isWhole && !isBroken && !documents.hasDamage && !data.hasDamage && !rejected.hasDamage
    return Summary(
      documents: try Self.close(&documents, &log), data: try Self.close(&data, &log),
      rejected: try Self.close(&rejected, &log), totals: totals, isWhole: isWhole)
  }

  private static func close(
    _ cursor: inout ShardCursor, _ log: inout FindingLog
  ) throws(Problem) -> ShardCursor.Summary {
    while cursor.hasLine { try cursor.advance(&log) }
    var closed = ShardCursor(absent: cursor.file, rules: cursor.rules)
    swap(&closed, &cursor)
    return try closed.finish()
  }
}
