/// What can be asked of a translation without knowing its language.
struct TranslationChecks: Sendable {
  /// BCP 47, canonical.
  let targetLanguage: String
  private let script: String?

  init(targetLanguage: String) {
    self.targetLanguage = targetLanguage
    script = LanguageKinship.script(of: targetLanguage)
  }

  /// What is to be said of a pair, and why; what makes it unfit comes first.
  func notices(source: [UInt8], target: [UInt8], sourceLanguage: String) -> [(notice: ImportNotice, detail: String)] {
    var found: [(ImportNotice, String)] = []
    let isEqual = source == target
    if !isEqual, let detail = wrongScript(target) { found.append((.script, detail)) }
    if found.isEmpty, let detail = wrongLanguage(target) { found.append((.language, detail)) }
    if isEqual && SentenceText.hasText(source.span)
      && !ReturnedFile.agree(Array(sourceLanguage.utf8), Array(targetLanguage.utf8))
    {
      found.append((.equal, ""))
    }
    let one = TextParts(source)
    let other = TextParts(target)
    for (notice, a, b) in [
      (ImportNotice.numbers, one.numbers, other.numbers), (.urls, one.urls, other.urls),
      (.placeholders, one.placeholders, other.placeholders),
    ] where a != b {
      found.append((notice, "“\(a.joined(separator: " "))” and “\(b.joined(separator: " "))”"))
    }
    return found
  }

  // MARK: Language

  /// Code points from which a text is long enough to tell its language.
  private static let longText = 60

  private func wrongLanguage(_ target: [UInt8]) -> String? {
    guard Kernels.characterCount(target.span) >= Self.longText else { return nil }
    let (tag, score) = LanguageDetector.detect(target.span)
    guard tag != "und", score >= 80, !LanguageKinship.areClose(tag, targetLanguage) else { return nil }
    return "\(tag), \(score) %"
  }

  // MARK: Script

  private func wrongScript(_ target: [UInt8]) -> String? {
    guard let script, Kernels.characterCount(target.span) >= 8 else { return nil }
    let found = DominantScript.code(of: target.span)
    guard found != "Zyyy", !LanguageKinship.isPart(found, of: script) else { return nil }
    return found
  }
}

/// The parts of a text that a translation repeats: numbers, addresses and placeholders, sorted.
struct TextParts: Equatable {
  /// The digits of each number, in ASCII, without what stands between them.
  private(set) var numbers: [String] = []
  private(set) var urls: [String] = []
  private(set) var placeholders: [String] = []

  init(_ text: [UInt8]) {
    let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
    var here = 0
    while here < scalars.count {
      if let end = Self.url(scalars, here) {
        urls.append(Self.text(scalars[here..<end]))
        here = end
      } else if let end = Self.placeholder(scalars, here) {
        placeholders.append(Self.text(scalars[here..<end]))
        here = end
      } else if Self.digit(scalars[here]) != nil {
        here = takeNumber(scalars, here)
      } else {
        here += 1
      }
    }
    numbers.sort()
    urls.sort()
    placeholders.sort()
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    if scalar.isASCII { return scalar.value >= 0x30 && scalar.value <= 0x39 ? Int(scalar.value) - 0x30 : nil }
    guard scalar.properties.generalCategory == .decimalNumber else { return nil }
    return scalar.properties.numericValue.map { Int($0) }
  }

  /// What stands between the digits of one number, in one country or another.
  private static let inside: Set<Unicode.Scalar> = [".", ",", "'", "’", "\u{A0}", "\u{202F}", "٫", "٬", "，", "．"]

  private mutating func takeNumber(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
    var here = start
    var digits = ""
    while here < scalars.count {
      if let digit = Self.digit(scalars[here]) {
        digits += String(digit)
      } else if !(Self.inside.contains(scalars[here]) && here + 1 < scalars.count
        && Self.digit(scalars[here + 1]) != nil)
      {
        break
      }
      here += 1
    }
    numbers.append(digits)
    return here
  }

  private static func url(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
    let begins = ["http://", "https://", "www."].contains { scalars[start...].starts(with: $0.unicodeScalars) }
    guard begins else { return nil }
    var end = start
    while end < scalars.count, scalars[end].isASCII, scalars[end].value > 0x20,
      !"<>\"".unicodeScalars.contains(scalars[end])
    { end += 1 }
    while end > start, ".,;:!?)]}'".unicodeScalars.contains(scalars[end - 1]) { end -= 1 }
    return end
  }

  /// `{name}`, `%s`, `%1$d`, `%(name)s`, `<tag>`.
  private static func placeholder(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
    switch scalars[start] {
    case "{", "<":
      let close: Unicode.Scalar = scalars[start] == "{" ? "}" : ">"
      guard let end = scalars[start...].prefix(60).firstIndex(of: close), end > start + 1 else { return nil }
      let inner = scalars[start + 1..<end]
      guard inner.allSatisfy({ $0.isASCII }), let first = inner.first else { return nil }
      if scalars[start] == "{" { return inner.contains(" ") ? nil : end + 1 }
      return first == "/" || first.properties.isAlphabetic ? end + 1 : nil
    case "%":
      var here = start + 1
      if here < scalars.count, scalars[here] == "(" {
        guard let close = scalars[here...].prefix(60).firstIndex(of: ")") else { return nil }
        here = close + 1
      } else {
        while here < scalars.count, digit(scalars[here]) != nil || scalars[here] == "$" { here += 1 }
      }
      guard here < scalars.count, "sdifuxc@".unicodeScalars.contains(scalars[here]) else { return nil }
      let isWord = here + 1 < scalars.count && scalars[here + 1].properties.isAlphabetic
      return isWord ? nil : here + 1
    default: return nil
    }
  }
}

/// The range that a corpus's ratios of lengths are in, from its own quartiles.
struct LengthRange: Sendable {
  private var counts = [Int](repeating: 0, count: 20_001)
  private var total = 0

  /// Pairs under which a corpus has no range of its own, and code points under which a text is too short to judge.
  private static let fewPairs = 30
  private static let shortText = 15

  /// Code points of the target for a thousand of the source; nil where both are short.
  static func ratio(source: [UInt8], target: [UInt8]) -> Int? {
    let (a, b) = (Kernels.characterCount(source.span), Kernels.characterCount(target.span))
    guard max(a, b) >= shortText, a > 0 else { return nil }
    return min(b * 1000 / a, 20_000)
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

  private func quantile(_ rank: Int) -> Int {
    var seen = 0
    for (ratio, count) in counts.enumerated() {
      seen += count
      if seen > rank { return ratio }
    }
    return counts.count - 1
  }
}
