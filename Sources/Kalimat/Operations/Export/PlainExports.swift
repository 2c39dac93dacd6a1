/// A sentence a line.
struct TextExport: ExportWriter {
  mutating func add(
    _ article: borrowing ArticleRecords, chosen: [Int], to out: inout ExportOutput
  ) throws(Problem) {
    for index in chosen {
      out.main.append(article.bytes(article.sentences[index].text))
      out.main.append(byte: 0x0A)
    }
  }
}

/// An article a line: doc_id, its text, and where its sentences stand in it (code points).
struct DocumentsExport: ExportWriter {
  mutating func add(
    _ article: borrowing ArticleRecords, chosen: [Int], to out: inout ExportOutput
  ) throws(Problem) {
    out.main.append("{\"doc_id\":\"")
    out.main.append(article.bytes(article.id))
    out.main.append("\",\"text\":\"")
    out.main.append(escaped: article.bytes(article.lead))
    for sentence in article.sentences {
      out.main.append(escaped: article.bytes(sentence.slice))
      out.main.append(escaped: article.bytes(sentence.separator))
    }
    out.main.append("\",\"sentences\":[")
    for (count, index) in chosen.enumerated() {
      if count > 0 { out.main.append(byte: 0x2C) }
      out.main.append(byte: 0x5B)
      out.main.append(decimal: article.sentences[index].start)
      out.main.append(byte: 0x2C)
      out.main.append(decimal: article.sentences[index].end)
      out.main.append(byte: 0x5D)
    }
    out.main.append("]}\n")
  }
}

/// A sentence a line, and its ID on the same line of the file beside it: what Moses, fairseq and Marian read.
struct MosesExport: ExportWriter {
  mutating func add(
    _ article: borrowing ArticleRecords, chosen: [Int], to out: inout ExportOutput
  ) throws(Problem) {
    for index in chosen {
      out.main.append(article.bytes(article.sentences[index].text))
      out.main.append(byte: 0x0A)
      out.side.append(article.bytes(article.sentences[index].id))
      out.side.append(byte: 0x0A)
    }
  }
}

/// One JSON object a line for batch translation by a language model: custom_id is the sentence's ID.
struct BatchExport: ExportWriter {
  private let targetLanguage: [UInt8]
  private let contentSHA256: [UInt8]

  init(_ context: ExportContext) {
    targetLanguage = Array(context.targetLanguage.utf8)
    contentSHA256 = Array(context.contentSHA256.utf8)
  }

  mutating func add(
    _ article: borrowing ArticleRecords, chosen: [Int], to out: inout ExportOutput
  ) throws(Problem) {
    for index in chosen {
      let sentence = article.sentences[index]
      let (previous, next) = article.neighbours(of: index)
      member("{\"custom_id\":\"", article.bytes(sentence.id), to: &out.main)
      member("\",\"source_lang\":\"", article.bytes(sentence.language), to: &out.main)
      member("\",\"target_lang\":\"", targetLanguage.span, to: &out.main)
      member("\",\"source\":\"", article.bytes(sentence.text), to: &out.main)
      member("\",\"previous\":\"", article.bytes(previous), to: &out.main)
      member("\",\"next\":\"", article.bytes(next), to: &out.main)
      member("\",\"doc_id\":\"", article.bytes(article.id), to: &out.main)
      member("\",\"content_sha256\":\"", contentSHA256.span, to: &out.main)
      out.main.append("\"}\n")
    }
  }

  private func member(_ lead: StaticString, _ value: Span<UInt8>, to out: inout ByteBuffer) {
    out.append(lead)
    out.append(escaped: value)
  }
}
