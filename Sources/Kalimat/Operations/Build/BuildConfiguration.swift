public import Segmentation

/// What happens to the leftovers of a page.
public enum LeftoverPolicy: String, Sendable, CaseIterable {
  /// They stand in rejected/ with their reason.
  case reject
  /// They stay in data/, kind other, and every record has its reason.
  case mark
  /// Nothing is looked for: a corpus of laws or poems wants that.
  case off
}

/// What happens where two articles have one key.
public enum DuplicateKeyPolicy: String, Sendable, CaseIterable {
  case error, first, last
}

/// Everything that a dataset's content depends on beside the articles. It stands in the manifest's config.
public struct BuildConfiguration: Sendable {
  /// As they were asked for; what was not is guessed from the first record, the same in every build of the same articles.
  public var fields = FieldRequest()
  /// `--encoding`: nil is UTF-8.
  public var encoding: String? = nil
  /// `--lang`, canonical; nil: the record's field, else detected.
  public var language: String? = nil
  public var paragraphs: ParagraphMode = .auto
  /// Canonical tags: sentences in others are rejected; empty: none is.
  public var languages: [String] = []
  /// The layers of segmentation that are asked.
  public var rules: RuleSet = .full
  public var leftovers: LeftoverPolicy = .reject
  public var split: SplitPlan = .whole
  /// `--shards`; nil: by shardSize.
  public var shards: Int? = nil
  /// Bytes of T for each shard, where their number is not given.
  public var shardSize = 256 << 20
  public var compression: CompressionFormat = .gz
  public var join: [String] = []
  public var license = ""
  public var name = ""
  public var datasetVersion = ""
  /// `--created` or SOURCE_DATE_EPOCH as RFC 3339; empty where neither is given.
  public var created = ""
  public var onDuplicateKey: DuplicateKeyPolicy = .error
  /// Code points of a text, over which it is too long.
  public var maxChars = 10_000
  /// The articles with the lowest doc_ids; nil: all.
  public var sample: Int? = nil
  public var skipBad = false
  /// `--repeated`, `--duplicates`, `--decisions`: in the manifest's config their SHA-256 stands for them.
  public var repeated: RepeatedList? = nil
  public var duplicates: DuplicateList? = nil
  public var decisions: DecisionList? = nil
  /// Whether a list of duplicates is, or was, among them: rejected records then have `kept`.
  var namesKept = false

  public init() {}

  /// The manifest's config: every option that the content or the shards can depend on, by its long name.
  var manifestValue: JSONValue {
    func text(_ value: String?) -> JSONValue { .text(value ?? "") }
    func list(_ values: [String]) -> JSONValue { .array(values.map { .text($0) }) }
    return .members([
      ("text-field", list(fields.text)), ("id-field", text(fields.id)), ("url-field", text(fields.url)),
      ("lang-field", text(fields.lang)), ("title-field", text(fields.title)),
      ("published-field", text(fields.published)), ("license-field", text(fields.license)),
      ("source-field", text(fields.source)), ("keep", list(fields.keep)), ("split-by", text(fields.splitBy)),
      ("encoding", text(encoding)), ("lang", text(language)), ("languages", list(languages)),
      ("paragraphs", .text(paragraphs.rawValue)),
      ("rules", .text(rules.rawValue)), ("leftovers", .text(leftovers.rawValue)),
      ("split", .array(split.parts.map { .members([("name", .text($0.name)), ("share", .text($0.share))]) })),
      ("split-salt", .text(split.salt)), ("shards", shards.map { .int($0) } ?? .text("")),
      ("shard-size", .int(shardSize)), ("compression", .text(compression.rawValue)), ("join", list(join)),
      ("license", .text(license)), ("on-duplicate-key", .text(onDuplicateKey.rawValue)), ("max-chars", .int(maxChars)),
      ("sample", sample.map { .int($0) } ?? .text("")), ("skip-bad", .bool(skipBad)),
      ("repeated", text(repeated?.digest)), ("duplicates", text(duplicates?.digest)),
      ("decisions", text(decisions?.digest)),
    ])
  }
}
