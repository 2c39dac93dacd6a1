internal import ICU

/// Writes what stands beside a bitext dataset's shards: inputs, schema, Croissant, card, digests, and the manifest last.
struct BitextDescriptions {
  let folder: String
  let compression: CompressionFormat

  func write(_ manifest: inout Manifest, _ inputs: [BitextInput]) throws(Problem) {
    var rows: [UInt8] = []
    let sorted = inputs.sorted { ($0.name, $0.sha256) < ($1.name, $1.sha256) }
    for input in sorted { rows += input.json.line }
    var descriptions = DatasetDescriptions(folder: folder)
    try descriptions.write(
      Compressor(format: compression).pack(rows.span), to: "inputs.jsonl\(compression.fileExtension)")
    try descriptions.write(Self.schema(of: manifest), to: "schema.json")
    if let croissant = Self.croissant(of: manifest, compression) {
      try descriptions.write(croissant, to: "croissant.json")
    }
    try descriptions.finish(&manifest) { BitextCard(manifest: $0, compression: compression).text() }
  }

  /// schema.json is a function of the manifest.
  static func schema(of manifest: Manifest) -> [UInt8] {
    CanonicalJSON.indented(BitextSchema(languages: BitextLanguages(config: manifest.config)).jsonSchema())
  }

  /// croissant.json is a function of the manifest; nil where the shards are zstd.
  static func croissant(of manifest: Manifest, _ compression: CompressionFormat) -> [UInt8]? {
    let schema = BitextSchema(languages: BitextLanguages(config: manifest.config))
    let description = Croissant.description(
      of: manifest, compression: compression,
      summary:
        "\(manifest.totals.sentences) pairs of sentences and their translations, made by kalimat; content_sha256 \(manifest.contentSHA256).",
      names: { kind in kind == .data ? "pairs" : kind.rawValue }, key: { _ in "id" },
      columns: { kind in schema.columns(of: kind) })
    return description.map { CanonicalJSON.indented($0) }
  }
}

extension Manifest.Tool {
  /// This program.
  static func current(_ compressor: Compressor) -> Manifest.Tool {
    Manifest.Tool(
      version: Version.kalimat, icu: Versions.icu, unicode: Versions.unicode, cldr: Versions.cldr,
      rulesSHA256: Version.rulesSHA256, compressor: compressor.description)
  }
}

/// The columns of a bitext dataset's records.
struct BitextSchema: Sendable {
  /// The one pair of languages; nil where there are several.
  let languages: BitextLanguages?

  /// The languages of `translation`, sorted; none where records have none.
  func translated(_ kind: RecordKind) -> [String] {
    guard kind == .data, let languages, languages.translates else { return [] }
    return [languages.source, languages.target].sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  func columns(of kind: RecordKind) -> [RecordSchema.Column] {
    let names = BitextRecord.keys + (kind == .rejected ? [RecordKeys.reason] : [])
    return names.map {
      RecordSchema.Column(name: $0, isInteger: Self.integers.contains($0), isList: Self.lists.contains($0))
    }
  }

  static let integers: Set<String> = ["score", "seq"]
  static let lists: Set<String> = ["source_ids", "target_ids"]

  /// JSON Schema, draft 2020-12, of both kinds of records.
  func jsonSchema() -> JSONValue {
    .members([
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
      ("title", .text("A record of a kalimat bitext dataset")),
      ("anyOf", .array(["pair", "rejected"].map { .members([("$ref", .text("#/$defs/\($0)"))]) })),
      ("$defs", .members([("pair", definition(of: .data)), ("rejected", definition(of: .rejected))])),
    ])
  }

  private func definition(of kind: RecordKind) -> JSONValue {
    var properties = columns(of: kind).map { ($0.name, Self.property($0.name, kind)) }
    let languages = translated(kind)
    if !languages.isEmpty {
      properties.append(("translation", Self.object(languages.map { ($0, .members([("type", .text("string"))])) })))
    }
    return Self.object(properties)
  }

  private static func object(_ properties: [(String, JSONValue)]) -> JSONValue {
    .members([
      ("type", .text("object")), ("properties", .members(properties)),
      ("required", .array(properties.map { .text($0.0) })), ("additionalProperties", .bool(false)),
    ])
  }

  private static func property(_ name: String, _ kind: RecordKind) -> JSONValue {
    func text(_ pattern: String) -> JSONValue { .members([("type", .text("string")), ("pattern", .text(pattern))]) }
    switch name {
    case "id": return text("^b[0-9a-v]{20}$")
    case "doc_id": return text("^d[0-9a-v]{16}$")
    case "bead": return text("^[0-9]+-[0-9]+$")
    case "source_ids", "target_ids":
      let item: JSONValue = kind == .data ? text("^s[0-9a-v]{20}$") : .members([("type", .text("string"))])
      return .members([("type", .text("array")), ("items", item)])
    case "score":
      return .members([("type", .text("integer")), ("minimum", .int(0)), ("maximum", .int(1000))])
    case "seq": return .members([("type", .text("integer")), ("minimum", .int(0))])
    case "method": return .members([("enum", .array(BitextMethod.allCases.map { .text($0.rawValue) }))])
    case "reason": return .members([("enum", .array(BitextReason.allCases.map { .text($0.rawValue) }))])
    default:
      return kind == .data
        ? .members([("type", .text("string")), ("minLength", .int(1))]) : .members([("type", .text("string"))])
    }
  }
}
