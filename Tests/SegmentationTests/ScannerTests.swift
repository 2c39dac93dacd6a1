import Foundation
import ICU
import Segmentation
import Testing

/// Every engine finds exactly ubrk's boundaries.
@Suite struct ScannerTests {
  static let languages = ["und", "id", "en", "zh", "th", "el"]
  static let soak = ProcessInfo.processInfo.environment["KALIMAT_SOAK"] == "1"

  static func rules(_ language: String) throws -> BreakRules {
    try BreakRules(bytes: SentenceBreakIterator(locale: language).compiledRules())
  }

  @Test("The table is known here, and each engine can be asked for")
  func engines() throws {
    for language in Self.languages {
      #expect(try SentenceScanner(language: language, engine: .portable).engine == .portable)
      #expect(try SentenceScanner(language: language, engine: .ubrk).engine == .ubrk)
      #expect(try SentenceScanner(language: language, engine: .avx2).engine != .ubrk)
    }
    // Suppressions have no compiled rules.
    #expect(try SentenceScanner(language: "en@ss=standard").engine == .ubrk)
  }

  @Test("SentenceBreakTest.txt of the installed Unicode")
  func sentenceBreakTest() throws {
    let path = "/usr/share/unicode/auxiliary/SentenceBreakTest.txt"
    guard let data = FileManager.default.contents(atPath: path) else {
      print("skipped: no \(path) (package unicode-data)")
      return
    }
    let text = String(decoding: data, as: UTF8.self)
    guard text.hasPrefix("# SentenceBreakTest-\(Versions.unicode).") else {
      print("skipped: \(path) is not of Unicode \(Versions.unicode), which ICU has")
      return
    }
    var judge = try ScannerJudge("und")
    var count = 0
    for line in text.split(separator: "\n") {
      let content = line.prefix { $0 != "#" }
      guard content.contains("÷") else { continue }
      var bytes: [UInt8] = []
      var expected: [Int] = []
      for token in content.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
        if token == "÷" {
          if !bytes.isEmpty { expected.append(bytes.count) }
        } else if token != "×" {
          ScannerFuzz.append(try #require(UInt32(token, radix: 16)), to: &bytes)
        }
      }
      var found: [Int] = []
      try judge.avx2.appendBoundaries(of: bytes.span, to: &found)
      #expect(found == expected, "\(line)")
      #expect(try judge.differences(on: bytes) == [])
      count += 1
    }
    #expect(count > 500)
  }

  @Test("The articles of Corpus, whole and by paragraphs", arguments: languages)
  func corpus(language: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Corpus").standardized
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }
    #expect(names.count > 10)
    var judge = try ScannerJudge(language)
    for name in names {
      let text = [UInt8](try Data(contentsOf: folder.appending(path: name)))
      #expect(try judge.differences(on: text) == [], "\(name)")
      for mode in [ParagraphMode.lines, .blankLines] {
        let paragraphs = mode.paragraphs(of: text.span)
        #expect(try judge.differences(on: text, paragraphs: paragraphs) == [], "\(name) \(mode)")
      }
    }
  }

  @Test("Fuzzed strings", arguments: [("und", UInt64(1)), ("el", 2)])
  func fuzz(language: String, seed: UInt64) throws {
    try Self.fuzz(language, seed: seed, strings: Self.soak ? 5_000_000 : 30_000)
  }

  static func fuzz(_ language: String, seed: UInt64, strings: Int) throws {
    var judge = try ScannerJudge(language)
    var fuzz = ScannerFuzz(seed: seed, rules: try rules(language))
    for _ in 0..<strings {
      let text = fuzz.next()
      let whole = try judge.differences(on: text)
      let cut = try judge.differences(on: text, paragraphs: fuzz.paragraphs(of: text))
      #expect(whole == [] && cut == [], "\(whole) \(cut)")
      if whole != [] || cut != [] { return }
    }
  }

  @Test("Patterns made to be slow or to straddle blocks")
  func adversarial() throws {
    let units = [
      ".", "。", ". ", "a.", "A.", ".a", ". a", "1.", ".1", ".\u{300}", "\u{300}.", "\u{AD}.", ".\n", "\r\n", "\n",
      "\u{85}", "\u{2028}", ".)", "?\u{201D} ", "! ,,,, ", ". (((", ".\u{1F600}", "\u{FF0E}", "\u{11C41}", "e.g. ",
      "a\u{300}\u{300}\u{300}.", "\u{964}", "…", "\u{3001}\u{3002}\u{300C}", "x", "é", "\u{4E00}", "\u{10FFFF}",
    ]
    var judge = try ScannerJudge("und")
    for (number, unit) in units.enumerated() {
      let after = Array(units[(number * 7 + 3) % units.count].utf8)
      for copies in [1, 2, 15, 16, 21, 22, 31, 32, 33, 63, 64, 65, 66, 127, 128, 129, 4097, 9000] {
        let text = Array(repeatElement(Array(unit.utf8), count: copies).joined()) + after
        #expect(try judge.differences(on: text) == [], "\(unit) × \(copies)")
        let one = [Paragraph(start: 0, end: text.count)]
        #expect(try judge.differences(on: text, paragraphs: one) == [], "\(unit) × \(copies), joined")
      }
    }
    #expect(try judge.differences(on: []) == [])
    #expect(try judge.differences(on: [], paragraphs: []) == [])
  }
}
