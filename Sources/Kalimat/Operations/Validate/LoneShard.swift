internal import Segmentation

/// One shard by itself, without a manifest: every line's shape and values, and of the recomputing what needs no other shard.
struct LoneShard {
  private let request: ValidationRequest
  private var file: ShardFile

  init(_ request: ValidationRequest) {
    self.request = request
    file = ShardFile(alone: request.path)
  }

  func run() throws(Problem) -> ValidationReport {
    var log = FindingLog(levels: request.levels, limit: request.limit)
    var report = ValidationReport()
    guard let first = try firstLine(&log) else {
      report.findings = log.findings
      report.findingCount = log.count
      return report
    }
    let (file, rules) = shape(of: first)
    var cursor = try ShardCursor(file, at: request.path, rules: rules)
    try cursor.advance(&log)
    if file.kind == .documents {
      try walkDocuments(&cursor, rules, &log, &report)
    } else {
      try walkRecords(&cursor, rules, &log, &report)
    }
    let summary = try cursor.finish()
    if let offset = summary.shard.wrongPiece {
      log.add(
        .pieces, .init(file: file.path), "a compressed piece that ends at byte \(offset) of the content",
        expected: "pieces that end with the first LF that makes them 1,048,576 bytes or more")
    }
    report.findings = log.findings
    report.findingCount = log.count
    report.notes = ["a shard alone: what needs the other shards or the manifest was not asked"]
    return report
  }

  // MARK: Its shape

  /// The first line's value; nil, and a finding, where it is no JSON object, or where there is none.
  private func firstLine(_ log: inout FindingLog) throws(Problem) -> JSONValue? {
    var reader = try ShardReader(path: request.path, format: file.compression)
    do throws(UnpackFailure) {
      guard try reader.next() else { return nil }
    } catch {
      switch error {
      case .unreadable(let problem): throw problem
      case .broken(let broken):
        log.add(
          .unpack, .init(file: file.path), "\(broken.found) at byte \(broken.fileOffset) of the file",
          expected: broken.expected)
        return nil
      }
    }
    do throws(JSONSyntaxError) {
      let value = try JSONParser.parse(reader.line)
      if case .object(_) = value { return value }
      log.add(.shape, .init(file: file.path, line: 1, byteOffset: 0), "a line that is no object", expected: "a record")
    } catch {
      log.add(
        .shape, .init(file: file.path, line: 1, byteOffset: error.byteOffset), error.found,
        expected: error.expected)
    }
    return nil
  }

  /// What the first line's keys, and the shard's folder, say that all lines are.
  private func shape(of first: JSONValue) -> (ShardFile, RecordRules) {
    var file = file
    var rules = RecordRules()
    guard case .object(let members) = first else { return (file, rules) }
    let keys = members.map { String(decoding: $0.key, as: UTF8.self) }
    if keys.contains("key_kind") && keys.contains("meta") && !keys.contains("seq") {
      file.kind = .documents
      if case .object(let kept)? = first["meta"] { rules.kept = kept.map { String(decoding: $0.key, as: UTF8.self) } }
      return (file, rules)
    }
    if file.kind == .documents { file.kind = .data }
    var names = Array(keys.dropFirst(RecordKeys.sentence.count))
    if names.last == RecordKeys.reason {
      names.removeLast()
      if file.kind == .data && first[RecordKeys.reason]?.textValue != "" && !request.path.contains("data/") {
        file.kind = .rejected
      }
      rules.leftovers = file.kind == .data ? .mark : .reject
      rules.dataHasReason = file.kind == .data
      if names.last == RecordKeys.kept {
        names.removeLast()
        file.kind = .rejected
        rules.rejectedHasKept = true
      }
    }
    // A name that is no column of ours is a field that --keep named.
    let known = DerivedColumn.allCases.map(\.rawValue) + DocumentField.allCases.map(\.rawValue)
    rules.kept = names.filter { !known.contains($0) }
    rules.columns = (try? JoinedColumn.columns(named: names, keep: rules.kept)) ?? []
    return (file, rules)
  }

  // MARK: Its lines

  private func walkDocuments(
    _ cursor: inout ShardCursor, _ rules: RecordRules, _ log: inout FindingLog, _ report: inout ValidationReport
  ) throws(Problem) {
    var proof = DocumentProof(rules: rules)
    while cursor.hasLine {
      proof.begin(cursor, &log)
      report.totals.documents += 1
      try cursor.advance(&log)
    }
  }

  private func walkRecords(
    _ cursor: inout ShardCursor, _ rules: RecordRules, _ log: inout FindingLog, _ report: inout ValidationReport
  ) throws(Problem) {
    var proof = LoneRecordProof(rules: rules)
    while cursor.hasLine {
      proof.check(cursor, &log)
      report.totals.sentences += 1
      try cursor.advance(&log)
    }
  }
}
