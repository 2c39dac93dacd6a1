internal import Segmentation

/// Builds a dataset again from its source and compares it line by line.
struct Rebuild {
  let dataset: DatasetFolder
  let source: ValidationRequest.Source
  let jobs: Int

  func run(_ log: inout FindingLog) throws(Problem) {
    let scratch = "\(source.scratch)/kalimat-rebuild-\(UInt64.random(in: 0...UInt64.max))"
    try FileSystem.makeFolder(scratch)
    defer { try? FileSystem.removeTree(scratch) }
    var request = BuildRequest()
    request.inputs = source.inputs
    request.root = source.root
    request.jobs = jobs
    request.output = "\(scratch)/dataset"
    _ = try Build(request, try configuration()).run()
    for shard in dataset.manifest.shards { try compare(shard.path, scratch: request.output, &log) }
    try compare("inputs.jsonl\(dataset.compression.fileExtension)", scratch: request.output, &log)
    let rebuilt = try DatasetFolder(request.output)
    for shard in rebuilt.manifest.shards where !FileSystem.exists(dataset.file(shard.path)) {
      log.add(.rebuilt, .init(file: shard.path), "missing", expected: "a shard that a build of the source writes")
    }
  }

  /// The configuration that the manifest has.
  private func configuration() throws(Problem) -> BuildConfiguration {
    var configuration = BuildConfiguration(manifest: dataset.manifest, rules: dataset.rules)
    try source.lists.load(into: &configuration, asIn: dataset.manifest.config)
    // An ID field that was refused (--id-field '') and one that was not named look the same in the config: the keys tell.
    let kinds = try keyKinds()
    if configuration.fields.id == nil, kinds.contains(.url) || kinds.contains(.content) { configuration.fields.id = "" }
    if configuration.fields.url == nil, kinds.contains(.content) { configuration.fields.url = "" }
    return configuration
  }

  /// The kinds of keys that the first article of each shard has, `path` apart: JSON Lines have one for the whole build.
  private func keyKinds() throws(Problem) -> Set<KeyKind> {
    for shard in dataset.shards(of: .documents) {
      var scan = try ShardScan(shard, in: dataset)
      while try scan.next() {
        guard let kind = KeyKind(rawValue: scan.string(RecordShape.Document.keyKind)), kind != .path else { continue }
        return [kind]
      }
    }
    return []
  }

  /// Reports the first line that differs.
  private func compare(_ path: String, scratch: String, _ log: inout FindingLog) throws(Problem) {
    guard FileSystem.exists(dataset.file(path)) else { return }
    guard FileSystem.exists("\(scratch)/\(path)") else {
      return log.add(.rebuilt, .init(file: path), "a shard that a build of the source does not write", expected: "none")
    }
    var old = try ShardReader(path: dataset.file(path), format: dataset.compression)
    var new = try ShardReader(path: "\(scratch)/\(path)", format: dataset.compression)
    do throws(UnpackFailure) {
      while true {
        let (hasOld, hasNew) = (try old.next(), try new.next())
        if !hasOld && !hasNew { return }
        if hasOld && hasNew && Kernels.equal(old.line, new.line) { continue }
        return report(path, old, new, hasOld: hasOld, hasNew: hasNew, &log)
      }
    } catch {
      // A shard that stops being readable was reported by fixity.
      if case .unreadable(let problem) = error { throw problem }
    }
  }

  private func report(
    _ path: String, _ old: borrowing ShardReader, _ new: borrowing ShardReader, hasOld: Bool, hasNew: Bool,
    _ log: inout FindingLog
  ) {
    var offset = 0
    if hasOld && hasNew {
      while offset < old.line.count, offset < new.line.count, old.line[offset] == new.line[offset] { offset += 1 }
    }
    let line = hasOld ? old.lineNumber : old.lineNumber + 1
    log.add(
      .rebuilt, .init(file: path, line: line, byteOffset: hasOld ? old.byteOffset + offset : nil),
      hasOld ? RecordParser.quote(old.line, at: offset) : "the shard's end",
      expected: (hasNew ? RecordParser.quote(new.line, at: offset) : "the shard's end")
        + ", which a build of the source writes")
  }
}

extension BuildConfiguration {
  /// The configuration that a manifest has.
  init(manifest: Manifest, rules lines: RecordRules) {
    self.init()
    let config = manifest.config
    func text(_ key: String) -> String? {
      let text = config[key]?.textValue ?? ""
      return text.isEmpty ? nil : text
    }
    func list(_ key: String) -> [String] { (config[key]?.elements ?? []).compactMap(\.textValue) }
    fields.text = list("text-field")
    fields.id = text("id-field")
    fields.url = text("url-field")
    fields.lang = text("lang-field")
    fields.title = text("title-field")
    fields.published = text("published-field")
    fields.license = text("license-field")
    fields.keep = lines.kept
    fields.splitBy = text("split-by")
    fields.source = text("source-field")
    encoding = text("encoding")
    language = text("lang")
    languages = lines.languages
    paragraphs = lines.paragraphs
    rules = text("rules").flatMap { RuleSet(rawValue: $0) } ?? rules
    leftovers = lines.leftovers
    split = lines.split ?? split
    shards = config["shards"]?.intValue
    shardSize = config["shard-size"]?.intValue ?? shardSize
    compression = text("compression").flatMap { CompressionFormat(rawValue: $0) } ?? compression
    join = list("join")
    license = text("license") ?? ""
    onDuplicateKey = text("on-duplicate-key").flatMap { DuplicateKeyPolicy(rawValue: $0) } ?? onDuplicateKey
    maxChars = lines.maxChars ?? maxChars
    sample = config["sample"]?.intValue
    skipBad = config["skip-bad"] == .bool(true)
    namesKept = lines.rejectedHasKept
    name = manifest.name
    datasetVersion = manifest.datasetVersion
    created = manifest.created
  }
}
