extension Show {
  /// How doubtful the boundaries and rejects of an article are, which has all of its records.
  public func doubts(of article: ShownArticle) throws(Problem) -> [Doubt] {
    let stored: StoredArticle
    do { stored = try self.stored(article) } catch {
      throw Problem(
        error.found, at: .init(file: dataset.path, id: article.id), expected: error.expected,
        advice: "kalimat validate says all that is wrong with this dataset.")
    }
    let configuration = BuildConfiguration(manifest: dataset.manifest, rules: dataset.rules)
    return try DoubtFinder(configuration).doubts(in: stored)
  }

  private func stored(_ article: ShownArticle) throws(RecordFault) -> StoredArticle {
    var documents = RecordValues(dataset.rules, .documents)
    try documents.parse(article.line.span)
    var stored = documents.document(article.line.span, split: article.split)
    for record in article.records {
      var values = RecordValues(dataset.rules, record.kind)
      try values.parse(record.line.span)
      stored.sentences.append(values.sentence(record.line.span, isRejected: record.kind == .rejected))
    }
    return stored
  }
}
