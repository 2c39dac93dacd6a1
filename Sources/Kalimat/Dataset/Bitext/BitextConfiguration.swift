/// Everything that a bitext dataset's content, or its cutting into shards, depends on beside its beads.
struct BitextConfiguration: Sendable {
  var name = ""
  var datasetVersion = ""
  /// SOURCE_DATE_EPOCH or `--created`, else empty.
  var created = ""
  var license = ""
  /// content_sha256 of the dataset whose sentences are the source.
  var sourceContent: String
  /// Of the dataset whose sentences are the target; empty where they were imported.
  var targetContent = ""
  /// The source dataset's splits: a bead goes where its article went.
  var split: SplitPlan
  var splitBy: String
  var shards: Int
  var compression: CompressionFormat
  /// Other options that decided what is in it, by their long names.
  var options: [(String, JSONValue)] = []

  /// Takes splits, shards and compression over from the source dataset.
  init(source: DatasetFolder) {
    let manifest = source.manifest
    sourceContent = manifest.contentSHA256
    split = source.rules.split ?? .whole
    splitBy = source.rules.splitBy
    shards = manifest.config["shards"]?.intValue ?? 1
    compression = source.compression
    license = manifest.config["license"]?.textValue ?? ""
  }

  /// - Parameter languages: the one source and the one target language of data/; nil where there are several.
  func manifestValue(languages: BitextLanguages?) -> JSONValue {
    .members(
      [
        ("type", .text(Self.type)), ("source-content-sha256", .text(sourceContent)),
        ("target-content-sha256", .text(targetContent)), ("source-lang", .text(languages?.source ?? "")),
        ("target-lang", .text(languages?.target ?? "")),
        ("split", .array(split.parts.map { .members([("name", .text($0.name)), ("share", .text($0.share))]) })),
        ("split-salt", .text(split.salt)), ("split-by", .text(splitBy)), ("shards", .int(shards)),
        ("compression", .text(compression.rawValue)), ("license", .text(license)),
      ] + options)
  }

  static let type = "bitext"

  /// Whether a manifest's config is that of a bitext dataset.
  static func isBitext(_ config: JSONValue) -> Bool { config["type"]?.textValue == type }
}

/// The languages of a dataset whose records all have the same two.
struct BitextLanguages: Sendable, Equatable {
  var source: String
  var target: String

  /// Whether records have `translation`: it has a key for each language, so these must differ.
  var translates: Bool { !source.utf8.elementsEqual(target.utf8) }

  /// Reads what a manifest's config says.
  init?(config: JSONValue) {
    guard let source = config["source-lang"]?.textValue, let target = config["target-lang"]?.textValue, !source.isEmpty,
      !target.isEmpty
    else { return nil }
    self.init(source: source, target: target)
  }

  init(source: String, target: String) {
    self.source = source
    self.target = target
  }
}

/// A line of inputs.jsonl: a file or a dataset that the beads came of.
struct BitextInput: Sendable {
  /// Its last part: where it stood is nobody's business.
  var name: String
  var format: String
  var bytes: Int
  var sha256: String
  var entries: Int

  var json: JSONValue {
    .members([
      ("path", .text(name)), ("format", .text(format)), ("bytes", .int(bytes)), ("sha256", .text(sha256)),
      ("entries", .int(entries)),
    ])
  }
}
