import ICU
import Segmentation

/// ubrk beside every engine that can be had here, of one language.
struct ScannerJudge: ~Copyable {
  var ubrk: SentenceBreakIterator
  var avx2: SentenceScanner
  var portable: SentenceScanner
  var fallback: SentenceScanner

  init(_ language: String) throws {
    let judge = try SentenceBreakIterator(locale: language)
    let fastest = try SentenceScanner(language: language, engine: .avx2)
    let tables = try SentenceScanner(language: language, engine: .portable)
    let last = try SentenceScanner(language: language, engine: .ubrk)
    ubrk = judge
    avx2 = fastest
    portable = tables
    fallback = last
  }

  /// The engines that differ from ubrk on the whole text, with what they gave.
  mutating func differences(on text: [UInt8]) throws -> [String] {
    var expected: [Int] = []
    try ubrk.appendBoundaries(of: text.span, to: &expected)
    var fast: [Int] = []
    try avx2.appendBoundaries(of: text.span, to: &fast)
    var slow: [Int] = []
    try portable.appendBoundaries(of: text.span, to: &slow)
    return Self.report(expected, [(avx2.engine, fast), (portable.engine, slow)], text)
  }

  /// The engines that differ from ubrk over each paragraph's copy with its line ends made spaces.
  mutating func differences(on article: [UInt8], paragraphs: [Paragraph]) throws -> [String] {
    var expected: [Int] = []
    for paragraph in paragraphs {
      let joined = Self.joined(Array(article[paragraph.start..<paragraph.end]))
      var relative: [Int] = []
      try ubrk.appendBoundaries(of: joined.span, to: &relative)
      expected += relative.map { $0 + paragraph.start }
    }
    var found: [(SentenceScanner.Engine, [Int])] = []
    var boundaries: [Int] = []
    try avx2.appendBoundaries(of: paragraphs.span, in: article.span, to: &boundaries)
    found.append((avx2.engine, boundaries))
    boundaries = []
    try portable.appendBoundaries(of: paragraphs.span, in: article.span, to: &boundaries)
    found.append((portable.engine, boundaries))
    boundaries = []
    try fallback.appendBoundaries(of: paragraphs.span, in: article.span, to: &boundaries)
    found.append((fallback.engine, boundaries))
    return Self.report(expected, found, article)
  }

  /// Line ends as spaces, written the obvious way.
  static func joined(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let encoded = Array(String(scalar).utf8)
      let isLineEnd = [0x0A, 0x0D, 0x85, 0x2028, 0x2029].contains(scalar.value)
      out += isLineEnd ? encoded.map { _ in 0x20 } : encoded
    }
    return out
  }

  private static func report(
    _ expected: [Int], _ found: [(SentenceScanner.Engine, [Int])], _ text: [UInt8]
  ) -> [String] {
    found.filter { $0.1 != expected }.map { engine, boundaries in
      let shown = text.prefix(400).map { String($0, radix: 16) }.joined(separator: " ")
      return "\(engine) \(boundaries.prefix(40)) against \(expected.prefix(40)) on \(shown)"
    }
  }
}

/// A generator that gives the same numbers for the same seed everywhere (SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number below `limit`.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
