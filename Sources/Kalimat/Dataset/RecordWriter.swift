internal import Leftovers
internal import Segmentation

/// Everything a sentence record says beside its IDs; slices are byte ranges of the article.
struct RecordContent {
  var sequence: Int
  var paragraph: Int
  var indexInParagraph: Int
  var kind: Kind
  var slice: Range<Int>
  /// Where the separator after it ends.
  var separatorEnd: Int
  /// Code points of T before its first scalar and after its last.
  var start: Int
  var end: Int
  var rule: Rule
  /// The sentence's language where it is not its article's.
  var language: String?
  /// nil: the record has no such key; `.some(nil)`: it has one, without a reason.
  var reason: RejectionReason??
  /// The ID of what is kept in its place; nil where records have no such key.
  var kept: [UInt8]?
}

/// Writes records of one article as lines (docs/FORMAT.md, "A sentence record").
struct RecordWriter {
  let article: Article
  let document: DocumentID
  let language: String
  let languageScore: Int
  let split: String
  let columns: [JoinedColumn]
  /// The bytes of the ID column's start, doc_id and lang, made once an article.
  private let documentPart: [UInt8]
  private let languagePart: [UInt8]
  private let kinds = NameTable.kinds
  private let rules = NameTable.rules

  init(
    article: Article, document: DocumentID, language: String, languageScore: Int, split: String,
    columns: [JoinedColumn]
  ) {
    self.article = article
    self.document = document
    self.language = language
    self.languageScore = languageScore
    self.split = split
    self.columns = columns
    documentPart = Array("\",\"doc_id\":\"\(document)\",\"seq\":".utf8)
    languagePart = Array("\",\"lang\":\"\(language)\",\"raw\":\"".utf8)
  }

  /// Appends the record's line, with its LF.
  func append(
    _ content: RecordContent, id: SentenceID, text: Span<UInt8>, textDiffers: Bool, to out: inout ByteBuffer
  ) {
    let source = article.text.span
    out.append("{\"id\":\"")
    out.append(id.bytes)
    out.append("\",\"text\":\"")
    out.append(escaped: text)
    out.append(documentPart)
    out.append(decimal: content.sequence)
    out.append(",\"para\":")
    out.append(decimal: content.paragraph)
    out.append(",\"kind\":\"")
    kinds.append(Int(content.kind.rawValue), to: &out)
    if let language = content.language {
      out.append("\",\"lang\":\"")
      out.append(text: language)
      out.append("\",\"raw\":\"")
    } else {
      out.append(languagePart)
    }
    if textDiffers { out.append(escaped: source.extracting(content.slice)) }
    out.append("\",\"sep\":\"")
    out.append(escaped: source.extracting(content.slice.upperBound..<content.separatorEnd))
    out.append("\",\"start\":")
    out.append(decimal: content.start)
    out.append(",\"end\":")
    out.append(decimal: content.end)
    out.append(",\"rule\":\"")
    rules.append(Int(content.rule.rawValue), to: &out)
    out.append(byte: 0x22)
    for column in columns { append(column, of: content, text: text, to: &out) }
    if let kept = content.kept {
      out.append(",\"kept\":\"")
      out.append(kept)
      out.append(byte: 0x22)
    }
    if let reason = content.reason {
      out.append(",\"reason\":\"")
      if let reason { NameTable.reasons.append(reason.index, to: &out) }
      out.append(byte: 0x22)
    }
    out.append("}\n")
  }

  private func append(
    _ column: JoinedColumn, of content: RecordContent, text: Span<UInt8>, to out: inout ByteBuffer
  ) {
    out.append(",\"")
    out.append(escaped: Array(column.name.utf8))
    out.append("\":")
    switch column {
    case .derived(.sent): out.append(decimal: content.indexInParagraph)
    case .derived(.startByte): out.append(decimal: content.slice.lowerBound)
    case .derived(.endByte): out.append(decimal: content.slice.upperBound)
    case .document(.record): out.append(decimal: Document.record(of: article))
    case .document(.langScore): out.append(decimal: languageScore)
    default:
      out.append(byte: 0x22)
      appendText(of: column, text: text, to: &out)
      out.append(byte: 0x22)
    }
  }

  private func appendText(of column: JoinedColumn, text: Span<UInt8>, to out: inout ByteBuffer) {
    switch column {
    case .derived(.textID): out.append(TextID(text: text).bytes)
    case .derived(.script): out.append(text: DominantScript.code(of: text))
    case .derived(.source): out.append(escaped: Document.source(of: article))
    case .derived: out.append(escaped: Array(split.utf8))
    case .kept(let index, _): out.append(escaped: article.keptValue(index))
    case .document(let field): out.append(escaped: Document.text(of: field, article))
    }
  }
}
