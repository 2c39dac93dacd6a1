/// The columns of TSV and CSV: the last one's name says which dataset it came of, and its cells are empty.
private enum Table {
  static func header(_ context: ExportContext) -> [String] {
    ["id", "source", "target", "source_lang", "target_lang", "doc_id", "content_sha256:\(context.contentSHA256)"]
  }

  static func cells(_ sentence: StoredSentence, _ article: StoredArticle, _ context: ExportContext) -> [[UInt8]] {
    [sentence.id, sentence.text, [], sentence.language, Array(context.targetLanguage.utf8), article.id, []]
  }
}

/// Tab-separated values: a tab, a line end or a backslash inside a text is written as `\t`, `\n`, `\r`, `\\` (IANA's
/// text/tab-separated-values has no way to carry them; PostgreSQL and Hive read these).
struct TSVExport: ExportWriter {
  private let context: ExportContext

  init(_ context: ExportContext) { self.context = context }

  mutating func begin(_ out: inout ExportOutput) { append(Table.header(context).map { Array($0.utf8) }, to: &out) }
  mutating func end(_ out: inout ExportOutput) {}

  mutating func add(_ article: StoredArticle, chosen: [Int], to out: inout ExportOutput) throws(Problem) {
    for index in chosen { append(Table.cells(article.sentences[index], article, context), to: &out) }
  }

  private func append(_ cells: [[UInt8]], to out: inout ExportOutput) {
    for (i, cell) in cells.enumerated() {
      if i > 0 { out.main.append(byte: 0x09) }
      for byte in cell {
        switch byte {
        case 0x09: out.main.append("\\t")
        case 0x0A: out.main.append("\\n")
        case 0x0D: out.main.append("\\r")
        case 0x5C: out.main.append("\\\\")
        default: out.main.append(byte: byte)
        }
      }
    }
    out.main.append(byte: 0x0A)
  }
}

/// Comma-separated values (RFC 4180), every cell in quotes, lines ended by CRLF as spreadsheets write them.
struct CSVExport: ExportWriter {
  private let context: ExportContext

  init(_ context: ExportContext) { self.context = context }

  mutating func begin(_ out: inout ExportOutput) { append(Table.header(context).map { Array($0.utf8) }, to: &out) }
  mutating func end(_ out: inout ExportOutput) {}

  mutating func add(_ article: StoredArticle, chosen: [Int], to out: inout ExportOutput) throws(Problem) {
    for index in chosen { append(Table.cells(article.sentences[index], article, context), to: &out) }
  }

  private func append(_ cells: [[UInt8]], to out: inout ExportOutput) {
    for (i, cell) in cells.enumerated() {
      if i > 0 { out.main.append(byte: 0x2C) }
      out.main.append(byte: 0x22)
      for byte in cell {
        if byte == 0x22 { out.main.append(byte: 0x22) }
        out.main.append(byte: byte)
      }
      out.main.append(byte: 0x22)
    }
    out.main.append("\r\n")
  }
}
