internal import ICU
internal import Segmentation

/// Writes a dataset's folder from articles in order: shards, inputs, card, schema, digests, and the manifest last.
struct DatasetWriter {
  private let folder: String
  private let configuration: BuildConfiguration
  private let compressor: Compressor
  private let jobs: Int
  private let shardCount: Int
  /// Folders made, below the dataset's.
  private(set) var folders: [String] = []
  private(set) var notes: [String] = []
  private var files: [Manifest.File] = []

  init(folder: String, configuration: BuildConfiguration, jobs: Int, shardCount: Int) {
    self.folder = folder
    self.configuration = configuration
    self.jobs = jobs
    self.shardCount = shardCount
    compressor = Compressor(format: configuration.compression)
  }

  mutating func write(
    _ articles: SortedArticles, inputs: [InputRow], columns: [JoinedColumn], progress: (BuildProgress) -> Void
  ) throws(Problem) -> Manifest {
    let assembly = try ShardAssembly(articles, configuration, shardCount: shardCount)
    for kind in assembly.kinds {
      try FileSystem.makeFolder("\(folder)/\(kind.rawValue)")
      folders.append(kind.rawValue)
    }
    let shards = try ShardSetWriter(folder: folder, compressor: compressor).write(jobs: jobs) {
      (pieces: inout [ShardPiece]) throws(Problem) in
      try assembly.next(to: &pieces, progress: progress)
    }
    var manifest = Manifest(of: configuration, shardCount: shardCount, totals: articles.totals, shards: shards)
    manifest.contentSHA256 = assembly.content.value().hex
    try describe(&manifest, inputs: inputs.map(\.json), duplicates: assembly.duplicates, columns)
    return manifest
  }

  /// Writes all that is no shard: lists, schema, card, digests, and the manifest last.
  mutating func describe(
    _ manifest: inout Manifest, inputs: [JSONValue], duplicates: [UInt8], _ columns: [JoinedColumn]
  ) throws(Problem) {
    if !duplicates.isEmpty { try write(duplicates, to: "duplicates.jsonl") }
    try writeInputs(inputs)
    try writeDescriptions(of: &manifest, columns)
  }

  private mutating func writeInputs(_ inputs: [JSONValue]) throws(Problem) {
    var packed: [UInt8] = []
    var lines: [UInt8] = []
    for row in inputs {
      lines += row.line
      if lines.count >= ShardStream.pieceLength {
        packed += try compressor.pack(lines.span)
        lines.removeAll()
      }
    }
    if packed.isEmpty || !lines.isEmpty { packed += try compressor.pack(lines.span) }
    try write(packed, to: "inputs.jsonl\(configuration.compression.fileExtension)")
  }

  private mutating func writeDescriptions(of manifest: inout Manifest, _ columns: [JoinedColumn]) throws(Problem) {
    let schema = RecordSchema(
      joined: columns, keep: configuration.fields.keep, marksLeftovers: configuration.leftovers == .mark,
      namesKept: configuration.namesKept)
    try write(CanonicalJSON.indented(schema.jsonSchema()), to: "schema.json")
    if let croissant = Croissant.description(of: manifest, schema: schema, compression: configuration.compression) {
      try write(CanonicalJSON.indented(croissant), to: "croissant.json")
    } else {
      notes.append("croissant.json is left out: mlcroissant cannot read zstd.")
    }
    manifest.files = files.sorted { $0.path < $1.path }

    let card = DatasetCard(manifest: manifest, schema: schema, compression: configuration.compression)
    var readme = try OutputFile(creating: "\(folder)/README.md")
    try readme.write(Array(card.text().utf8).span)
    _ = try readme.finish()

    var listed = manifest.shards.map { ($0.path, $0.sha256) } + manifest.files.map { ($0.path, $0.sha256) }
    let bytes = manifest.canonicalBytes()
    listed.append(("manifest.json", SHA256.digest(of: bytes.span).hex))
    listed.sort { $0.0 < $1.0 }
    var sums = try OutputFile(creating: "\(folder)/SHA256SUMS")
    try sums.write(Array(listed.map { "\($0.1)  \($0.0)\n" }.joined().utf8).span)
    _ = try sums.finish()

    var last = try OutputFile(creating: "\(folder)/manifest.json")
    try last.write(bytes.span)
    _ = try last.finish()
  }

  private mutating func write(_ bytes: [UInt8], to path: String) throws(Problem) {
    var file = try OutputFile(creating: "\(folder)/\(path)")
    try file.write(bytes.span)
    add(path, try file.finish())
  }

  private mutating func add(_ path: String, _ summary: OutputFile.Summary) {
    files.append(Manifest.File(path: path, bytes: summary.byteCount, sha256: summary.digest.hex))
  }
}

extension Manifest {
  /// The manifest of what this program makes with that configuration; `files` are still to come.
  init(of configuration: BuildConfiguration, shardCount: Int, totals: Totals, shards: [ShardFacts]) {
    var config = configuration
    config.shards = shardCount
    self.init(
      name: configuration.name, datasetVersion: configuration.datasetVersion, created: configuration.created,
      contentSHA256: "", config: config.manifestValue,
      tool: Tool(
        version: Version.kalimat, icu: Versions.icu, unicode: Versions.unicode, cldr: Versions.cldr,
        rulesSHA256: Version.rulesSHA256, compressor: Compressor(format: configuration.compression).description),
      totals: totals, shards: shards, files: [])
  }
}
