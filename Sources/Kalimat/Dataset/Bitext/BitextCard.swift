/// README.md of a bitext dataset.
struct BitextCard {
  let manifest: Manifest
  let compression: CompressionFormat

  func text() -> String { frontMatter() + "\n" + body() }

  private var schema: BitextSchema { BitextSchema(languages: BitextLanguages(config: manifest.config)) }

  private var kinds: [RecordKind] {
    [RecordKind.data, .rejected].filter { kind in manifest.shards.contains { $0.kind == kind } }
  }

  private func splits(of kind: RecordKind) -> [String] {
    let named = (manifest.config["split"]?.elements ?? []).compactMap { $0["name"]?.textValue }
    return named.filter { name in manifest.shards.contains { $0.kind == kind && $0.split == name } }
  }

  private func name(of kind: RecordKind) -> String { kind == .data ? "pairs" : kind.rawValue }

  private func frontMatter() -> String {
    var lines = ["---"]
    if !manifest.name.isEmpty { lines.append("pretty_name: \(quoted(manifest.name))") }
    if let license = manifest.config["license"]?.textValue, !license.isEmpty {
      lines.append("license: \(quoted(license))")
    }
    let languages = manifest.totals.languages.keys.filter { $0 != "und" }.sorted()
    if !languages.isEmpty { lines += ["language:"] + languages.map { "- \(quoted($0))" } }
    lines += [
      "task_categories:", "- \"translation\"", "size_categories:",
      "- \(quoted(DatasetCard.sizeCategory(manifest.totals.sentences)))", "configs:",
    ]
    for kind in kinds { lines += configuration(of: kind) }
    lines.append("dataset_info:")
    for kind in kinds { lines += information(of: kind) }
    lines.append("---\n")
    return lines.joined(separator: "\n")
  }

  private func configuration(of kind: RecordKind) -> [String] {
    var lines = ["- config_name: \(name(of: kind))"]
    if kind == .data { lines.append("  default: true") }
    lines.append("  data_files:")
    for split in splits(of: kind) {
      lines.append("  - split: \(quoted(split))")
      lines.append("    path: \(quoted("\(kind.rawValue)/\(split)-*.jsonl\(compression.fileExtension)"))")
    }
    return lines
  }

  private func information(of kind: RecordKind) -> [String] {
    var lines = ["- config_name: \(name(of: kind))", "  features:"]
    for column in schema.columns(of: kind) {
      lines.append("  - name: \(quoted(column.name))")
      lines.append(
        column.isList
          ? "    sequence: string" : "    dtype: \(column.isInteger ? "int64" : "string")")
    }
    let languages = schema.translated(kind)
    if !languages.isEmpty {
      lines += ["  - name: \"translation\"", "    dtype:", "      translation:", "        languages:"]
      lines += languages.map { "        - \(quoted($0))" }
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

  private func quoted(_ text: String) -> String {
    String(decoding: CanonicalJSON.compact(.text(text)), as: UTF8.self)
  }

  private func body() -> String {
    let totals = manifest.totals
    let rejected = totals.rejected.sorted { $0.key < $1.key }.map { "| \($0.key) | \($0.value) |" }
    let languages = totals.languages.sorted { $0.key < $1.key }
      .map { "| \($0.key) | \($0.value.documents) | \($0.value.sentences) |" }
    return """
      # \(manifest.name.isEmpty ? "Bitext dataset" : manifest.name)

      \(totals.sentences) pairs of sentences and their translations, of \(totals.documents) articles, made by kalimat \(manifest.tool.version).
      Each line of `data/` is a bead: source sentences by their IDs, and what they are in the other language. Each line of
      `rejected/` is one that does not fit, with its reason.

      `content_sha256`: `\(manifest.contentSHA256)`; of the source's dataset: `\(manifest.config["source-content-sha256"]?.textValue ?? "")`

      | language | articles | pairs |
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
      pairs = load_dataset(".")
      ```

      `source` and `target` are the sentences' texts; where a side has several, a line feed stands between two.

      """
  }
}
