/// The columns of a dataset's records, as its config makes them: what the card, the JSON Schema and Croissant say.
struct RecordSchema: Sendable {
  struct Column: Sendable {
    var name: String
    var isInteger: Bool
    /// An array of strings.
    var isList = false
  }

  let joined: [JoinedColumn]
  let keep: [String]
  /// `--leftovers mark`: records of data/ have a reason too.
  let marksLeftovers: Bool
  /// A list of duplicates was given: records of rejected/ say what is kept in their place.
  let namesKept: Bool

  init(joined: [JoinedColumn], keep: [String], marksLeftovers: Bool, namesKept: Bool) {
    self.joined = joined
    self.keep = keep
    self.marksLeftovers = marksLeftovers
    self.namesKept = namesKept
  }

  /// Reads what a manifest's config says of it.
  init(config: JSONValue) throws(Problem) {
    func names(_ key: String) -> [String] { (config[key]?.elements ?? []).compactMap(\.textValue) }
    keep = names("keep")
    joined = try JoinedColumn.columns(named: names("join"), keep: keep)
    marksLeftovers = config["leftovers"]?.textValue == LeftoverPolicy.mark.rawValue
    namesKept = config["duplicates"]?.textValue.map { !$0.isEmpty } ?? false
  }

  /// The columns of a kind of record, in their order; a document's `meta` apart.
  func columns(of kind: RecordKind) -> [Column] {
    if kind == .documents {
      return RecordKeys.document.filter { $0 != "meta" }
        .map { Column(name: $0, isInteger: RecordKeys.documentIntegers.contains($0)) }
    }
    var columns = RecordKeys.sentence.map { Column(name: $0, isInteger: RecordKeys.sentenceIntegers.contains($0)) }
    columns += joined.map { Column(name: $0.name, isInteger: $0.isInteger) }
    if kind == .rejected && namesKept { columns.append(Column(name: RecordKeys.kept, isInteger: false)) }
    if kind == .rejected || marksLeftovers { columns.append(Column(name: RecordKeys.reason, isInteger: false)) }
    return columns
  }

  // MARK: JSON Schema

  /// schema.json: JSON Schema, draft 2020-12, of the three kinds of records.
  func jsonSchema() -> JSONValue {
    .members([
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
      ("title", .text("A record of a kalimat dataset")),
      ("anyOf", .array(["sentence", "rejected", "document"].map { .members([("$ref", .text("#/$defs/\($0)"))]) })),
      (
        "$defs",
        .members([
          ("sentence", definition(of: .data)), ("rejected", definition(of: .rejected)),
          ("document", definition(of: .documents)),
        ])
      ),
    ])
  }

  private func definition(of kind: RecordKind) -> JSONValue {
    var properties = columns(of: kind).map { ($0.name, Self.property($0, of: kind)) }
    if kind == .documents {
      properties.append(("meta", Self.object(keep.map { ($0, .members([("type", .text("string"))])) })))
    }
    return Self.object(properties)
  }

  private static func object(_ properties: [(String, JSONValue)]) -> JSONValue {
    .members([
      ("type", .text("object")), ("properties", .members(properties)),
      ("required", .array(properties.map { .text($0.0) })), ("additionalProperties", .bool(false)),
    ])
  }

  private static func property(_ column: Column, of kind: RecordKind) -> JSONValue {
    if column.isInteger {
      var members: [(String, JSONValue)] = [("type", .text("integer")), ("minimum", .int(minimum(of: column.name)))]
      if column.name == "lang_score" { members.append(("maximum", .int(100))) }
      return .members(members)
    }
    if let values = enumeration(of: column.name, kind) { return .members([("enum", .array(values.map { .text($0) }))]) }
    var members: [(String, JSONValue)] = [("type", .text("string"))]
    if let pattern = pattern(of: column.name) { members.append(("pattern", .text(pattern))) }
    if ["text", "key", "split", "lang"].contains(column.name) { members.append(("minLength", .int(1))) }
    return .members(members)
  }

  private static func minimum(of name: String) -> Int { ["end", "bytes", "chars", "end_byte"].contains(name) ? 1 : 0 }

  private static func pattern(of name: String) -> String? {
    switch name {
    case "id": "^s[0-9a-v]{20}$"
    case "doc_id": "^d[0-9a-v]{16}$"
    case "text_id": "^t[0-9a-v]{20}$"
    case "kept": "^(|d[0-9a-v]{16}|s[0-9a-v]{20})$"
    case "sha256": "^[0-9a-f]{64}$"
    default: nil
    }
  }

  private static func enumeration(of name: String, _ kind: RecordKind) -> [String]? {
    switch name {
    case "kind": RecordKeys.kinds
    case "rule": RecordKeys.rules
    case "key_kind": KeyKind.allCases.map(\.rawValue)
    case "reason": (kind == .data ? [""] : []) + RejectionReason.allCases.map(\.rawValue)
    default: nil
    }
  }
}
