internal import Segmentation

/// What can be asked of one line by itself, beyond its shape: its values are ones that the format knows.
extension ShardCursor {
  typealias Key = RecordShape.Sentence

  func checkValues(_ log: inout FindingLog) {
    if file.kind == .documents { checkDocumentValues(&log) } else { checkSentenceValues(&log) }
  }

  private func check(
    _ log: inout FindingLog, _ check: FindingCheck, _ key: Int, expected: @autoclosure () -> String,
    _ holds: (Span<UInt8>) -> Bool
  ) {
    let slot = parser.slots[key]
    if holds(line.extracting(slot.start..<slot.end)) { return }
    log.add(
      check, place(mark, slot.start),
      "the \(parser.shape.fields[key].name) \"\(RecordParser.quote(line, from: slot))\"", expected: expected())
  }

  private func checkSentenceValues(_ log: inout FindingLog) {
    check(&log, .idShape, Key.id, expected: "s and 20 digits of base32hex") { _ in recordID != nil }
    check(&log, .kind, Key.kind, expected: "title, heading, body, item, caption, dateline or other") { kind in
      RecordRules.kinds.contains { Kernels.equal(kind, $0) }
    }
    check(&log, .rule, Key.rule, expected: Rule.allCases.map(\.name).joined(separator: ", ")) { rule in
      RecordRules.rule(rule) != nil
    }
    checkReason(&log)
  }

  private func checkReason(_ log: inout FindingLog) {
    let kind = parser.slots[Key.kind]
    let isOther = Kernels.equal(line.extracting(kind.start..<kind.end), RecordRules.otherKind)
    var reason: RejectionReason? = nil
    if file.kind == .rejected || rules.dataHasReason {
      let slot = parser.slots[parser.slots.count - 1]
      reason = RecordRules.reason(line.extracting(slot.start..<slot.end))
      let mayStandHere =
        file.kind == .rejected
        ? reason.map { !$0.isLeftover || rules.leftovers == .reject } ?? false
        : reason?.isLeftover ?? (slot.start == slot.end)
      if !mayStandHere {
        return log.add(
          .reason, place(mark, slot.start), "the reason \"\(RecordParser.quote(line, from: slot))\"",
          expected: file.kind == .rejected
            ? "a reason that --leftovers \(rules.leftovers.rawValue) puts in rejected/" : "a leftover's reason or none")
      }
    }
    if reason != .decision, isOther != (reason?.isLeftover ?? false) {
      log.add(
        .kind, place(mark, kind.start), "the kind \"\(RecordParser.quote(line, from: kind))\"",
        expected: isOther ? "other for a page's leftovers only" : "other for a page's leftovers")
    }
  }

  private func checkDocumentValues(_ log: inout FindingLog) {
    typealias Key = RecordShape.Document
    check(&log, .keyKind, Key.keyKind, expected: "path, url, id or content") { kind in
      KeyKind.allCases.contains { Kernels.equal(kind, Array($0.rawValue.utf8)) }
    }
    check(&log, .sha256Shape, Key.sha256, expected: "64 lower-case hex digits") { $0.isHexDigest }
    check(&log, .splitName, Key.split, expected: "\"\(file.split)\", the split of its shard") { split in
      file.split.isEmpty || Kernels.equal(split, Array(file.split.utf8))
    }
    check(&log, .langScore, Key.langScore, expected: "0 to 100") { _ in parser.slots[Key.langScore].value <= 100 }
    let key = parser.slots[Key.key]
    let kind = parser.slots[Key.keyKind]
    let kindName = line.extracting(kind.start..<kind.end)
    let isPath = Kernels.equal(kindName, Array(KeyKind.path.rawValue.utf8))
    let isOther = KeyKind.allCases.contains { $0 != .path && Kernels.equal(kindName, Array($0.rawValue.utf8)) }
    check(&log, .path, Key.path, expected: isPath ? "its key" : "nothing: its key does not come of a place") { path in
      isPath ? Kernels.equal(path, line.extracting(key.start..<key.end)) : path.isEmpty || !isOther
    }
    for key in [Key.key, Key.lang] { check(&log, .empty, key, expected: "something") { !$0.isEmpty } }
    check(&log, .empty, Key.bytes, expected: "at least 1") { _ in parser.slots[Key.bytes].value > 0 }
    check(&log, .record, Key.record, expected: "0") { _ in parser.slots[Key.record].value == 0 }
  }
}

extension Span<UInt8> {
  /// Whether it is a SHA-256 as the dataset writes it: 64 lower-case hex digits.
  var isHexDigest: Bool {
    guard count == 64 else { return false }
    for i in 0..<64 {
      let byte = self[i]
      guard (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66) else { return false }
    }
    return true
  }
}
