/// croissant.json: the dataset as MLCommons' Croissant 1.0 describes one, so that its loaders find and check the shards.
enum Croissant {
  /// The description of a dataset; nil where its shards are zstd, which mlcroissant cannot read.
  static func description(of manifest: Manifest, schema: RecordSchema, compression: CompressionFormat) -> JSONValue? {
    description(
      of: manifest, compression: compression,
      summary:
        "Sentences of \(manifest.totals.documents) articles, made by kalimat; content_sha256 \(manifest.contentSHA256).",
      names: { $0 == .data ? "sentences" : $0.rawValue }, key: { $0 == .documents ? "doc_id" : "id" },
      columns: { schema.columns(of: $0) })
  }

  /// - Parameters:
  ///   - names: what a kind's records are called.
  ///   - key: the column that tells a kind's records apart.
  static func description(
    of manifest: Manifest, compression: CompressionFormat, summary: String, names: (RecordKind) -> String,
    key: (RecordKind) -> String, columns: (RecordKind) -> [RecordSchema.Column]
  ) -> JSONValue? {
    if compression == .zst { return nil }
    let kinds = RecordKind.allCases.filter { kind in manifest.shards.contains { $0.kind == kind } }
    let attempts = manifest.shards.filter { !$0.hasPlainName(compression) }
    var members: [(String, JSONValue)] = [
      ("@context", context), ("@type", .text("sc:Dataset")),
      ("conformsTo", .text("http://mlcommons.org/croissant/1.0")),
      ("name", .text(manifest.name.isEmpty ? "kalimat-dataset" : manifest.name)),
      ("description", .text(summary)),
      (
        "distribution",
        .array(manifest.shards.map(fileObject) + kinds.map { fileSet(of: $0, compression, attempts) })
      ),
      ("recordSet", .array(kinds.map { recordSet(of: $0, names($0), key: key($0), columns($0)) })),
    ]
    if case .string(let license)? = manifest.config["license"], !license.isEmpty {
      members.append(("license", .string(license)))
    }
    if !manifest.datasetVersion.isEmpty { members.append(("version", .text(manifest.datasetVersion))) }
    return .members(members)
  }

  // In Croissant every @id is of one name space: file sets and record sets must not share names.
  private static func fileSetName(_ kind: RecordKind) -> String { "\(kind.rawValue)-shards" }

  // "application/jsonlines" for gzip too: other spellings are refused, and the content is looked at for gzip.
  private static let encodingFormat = JSONValue.text("application/jsonlines")

  private static func fileObject(_ shard: ShardFacts) -> JSONValue {
    .members([
      ("@type", .text("cr:FileObject")), ("@id", .text(shard.path)), ("name", .text(shard.path)),
      ("contentUrl", .text(shard.path)), ("contentSize", .text("\(shard.bytes) B")),
      ("encodingFormat", encodingFormat), ("sha256", .text(shard.sha256)),
    ])
  }

  private static func fileSet(
    of kind: RecordKind, _ compression: CompressionFormat, _ attempts: [ShardFacts]
  ) -> JSONValue {
    // A pattern would take in what other attempts left beside the shards that count.
    let named = attempts.filter { $0.kind == kind }.map { JSONValue.text($0.path) }
    return .members([
      ("@type", .text("cr:FileSet")), ("@id", .text(fileSetName(kind))), ("name", .text(fileSetName(kind))),
      ("encodingFormat", encodingFormat),
      (
        "includes",
        named.isEmpty ? .text("\(kind.rawValue)/*.jsonl\(compression.fileExtension)") : .array(named)
      ),
    ])
  }

  private static func recordSet(
    of kind: RecordKind, _ name: String, key: String, _ columns: [RecordSchema.Column]
  ) -> JSONValue {
    .members([
      ("@type", .text("cr:RecordSet")), ("@id", .text(name)), ("name", .text(name)),
      ("key", .members([("@id", .text("\(name)/\(key)"))])),
      ("field", .array(columns.map { field($0, of: kind, recordSet: name) })),
    ])
  }

  private static func field(_ column: RecordSchema.Column, of kind: RecordKind, recordSet: String) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("@type", .text("cr:Field")), ("@id", .text("\(recordSet)/\(column.name)")), ("name", .text(column.name)),
      ("dataType", .text(column.isInteger ? "sc:Integer" : "sc:Text")),
      (
        "source",
        .members([
          ("fileSet", .members([("@id", .text(fileSetName(kind)))])),
          ("extract", .members([("column", .text(column.name))])),
        ])
      ),
    ]
    if column.isList { members.append(("repeated", .bool(true))) }
    return .members(members)
  }

  /// The context of Croissant 1.0, whole: mlcroissant warns at any other.
  private static var context: JSONValue {
    func json(_ name: String) -> (String, JSONValue) {
      (name, .members([("@id", .text("cr:\(name)")), ("@type", .text("@json"))]))
    }
    let plain = [
      "citeAs", "column", "equivalentProperty", "extract", "field", "fileObject", "fileProperty", "fileSet", "format",
      "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
      "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
    ]
    return .members(
      plain.map { ($0, .text("cr:\($0)")) } + [
        json("data"), json("examples"),
        ("dataType", .members([("@id", .text("cr:dataType")), ("@type", .text("@vocab"))])),
        ("@language", .text("en")), ("@vocab", .text("https://schema.org/")),
        ("conformsTo", .text("dct:conformsTo")), ("cr", .text("http://mlcommons.org/croissant/")),
        ("dct", .text("http://purl.org/dc/terms/")), ("rai", .text("http://mlcommons.org/croissant/RAI/")),
        ("sc", .text("https://schema.org/")),
      ])
  }
}
