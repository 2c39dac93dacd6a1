/// An article's language, and how many of its sentences in data/ are in others.
struct LanguageTally: Sendable {
  let article: String
  private var others: [(tag: String, sentences: Int)] = []

  init(article: String) { self.article = article }

  /// Counts a sentence that is in another language than its article.
  mutating func add(_ tag: String) {
    if let index = others.firstIndex(where: { $0.tag == tag }) {
      others[index].sentences += 1
    } else {
      others.append((tag, 1))
    }
  }

  /// Adds the article to a dataset's totals.
  ///
  /// - Parameter sentences: its sentences in data/, of all languages.
  func count(sentences: Int, in totals: inout Manifest.Totals) {
    totals.languages[article, default: .init()].documents += 1
    totals.languages[article, default: .init()].sentences += others.reduce(sentences) { $0 - $1.sentences }
    for other in others { totals.languages[other.tag, default: .init()].sentences += other.sentences }
  }

  // MARK: In a run's file

  /// `id`, or `id en 2 de 1`.
  var encoded: String { others.reduce(article) { "\($0) \($1.tag) \($1.sentences)" } }

  init(encoded: String) {
    let parts = encoded.split(separator: " ")
    article = parts.first.map(String.init) ?? "und"
    for index in stride(from: 1, to: parts.count - 1, by: 2) {
      others.append((String(parts[index]), Int(parts[index + 1]) ?? 0))
    }
  }
}
