/// One side of an alignment: a dataset, or articles that become one on the way, as `kalimat build` would make it.
final class AlignedSide {
  let folder: DatasetFolder
  /// In the order of their doc_ids, with their sentences only.
  let articles: [StoredArticle]

  /// - Parameters:
  ///   - path: a dataset, a folder of articles or a file of them.
  ///   - language: only its articles (BCP 47).
  ///   - segmentsByIt: whether articles that are read here are of that language, and not of what they are found to be.
  ///   - scratch: a path where nothing is yet, for the dataset of articles.
  init(_ path: String, language: String?, segmentsByIt: Bool, scratch: String, jobs: Int) throws(Problem) {
    if FileSystem.kind(of: path) == .folder, FileSystem.kind(of: "\(path)/manifest.json") == .file {
      folder = try DatasetFolder(path)
    } else {
      folder = try Self.build(path, language: segmentsByIt ? language : nil, output: scratch, jobs: jobs)
    }
    articles = try Self.articles(of: folder, language)
  }

  private static func build(
    _ path: String, language: String?, output: String, jobs: Int
  ) throws(Problem) -> DatasetFolder {
    var request = BuildRequest()
    request.inputs = [path]
    request.output = output
    request.jobs = jobs
    var configuration = BuildConfiguration()
    configuration.compression = .none
    configuration.language = language
    let summary = try Build(request, configuration).run()
    if summary.totals.documents == 0 {
      throw Problem("there are no articles", at: .init(file: path), expected: "a dataset, or articles to make one of")
    }
    return try DatasetFolder(output)
  }

  private static func articles(of folder: DatasetFolder, _ language: String?) throws(Problem) -> [StoredArticle] {
    let stream = try OrderedArticleStream(folder)
    var articles: [StoredArticle] = []
    while var article = try stream.next() {
      try Interruption.check()
      if let language, !article.language.elementsEqual(language.utf8) { continue }
      article.sentences.removeAll { $0.isRejected || !$0.reason.isEmpty }
      for index in article.sentences.indices {
        // An alignment asks only for text and place: all articles are in memory together.
        article.sentences[index].raw = []
        article.sentences[index].separator = []
        article.sentences[index].language = []
      }
      articles.append(article)
    }
    return articles
  }
}
