/// Asks whether the folder is what the manifest says, and the manifest is one.
struct StructureChecks {
  let path: String
  /// Of the folder's manifest, where it can be read.
  private(set) var dataset: DatasetFolder? = nil
  /// Files that are there, as paths inside the folder.
  private(set) var present: Set<[UInt8]> = []
  private(set) var notes: [String] = []

  init(path: String) { self.path = path }

  mutating func run(_ log: inout FindingLog) throws(Problem) {
    let listed = try FolderListing.files(in: path)
    present = Set(listed.map { Array($0.utf8) })
    noteNeighbours(&log)
    guard present.contains(Array("manifest.json".utf8)) else {
      log.add(
        .missing, .init(file: "manifest.json"), "missing: it is written last, so this dataset is half-written",
        expected: "manifest.json")
      return
    }
    guard let dataset = try readManifest(&log) else { return }
    self.dataset = dataset
    ShardTable(dataset).check(&log)
    checkFiles(dataset, listed, &log)
  }

  private mutating func noteNeighbours(_ log: inout FindingLog) {
    let name = FileSystem.lastPart(of: path)
    if name.contains(".partial-") {
      log.add(
        .halfWritten, .init(file: name), "a folder whose name says that its build never ended",
        expected: "a dataset under its own name")
    }
    let beside = (try? FileSystem.names(in: FileSystem.parent(of: path))) ?? []
    for neighbour in beside where neighbour.hasPrefix("\(name).partial-") {
      notes.append("beside it stands \(neighbour), left by an interrupted build; the next build of \(name) removes it")
    }
  }

  private func readManifest(_ log: inout FindingLog) throws(Problem) -> DatasetFolder? {
    let name = "manifest.json"
    let bytes = try WholeFile.read("\(path)/\(name)")
    do throws(ManifestFault) {
      let manifest = try Manifest.read(bytes.span)
      let rules = try RecordRules(manifest)
      let canonical = manifest.canonicalBytes()
      if canonical != bytes {
        let offset = zip(canonical, bytes).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        let place = offset ?? min(canonical.count, bytes.count)
        let line = bytes[..<place].count { $0 == 0x0A } + 1
        log.add(
          .canonical, .init(file: name, line: line, byteOffset: place), "bytes that are not canonical",
          expected: "those of Python's json.dumps(…, indent=2, sort_keys=True, ensure_ascii=False) and LF")
      }
      return DatasetFolder(path: path, manifest: manifest, manifestBytes: bytes, rules: rules)
    } catch {
      log.add(
        .manifest, .init(file: name, byteOffset: error.byteOffset), error.found, expected: error.expected)
      return nil
    }
  }

  private func checkFiles(_ dataset: DatasetFolder, _ found: [String], _ log: inout FindingLog) {
    let manifest = dataset.manifest
    let listed =
      manifest.shards.map(\.path) + manifest.files.map(\.path) + ["manifest.json", "SHA256SUMS", "README.md"]
    let wanted = Set(listed.map { Array($0.utf8) })
    for name in listed where !present.contains(Array(name.utf8)) {
      log.add(.missing, .init(file: name), "missing", expected: "a file that the manifest lists")
    }
    for name in found where !wanted.contains(Array(name.utf8)) {
      log.add(.extra, .init(file: name), "a file of which the manifest knows nothing", expected: "none")
    }
  }
}

/// Asks whether the manifest's list of shards and files is one that a build can have written.
struct ShardTable {
  private let manifest: Manifest
  private let compression: CompressionFormat
  private let plan: SplitPlan?

  init(_ dataset: DatasetFolder) {
    manifest = dataset.manifest
    compression = dataset.compression
    plan = dataset.rules.split
  }

  func check(_ log: inout FindingLog) {
    let count = manifest.config["shards"]?.intValue ?? 0
    var wanted: [String] = []
    for kind in RecordKind.allCases {
      for part in plan?.parts ?? [] where manifest.records(kind, split: part.name) > 0 {
        wanted += (0..<max(count, 0)).map { kind.path(split: part.name, shard: $0, of: count, compression) }
      }
    }
    wanted.sort { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    // Shards that were written apart may have their attempts in their names: order and completeness are those without.
    let listed = manifest.shards.map { shard in
      attempt(of: shard) == nil
        ? shard.path : shard.kind.path(split: shard.split, shard: shard.index, of: count, compression)
    }
    compare(listed, wanted, .shards, "every shard of each kind and split that has records, sorted by path", &log)
    for shard in manifest.shards where attempt(of: shard) == nil || shard.of != count {
      log.add(
        .shards, .init(file: "manifest.json"),
        "the shard \(shard.path), listed as \(shard.kind.rawValue) \(shard.split) \(shard.index) of \(shard.of)",
        expected: "kind, split, index and of as its path and config.shards say")
    }
    checkFiles(&log)
  }

  private func attempt(of shard: ShardFacts) -> String? {
    shard.kind.attempt(in: shard.path, split: shard.split, shard: shard.index, of: shard.of, compression)
  }

  private func checkFiles(_ log: inout FindingLog) {
    var wanted = ["inputs.jsonl\(compression.fileExtension)", "schema.json"]
    if compression != .zst { wanted.append("croissant.json") }
    if manifest.totals.duplicates > 0 { wanted.append("duplicates.jsonl") }
    compare(
      manifest.files.map(\.path), wanted.sorted(), .files, "the files of a dataset with this config, sorted by path",
      &log)
  }

  private func compare(
    _ listed: [String], _ wanted: [String], _ check: FindingCheck, _ expected: String, _ log: inout FindingLog
  ) {
    if listed.elementsEqual(wanted, by: { $0.utf8.elementsEqual($1.utf8) }) { return }
    let index =
      zip(listed, wanted).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(listed.count, wanted.count)
    let found = index < listed.count ? listed[index] : "the list's end"
    let instead = index < wanted.count ? wanted[index] : "the list's end"
    log.add(
      check, .init(file: "manifest.json"), "\(check.rawValue)[\(index)] is \(found)",
      expected: "\(instead): \(expected)")
  }
}
