@testable import Kalimat

/// Repairs every count, digest and description after lines were changed, so that only the lines themselves can tell.
/// Uncompressed datasets; written without the build's own counting and digests.
extension DatasetInMemory {
  /// - Parameter lie: changes the manifest before anything is made of it.
  mutating func repair(lie: (inout Manifest) -> Void = { _ in }) throws {
    var manifest = try manifest()
    for i in manifest.shards.indices { recount(&manifest.shards[i]) }
    manifest.totals = totals(manifest.totals)
    manifest.contentSHA256 = contentDigest()
    lie(&manifest)
    let schema = try RecordSchema(config: manifest.config)
    if let croissant = Croissant.description(of: manifest, schema: schema, compression: .none) {
      files["croissant.json"] = CanonicalJSON.indented(croissant)
    }
    try finish(manifest)
  }

  static func digest(_ bytes: [UInt8]) -> String { SHA256.digest(of: bytes.span).hex }

  func manifest() throws -> Manifest {
    let bytes = files["manifest.json"] ?? []
    return try Manifest.read(bytes.span)
  }

  /// Writes the manifest, the card and SHA256SUMS of what the files hold now.
  mutating func finish(_ given: Manifest) throws {
    var manifest = given
    for i in manifest.files.indices {
      let bytes = files[manifest.files[i].path] ?? []
      manifest.files[i].bytes = bytes.count
      manifest.files[i].sha256 = Self.digest(bytes)
    }
    let schema = try RecordSchema(config: manifest.config)
    files["README.md"] = Array(DatasetCard(manifest: manifest, schema: schema, compression: .none).text().utf8)
    files["manifest.json"] = manifest.canonicalBytes()
    sumUp()
  }

  /// Writes SHA256SUMS as `sha256sum` would.
  mutating func sumUp() {
    let listed = files.keys.filter { $0 != "README.md" && $0 != "SHA256SUMS" }
    let sums = listed.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }.map {
      "\(Self.digest(files[$0] ?? []))  \($0)\n"
    }
    files["SHA256SUMS"] = Array(sums.joined().utf8)
  }

  private func recount(_ facts: inout ShardFacts) {
    let bytes = files[facts.path] ?? []
    let documents = lines(facts.path).map(Self.documentID)
    facts.bytes = bytes.count
    facts.sha256 = Self.digest(bytes)
    facts.contentBytes = bytes.count
    facts.records = documents.count
    facts.documents = zip(documents, [""] + documents).count { $0 != $1 }
    facts.firstDocument = documents.first ?? ""
    facts.lastDocument = documents.last ?? ""
  }

  private func totals(_ old: Manifest.Totals) -> Manifest.Totals {
    var totals = Manifest.Totals()
    totals.duplicates = old.duplicates
    var languages: [String: String] = [:]
    for place in places(.documents) {
      let line = self[place]
      let text = text(of: line.text("doc_id"))
      totals.documents += 1
      totals.characters += Self.characters(text)
      totals.bytes += text.count
      totals.languages[line.text("lang"), default: .init()].documents += 1
      languages[line.text("doc_id")] = line.text("lang")
    }
    for place in places(.data) {
      guard let language = languages[self[place].text("doc_id")] else { continue }
      totals.languages[language, default: .init()].sentences += 1
    }
    totals.sentences = places(.data).count
    for place in places(.rejected) {
      guard let reason = RejectionReason(rawValue: self[place].text("reason")) else { continue }
      totals.rejected[reason.rawValue, default: 0] += 1
    }
    return totals
  }

  /// content_sha256 as docs/FORMAT.md says it, without a thought to speed.
  func contentDigest() -> String {
    var buckets: [String: [UInt8]] = [:]
    for path in shardPaths {
      let parts = path.split(separator: "/")
      let split = parts[1].split(separator: "-")[0]
      let isWhole = files[path]?.last == 0x0A
      let all = lines(path)
      for (i, line) in all.enumerated() {
        let digits = Array(Self.documentID(line).utf8.dropFirst().prefix(3))
        let bits = digits.reduce(0) { $0 << 5 | Int(Base32Hex.value($1) ?? 0) } >> 3
        let hex = String(0x1000 + bits, radix: 16).dropFirst()
        buckets["\(parts[0])/\(split) \(hex)", default: []] += line + (i + 1 < all.count || isWhole ? [0x0A] : [])
      }
    }
    let lines = buckets.map { "\($0.key) \(Self.digest($0.value))\n" }.sorted()
    return Self.digest(Array(lines.joined().utf8))
  }

  /// A line's doc_id, also where the line is broken.
  static func documentID(_ line: [UInt8]) -> String {
    let key = Array("\"doc_id\":\"".utf8)
    guard line.count >= key.count + 17 else { return "" }
    for start in 0...line.count - key.count - 17
    where line[start] == 0x22 && line[start..<start + key.count].elementsEqual(key) {
      return String(decoding: line[start + key.count..<start + key.count + 17], as: UTF8.self)
    }
    return ""
  }
}
