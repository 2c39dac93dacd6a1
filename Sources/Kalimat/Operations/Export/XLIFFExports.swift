/// XLIFF 2.1: a file an article, a unit a paragraph; a sentence is a segment, what stands between sentences an ignorable,
/// so that context is seen and the paragraph's text joins back.
struct XLIFF2Export: ExportWriter {
  private let context: ExportContext

  init(_ context: ExportContext) { self.context = context }

  mutating func begin(_ out: inout ExportOutput) {
    out.main.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    out.main.append("<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.1\" srcLang=\"")
    out.main.append(text: context.sourceLanguage ?? "und")
    out.main.append("\" trgLang=\"")
    out.main.append(text: context.targetLanguage)
    out.main.append("\">\n")
  }

  mutating func end(_ out: inout ExportOutput) { out.main.append("</xliff>\n") }

  mutating func add(
    _ article: borrowing ArticleRecords, chosen: [Int], to out: inout ExportOutput
  ) throws(Problem) {
    guard !chosen.isEmpty else { return }
    out.main.append("<file id=\"")
    out.main.append(article.bytes(article.id))
    out.main.append("\" original=\"")
    XMLText.appendLoose(article.bytes(article.source), to: &out.main)
    out.main.append("\" canResegment=\"no\">\n<notes><note id=\"content_sha256\" category=\"content_sha256\">")
    out.main.append(text: context.contentSHA256)
    out.main.append("</note></notes>\n")
    var wanted = [Bool](repeating: false, count: article.sentences.count)
    for index in chosen { wanted[index] = true }
    var start = 0
    while start < article.sentences.count {
      var end = start + 1
      while end < article.sentences.count && article.sentences[end].paragraph == article.sentences[start].paragraph {
        end += 1
      }
      if wanted[start..<end].contains(true) { unit(article, start..<end, wanted, to: &out.main) }
      start = end
    }
    out.main.append("</file>\n")
  }

  private func unit(
    _ article: borrowing ArticleRecords, _ range: Range<Int>, _ wanted: [Bool], to out: inout ByteBuffer
  ) {
    // One table of what XML cannot carry for the unit: XLIFF 2.1 has an element for such a character.
    out.append("<unit id=\"p")
    out.append(decimal: article.sentences[range.lowerBound].paragraph)
    out.append("\">\n")
    for index in range {
      let sentence = article.sentences[index]
      if wanted[index] {
        out.append("<segment id=\"")
        out.append(article.bytes(sentence.id))
        out.append("\"><source xml:space=\"preserve\">")
        append(article.bytes(sentence.text), to: &out)
        out.append("</source></segment>\n")
      } else {
        ignorable(article.bytes(sentence.text), to: &out)
      }
      if index + 1 < range.upperBound { ignorable(article.bytes(sentence.separator), to: &out) }
    }
    out.append("</unit>\n")
  }

  private func ignorable(_ text: Span<UInt8>, to out: inout ByteBuffer) {
    if text.isEmpty { return }
    out.append("<ignorable><source xml:space=\"preserve\">")
    append(text, to: &out)
    out.append("</source></ignorable>\n")
  }

  /// `<cp hex="…"/>` is XLIFF 2.1's own way to write a character that XML cannot carry.
  private func append(_ text: Span<UInt8>, to out: inout ByteBuffer) {
    _ = XMLText.append(text, to: &out) { scalar, out in
      let hex = String(scalar, radix: 16, uppercase: true)
      out.append("<cp hex=\"")
      out.append(text: String(repeating: "0", count: max(0, 4 - hex.utf8.count)) + hex)
      out.append("\"/>")
      return true
    }
  }
}

/// XLIFF 1.2: a file an article, a trans-unit a sentence.
struct XLIFF12Export: ExportWriter {
  private let context: ExportContext

  init(_ context: ExportContext) { self.context = context }

  mutating func begin(_ out: inout ExportOutput) {
    out.main.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    out.main.append("<xliff xmlns=\"urn:oasis:names:tc:xliff:document:1.2\" version=\"1.2\">\n")
  }

  mutating func end(_ out: inout ExportOutput) { out.main.append("</xliff>\n") }

  mutating func add(
    _ article: borrowing ArticleRecords, chosen: [Int], to out: inout ExportOutput
  ) throws(Problem) {
    guard !chosen.isEmpty else { return }
    out.main.append("<file original=\"")
    XMLText.appendLoose(article.bytes(article.source), to: &out.main)
    out.main.append("\" source-language=\"")
    out.main.append(article.bytes(article.language))
    out.main.append("\" target-language=\"")
    out.main.append(text: context.targetLanguage)
    out.main.append(
      "\" datatype=\"plaintext\" tool-id=\"kalimat\">\n<header><tool tool-id=\"kalimat\" tool-name=\"kalimat\"/><note>content_sha256 "
    )
    out.main.append(text: context.contentSHA256)
    out.main.append("</note></header>\n<body>\n")
    for index in chosen {
      let sentence = article.sentences[index]
      out.main.append("<trans-unit id=\"")
      out.main.append(article.bytes(sentence.id))
      out.main.append("\" xml:space=\"preserve\"><source>")
      var placeholders = 0
      _ = XMLText.append(article.bytes(sentence.text), to: &out.main) { scalar, out in
        placeholders += 1
        out.append("<ph id=\"")
        out.append(decimal: placeholders)
        out.append("\" ctype=\"x-char\">U+")
        out.append(text: String(scalar, radix: 16, uppercase: true))
        out.append("</ph>")
        return true
      }
      out.main.append("</source></trans-unit>\n")
    }
    out.main.append("</body>\n</file>\n")
  }
}
