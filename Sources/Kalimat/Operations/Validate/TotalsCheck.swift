extension FindingLog {
  /// Compares what the shards hold with what the manifest says of it: a finding for each number that differs.
  mutating func compare(_ totals: Manifest.Totals, with listed: Manifest.Totals) {
    compare("documents", totals.documents, listed.documents)
    compare("sentences", totals.sentences, listed.sentences)
    compare("characters", totals.characters, listed.characters)
    compare("bytes", totals.bytes, listed.bytes)
    for reason in Set(totals.rejected.keys).union(listed.rejected.keys).sorted() {
      compare("rejected.\(reason)", totals.rejected[reason] ?? 0, listed.rejected[reason] ?? 0)
    }
    for language in Set(totals.languages.keys).union(listed.languages.keys).sorted() {
      let (found, said) = (totals.languages[language] ?? .init(), listed.languages[language] ?? .init())
      compare("languages.\(language).documents", found.documents, said.documents)
      compare("languages.\(language).sentences", found.sentences, said.sentences)
    }
  }

  /// The same of one number.
  mutating func compare(_ name: String, _ found: Int, _ listed: Int) {
    if found == listed { return }
    add(.totals, .init(file: "manifest.json"), "totals.\(name) \(listed)", expected: "\(found), as the shards hold")
  }
}
