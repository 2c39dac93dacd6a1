internal import ICU

/// What a record came to.
public enum ParsedArticle: Sendable {
  case article(Article)
  case problem(Problem)
}

/// Turns pieces of files into articles: a pure function of a piece, to be called from any thread.
public struct ArticleParser: Sendable {
  let fields: FieldPlan
  /// `--lang`, canonical; it wins over the record's field.
  let language: String?
  /// Whether a problem names the record's key too: where lines come from a pipe, their numbers tell nobody anything.
  var namesKeys = false
  private let names: Names

  /// The plan's names, made ready for looking up once.
  private struct Names: Sendable {
    var text: [FieldName]
    var id, url, lang, title, published, license, splitBy, path, source: FieldName?
    var keep: [FieldName]

    init(_ plan: FieldPlan) {
      text = plan.text.map(FieldName.init)
      id = plan.id.map(FieldName.init)
      url = plan.url.map(FieldName.init)
      lang = plan.lang.map(FieldName.init)
      title = plan.title.map(FieldName.init)
      published = plan.published.map(FieldName.init)
      license = plan.license.map(FieldName.init)
      splitBy = plan.splitBy.map(FieldName.init)
      path = plan.path.map(FieldName.init)
      source = plan.source.map(FieldName.init)
      keep = plan.keep.map(FieldName.init)
    }
  }

  /// - Parameter language: `--lang`, a canonical BCP 47 tag; nil where each record's field, or detection, says it.
  public init(fields: FieldPlan, language: String?) {
    self.fields = fields
    self.language = language
    names = Names(fields)
  }

  /// The piece's articles and problems, in their order.
  ///
  /// - Complexity: O(n) in the piece's bytes.
  public func parse(_ piece: InputPiece, of file: InputFile) -> [ParsedArticle] {
    if file.format == .text {
      var article = Article(keyKind: .path, key: file.path, text: piece.bytes, path: file.path, record: 0)
      article.language = language ?? ""
      return [.article(article)]
    }
    let isAllUTF8 = Kernels.validPrefix(piece.bytes.span) == piece.bytes.count
    return JSONLine.split(piece).map { line in
      var place = Problem.Place(file: file.placeName, line: line.number, byteOffset: piece.byteOffset + line.start)
      do throws(Problem) {
        let bytes = piece.bytes.span.extracting(line.start..<line.end)
        if !isAllUTF8 {
          let valid = Kernels.validPrefix(bytes)
          if valid < bytes.count {
            place.byteOffset = piece.byteOffset + line.start + valid
            throw EncodingCheck.notUTF8(bytes.extracting(droppingFirst: valid), at: place)
          }
        }
        let record = try Self.object(bytes, at: place)
        if namesKeys, let name = keyName, case .string(let key)? = name.value(in: record) {
          place.id = String(decoding: key, as: UTF8.self)
        }
        return .article(try article(of: record, path: file.path, at: place))
      } catch {
        return .problem(error)
      }
    }
  }

  // MARK: A record

  private static func object(_ line: Span<UInt8>, at place: Problem.Place) throws(Problem) -> JSONValue {
    let value: JSONValue
    do { value = try JSONParser.parse(validUTF8: line) } catch {
      var place = place
      place.byteOffset = place.byteOffset.map { $0 + error.byteOffset }
      if error.expected.utf8.elementsEqual(JSONSyntaxError.eachKeyOnce.utf8) {
        throw Problem(
          error.found, at: place, expected: error.expected,
          advice: "One of the two values would be lost: rename its key.")
      }
      let end = "the end of the text"
      throw Problem(
        "no JSON: found \(error.found.utf8.elementsEqual(end.utf8) ? "the end of the line" : error.found)", at: place,
        expected: error.expected.utf8.starts(with: end.utf8) ? "the end of the line after the object" : error.expected,
        advice:
          "Each article is one JSON object on one line: jq -c . FILE writes objects so, jq -c '.[]' FILE an array's.")
    }
    if case .object = value { return value }
    throw Problem(
      "the line is \(value.kindForPeople)", at: place, expected: "a JSON object with the article's fields",
      advice: "jq -c '.[]' FILE writes an array's elements a line each.")
  }

  private func article(of record: JSONValue, path: [UInt8], at place: Problem.Place) throws(Problem) -> Article {
    let text = try text(of: record, at: place)
    var article = Article(
      keyKind: fields.keyKind, key: try key(of: record, at: place), text: text, path: path, record: place.line ?? 0)
    if fields.keyKind == .path { (article.path, article.record) = (article.key, 0) }
    article.language = try language(of: record, at: place)
    article.title = Self.spelled(names.title, in: record)
    article.url = Self.spelled(names.url, in: record)
    article.published = Self.spelled(names.published, in: record)
    article.license = Self.spelled(names.license, in: record)
    // Absent and empty are the same, as in the document's meta: so that the split can be told from the dataset.
    let splitValue = Self.spelled(names.splitBy, in: record)
    article.splitValue = splitValue.isEmpty ? nil : splitValue
    let sourceValue = Self.spelled(names.source, in: record)
    article.sourceValue = sourceValue.isEmpty ? nil : sourceValue
    article.kept = names.keep.map { Self.spelled($0, in: record) }
    return article
  }

  /// T: the values of the text fields, joined by an empty line, without a BOM before it.
  private func text(of record: JSONValue, at place: Problem.Place) throws(Problem) -> [UInt8] {
    var text: [UInt8] = []
    var isThere = false
    for name in names.text {
      guard let value = name.value(in: record) else { continue }
      guard case .string(let bytes) = value else {
        throw Problem(
          "the field \"\(name.name)\" is \(value.kindForPeople)", at: place,
          expected: "a string with the article's text")
      }
      isThere = true
      if bytes.isEmpty { continue }
      if text.isEmpty { text = bytes } else { text += [0x0A, 0x0A] + bytes }
    }
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
    if !text.isEmpty { return text }
    let list = fields.text.map { "\"\($0)\"" }.joined(separator: ", ")
    if isThere {
      throw Problem(
        "the field \(list) is empty", at: place, expected: "at least one character of text",
        advice: "Take the line out, or build the rest with --skip-bad.")
    }
    throw Problem(
      "no field \(list)", at: place, expected: "the article's text in it",
      advice: "Name the field with --text-field; this record has \(FieldName.names(in: record)).")
  }

  /// The field that keys are made of; nil where it is the text.
  private var keyName: FieldName? {
    switch fields.keyKind {
    case .id: names.id
    case .url: names.url
    case .path: names.path
    case .content: nil
    }
  }

  private func key(of record: JSONValue, at place: Problem.Place) throws(Problem) -> [UInt8] {
    guard let name = keyName else { return [] }
    let types = fields.keyKind == .id ? "a string or an integer" : "a string"
    switch name.value(in: record) {
    case .string(let bytes) where !bytes.isEmpty: return bytes
    case .number(let bytes) where fields.keyKind == .id && bytes.allSatisfy { 0x30...0x39 ~= $0 || $0 == 0x2D }:
      return bytes
    case .number(let bytes):
      throw Problem(
        "the field \"\(name.name)\" is the number \(String(decoding: bytes, as: UTF8.self))", at: place,
        expected: types,
        advice: Self.keyAdvice)
    case nil, .string:
      let found = name.value(in: record) == nil ? "no field \"\(name.name)\"" : "the field \"\(name.name)\" is empty"
      throw Problem(
        found, at: place, expected: "\(types): it is the key of every article", advice: Self.keyAdvice)
    case let value?:
      throw Problem(
        "the field \"\(name.name)\" is \(value.kindForPeople)", at: place, expected: types, advice: Self.keyAdvice)
    }
  }

  private static let keyAdvice = "Name another key with --id-field or --url-field; --id-field '' takes no id."

  private func language(of record: JSONValue, at place: Problem.Place) throws(Problem) -> String {
    if let language { return language }
    guard let name = names.lang, let value = name.value(in: record) else { return "" }
    let advice = "--lang gives one language to all; --lang-field '' leaves the field out, and languages are detected."
    guard case .string(let bytes) = value else {
      throw Problem(
        "the field \"\(name.name)\" is \(value.kindForPeople)", at: place,
        expected: "a BCP 47 tag such as id or zh-Hant",
        advice: advice)
    }
    if bytes.isEmpty { return "" }
    let tag = String(decoding: bytes, as: UTF8.self)
    guard let canonical = LanguageTag.canonical(tag) else {
      throw Problem(
        "the field \"\(name.name)\" is \"\(tag)\"", at: place, expected: "a BCP 47 tag such as id or zh-Hant",
        advice: advice)
    }
    return canonical
  }

  /// A string's value, else compact JSON; empty where the field is absent or null, or none is named.
  private static func spelled(_ name: FieldName?, in record: JSONValue) -> [UInt8] {
    guard let value = name?.value(in: record) else { return [] }
    if case .string(let bytes) = value { return bytes }
    return CanonicalJSON.compact(value)
  }
}

extension JSONValue {
  /// What it is, e.g. `an array`.
  var kindForPeople: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
