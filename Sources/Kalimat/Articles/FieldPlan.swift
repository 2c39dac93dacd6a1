/// The fields that a command line names; what is nil is guessed, what is the empty name is not read.
public struct FieldRequest: Sendable, Equatable {
  /// In the order their values are joined; empty where none is named.
  public var text: [String] = []
  public var id, url, lang, title, published, license: String?
  /// The field with the path of an article that was a file of its own, its key then; never guessed.
  public var path: String?
  /// `--split-by`; never guessed.
  public var splitBy: String?
  /// `--source-field`; never guessed.
  public var source: String?
  /// `--keep`; never guessed.
  public var keep: [String] = []

  public init() {}

  /// The names in options such as `--text-field title,text`, each given any number of times.
  public static func names(_ options: [String]) -> [String] {
    options.flatMap { $0.utf8.split(separator: 0x2C).map { String(Substring($0)) } }
  }
}

/// Which fields of a JSON Lines record are read, and as what. `a.b` is the field b of the object a; a field that is
/// called "a.b" itself wins.
public struct FieldPlan: Sendable, Equatable {
  /// In the order their values are joined.
  public var text: [String]
  public var id, url, lang, title, published, license, splitBy, path, source: String?
  public var keep: [String] = []
  /// What the keys of JSON Lines articles are made of; articles that are files have the kind `path`.
  public var keyKind: KeyKind
  /// Sentences for the user: what was guessed, and what the keys are made of.
  public var guessed: [String] = []

  public init(text: [String], keyKind: KeyKind) {
    self.text = text
    self.keyKind = keyKind
  }

  /// What fields may be called, the likeliest first.
  private enum Candidates {
    static let text = ["text", "content", "body", "article", "maintext", "raw_content", "article_text", "article_body"]
    static let url = ["url", "source_url", "link"]
    static let lang = ["lang", "language"]
    static let title = ["title", "headline"]
    static let published = [
      "published", "published_at", "date", "date_published", "publish_date", "date_publish", "pub_date",
    ]
    static let license = ["license", "licence"]
  }

  /// The plan for all files: what was asked for, and the rest guessed from the first record of the first JSON Lines file
  /// by path. That file is opened and read up to its first object; what is read ahead of standard input is put back.
  ///
  /// - Throws: a `Problem` where no field of that record looks like an article's text.
  public static func plan(
    _ request: FieldRequest, files: [InputFile], encoding: String?
  ) throws(Problem) -> FieldPlan {
    for file in files where file.format == .jsonLines {
      if let first = try FirstRecord.find(in: file, encoding: encoding) {
        return try plan(request, first: first.value, at: .init(file: file.placeName, line: first.line))
      }
    }
    return try plan(request, first: nil, at: nil)
  }

  /// - Parameters:
  ///   - first: the first record; nil where there is none.
  ///   - place: where it stands.
  static func plan(_ request: FieldRequest, first: JSONValue?, at place: Problem.Place?) throws(Problem) -> FieldPlan {
    var guess = FieldGuess(record: first)
    var text = request.text
    if text.isEmpty {
      if let name = guess.name(nil, "text-field", Candidates.text) {
        text = [name]
      } else if let first, let place {
        throw noText(first, at: place)
      }
    }
    let id = guess.name(request.id, "id-field", ["id"], where: FieldGuess.isThere)
    let url = guess.name(request.url, "url-field", Candidates.url)
    var plan = FieldPlan(text: text, keyKind: keyKind(request, hasID: id != nil, url: url))
    plan.id = id
    plan.url = url
    plan.lang = guess.language(request.lang, Candidates.lang)
    plan.title = guess.name(request.title, "title-field", Candidates.title)
    plan.published = guess.name(request.published, "published-field", Candidates.published)
    plan.license = guess.name(request.license, "license-field", Candidates.license)
    plan.splitBy = request.splitBy
    plan.path = request.path
    plan.source = request.source
    plan.keep = request.keep
    if let place {
      if !guess.said.isEmpty { plan.guessed.append("Guessed from \(place): \(guess.said.joined(separator: " ")).") }
      plan.guessed += guess.notRead + [plan.sayKey]
    }
    return plan
  }

  /// docs/FORMAT.md, "Key".
  private static func keyKind(_ request: FieldRequest, hasID: Bool, url: String?) -> KeyKind {
    if request.path != nil { return .path }
    let isURLAsked = request.url.map { !$0.utf8.isEmpty } ?? false
    if isURLAsked && request.id == nil { return .url }
    if hasID { return .id }
    // Of the guessed ones only `url` itself: a `link` may well be the same for many articles.
    if let url, isURLAsked || url.utf8.elementsEqual("url".utf8) { return .url }
    return .content
  }

  private var sayKey: String {
    switch keyKind {
    case .id: "The articles of JSON Lines have their field \"\(id ?? "")\" as key (--id-field)."
    case .url: "The articles of JSON Lines have their field \"\(url ?? "")\" as key (--url-field)."
    default:
      "The articles of JSON Lines have their text as key: an edited article has a new doc_id (--id-field, --url-field)."
    }
  }

  private static func noText(_ first: JSONValue, at place: Problem.Place) -> Problem {
    Problem(
      "no field that looks like an article's text", at: place,
      expected: "one of \(Candidates.text.joined(separator: ", "))",
      advice: "Name it with --text-field; this record has \(FieldName.names(in: first)).")
  }
}
