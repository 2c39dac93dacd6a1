/// Which sentences are given out: `--where split=train,lang=id,kind=body,doc_id=d…`.
public struct ExportSelection: Sendable, Equatable {
  var splits: [String] = []
  var languages: [String] = []
  var kinds: [String] = []
  var documents: [String] = []

  public init() {}

  /// Reads conditions with commas between; a name that stands several times takes any of its values.
  public init(_ conditions: [String]) throws(Problem) {
    for condition in conditions.flatMap({ $0.split(separator: ",").map(String.init) }) {
      let sides = condition.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else { throw Self.refusal(of: condition) }
      switch sides[0] {
      case "split": splits.append(sides[1])
      case "lang": languages.append(sides[1])
      case "kind": kinds.append(sides[1])
      case "doc_id": documents.append(sides[1])
      default: throw Self.refusal(of: condition)
      }
    }
    for kind in kinds where !RecordKeys.kinds.contains(where: { $0.utf8.elementsEqual(kind.utf8) }) {
      throw .usage("--where kind=\(kind)", expected: "one of \(RecordKeys.kinds.joined(separator: ", "))")
    }
    for document in documents {
      let bytes = Array(document.utf8)
      if DocumentID(bytes.span) != nil { continue }
      throw .usage("--where doc_id=\(document)", expected: "d and 16 digits of base32hex, e.g. db826269i8q00mhol")
    }
  }

  private static func refusal(of condition: String) -> Problem {
    .usage("--where \(condition)", expected: "split=NAME, lang=TAG, kind=KIND or doc_id=ID, with commas between")
  }

  /// The same by what the dataset's manifest says.
  func check(_ folder: DatasetFolder) throws(Problem) {
    try check(
      splits: folder.rules.split?.parts.map(\.name) ?? [], languages: Array(folder.manifest.totals.languages.keys))
  }

  /// Refuses splits and languages that a dataset has not: a slip of the pen would give out nothing, or miss nothing, and say nothing.
  func check(splits known: [String], languages spoken: [String]) throws(Problem) {
    for (name, wanted, there) in [("split", splits, known), ("lang", languages, spoken)] {
      for value in wanted where !there.contains(where: { $0.utf8.elementsEqual(value.utf8) }) {
        throw .usage(
          "--where \(name)=\(value), which the dataset has not",
          expected: there.isEmpty ? "no condition" : "one of \(there.sorted().joined(separator: ", "))")
      }
    }
  }

  /// Whether a sentence of the article was asked for.
  func takes(_ sentence: StoredSentence, of article: StoredArticle) -> Bool {
    takes(sentence, document: article.id.span, split: Array(article.split.utf8).span)
  }

  /// The same by the article's ID and split.
  func takes(_ sentence: StoredSentence, document: Span<UInt8>, split: Span<UInt8>) -> Bool {
    !sentence.isRejected && sentence.reason.isEmpty && Self.matches(languages, sentence.language.span)
      && Self.matches(kinds, sentence.kind.span) && takes(article: document, split: split)
  }

  /// The same where it stands in its article's records.
  func takes(_ index: Int, of article: borrowing ArticleRecords) -> Bool {
    let sentence = article.sentences[index]
    return !sentence.isRejected && sentence.reason.isEmpty
      && Self.matches(languages, article.bytes(sentence.language)) && Self.matches(kinds, article.bytes(sentence.kind))
  }

  /// Whether any sentence of the article can have been asked for.
  func takes(article id: Span<UInt8>, split: Span<UInt8>) -> Bool {
    Self.matches(documents, id) && Self.matches(splits, split)
  }

  /// Whether a pair of a bitext dataset was asked for; it has no kind.
  func takes(_ record: BitextRecord, split: String) -> Bool {
    Self.matches(languages, record.sourceLanguage.span)
      && takes(article: record.document.span, split: Array(split.utf8).span)
  }

  private static func matches(_ wanted: [String], _ value: Span<UInt8>) -> Bool {
    if wanted.isEmpty { return true }
    for name in wanted where Kernels.equal(value, name.utf8.span) { return true }
    return false
  }

  /// The conditions, as a manifest's config has them.
  var manifestValue: JSONValue {
    let all = [("split", splits), ("lang", languages), ("kind", kinds), ("doc_id", documents)]
    return .array(all.flatMap { name, values in values.map { .text("\(name)=\($0)") } })
  }
}
