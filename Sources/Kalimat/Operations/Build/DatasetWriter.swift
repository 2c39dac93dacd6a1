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
  private var descriptions: DatasetDescriptions

  init(folder: String, configuration: BuildConfiguration, jobs: Int, shardCount: Int) {
    self.folder = folder
    self.configuration = configuration
    self.jobs = jobs
    self.shardCount = shardCount
    compressor = Compressor(format: configuration.compression)
    descriptions = DatasetDescriptions(folder: folder)
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
    if !duplicates.isEmpty { try descriptions.write(duplicates, to: "duplicates.jsonl") }
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
    try descriptions.write(packed, to: "inputs.jsonl\(configuration.compression.fileExtension)")
  }

  private mutating func writeDescriptions(of manifest: inout Manifest, _ columns: [JoinedColumn]) throws(Problem) {
    let schema = RecordSchema(
      joined: columns, keep: configuration.fields.keep, marksLeftovers: configuration.leftovers == .mark,
      namesKept: configuration.namesKept)
    try descriptions.write(CanonicalJSON.indented(schema.jsonSchema()), to: "schema.json")
    if let croissant = Croissant.description(of: manifest, schema: schema, compression: configuration.compression) {
      try descriptions.write(CanonicalJSON.indented(croissant), to: "croissant.json")
    } else {
      notes.append("croissant.json is left out: mlcroissant cannot read zstd.")
    }
    try descriptions.finish(&manifest) {
      DatasetCard(manifest: $0, schema: schema, compression: configuration.compression).text()
    }
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
      tool: .current(Compressor(format: configuration.compression)),
      totals: totals, shards: shards, files: [])
  }
}
