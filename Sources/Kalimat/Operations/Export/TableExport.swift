/// TSV and CSV: a row a sentence, with an empty cell for its translation. The last column's name says which dataset it came of, and
/// its cells are empty.
struct TableExport: ExportWriter {
  /// How cells are told apart.
  enum Dialect {
    /// A tab, a line end or a backslash inside a text is written as `\t`, `\n`, `\r`, `\\`: IANA's
    /// text/tab-separated-values has no way to carry them; PostgreSQL and Hive read these.
    case tsv
    /// RFC 4180: every cell in quotes, lines ended by CRLF as spreadsheets write them.
    case csv
  }

  private let context: ExportContext
  private let dialect: Dialect

  init(_ context: ExportContext, _ dialect: Dialect) {
    self.context = context
    self.dialect = dialect
  }

  mutating func begin(_ out: inout ExportOutput) {
    let header = [
      "id", "source", "target", "source_lang", "target_lang", "doc_id", "content_sha256:\(context.contentSHA256)",
    ]
    for (i, name) in header.enumerated() {
      if i == 0 { cell(Array(name.utf8).span, to: &out.main) } else { next(Array(name.utf8).span, to: &out.main) }
    }
    out.main.append(dialect == .tsv ? "\n" : "\r\n")
  }

  mutating func add(
    _ article: borrowing ArticleRecords, chosen: [Int], to out: inout ExportOutput
  ) throws(Problem) {
    let target = Array(context.targetLanguage.utf8)
    let nothing: [UInt8] = []
    for index in chosen {
      let sentence = article.sentences[index]
      cell(article.bytes(sentence.id), to: &out.main)
      next(article.bytes(sentence.text), to: &out.main)
      next(nothing.span, to: &out.main)
      next(article.bytes(sentence.language), to: &out.main)
      next(target.span, to: &out.main)
      next(article.bytes(article.id), to: &out.main)
      next(nothing.span, to: &out.main)
      out.main.append(dialect == .tsv ? "\n" : "\r\n")
    }
  }

  /// A cell that is not a row's first.
  private func next(_ text: Span<UInt8>, to out: inout ByteBuffer) {
    out.append(byte: dialect == .tsv ? 0x09 : 0x2C)
    cell(text, to: &out)
  }

  private func cell(_ text: Span<UInt8>, to out: inout ByteBuffer) {
    switch dialect {
    case .tsv: Self.appendEscaped(text, to: &out)
    case .csv: appendQuoted(text, to: &out)
    }
  }

  private func appendQuoted(_ cell: Span<UInt8>, to out: inout ByteBuffer) {
    out.append(byte: 0x22)
    out.append(
      cell,
      replacing: { (byte, out) in
        if byte != 0x22 { return false }
        out.append("\"\"")
        return true
      })
    out.append(byte: 0x22)
  }

  /// One cell of TSV.
  static func appendEscaped(_ cell: Span<UInt8>, to out: inout ByteBuffer) {
    out.append(
      cell,
      replacing: { (byte, out) in
        switch byte {
        case 0x09: out.append("\\t")
        case 0x0A: out.append("\\n")
        case 0x0D: out.append("\\r")
        case 0x5C: out.append("\\\\")
        default: return false
        }
        return true
      })
  }
}
