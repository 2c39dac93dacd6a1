/// The XML of WMT's test sets: a doc an article, a seg a sentence. Its segment IDs are integers that begin anew in each doc, so
/// a file beside it has the sentence ID of each: doc_id, segment, id, tab-separated.
struct WMTExport: ExportWriter {
  private let context: ExportContext

  init(_ context: ExportContext) { self.context = context }

  mutating func begin(_ out: inout ExportOutput) {
    out.main.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<dataset id=\"")
    out.main.append(text: context.contentSHA256)
    out.main.append("\">\n")
  }

  mutating func end(_ out: inout ExportOutput) { out.main.append("</dataset>\n") }

  mutating func add(
    _ article: borrowing ArticleRecords, chosen: [Int], to out: inout ExportOutput
  ) throws(Problem) {
    guard !chosen.isEmpty else { return }
    out.main.append("<doc id=\"")
    out.main.append(article.bytes(article.id))
    out.main.append("\" origlang=\"")
    out.main.append(article.bytes(article.language))
    out.main.append("\">\n<src lang=\"")
    out.main.append(article.bytes(article.language))
    out.main.append("\">\n")
    var paragraph: Int? = nil
    for (number, index) in chosen.enumerated() {
      let sentence = article.sentences[index]
      if paragraph != sentence.paragraph {
        out.main.append(paragraph == nil ? "<p>\n" : "</p>\n<p>\n")
        paragraph = sentence.paragraph
      }
      out.main.append("<seg id=\"")
      out.main.append(decimal: number + 1)
      out.main.append("\">")
      if let scalar = XMLText.append(article.bytes(sentence.text), to: &out.main) {
        throw XMLText.refusal(of: scalar, in: article.bytes(sentence.id), "WMT XML")
      }
      out.main.append("</seg>\n")
      out.side.append(article.bytes(article.id))
      out.side.append(byte: 0x09)
      out.side.append(decimal: number + 1)
      out.side.append(byte: 0x09)
      out.side.append(article.bytes(sentence.id))
      out.side.append(byte: 0x0A)
    }
    out.main.append("</p>\n</src>\n</doc>\n")
  }
}
