/// TMX 1.4b: a translation unit a sentence, its ID as tuid, with its neighbours and its article as properties.
struct TMXExport: ExportWriter {
  private let context: ExportContext

  init(_ context: ExportContext) { self.context = context }

  mutating func begin(_ out: inout ExportOutput) {
    Self.begin(
      language: context.sourceLanguage ?? "*all*",
      properties: [
        ("content_sha256", Array(context.contentSHA256.utf8)), ("target_lang", Array(context.targetLanguage.utf8)),
      ], to: &out.main)
  }

  /// The head of a TMX file.
  static func begin(language: String, properties: [(StaticString, [UInt8])], to out: inout ByteBuffer) {
    out.append(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">\n")
    out.append("<header creationtool=\"kalimat\" creationtoolversion=\"")
    out.append(text: Version.kalimat)
    out.append("\" segtype=\"sentence\" o-tmf=\"kalimat\" adminlang=\"en\" srclang=\"")
    out.append(text: language)
    out.append("\" datatype=\"plaintext\">\n")
    for (type, value) in properties { property(type, value.span, to: &out) }
    out.append("</header>\n<body>\n")
  }

  mutating func end(_ out: inout ExportOutput) { out.main.append("</body>\n</tmx>\n") }

  mutating func add(
    _ article: borrowing ArticleRecords, chosen: [Int], to out: inout ExportOutput
  ) throws(Problem) {
    for index in chosen {
      let sentence = article.sentences[index]
      let (previous, next) = article.neighbours(of: index)
      out.main.append("<tu tuid=\"")
      out.main.append(article.bytes(sentence.id))
      out.main.append("\" srclang=\"")
      out.main.append(article.bytes(sentence.language))
      out.main.append("\">\n")
      Self.property("doc_id", article.bytes(article.id), to: &out.main)
      Self.property("previous", article.bytes(previous), to: &out.main)
      Self.property("next", article.bytes(next), to: &out.main)
      out.main.append("<tuv xml:lang=\"")
      out.main.append(article.bytes(sentence.language))
      out.main.append("\"><seg>")
      Self.segment(article.bytes(sentence.text), to: &out.main)
      out.main.append("</seg></tuv>\n</tu>\n")
    }
  }

  /// A segment's text.
  static func segment(_ text: Span<UInt8>, to out: inout ByteBuffer) {
    // A placeholder stands for a scalar that XML cannot carry; its content says which.
    var placeholders = 0
    _ = XMLText.append(text, to: &out) { scalar, out in
      placeholders += 1
      out.append("<ph x=\"")
      out.append(decimal: placeholders)
      out.append("\" type=\"char\">U+")
      out.append(text: String(scalar, radix: 16, uppercase: true))
      out.append("</ph>")
      return true
    }
  }

  static func property(_ type: StaticString, _ value: Span<UInt8>, to out: inout ByteBuffer) {
    if value.isEmpty { return }
    out.append("<prop type=\"")
    out.append(type)
    out.append("\">")
    XMLText.appendLoose(value, to: &out)
    out.append("</prop>\n")
  }
}
