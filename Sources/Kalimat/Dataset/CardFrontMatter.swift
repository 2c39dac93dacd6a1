/// The YAML block at the head of a dataset's card, of either kind of dataset: what Hugging Face's `datasets` reads its types
/// and splits from.
struct CardFrontMatter {
  let manifest: Manifest
  let compression: CompressionFormat
  /// What the records of data/ are called: `sentences`, `pairs`.
  let dataName: String
  /// Of the hub's task categories; none where the dataset is for no one task.
  var tasks: [String] = []
  /// The lines of a kind's features.
  let features: (RecordKind) -> [String]

  /// The block, with both of its `---` lines.
  func text() -> String {
    var lines = ["---"]
    if !manifest.name.isEmpty { lines.append("pretty_name: \(Self.quoted(manifest.name))") }
    if let license = manifest.config["license"]?.textValue, !license.isEmpty {
      lines.append("license: \(Self.quoted(license))")
    }
    let languages = manifest.totals.languages.keys.filter { $0 != "und" }.sorted()
    if !languages.isEmpty { lines += ["language:"] + languages.map { "- \(Self.quoted($0))" } }
    if !tasks.isEmpty { lines += ["task_categories:"] + tasks.map { "- \(Self.quoted($0))" } }
    lines += ["size_categories:", "- \(Self.quoted(Self.sizeCategory(manifest.totals.sentences)))", "configs:"]
    for kind in kinds { lines += configuration(of: kind) }
    lines.append("dataset_info:")
    for kind in kinds { lines += information(of: kind) }
    lines.append("---\n")
    return lines.joined(separator: "\n")
  }

  /// The kinds that have records.
  private var kinds: [RecordKind] {
    RecordKind.allCases.filter { kind in manifest.shards.contains { $0.kind == kind } }
  }

  /// The splits of a kind that have records, in the order of the config.
  private func splits(of kind: RecordKind) -> [String] {
    let named = (manifest.config["split"]?.elements ?? []).compactMap { $0["name"]?.textValue }
    return named.filter { name in manifest.shards.contains { $0.kind == kind && $0.split == name } }
  }

  private func name(of kind: RecordKind) -> String { kind == .data ? dataName : kind.rawValue }

  private func configuration(of kind: RecordKind) -> [String] {
    var lines = ["- config_name: \(name(of: kind))"]
    if kind == .data { lines.append("  default: true") }
    lines.append("  data_files:")
    for split in splits(of: kind) {
      lines.append("  - split: \(Self.quoted(split))")
      // A pattern would take in what other attempts left beside the shards that count.
      let named = manifest.shards.filter { $0.kind == kind && $0.split == split && !$0.hasPlainName(compression) }
      if named.isEmpty {
        lines.append("    path: \(Self.quoted("\(kind.rawValue)/\(split)-*.jsonl\(compression.fileExtension)"))")
      } else {
        lines += ["    path:"] + named.map { "    - \(Self.quoted($0.path))" }
      }
    }
    return lines
  }

  private func information(of kind: RecordKind) -> [String] {
    var lines = ["- config_name: \(name(of: kind))", "  features:"] + features(kind)
    lines.append("  splits:")
    for split in splits(of: kind) {
      let shards = manifest.shards.filter { $0.kind == kind && $0.split == split }
      lines += [
        "  - name: \(Self.quoted(split))", "    num_bytes: \(shards.reduce(0) { $0 + $1.contentBytes })",
        "    num_examples: \(shards.reduce(0) { $0 + $1.records })",
      ]
    }
    return lines
  }

  /// The lines of a column of strings, integers, or lists of strings.
  static func feature(_ column: RecordSchema.Column) -> [String] {
    [
      "  - name: \(quoted(column.name))",
      column.isList ? "    sequence: string" : "    dtype: \(column.isInteger ? "int64" : "string")",
    ]
  }

  /// A YAML string: JSON's double-quoted form is one.
  static func quoted(_ text: String) -> String { String(decoding: CanonicalJSON.compact(.text(text)), as: UTF8.self) }

  private static func sizeCategory(_ sentences: Int) -> String {
    let steps = [
      (1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"),
      (10_000_000, "1M<n<10M"), (100_000_000, "10M<n<100M"), (1_000_000_000, "100M<n<1B"),
    ]
    return steps.first { sentences < $0.0 }?.1 ?? "1B<n<10B"
  }
}
