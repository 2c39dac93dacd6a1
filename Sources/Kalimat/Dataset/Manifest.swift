/// What a dataset holds and how it came to be (docs/FORMAT.md, "manifest.json").
public struct Manifest: Sendable, Equatable {
  /// The version of the format.
  public static let version = 1

  public var name: String
  public var datasetVersion: String
  public var created: String
  public var contentSHA256: String
  /// Every option that the content can depend on, by its long name.
  public var config: JSONValue
  public var tool: Tool
  public var totals: Totals
  public var shards: [ShardFacts]
  public var files: [File]

  /// What made the dataset, and what its boundaries and packing depend on.
  public struct Tool: Sendable, Equatable {
    public var name = "kalimat"
    public var version: String
    public var icu: String
    public var unicode: String
    public var cldr: String
    public var rulesSHA256: String
    public var compressor: String
  }

  /// A file that is no shard, by its path in the dataset.
  public struct File: Sendable, Equatable {
    public var path: String
    public var bytes: Int
    public var sha256: String
  }

  /// What all shards come to.
  public struct Totals: Sendable, Equatable {
    public var documents = 0
    public var sentences = 0
    /// Rejected records by reason.
    public var rejected: [String: Int] = [:]
    /// Documents and sentences by language.
    public var languages: [String: LanguageTotals] = [:]
    /// Code points and bytes of the articles' text.
    public var characters = 0
    public var bytes = 0
    /// Articles that were left out because their key stood twice.
    public var duplicates = 0

    /// What one language comes to.
    public struct LanguageTotals: Sendable, Equatable {
      public var documents = 0
      public var sentences = 0
    }
  }

  /// Canonical bytes: those of Python's `json.dumps(m, indent=2, sort_keys=True, ensure_ascii=False)`, and LF.
  public func canonicalBytes() -> [UInt8] { CanonicalJSON.indented(value) }

  var value: JSONValue {
    .members([
      ("manifest_version", .int(Self.version)), ("name", .text(name)), ("dataset_version", .text(datasetVersion)),
      ("created", .text(created)), ("content_sha256", .text(contentSHA256)), ("config", config),
      ("tool", tool.value), ("totals", totals.value), ("shards", .array(shards.map(\.value))),
      ("files", .array(files.map(\.value))),
    ])
  }

  /// Records of a kind and split.
  func records(_ kind: RecordKind, split: String) -> Int {
    shards.reduce(0) { $0 + ($1.kind == kind && $1.split == split ? $1.records : 0) }
  }
}

extension Manifest.Tool {
  var value: JSONValue {
    .members([
      ("name", .text(name)), ("version", .text(version)), ("icu", .text(icu)), ("unicode", .text(unicode)),
      ("cldr", .text(cldr)), ("rules_sha256", .text(rulesSHA256)), ("compressor", .text(compressor)),
    ])
  }
}

extension Manifest.Totals {
  var value: JSONValue {
    .members([
      ("documents", .int(documents)), ("sentences", .int(sentences)),
      ("rejected", .members(rejected.map { ($0.key, .int($0.value)) })),
      (
        "languages",
        .members(
          languages.map {
            ($0.key, .members([("documents", .int($0.value.documents)), ("sentences", .int($0.value.sentences))]))
          })
      ),
      ("characters", .int(characters)), ("bytes", .int(bytes)), ("duplicates", .int(duplicates)),
    ])
  }
}

extension Manifest.File {
  var value: JSONValue {
    .members([("path", .text(path)), ("bytes", .int(bytes)), ("sha256", .text(sha256))])
  }
}

extension ShardFacts {
  var value: JSONValue {
    .members([
      ("path", .text(path)), ("kind", .text(kind.rawValue)), ("split", .text(split)), ("index", .int(index)),
      ("of", .int(of)), ("records", .int(records)), ("documents", .int(documents)),
      ("first_doc_id", .text(firstDocument)), ("last_doc_id", .text(lastDocument)), ("bytes", .int(bytes)),
      ("sha256", .text(sha256)), ("content_bytes", .int(contentBytes)),
    ])
  }
}
