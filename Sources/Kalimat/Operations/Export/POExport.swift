/// gettext PO: an entry a sentence, its ID as context, its article as reference, its neighbours as comments.
struct POExport: ExportWriter {
  private let context: ExportContext

  init(_ context: ExportContext) { self.context = context }

  mutating func begin(_ out: inout ExportOutput) {
    out.main.append("msgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: ")
    quote(Array((context.datasetName.isEmpty ? "kalimat" : context.datasetName).utf8).span, to: &out.main)
    out.main.append("\\n\"\n\"Language: ")
    out.main.append(text: context.targetLanguage.split(separator: "-").joined(separator: "_"))
    out.main.append("\\n\"\n\"MIME-Version: 1.0\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n")
    out.main.append("\"Content-Transfer-Encoding: 8bit\\n\"\n\"X-Generator: kalimat ")
    out.main.append(text: Version.kalimat)
    out.main.append("\\n\"\n\"X-Content-SHA256: ")
    out.main.append(text: context.contentSHA256)
    out.main.append("\\n\"\n")
  }

  mutating func add(
    _ article: borrowing ArticleRecords, chosen: [Int], to out: inout ExportOutput
  ) throws(Problem) {
    for index in chosen {
      let sentence = article.sentences[index]
      let (previous, next) = article.neighbours(of: index)
      let text = article.bytes(sentence.text)
      if Kernels.find(0, in: text, from: 0, to: text.count) != nil {
        throw XMLText.refusal(of: 0, in: article.bytes(sentence.id), "PO")
      }
      out.main.append(byte: 0x0A)
      comment("#. previous: ", article.bytes(previous), to: &out.main)
      comment("#. next: ", article.bytes(next), to: &out.main)
      reference(article, to: &out.main)
      out.main.append("msgctxt \"")
      out.main.append(article.bytes(sentence.id))
      out.main.append("\"\nmsgid \"")
      quote(text, to: &out.main)
      out.main.append("\"\nmsgstr \"\"\n")
    }
  }

  private func comment(_ lead: StaticString, _ text: Span<UInt8>, to out: inout ByteBuffer) {
    if text.isEmpty { return }
    out.append(lead)
    out.append(text, replacing: { (byte, _) in byte < 0x20 })
    out.append(byte: 0x0A)
  }

  /// Names with white space stand between U+2068 and U+2069, as gettext writes them.
  private func reference(_ article: borrowing ArticleRecords, to out: inout ByteBuffer) {
    let source = article.bytes(article.source)
    let hasSpace = source.indices.contains { source[$0] <= 0x20 }
    out.append("#: ")
    if hasSpace { out.append("\u{2068}") }
    for i in source.indices where source[i] >= 0x20 { out.append(byte: source[i]) }
    if hasSpace { out.append("\u{2069}") }
    if article.record > 0 {
      out.append(byte: 0x3A)
      out.append(decimal: article.record)
    }
    out.append(byte: 0x0A)
  }

  /// C escapes, as gettext reads them; other control characters in octal.
  private func quote(_ text: Span<UInt8>, to out: inout ByteBuffer) {
    out.append(
      text,
      replacing: { (byte, out) in
        switch byte {
        case 0x22, 0x5C:
          out.append(byte: 0x5C)
          out.append(byte: byte)
        case 0x09: out.append("\\t")
        case 0x0A: out.append("\\n")
        case 0x0D: out.append("\\r")
        case 0..<0x20, 0x7F:
          out.append(byte: 0x5C)
          for shift in [6, 3, 0] { out.append(byte: 0x30 + (byte >> UInt8(shift)) & 7) }
        default: return false
        }
        return true
      })
  }
}
