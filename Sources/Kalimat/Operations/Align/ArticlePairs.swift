internal import Alignment

/// How it is known which articles of two datasets translate each other.
public enum PairingRule: Sendable, Equatable {
  /// Their files are called the same: the last part of the path, without its extension.
  case name
  case url
  /// Their keys are the same.
  case id
  /// By what they say: numbers, names, and the words that the pairs found so far teach.
  case content
  /// A file: source key (or path), target key, with a tab between.
  case file(String)

  /// What `--pairs-by` takes.
  public static let names = ["name", "url", "id", "content"]

  public init?(name: String) {
    switch name {
    case "name": self = .name
    case "url": self = .url
    case "id": self = .id
    case "content": self = .content
    default: return nil
    }
  }
}

/// Finds pairs among the articles of two sides; each article is in one at most.
struct ArticlePairs {
  let source: [StoredArticle]
  let target: [StoredArticle]

  /// Pairs by their indices, in the order of the source.
  ///
  /// - Parameter aids: what helps to pair by content.
  func pairs(by rule: PairingRule, aids: AidFiles, jobs: Int) throws(Problem) -> [(source: Int, target: Int)] {
    switch rule {
    case .name: try pairs(of: "name") { Self.name(of: $0) }
    case .url: try pairs(of: "url") { $0.url }
    case .id: try pairs(of: "id") { $0.key }
    case .file(let path): try pairs(listedIn: path)
    case .content: try pairsByContent(aids, jobs: jobs)
    }
  }

  /// The last part of an article's path, without what stands behind its last point.
  private static func name(of article: StoredArticle) -> [UInt8] {
    let last = article.source.split(separator: 0x2F).last ?? []
    guard let point = last.lastIndex(of: 0x2E), point > last.startIndex else { return Array(last) }
    return Array(last[..<point])
  }

  private func pairs(
    of field: String, _ value: (StoredArticle) -> [UInt8]
  ) throws(Problem) -> [(source: Int, target: Int)] {
    let targets = try index(target, field, value)
    let sources = try index(source, field, value)
    return sources.compactMap { entry in targets[entry.key].map { (entry.value, $0) } }.sorted { $0.0 < $1.0 }
  }

  private func index(
    _ articles: [StoredArticle], _ field: String, _ value: (StoredArticle) -> [UInt8]
  ) throws(Problem) -> [[UInt8]: Int] {
    var index: [[UInt8]: Int] = [:]
    for (i, article) in articles.enumerated() {
      let key = value(article)
      if key.isEmpty { continue }
      if let other = index[key] {
        throw Problem(
          "two articles have the \(field) \"\(String(decoding: key, as: UTF8.self))\": \(Self.text(articles[other].source)) and \(Self.text(article.source))",
          expected: "one on each side", advice: "Name --source-lang and --target-lang, or list the pairs: --pairs FILE."
        )
      }
      index[key] = i
    }
    return index
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func pairs(listedIn path: String) throws(Problem) -> [(source: Int, target: Int)] {
    let sources = try index(source, "key") { $0.key }
    let targets = try index(target, "key") { $0.key }
    var pairs: [(source: Int, target: Int)] = []
    for (number, line) in try LineFile(path).lines.enumerated() where !line.isEmpty {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { Array($0.utf8) }
      let place = Problem.Place(file: path, line: number + 1)
      guard fields.count == 2 else {
        throw Problem("a line of \(fields.count) fields", at: place, expected: "source key, a tab, target key")
      }
      guard let one = sources[fields[0]] else {
        throw Problem("no such article in the source: \(Self.text(fields[0]))", at: place)
      }
      guard let other = targets[fields[1]] else {
        throw Problem("no such article in the target: \(Self.text(fields[1]))", at: place)
      }
      if pairs.contains(where: { $0.source == one || $0.target == other }) {
        throw Problem("an article that stands in an earlier pair", at: place, expected: "each article once")
      }
      pairs.append((one, other))
    }
    return pairs.sorted { $0.source < $1.source }
  }

  private func pairsByContent(_ aids: AidFiles, jobs: Int) throws(Problem) -> [(source: Int, target: Int)] {
    func texts(_ articles: [StoredArticle]) -> [[String]] { articles.map { $0.sentences.map { Self.text($0.text) } } }
    var knowledge = try aids.knowledge()
    if let one = Self.language(source), let other = Self.language(target) { knowledge.languages = (one, other) }
    do throws(AlignmentError) {
      return try DocumentPairing().pairs(
        source: texts(source), target: texts(target), knowledge: knowledge, parallel: ThreadMap(jobs: jobs)
      ).map { ($0.source, $0.target) }
    } catch { throw aids.problem(error) }
  }

  /// The language that most of the articles are in.
  private static func language(_ articles: [StoredArticle]) -> String? {
    var counts: [[UInt8]: Int] = [:]
    for article in articles { counts[article.language, default: 0] += 1 }
    let most = counts.max { $0.value != $1.value ? $0.value < $1.value : $1.key.lexicographicallyPrecedes($0.key) }
    return most.map { text($0.key) }
  }
}
