internal import Leftovers
internal import Segmentation

/// What a build knows of one article once its lines are written.
struct BuiltArticle: Sendable {
  var id: DocumentID
  /// Index of its split.
  var split: Int
  /// Index of its file among the build's inputs, which are sorted by path; and its record there.
  var file: Int
  var record: Int
  var keyKind: KeyKind
  var languages: LanguageTally
  var byteCount: Int
  var characterCount: Int
  var sentenceCount: Int
  var rejected: ReasonCounts
  var rejectedCount: Int
  /// Lengths of its lines of each kind, which stand behind each other in this order.
  var dataLength = 0
  var rejectedLength = 0
  var documentLength = 0

  var length: Int { dataLength + rejectedLength + documentLength }
}

/// Turns articles into lines. One a thread: it keeps its segmenters and buffers between articles.
final class ArticleBuilder {
  private let configuration: BuildConfiguration
  private let columns: [JoinedColumn]
  private let classifier = LeftoverClassifier()
  private let curator: ArticleCurator?
  private var segmenters: [String: SegmenterBox] = [:]
  private var judges: [String: SentenceLanguage] = [:]
  private var rejectedLines = ByteBuffer(capacity: 1 << 16)
  private var batch = SentenceIDBatch()
  /// Whether each sentence's text differs from its slice.
  private var differing: [Bool] = []
  /// Up to three rejected texts of each reason since it was last emptied.
  var examples: [RejectedExample] = []

  /// A segmenter is not copyable, and a dictionary holds what can be copied.
  private final class SegmenterBox {
    var segmenter: Segmenter
    init(language: String, rules: RuleSet) throws(SegmentationError) {
      segmenter = try Segmenter(language: language, rules: rules)
    }
  }

  init(configuration: BuildConfiguration, columns: [JoinedColumn]) {
    self.configuration = configuration
    self.columns = columns
    curator = ArticleCurator(configuration)
  }

  /// Appends the article's lines to `out`: those of data/, of rejected/, and its document's.
  func build(_ given: Article, file: Int, to out: inout ByteBuffer) throws(Problem) -> BuiltArticle {
    var article = given
    if article.keyKind == .content && article.key.isEmpty {
      article.key = SHA256.digest(of: article.text.span).hexBytes
    }
    if article.license.isEmpty { article.license = Array(configuration.license.utf8) }
    // A plain text has no fields: those that --keep names are absent.
    while article.kept.count < configuration.fields.keep.count { article.kept.append([]) }
    let (language, score) = language(of: article)
    let id = DocumentID(kind: article.keyKind, key: article.key)
    let split = splitIndex(of: article, id)
    let found = try segment(article, language: language)
    let sentences = curator?.sentences(found, of: article, id) ?? found
    let reading =
      configuration.leftovers == .off
      ? PageReading() : classifier.reading(of: sentences, in: article.text.span, language: language)
    article.fill(from: reading.facts, keep: configuration.fields.keep)

    var built = BuiltArticle(
      id: id, split: split, file: file, record: article.record, keyKind: article.keyKind,
      languages: LanguageTally(article: language),
      byteCount: article.text.count, characterCount: 0, sentenceCount: 0, rejected: ReasonCounts(), rejectedCount: 0)
    let writer = RecordWriter(
      article: article, document: id, language: language, languageScore: score,
      split: configuration.split.parts[split].name, columns: columns)
    let start = out.count
    write(sentences, reading.verdicts, with: writer, counts: &built, to: &out)
    built.dataLength = out.count - start
    built.rejectedLength = rejectedLines.count
    out.append(rejectedLines.span)
    let before = out.count
    Document(
      article: article, id: id, language: language, languageScore: score, license: article.license,
      split: writer.split, characterCount: built.characterCount, sentenceCount: built.sentenceCount,
      rejectedCount: built.rejectedCount, digest: batch.articleDigest,
      leadCount: sentences.first?.start ?? article.text.count, keep: configuration.fields.keep
    ).append(to: &out)
    built.documentLength = out.count - before
    return built
  }

  private func language(of article: Article) -> (tag: String, score: Int) {
    if let given = configuration.language { return (given, 0) }
    if !article.language.isEmpty { return (article.language, 0) }
    return LanguageDetector.detect(article.text.span)
  }

  private func splitIndex(of article: Article, _ id: DocumentID) -> Int {
    if let value = article.splitValue { return configuration.split.index(for: value.span) }
    return configuration.split.index(for: id.bytes.span)
  }

  private func segment(_ article: Article, language: String) throws(Problem) -> [Sentence] {
    do throws(SegmentationError) {
      if segmenters[language] == nil {
        segmenters[language] = try SegmenterBox(language: language, rules: configuration.rules)
      }
      return try segmenters[language]?.segmenter.sentences(of: article.text.span, paragraphs: configuration.paragraphs)
        ?? []
    } catch {
      throw Problem("\(error)", at: Self.place(of: article), expected: "text that ICU can segment")
    }
  }

  private func judge(of language: String) -> SentenceLanguage {
    if let known = judges[language] { return known }
    let judge = SentenceLanguage(article: language)
    judges[language] = judge
    return judge
  }

  static func place(of article: Article) -> Problem.Place {
    Problem.Place(
      file: String(decoding: article.path, as: UTF8.self), line: article.record > 0 ? article.record : nil)
  }

  /// Writes the records, those of rejected/ to a buffer of their own, and counts.
  private func write(
    _ sentences: [Sentence], _ verdicts: [Verdict], with writer: RecordWriter, counts: inout BuiltArticle,
    to dataLines: inout ByteBuffer
  ) {
    let text = writer.article.text.span
    rejectedLines.removeAll()
    batch.begin(writer.document, article: text)
    let judge = judge(of: writer.language)
    differing.removeAll(keepingCapacity: true)
    for sentence in sentences { differing.append(batch.add(text.extracting(sentence.start..<sentence.end))) }
    batch.finish()
    var indexInParagraph = 0
    var characters = Kernels.characterCount(text.extracting(0..<(sentences.first?.start ?? text.count)))
    for (i, sentence) in sentences.enumerated() {
      indexInParagraph = i > 0 && sentences[i - 1].paragraph == sentence.paragraph ? indexInParagraph + 1 : 0
      let separatorEnd = i + 1 < sentences.count ? sentences[i + 1].start : text.count
      let start = characters
      let end = start + Kernels.characterCount(text.extracting(sentence.start..<sentence.end))
      characters = end + Kernels.characterCount(text.extracting(sentence.end..<separatorEnd))

      let id = batch.id(at: i, document: writer.document)
      let verdict = verdicts.isEmpty ? Verdict(kind: .body) : verdicts[i]
      let other = judge.differing(batch.text(at: i))
      let language = other ?? writer.language
      let own = reason(for: batch.text(at: i), verdict, language: language)
      let (reason, kept) = curator?.fate(of: i, id: id, own: own) ?? (own, [])
      let isRejected = reason.map { !($0.isLeftover && configuration.leftovers == .mark) } ?? false
      let content = RecordContent(
        sequence: i, paragraph: sentence.paragraph, indexInParagraph: indexInParagraph,
        kind: reason?.isLeftover == true ? .other : verdict.kind == .other ? .body : verdict.kind,
        slice: sentence.start..<sentence.end, separatorEnd: separatorEnd, start: start, end: end,
        rule: sentence.rule, language: other,
        reason: isRejected || configuration.leftovers == .mark ? .some(reason) : nil,
        kept: isRejected && configuration.namesKept ? kept : nil)
      if isRejected, let reason {
        writer.append(
          content, id: id, text: batch.text(at: i), textDiffers: differing[i], to: &rejectedLines)
        counts.rejected[reason] += 1
        addExample(reason, batch.text(at: i))
        counts.rejectedCount += 1
      } else {
        writer.append(content, id: id, text: batch.text(at: i), textDiffers: differing[i], to: &dataLines)
        counts.sentenceCount += 1
        if let other { counts.languages.add(other) }
      }
    }
    counts.characterCount = characters
  }

  private func addExample(_ reason: RejectionReason, _ text: Span<UInt8>) {
    if examples.count(where: { $0.reason == reason }) < 3 {
      examples.append(RejectedExample(reason: reason, text: String(decoding: text.copied(), as: UTF8.self)))
    }
  }

  /// The first reason, in the order of precedence, why this is no sentence of the corpus.
  private func reason(for text: Span<UInt8>, _ verdict: Verdict, language: String) -> RejectionReason? {
    if text.count > configuration.maxChars,
      Kernels.characterCount(text.extracting(0..<text.count)) > configuration.maxChars
    {
      return .tooLong
    }
    if !SentenceText.hasText(text) { return .noText }
    if !configuration.keeps(language: language) { return .language }
    return verdict.reason.map { RejectionReason($0) }
  }
}
