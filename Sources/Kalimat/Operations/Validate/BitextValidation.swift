/// Looks at a bitext dataset: its folder, its digests, each record by itself and in its place, and its IDs; with the datasets
/// that it was made of, both sides too.
struct BitextValidation {
  private let request: ValidationRequest
  private let path: String
  private let folder: BitextFolder
  private var log: FindingLog
  private var report = ValidationReport()

  init(_ request: ValidationRequest, path: String) throws(Problem) {
    self.request = request
    self.path = path
    folder = try BitextFolder(path)
    log = FindingLog(levels: request.levels, limit: request.limit)
  }

  mutating func run() throws(Problem) -> ValidationReport {
    let present = Set(try FolderListing.files(in: path))
    checkStructure(present)
    try checkFiles(present)
    if !request.levels.isDisjoint(with: [.fixity, .records, .recompute]) {
      try checkShards(present)
    }
    for dataset in request.with { try checkSides(dataset) }
    report.isBitext = true
    report.findings = log.findings
    report.findingCount = log.count
    return report
  }

  // MARK: Structure

  private mutating func checkStructure(_ present: Set<String>) {
    let manifest = folder.manifest
    if manifest.canonicalBytes() != folder.manifestBytes {
      log.add(
        .canonical, .init(file: "manifest.json"), "bytes that are not canonical",
        expected: "those of docs/FORMAT.md")
    }
    var wanted: [String] = []
    for kind in [RecordKind.data, .rejected] {
      for part in folder.split.parts where manifest.records(kind, split: part.name) > 0 {
        wanted += (0..<folder.shardCount).map {
          kind.path(split: part.name, shard: $0, of: folder.shardCount, folder.compression)
        }
      }
    }
    if manifest.shards.map(\.path).sorted() != wanted.sorted() {
      log.add(
        .shards, .init(file: "manifest.json"), "\(manifest.shards.count) shards",
        expected: "the \(wanted.count) of each kind and split that has records")
    }
    let listed =
      manifest.shards.map(\.path) + manifest.files.map(\.path) + ["manifest.json", "SHA256SUMS", "README.md"]
    for name in listed where !present.contains(name) {
      log.add(.missing, .init(file: name), "missing", expected: "a file that the manifest lists")
    }
    let known = Set(listed)
    for name in present.sorted() where !known.contains(name) {
      log.add(.extra, .init(file: name), "a file of which the manifest knows nothing", expected: "none")
    }
  }

  // MARK: Files

  private mutating func checkFiles(_ present: Set<String>) throws(Problem) {
    let manifest = folder.manifest
    for file in manifest.files where present.contains(file.path) {
      let found = try WholeFile.digest(folder.file(file.path))
      check(found, file.path, bytes: file.bytes, sha256: file.sha256)
    }
    let sums = DatasetDescriptions.sums(of: manifest, folder.manifestBytes)
      .flatMap { Array("\($0.sha256)  \($0.path)\n".utf8) }
    var generated = [
      ("SHA256SUMS", sums, FindingCheck.sums),
      ("schema.json", BitextDescriptions.schema(of: manifest), .schema),
    ]
    if let croissant = BitextDescriptions.croissant(of: manifest, folder.compression) {
      generated.append(("croissant.json", croissant, .croissant))
    }
    for (name, wanted, check) in generated where present.contains(name) {
      let bytes = try WholeFile.read(folder.file(name))
      if bytes == wanted { continue }
      let offset =
        zip(bytes, wanted).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(bytes.count, wanted.count)
      log.add(
        check, .init(file: name, byteOffset: offset),
        RecordParser.quote(bytes.span, at: offset),
        expected: "\(RecordParser.quote(wanted.span, at: offset)), as the manifest makes it")
    }
  }

  private mutating func check(_ found: OutputFile.Summary, _ path: String, bytes: Int, sha256: String) {
    if found.byteCount != bytes {
      log.add(
        .bytes, .init(file: path), "a file of bytes \(found.byteCount)",
        expected: "\(bytes), as the manifest says")
    }
    if !found.digest.hex.utf8.elementsEqual(sha256.utf8) {
      log.add(
        .digest, .init(file: path), "a SHA-256 of \(found.digest.hex)",
        expected: "\(sha256), as the manifest says")
    }
  }

  // MARK: Shards

  private mutating func checkShards(_ present: Set<String>) throws(Problem) {
    var content = ContentDigest()
    var isRead = true
    let translates = folder.languages?.translates ?? false
    for part in folder.split.parts {
      var hashers: [RecordKind: BucketHasher] = [
        .data: BucketHasher(kind: .data, split: part.name), .rejected: BucketHasher(kind: .rejected, split: part.name),
      ]
      for index in 0..<folder.shardCount {
        var articles = BitextArticles()
        for kind in [RecordKind.data, .rejected] {
          guard
            let facts = folder.manifest.shards.first(where: {
              $0.kind == kind && $0.split == part.name && $0.index == index
            })
          else { continue }
          guard present.contains(facts.path), var hasher = hashers[kind] else {
            isRead = false
            continue
          }
          isRead = try read(facts, &hasher, &articles, translates: translates) && isRead
          hashers[kind] = hasher
        }
        articles.check(&log)
        report.totals.add(articles.totals)
      }
      for kind in [RecordKind.data, .rejected] {
        hashers[kind]?.finishBucket()
        if let digest = hashers[kind]?.digest { content.add(digest) }
      }
    }
    guard isRead else { return }
    log.compare(report.totals, with: folder.manifest.totals)
    log.compare("duplicates", report.totals.duplicates, folder.manifest.totals.duplicates)
    report.contentSHA256 = content.value().hex
    let listed = folder.manifest.contentSHA256
    if !report.contentSHA256.utf8.elementsEqual(listed.utf8) {
      log.add(
        .content, .init(file: "manifest.json"), "content_sha256 \(listed)",
        expected: "\(report.contentSHA256), that of what the shards hold")
    }
    if let expected = request.expectedContent, !report.contentSHA256.utf8.elementsEqual(expected.utf8) {
      log.add(
        .expectedContent, .init(file: path), "content_sha256 \(report.contentSHA256)",
        expected: "\(expected), by --expect")
    }
  }

  /// - Returns: whether all of it could be read.
  private mutating func read(
    _ facts: ShardFacts, _ hasher: inout BucketHasher, _ articles: inout BitextArticles, translates: Bool
  ) throws(Problem) -> Bool {
    var reader = try ShardReader(path: folder.file(facts.path), format: folder.compression)
    var count = 0
    var isWhole = true
    do throws(UnpackFailure) {
      while try reader.next() {
        count += 1
        if let document = articles.add(
          reader.line, facts, line: reader.lineNumber, offset: reader.byteOffset, translates, &log)
        {
          hasher.update(reader.lineWithEnd, bucket: document.bucket)
          if document.shard(of: facts.of) != facts.index {
            log.add(
              .shard, .init(file: facts.path, line: reader.lineNumber),
              "a line of shard \(document.shard(of: facts.of)) of \(facts.of)",
              expected: "lines of shard \(facts.index)")
          }
        } else {
          isWhole = false
        }
      }
    } catch {
      if case .unreadable(let problem) = error { throw problem }
      log.add(.unpack, .init(file: facts.path), "bytes that cannot be unpacked", expected: "a whole shard")
      return false
    }
    let summary = try reader.finish()
    check(summary.file, facts.path, bytes: facts.bytes, sha256: facts.sha256)
    if count != facts.records {
      log.add(
        .records, .init(file: facts.path), "lines: \(count)",
        expected: "\(facts.records), as the manifest says")
    }
    return isWhole
  }

  // MARK: Both sides

  /// Asks whether the IDs of a side are that dataset's, and its texts theirs.
  private mutating func checkSides(_ dataset: String) throws(Problem) {
    let other = try DatasetFolder(dataset)
    let digest = other.manifest.contentSHA256
    let config = folder.manifest.config
    let isSource = config["source-content-sha256"]?.textValue == digest
    let isTarget = config["target-content-sha256"]?.textValue == digest
    guard isSource || isTarget else {
      log.add(
        .document, .init(file: dataset), "content_sha256 \(digest)",
        expected: "that of the source or the target, as the manifest has them")
      return
    }
    let texts = try SideTexts(folder, isSource: isSource)
    try texts.check(other, &log)
  }
}
