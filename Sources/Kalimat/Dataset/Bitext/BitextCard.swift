/// README.md of a bitext dataset.
struct BitextCard {
  let manifest: Manifest
  let compression: CompressionFormat

  func text() -> String { frontMatter.text() + "\n" + body() }

  private var frontMatter: CardFrontMatter {
    let schema = BitextSchema(languages: BitextLanguages(config: manifest.config))
    return CardFrontMatter(manifest: manifest, compression: compression, dataName: "pairs", tasks: ["translation"]) {
      kind in
      var lines = schema.columns(of: kind).flatMap { CardFrontMatter.feature($0) }
      let languages = schema.translated(kind)
      if !languages.isEmpty {
        lines += ["  - name: \"translation\"", "    dtype:", "      translation:", "        languages:"]
        lines += languages.map { "        - \(CardFrontMatter.quoted($0))" }
      }
      return lines
    }
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
