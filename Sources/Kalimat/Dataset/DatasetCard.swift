/// README.md of a dataset: the card that Hugging Face's `datasets` reads its types and splits from, and people read.
struct DatasetCard {
  let manifest: Manifest
  let schema: RecordSchema
  let compression: CompressionFormat

  func text() -> String { frontMatter.text() + "\n" + body() }

  private var frontMatter: CardFrontMatter {
    CardFrontMatter(manifest: manifest, compression: compression, dataName: "sentences") { [schema] kind in
      var lines = schema.columns(of: kind).flatMap { CardFrontMatter.feature($0) }
      if kind == .documents {
        lines += ["  - name: \"meta\"", schema.keep.isEmpty ? "    struct: []" : "    struct:"]
        for field in schema.keep { lines += ["    - name: \(CardFrontMatter.quoted(field))", "      dtype: string"] }
      }
      return lines
    }
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
