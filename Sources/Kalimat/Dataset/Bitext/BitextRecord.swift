/// A record of a bitext dataset (docs/FORMAT.md, "A bitext dataset").
struct BitextRecord: Sendable, Equatable {
  var id: [UInt8]
  var document: [UInt8]
  var sourceIDs: [[UInt8]]
  var targetIDs: [[UInt8]]
  /// The sentences' texts with LF between.
  var source: [UInt8]
  var target: [UInt8]
  var sourceLanguage: [UInt8]
  var targetLanguage: [UInt8]
  /// 0 to 1000.
  var score: Int
  var method: BitextMethod
  var sequence: Int
  /// Empty in data/.
  var reason: [UInt8]

  /// - Parameters:
  ///   - ordinal: how many equal beads stand before it in its article.
  init(_ bead: BitextBead, ordinal: Int, sequence: Int) {
    document = bead.document.bytes.span.copied()
    sourceIDs = bead.sourceIDs
    targetIDs = bead.targetIDs
    source = Self.joined(bead.sources)
    target = Self.joined(bead.targets)
    sourceLanguage = Array(bead.sourceLanguage.utf8)
    targetLanguage = Array(bead.targetLanguage.utf8)
    score = bead.score
    method = bead.method
    self.sequence = sequence
    reason = Array((bead.reason?.rawValue ?? "").utf8)
    id = []
    id = expectedID(ordinal: ordinal)
  }

  private static func joined(_ texts: [[UInt8]]) -> [UInt8] { Array(texts.joined(separator: [0x0A])) }

  /// What makes two beads of an article equal: all that the ID is made of beside the ordinal.
  var identity: [UInt8] {
    Array(sourceIDs.joined(separator: [0x2C])) + [0] + targetLanguage + [0] + target
  }

  func expectedID(ordinal: Int) -> [UInt8] {
    var hash = SHA256()
    hash.update("kalimat-bitext-1")
    hash.update(byte: 0)
    hash.update(document)
    hash.update(byte: 0)
    hash.update(String(ordinal))
    hash.update(byte: 0)
    hash.update(identity)
    let digest = hash.finish()
    return [0x62] + document[1..<5] + (0..<16).map { Base32Hex.digit(of: digest, at: $0) }
  }

  var sources: [[UInt8]] { Self.texts(source) }
  var targets: [[UInt8]] { Self.texts(target) }

  private static func texts(_ joined: [UInt8]) -> [[UInt8]] {
    joined.isEmpty ? [] : joined.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
  }

  /// Sentences of each side, e.g. `1-2`.
  var bead: String { "\(sourceIDs.count)-\(targetIDs.isEmpty ? targets.count : targetIDs.count)" }

  // MARK: The line

  static let keys = [
    "id", "doc_id", "source_ids", "target_ids", "source", "target", "source_lang", "target_lang", "bead", "score",
    "method",
    "seq",
  ]

  /// Appends the record's line, with its LF.
  ///
  /// - Parameter translates: whether a record of data/ has `translation`.
  func append(translates: Bool, to out: inout ByteBuffer) {
    out.append("{\"id\":\"")
    out.append(id)
    out.append("\",\"doc_id\":\"")
    out.append(document)
    out.append("\",\"source_ids\":")
    Self.append(sourceIDs, to: &out)
    out.append(",\"target_ids\":")
    Self.append(targetIDs, to: &out)
    out.append(",\"source\":\"")
    out.append(escaped: source)
    out.append("\",\"target\":\"")
    out.append(escaped: target)
    out.append("\",\"source_lang\":\"")
    out.append(escaped: sourceLanguage)
    out.append("\",\"target_lang\":\"")
    out.append(escaped: targetLanguage)
    out.append("\",\"bead\":\"")
    out.append(text: bead)
    out.append("\",\"score\":")
    out.append(decimal: score)
    out.append(",\"method\":\"")
    out.append(text: method.rawValue)
    out.append("\",\"seq\":")
    out.append(decimal: sequence)
    if !reason.isEmpty {
      out.append(",\"reason\":\"")
      out.append(reason)
      out.append(byte: 0x22)
    } else if translates {
      appendTranslation(to: &out)
    }
    out.append("}\n")
  }

  private static func append(_ ids: [[UInt8]], to out: inout ByteBuffer) {
    out.append(byte: 0x5B)
    for (i, id) in ids.enumerated() {
      out.append(i == 0 ? "\"" : ",\"")
      out.append(escaped: id)
      out.append(byte: 0x22)
    }
    out.append(byte: 0x5D)
  }

  /// Both sides on one line each, by language; languages are sorted, as `datasets` has them in a Translation.
  private func appendTranslation(to out: inout ByteBuffer) {
    let sides = [(sourceLanguage, sources), (targetLanguage, targets)].sorted { $0.0.lexicographicallyPrecedes($1.0) }
    out.append(",\"translation\":{\"")
    out.append(escaped: sides[0].0)
    out.append("\":\"")
    out.append(escaped: SentenceText.line(of: sides[0].1))
    out.append("\",\"")
    out.append(escaped: sides[1].0)
    out.append("\":\"")
    out.append(escaped: SentenceText.line(of: sides[1].1))
    out.append("\"}")
  }

  // MARK: Reading

  /// Reads a line without its LF: the keys of a record, in their order, of their types.
  ///
  /// - Throws: the first fault. Whether the line is spelled canonically is asked by writing it again.
  init(_ line: Span<UInt8>, isRejected: Bool) throws(RecordFault) {
    let value: JSONValue
    do { value = try JSONParser.parse(line) } catch {
      throw RecordFault(byteOffset: error.byteOffset, found: error.found, expected: error.expected)
    }
    guard case .object(let members) = value else {
      throw RecordFault(byteOffset: 0, found: "a value that is no object", expected: "a record")
    }
    let wanted = Self.keys + (isRejected ? [RecordKeys.reason] : [])
    let named = members.prefix(wanted.count).map { String(decoding: $0.key, as: UTF8.self) }
    guard named == wanted, members.count <= wanted.count + (isRejected ? 0 : 1) else {
      throw RecordFault(
        byteOffset: 0, found: "the keys \(named.joined(separator: ", "))", expected: wanted.joined(separator: ", "))
    }
    id = try Self.string(members[0])
    document = try Self.string(members[1])
    sourceIDs = try Self.strings(members[2])
    targetIDs = try Self.strings(members[3])
    source = try Self.string(members[4])
    target = try Self.string(members[5])
    sourceLanguage = try Self.string(members[6])
    targetLanguage = try Self.string(members[7])
    score = try Self.integer(members[9], to: 1000)
    guard let method = BitextMethod(rawValue: String(decoding: try Self.string(members[10]), as: UTF8.self)) else {
      throw Self.fault(members[10], "one of \(BitextMethod.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self.method = method
    sequence = try Self.integer(members[11], to: Int.max)
    reason = []
    if isRejected {
      reason = try Self.string(members[12])
      guard BitextReason(rawValue: String(decoding: reason, as: UTF8.self)) != nil else {
        throw Self.fault(members[12], "one of \(BitextReason.allCases.map(\.rawValue).joined(separator: ", "))")
      }
    }
    guard document.count == 17, DocumentID(document.span) != nil else {
      throw Self.fault(members[1], "d and 16 digits of base32hex")
    }
    guard bead.utf8.elementsEqual(try Self.string(members[8])) else { throw Self.fault(members[8], bead) }
  }

  private static func fault(_ member: JSONValue.Member, _ expected: String) -> RecordFault {
    let value = String(decoding: CanonicalJSON.compact(member.value).prefix(60), as: UTF8.self)
    return RecordFault(
      byteOffset: 0, found: "\(String(decoding: member.key, as: UTF8.self)) \(value)", expected: expected)
  }

  private static func string(_ member: JSONValue.Member) throws(RecordFault) -> [UInt8] {
    guard case .string(let bytes) = member.value else { throw fault(member, "a string") }
    return bytes
  }

  private static func strings(_ member: JSONValue.Member) throws(RecordFault) -> [[UInt8]] {
    guard case .array(let elements) = member.value else { throw fault(member, "an array of strings") }
    var all: [[UInt8]] = []
    for element in elements {
      guard case .string(let bytes) = element else { throw fault(member, "an array of strings") }
      all.append(bytes)
    }
    return all
  }

  private static func integer(_ member: JSONValue.Member, to limit: Int) throws(RecordFault) -> Int {
    guard let value = member.value.intValue, value >= 0, value <= limit else {
      throw fault(member, limit == Int.max ? "an integer from 0" : "an integer from 0 to \(limit)")
    }
    return value
  }
}

extension SentenceText {
  /// Sentences as one line: a space between two, or nothing between scalars of scripts that are written without spaces.
  static func line(of sentences: [[UInt8]]) -> [UInt8] {
    if sentences.count == 1 { return sentences[0] }
    var out = ByteBuffer(capacity: 256)
    let joined = Array(sentences.joined(separator: [0x0A]))
    _ = append(joined.span, to: &out)
    return out.span.copied()
  }
}
