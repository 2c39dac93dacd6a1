/// What can be asked of a translation without knowing its language.
struct TranslationChecks: Sendable {
  /// BCP 47, canonical.
  let targetLanguage: String
  private let script: String?
  private let isLatin: Bool
  private let signs: LanguageSigns?

  init(targetLanguage: String) {
    self.targetLanguage = targetLanguage
    script = LanguageKinship.script(of: targetLanguage)
    isLatin = script.map { $0.utf8.elementsEqual("Latn".utf8) } ?? false
    signs = LanguageSigns(language: LanguageKinship.primary(targetLanguage))
  }

  /// What is to be said of a pair, and why; what makes it unfit comes first.
  func notices(
    source: Span<UInt8>, target: Span<UInt8>, sourceLanguage: Span<UInt8>, parts: (TextParts, TextParts)
  ) -> [(notice: ImportNotice, detail: String)] {
    var found: [(ImportNotice, String)] = []
    let isEqual = Kernels.equal(source, target)
    if !isEqual && Self.isCellError(target) {
      return [(.formula, "“\(String(decoding: target.copied(), as: UTF8.self))”")]
    }
    if !isEqual, let detail = wrongScript(target) { found.append((.script, detail)) }
    if found.isEmpty, let detail = wrongLanguage(target) { found.append((.language, detail)) }
    if isEqual && SentenceText.hasText(source)
      && !ReturnedFile.agree(sourceLanguage.copied(), Array(targetLanguage.utf8))
    {
      found.append((.equal, ""))
    }
    let (one, other) = parts
    for (notice, a, b) in [
      (ImportNotice.numbers, one.numbers, other.numbers), (.urls, one.urls, other.urls),
      (.placeholders, one.placeholders, other.placeholders),
    ] where a != b {
      func quoted(_ parts: [[UInt8]]) -> String {
        String(decoding: Array(parts.joined(separator: [0x20])), as: UTF8.self)
      }
      found.append((notice, "“\(quoted(a))” and “\(quoted(b))”"))
    }
    return found
  }

  /// What a spreadsheet shows in place of a text that it took for a formula.
  private static func isCellError(_ text: Span<UInt8>) -> Bool {
    guard text.count > 0, text.count < 16, text[0] == 0x23 || Kernels.starts(text, with: "Err:") else { return false }
    if text[0] != 0x23 { return true }
    if Kernels.equal(text, "#N/A") || Kernels.equal(text, "#NV") { return true }
    // `#REF!`, `#DIV/0!`, and what it is in other languages' spreadsheets: `#WERT!`, `#NOM?`, `#¿NOMBRE?`, `#ИМЯ?`.
    guard text.count > 3, [0x21, 0x3F].contains(text[text.count - 1]) else { return false }
    for i in 1..<text.count - 1 where text[i] <= 0x20 || (0x61...0x7A).contains(text[i]) { return false }
    return true
  }

  // MARK: Language

  /// Code points from which a text is long enough to tell its language.
  private static let longText = 60

  private func wrongLanguage(_ target: Span<UInt8>) -> String? {
    guard Kernels.characterCount(target) >= Self.longText else { return nil }
    // Most translations show their language in a hundredth of the time that the detector takes.
    if let signs, signs.areIn(target) { return nil }
    let (tag, score) = LanguageDetector.detect(target)
    guard tag != "und", score >= 80, !LanguageKinship.areClose(tag, targetLanguage) else { return nil }
    return "\(tag), \(score) %"
  }

  // MARK: Script

  private func wrongScript(_ target: Span<UInt8>) -> String? {
    guard let script, Kernels.characterCount(target) >= 8, !(isLatin && Self.isMostlyASCII(target)) else { return nil }
    let found = DominantScript.code(of: target)
    guard found != "Zyyy", !LanguageKinship.isPart(found, of: script) else { return nil }
    return found
  }
}

extension TranslationChecks {
  /// Whether more than half of the scalars that can have a script are ASCII letters: then the text is in Latin
  /// script, or in none.
  fileprivate static func isMostlyASCII(_ text: Span<UInt8>) -> Bool {
    let (letters, others) = (Kernels.asciiLetterCount(text), Kernels.leadByteCount(text))
    return letters > others || others == 0
  }
}

/// The range that a corpus's ratios of lengths are in, from its own quartiles.
struct LengthRange: Sendable {
  private var counts = [Int](repeating: 0, count: greatest + 1)
  private var total = 0

  /// Ratios over it count as it.
  static let greatest = 20_000

  /// Pairs under which a corpus has no range of its own, and code points under which a text is too short to judge.
  private static let fewPairs = 30
  private static let shortText = 15

  /// Code points of the target for a thousand of the source; nil where both are short.
  ///
  /// - Parameters: code points of both sides.
  static func ratio(_ a: Int, _ b: Int) -> Int? {
    guard max(a, b) >= shortText, a > 0 else { return nil }
    return min(b * 1000 / a, greatest)
  }

  mutating func add(_ ratio: Int) {
    counts[ratio] += 1
    total += 1
  }

  /// The range: the quartiles, spread twice more by what lies between them; nil where there are too few pairs.
  var range: ClosedRange<Int>? {
    guard total >= Self.fewPairs else { return nil }
    let (low, high) = (max(quantile(total / 4), 1), max(quantile(total * 3 / 4), 1))
    let spread = max(Double(high) / Double(low), 1.3)
    return Int(Double(low) / (spread * spread))...Int(Double(high) * spread * spread)
  }

  /// The smallest, the quartiles, and the greatest; empty where there is none.
  var quartiles: [Int] { total == 0 ? [] : (0...4).map { quantile(min(total * $0 / 4, total - 1)) } }

  private func quantile(_ rank: Int) -> Int {
    var seen = 0
    for (ratio, count) in counts.enumerated() {
      seen += count
      if seen > rank { return ratio }
    }
    return counts.count - 1
  }
}
