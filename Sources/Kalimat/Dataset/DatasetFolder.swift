/// A dataset's folder, and what its manifest says.
public struct DatasetFolder: Sendable {
  /// As the user named it.
  public let path: String
  public let manifest: Manifest
  /// Canonical or not.
  let manifestBytes: [UInt8]
  let rules: RecordRules

  /// Reads manifest.json.
  ///
  /// - Throws: where there is no folder, or it has no manifest that can be read.
  public init(_ path: String) throws(Problem) {
    guard FileSystem.kind(of: path) == .folder else {
      throw Problem(
        FileSystem.exists(path) ? "not a folder" : "nothing is there", at: .init(file: path),
        expected: "the folder of a dataset")
    }
    let place = "\(path)/manifest.json"
    guard FileSystem.kind(of: place) == .file else {
      throw Problem("the folder has no manifest.json", at: .init(file: path), expected: "the folder of a dataset")
    }
    let bytes = try WholeFile.read(place)
    let manifest: Manifest
    let rules: RecordRules
    do throws(ManifestFault) {
      manifest = try Manifest.read(bytes.span)
      if BitextConfiguration.isBitext(manifest.config) {
        throw ManifestFault(found: "the manifest of a bitext dataset", expected: "that of a dataset of sentences")
      }
      rules = try RecordRules(manifest)
    } catch {
      throw Problem(
        error.found, at: .init(file: place, byteOffset: error.byteOffset), expected: error.expected,
        advice: "kalimat validate \(path) says what else is wrong.")
    }
    self.init(path: path, manifest: manifest, manifestBytes: bytes, rules: rules)
  }

  init(path: String, manifest: Manifest, manifestBytes: [UInt8], rules: RecordRules) {
    self.path = path
    self.manifest = manifest
    self.manifestBytes = manifestBytes
    self.rules = rules
  }

  func file(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

  var compression: CompressionFormat {
    manifest.config["compression"]?.textValue.flatMap { CompressionFormat(rawValue: $0) } ?? .gz
  }

  /// The shards of a kind, in the order of splits and numbers.
  func shards(of kind: RecordKind) -> [ShardFile] {
    manifest.shards.filter { $0.kind == kind }.map { ShardFile($0, compression: compression) }
  }
}

extension ShardFile {
  init(_ facts: ShardFacts, compression: CompressionFormat) {
    self.init(
      kind: facts.kind, split: facts.split, index: facts.index, count: max(facts.of, 1), compression: compression)
    path = facts.path
  }
}
