/// A sentence a line.
struct TextExport: ExportWriter {
  mutating func add(_ article: StoredArticle, chosen: [Int], to out: inout ExportOutput) throws(Problem) {
    for index in chosen {
      out.main.append(article.sentences[index].text)
      out.main.append(byte: 0x0A)
    }
  }
}

/// An article a line: doc_id, its text, and where its sentences stand in it (code points).
struct DocumentsExport: ExportWriter {
  mutating func add(_ article: StoredArticle, chosen: [Int], to out: inout ExportOutput) throws(Problem) {
    out.main.append("{\"doc_id\":\"")
    out.main.append(article.id)
    out.main.append("\",\"text\":\"")
    out.main.append(escaped: article.text)
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
  mutating func add(_ article: StoredArticle, chosen: [Int], to out: inout ExportOutput) throws(Problem) {
    for index in chosen {
      out.main.append(article.sentences[index].text)
      out.main.append(byte: 0x0A)
      out.side.append(article.sentences[index].id)
      out.side.append(byte: 0x0A)
    }
  }
}

/// One JSON object a line for batch translation by a language model: custom_id is the sentence's ID.
struct BatchExport: ExportWriter {
  private let context: ExportContext

  init(_ context: ExportContext) { self.context = context }
  mutating func add(_ article: StoredArticle, chosen: [Int], to out: inout ExportOutput) throws(Problem) {
    for index in chosen {
      let sentence = article.sentences[index]
      let (previous, next) = article.neighbours(of: index)
      let line = JSONValue.members([
        ("custom_id", .string(sentence.id)), ("source_lang", .string(sentence.language)),
        ("target_lang", .text(context.targetLanguage)), ("source", .string(sentence.text)),
        ("previous", .string(previous)), ("next", .string(next)), ("doc_id", .string(article.id)),
        ("content_sha256", .text(context.contentSHA256)),
      ]).line
      out.main.append(line)
    }
  }
}

extension StoredArticle {
  /// The texts of the sentences before and after one, rejects apart; empty where there is none.
  func neighbours(of index: Int) -> (previous: [UInt8], next: [UInt8]) {
    let previous = sentences[..<index].last { !$0.isRejected }?.text ?? []
    let next = sentences[(index + 1)...].first { !$0.isRejected }?.text ?? []
    return (previous, next)
  }
}
