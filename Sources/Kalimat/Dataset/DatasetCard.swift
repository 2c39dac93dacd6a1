/// README.md of a dataset: the card that Hugging Face's `datasets` reads its types and splits from, and people read.
struct DatasetCard {
  let manifest: Manifest
  let schema: RecordSchema
  let compression: CompressionFormat

  func text() -> String { frontMatter() + "\n" + body() }

  /// The YAML block at its head.
  func frontMatter() -> String {
    var lines = ["---"]
    if !manifest.name.isEmpty { lines.append("pretty_name: \(quoted(manifest.name))") }
    if let license = manifest.config["license"]?.textValue, !license.isEmpty {
      lines.append("license: \(quoted(license))")
    }
    let languages = manifest.totals.languages.keys.filter { $0 != "und" }.sorted()
    if !languages.isEmpty { lines += ["language:"] + languages.map { "- \(quoted($0))" } }
    lines += ["size_categories:", "- \(quoted(Self.sizeCategory(manifest.totals.sentences)))", "configs:"]
    for kind in kinds { lines += configuration(of: kind) }
    lines.append("dataset_info:")
    for kind in kinds { lines += information(of: kind) }
    lines.append("---\n")
    return lines.joined(separator: "\n")
  }

  private var kinds: [RecordKind] {
    [RecordKind.data, .documents, .rejected].filter { kind in manifest.shards.contains { $0.kind == kind } }
  }

  /// The splits of a kind that have records, in the order of the config.
  private func splits(of kind: RecordKind) -> [String] {
    let named = (manifest.config["split"]?.elements ?? []).compactMap { $0["name"]?.textValue }
    return named.filter { name in manifest.shards.contains { $0.kind == kind && $0.split == name } }
  }

  private func name(of kind: RecordKind) -> String { kind == .data ? "sentences" : kind.rawValue }

  private func configuration(of kind: RecordKind) -> [String] {
    var lines = ["- config_name: \(name(of: kind))"]
    if kind == .data { lines.append("  default: true") }
    lines.append("  data_files:")
    for split in splits(of: kind) {
      lines.append("  - split: \(quoted(split))")
      // A pattern would take in what other attempts left beside the shards that count.
      let named = manifest.shards.filter { $0.kind == kind && $0.split == split && !$0.hasPlainName(compression) }
      if named.isEmpty {
        lines.append("    path: \(quoted("\(kind.rawValue)/\(split)-*.jsonl\(compression.fileExtension)"))")
      } else {
        lines += ["    path:"] + named.map { "    - \(quoted($0.path))" }
      }
    }
    return lines
  }

  private func information(of kind: RecordKind) -> [String] {
    var lines = ["- config_name: \(name(of: kind))", "  features:"]
    for column in schema.columns(of: kind) {
      lines += ["  - name: \(quoted(column.name))", "    dtype: \(column.isInteger ? "int64" : "string")"]
    }
    if kind == .documents {
      lines += ["  - name: \"meta\"", schema.keep.isEmpty ? "    struct: []" : "    struct:"]
      for field in schema.keep { lines += ["    - name: \(quoted(field))", "      dtype: string"] }
    }
    lines.append("  splits:")
    for split in splits(of: kind) {
      let shards = manifest.shards.filter { $0.kind == kind && $0.split == split }
      lines += [
        "  - name: \(quoted(split))", "    num_bytes: \(shards.reduce(0) { $0 + $1.contentBytes })",
        "    num_examples: \(shards.reduce(0) { $0 + $1.records })",
      ]
    }
    return lines
  }

  /// A YAML string: JSON's double-quoted form is one.
  private func quoted(_ text: String) -> String {
    String(decoding: CanonicalJSON.compact(.text(text)), as: UTF8.self)
  }

  static func sizeCategory(_ sentences: Int) -> String {
    let steps = [
      (1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"),
      (10_000_000, "1M<n<10M"), (100_000_000, "10M<n<100M"), (1_000_000_000, "100M<n<1B"),
    ]
    return steps.first { sentences < $0.0 }?.1 ?? "1B<n<10B"
  }

  private func body() -> String {
    let totals = manifest.totals
    let title = manifest.name.isEmpty ? "Sentence dataset" : manifest.name
    let rejected = totals.rejected.sorted { $0.key < $1.key }.map { "| \($0.key) | \($0.value) |" }
    let languages = totals.languages.sorted { $0.key < $1.key }
      .map { "| \($0.key) | \($0.value.documents) | \($0.value.sentences) |" }
    let types = schema.columns(of: .data).map { "\($0.name)=pl.\($0.isInteger ? "Int64" : "String")" }
    let files = "data/*.jsonl\(compression.fileExtension)"
    return """
      # \(title)

      \(totals.sentences) sentences of \(totals.documents) articles, made by kalimat \(manifest.tool.version).
      Each line of `data/` is a sentence, each line of `documents/` an article, and each line of `rejected/` a piece of an
      article that is no sentence of it, with its reason: every character of every article is in one of them.

      `content_sha256`: `\(manifest.contentSHA256)`

      | language | articles | sentences |
      | --- | --- | --- |
      \(languages.joined(separator: "\n"))

      | rejected because of | records |
      | --- | --- |
      \(rejected.isEmpty ? "| nothing | 0 |" : rejected.joined(separator: "\n"))

      ## Reading it

      ```sh
      kalimat validate .
      sha256sum -c SHA256SUMS
      ```

      ```py
      from datasets import load_dataset
      sentences = load_dataset(".")                # or load_dataset(".", "documents")

      import polars as pl                          # empty shards have nothing to guess types from: give them
      pl.scan_ndjson("\(files)", schema=dict(
      \(Self.wrapped(types))))
      ```

      ## Limits

      IDs are functions of the article's key and the sentence's text. `datasets` and pandas guess types before they take those
      above: a column of which every value is an ISO date is read as a time and comes back spelled differently.

      """
  }

  private static func wrapped(_ items: [String]) -> String {
    var lines: [String] = [""]
    for item in items {
      if lines[lines.count - 1].count + item.count > 90 { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "  " : " ") + item + ","
    }
    return lines.joined(separator: "\n")
  }
}
