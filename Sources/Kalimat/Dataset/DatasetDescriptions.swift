/// Writes what stands beside a dataset's shards, of either kind: lists and schemas, then card, digests, and the manifest last.
struct DatasetDescriptions {
  let folder: String
  private var files: [Manifest.File] = []

  init(folder: String) { self.folder = folder }

  /// Writes a file that the manifest lists.
  mutating func write(_ bytes: [UInt8], to path: String) throws(Problem) {
    let summary = try put(bytes, path)
    files.append(Manifest.File(path: path, bytes: summary.byteCount, sha256: summary.digest.hex))
  }

  /// Writes the rest.
  ///
  /// - Parameters:
  ///   - manifest: takes the files that were written; all else of it is there.
  ///   - card: README.md's text, of the manifest as it then is.
  func finish(_ manifest: inout Manifest, card: (Manifest) -> String) throws(Problem) {
    manifest.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    _ = try put(Array(card(manifest).utf8), "README.md")
    let bytes = manifest.canonicalBytes()
    let sums = Self.sums(of: manifest, bytes).map { "\($0.sha256)  \($0.path)\n" }.joined()
    _ = try put(Array(sums.utf8), "SHA256SUMS")
    _ = try put(bytes, "manifest.json")
  }

  private func put(_ bytes: [UInt8], _ path: String) throws(Problem) -> OutputFile.Summary {
    var file = try OutputFile(creating: "\(folder)/\(path)")
    try file.write(bytes.span)
    return try file.finish()
  }

  /// The lines of SHA256SUMS: a function of the manifest and its bytes.
  static func sums(of manifest: Manifest, _ bytes: [UInt8]) -> [(path: String, sha256: String)] {
    var listed = manifest.shards.map { ($0.path, $0.sha256) } + manifest.files.map { ($0.path, $0.sha256) }
    listed.append(("manifest.json", SHA256.digest(of: bytes.span).hex))
    return listed.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
  }
}
