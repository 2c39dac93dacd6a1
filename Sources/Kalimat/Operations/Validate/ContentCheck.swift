/// Puts together what the units saw: content_sha256, and whether the manifest's figures are those of the shards.
struct ContentCheck {
  private let dataset: DatasetFolder
  private var content = ContentDigest()
  /// The bucket that goes on in the next shard, of each kind and split.
  private var open: [String: (bucket: Int, hash: SHA256)] = [:]
  private(set) var totals = Manifest.Totals()
  /// Whether every line of every shard was read.
  private(set) var isRead = true
  /// Whether every article was proved, so that the totals are those of the dataset.
  private(set) var isProved = true
  private let facts: [String: ShardFacts]

  init(_ dataset: DatasetFolder) {
    self.dataset = dataset
    facts = Dictionary(dataset.manifest.shards.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Takes the units in the order of their numbers.
  mutating func add(_ result: ShardUnit.Result, unit: ShardUnit, _ log: inout FindingLog) throws(Problem) {
    for (split, (_, summary)) in zip(unit.splits, result.splits) {
      isProved = isProved && summary.isWhole
      isRead = isRead && split.missing.isEmpty
      totals.add(summary.totals)
      for kind in RecordKind.allCases where split.kinds.contains(kind) {
        if split.missing.contains(kind) { continue }
        let file = split.file(kind, unit.index, of: unit.count)
        if let facts = facts[file.path] { check(summary[kind], facts, &log) }
        if summary[kind].isBroken { isRead = false } else { try addBuckets(summary[kind].buckets, file) }
      }
    }
  }

  private func check(_ found: ShardCursor.Summary, _ facts: ShardFacts, _ log: inout FindingLog) {
    func compare(_ check: FindingCheck, _ name: String, _ found: String, _ listed: String) {
      if found.utf8.elementsEqual(listed.utf8) { return }
      log.add(check, .init(file: facts.path), "\(name) \(found)", expected: "\(listed), as the manifest says")
    }
    let file = found.shard.file
    compare(.bytes, "a file of bytes", "\(file.byteCount)", "\(facts.bytes)")
    compare(.digest, "a SHA-256 of", file.digest.hex, facts.sha256)
    if found.isBroken { return }
    compare(.contentBytes, "content of bytes", "\(found.shard.contentByteCount)", "\(facts.contentBytes)")
    if let offset = found.shard.wrongPiece {
      log.add(
        .pieces, .init(file: facts.path), "a compressed piece that ends at byte \(offset) of the content",
        expected: "pieces that end with the first LF that makes them 1,048,576 bytes or more")
    }
    compare(.records, "lines:", "\(found.lineCount)", "\(facts.records)")
    compare(.documents, "articles:", "\(found.documentCount)", "\(facts.documents)")
    compare(.firstDocument, "first doc_id", "\"\(found.first)\"", "\"\(facts.firstDocument)\"")
    compare(.lastDocument, "last doc_id", "\"\(found.last)\"", "\"\(facts.lastDocument)\"")
  }

  // MARK: Buckets

  private mutating func addBuckets(_ buckets: BucketDigests.Summary, _ file: ShardFile) throws(Problem) {
    let key = "\(file.kind.rawValue)/\(file.split)"
    if let head = buckets.head {
      if open[key]?.bucket != head.bucket { close(file) }
      var hash = open[key]?.hash ?? SHA256()
      try Self.append(head.byteCount, of: dataset.file(file.path), file.compression, to: &hash)
      open[key] = (head.bucket, hash)
    }
    if buckets.head == nil || !buckets.whole.isEmpty || buckets.tail != nil { close(file) }
    for (bucket, digest) in buckets.whole {
      content.add(kind: file.kind, split: file.split, bucket: bucket, digest: digest)
    }
    if let tail = buckets.tail { open[key] = tail }
  }

  /// Ends the bucket that was open: no more of it comes.
  private mutating func close(_ file: ShardFile) {
    guard case (let bucket, var hash)? = open.removeValue(forKey: "\(file.kind.rawValue)/\(file.split)") else { return }
    content.add(kind: file.kind, split: file.split, bucket: bucket, digest: hash.finish())
  }

  /// Reads the first bytes of a shard's content once more, behind what the shard before it had of their bucket.
  private static func append(
    _ count: Int, of path: String, _ compression: CompressionFormat, to hash: inout SHA256
  ) throws(Problem) {
    var file = try UnpackedFile(path: path, format: compression)
    var block = [UInt8](repeating: 0, count: UnpackedFile.blockSize)
    var left = count
    do throws(UnpackFailure) {
      while left > 0 {
        let got = min(try file.read(into: &block, at: 0), left)
        if got == 0 { break }
        hash.update(block.span.extracting(0..<got))
        left -= got
      }
    } catch {
      if case .unreadable(let problem) = error { throw problem }
    }
  }

  // MARK: The whole

  /// Ends what is open, and compares the totals, where all was proved.
  mutating func finish(_ log: inout FindingLog) {
    for (key, entry) in open.sorted(by: { $0.key < $1.key }) {
      let parts = key.split(separator: "/")
      guard parts.count == 2, let kind = RecordKind(rawValue: String(parts[0])) else { continue }
      var hash = entry.hash
      content.add(kind: kind, split: String(parts[1]), bucket: entry.bucket, digest: hash.finish())
    }
    open = [:]
    if isProved { log.compare(totals, with: dataset.manifest.totals) }
  }

  /// content_sha256 of what the shards hold.
  var digest: Digest { content.value() }
}
