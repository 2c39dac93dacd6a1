/// Tells where a sentence is in another language than its article.
///
/// A detector is often wrong about a sentence: alone it called 90 of 602 Indonesian ones Malay. So a sentence differs only
/// where it is long, the detector relies on its answer, and the answer is of another script, or of a language that is not
/// taken for the article's (docs/LANGUAGES.md has what this comes to). A function of the sentence's text and its article's
/// language alone, so that an edit elsewhere changes nothing.
struct SentenceLanguage: Sendable {
  /// Bytes of a sentence from which it is judged.
  static let minimumBytes = 200

  private let article: String
  private let signs: LanguageSigns?

  /// - Parameter article: the article's language, a canonical BCP 47 tag.
  init(article: String) {
    self.article = article
    signs = LanguageSigns(language: LanguageKinship.primary(article))
  }

  /// The language of a sentence in valid UTF-8 where it differs from its article's; nil where it does not.
  func differing(_ text: Span<UInt8>) -> String? {
    if text.count < Self.minimumBytes { return nil }
    if let signs, signs.areIn(text) { return nil }
    let (tag, score) = LanguageDetector.detect(text)
    guard tag != "und", score >= Self.minimumScore else { return nil }
    if !LanguageKinship.areClose(tag, article) { return tag }
    guard LanguageKinship.primary(tag) != LanguageKinship.primary(article),
      let script = LanguageKinship.script(of: article)
    else { return nil }
    let found = DominantScript.code(of: text)
    return found == "Zyyy" || LanguageKinship.isPart(found, of: script) ? nil : tag
  }

  /// The share of a sentence, in percent, that the detector must find in the other language.
  private static let minimumScore = 80
}
