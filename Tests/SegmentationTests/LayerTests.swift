import Foundation
import Segmentation
import Testing

/// What holds for every text, whatever the rules and weights say.
@Suite struct LayerTests {
  static let languages = ["en", "id", "de", "ru", "ja", "zh", "hi", "ar", "th", "lo", "km", "tr", "cs", "und", "xx"]

  /// Pieces that rules look at, put together at random.
  static let pieces = [
    ".", "..", "…", "?", "!", ":", ";", ",", "\"", "'", "“", "”", "«", "»", "(", ")", "[", "]", "[1]", "-", "—", "•",
    "*", " ",
    " ", " ", " ", "\u{A0}", "\u{3000}", "\n", "\r\n", "a", "word", "Word", "WORD", "A", "e.g", "Dr", "U.S", "12", "1.",
    "a)",
    "。", "！", "「", "」", "》", "漢字", "ไทย", "ລາວ", "។", "।", "एम", "Слово", "слово", "г", "😀", "❤️", "\u{200D}",
    "\u{0301}",
    "=", "№", "¿", "XIV", "l'art", "I", "\u{0}", "\u{85}", "\u{2028}",
  ]

  private func text(_ random: inout SystemRandomNumberGenerator) -> [UInt8] {
    (0..<Int.random(in: 0..<40, using: &random)).flatMap { _ in
      Array((Self.pieces.randomElement(using: &random) ?? "a").utf8)
    }
  }

  @Test(arguments: RuleSet.allCases, ParagraphMode.allCases)
  func everyScalarIsInOneSentenceOrWhiteSpace(rules: RuleSet, mode: ParagraphMode) throws {
    var random = SystemRandomNumberGenerator()
    for language in Self.languages {
      var segmenter = try Segmenter(language: language, rules: rules)
      for _ in 0..<300 {
        let bytes = text(&random)
        var last = 0
        for sentence in try segmenter.sentences(of: bytes.span, paragraphs: mode) {
          #expect(sentence.start >= last && sentence.end > sentence.start)
          #expect(WhiteSpace.skip(in: bytes.span, from: last, to: sentence.start) == sentence.start)
          #expect(WhiteSpace.length(in: bytes.span, at: sentence.start) == 0)
          #expect(WhiteSpace.lengthBefore(sentence.end, in: bytes.span) == 0)
          last = sentence.end
        }
        #expect(WhiteSpace.skip(in: bytes.span, from: last, to: bytes.count) == bytes.count)
      }
    }
  }

  /// Articles of Corpus in a language.
  private func corpus(_ language: String) throws -> [[UInt8]] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Corpus").standardized
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.lastPathComponent.hasPrefix(language + "-") && $0.pathExtension == "txt" }
      .map { Array(try Data(contentsOf: $0)) }
  }

  /// The words of `text` in another order, with pieces that rules look at between them: as hard as can be for what
  /// passes over most of a text.
  private func mixed(_ text: [UInt8], _ random: inout SystemRandomNumberGenerator) -> [UInt8] {
    let words = String(decoding: text, as: UTF8.self).split(separator: " ").map(String.init)
    let picked = (0..<30).map { _ in
      let isPiece = Int.random(in: 0..<4, using: &random) == 0
      return (isPiece ? Self.pieces.randomElement(using: &random) : words.randomElement(using: &random)) ?? ""
    }
    return Array(picked.joined(separator: " ").utf8)
  }

  /// The slow way looks at every byte and asks every rule.
  @Test func theShortcutDecidesAsAllRulesDo() throws {
    var random = SystemRandomNumberGenerator()
    for language in ["en", "id", "de", "fr", "ru", "cs", "tr", "el", "ar", "hi", "zh", "ja", "th", "und"] {
      var texts = (0..<600).map { _ in text(&random) }
      for article in try corpus(language) { texts += [article] + (0..<40).map { _ in mixed(article, &random) } }
      if LanguageCases.languages.contains(language) {
        texts += try LanguageCases.lines(language).map { Array($0.replacingOccurrences(of: "‖", with: "").utf8) }
      }
      var quick = try Segmenter(language: language)
      var slow = try Segmenter(language: language)
      slow.takesShortcut = false
      for bytes in texts {
        let one = try quick.sentences(of: bytes.span, paragraphs: .lines)
        let other = try slow.sentences(of: bytes.span, paragraphs: .lines)
        #expect(one == other, "\(language): \(String(decoding: bytes, as: UTF8.self))")
        // Those that are no boundary, and the layers that decided, too.
        let explained = try quick.explanations(of: bytes.span, paragraphs: .lines)
        #expect(try explained == slow.explanations(of: bytes.span, paragraphs: .lines), "\(language)")
      }
    }
  }

  @Test func aParagraphIsDecidedForItself() throws {
    let paragraphs = [
      "1. Bring: cups (two).", "\"No,\" he said. \"Not (yet", "2. Mr. Smith.[3] It was. 3. etc.", "the end. or is it?",
    ]
    var segmenter = try Segmenter(language: "en")
    let whole = Array(paragraphs.joined(separator: "\n").utf8)
    var expected: [String] = []
    for paragraph in paragraphs {
      let bytes = Array(paragraph.utf8)
      for sentence in try segmenter.sentences(of: bytes.span, paragraphs: .lines) {
        expected.append(String(decoding: bytes[sentence.start..<sentence.end], as: UTF8.self))
      }
    }
    let found = try segmenter.sentences(of: whole.span, paragraphs: .lines)
    #expect(found.map { String(decoding: whole[$0.start..<$0.end], as: UTF8.self) } == expected)
  }

  @Test func linesOfAListAreItemsInAJoinedParagraph() throws {
    let bytes = Array("Bring:\n- a cup\n- a plate\n- a spoon".utf8)
    var segmenter = try Segmenter(language: "en")
    let sentences = try segmenter.sentences(of: bytes.span, paragraphs: .blankLines)
    #expect(sentences.map(\.rule) == [.list, .list, .list, .textEnd])
  }

  /// Before a capital that begins no sentence in English, a figure and a bracket a sentence runs on, not before a date, a
  /// list's marker or a word that begins sentences.
  @Test func whiteSpaceWhereASentenceRunsOnIsNoCandidate() throws {
    let text =
      "by the old Harbour near 12 boats (all of them) sold 10/26/2000 from x@mail.com Boris then The item 2. of the menu"
    var segmenter = try Segmenter(language: "en")
    let bytes = Array(text.utf8)
    let nexts = try segmenter.explanations(of: bytes.span, paragraphs: .lines).map {
      String(decoding: bytes[$0.next..<min($0.next + 3, bytes.count)], as: UTF8.self)
    }
    #expect(nexts == ["10/", "The", "2. ", "of "])
  }

  @Test func explanationsNameTheLayer() throws {
    let bytes = Array("Mr. Smith left. He ran.".utf8)
    var segmenter = try Segmenter(language: "en")
    let explanations = try segmenter.explanations(of: bytes.span, paragraphs: .lines)
    #expect(explanations.map(\.layer) == [.title, .terminator])
    #expect(explanations.map(\.isBoundary) == [false, true])
    #expect(explanations.map(\.end) == [3, 15])
  }

  @Test func theModelIsSmallAndThere() {
    var sizes: [String: Int] = [:]
    RuleBytes.forEach { name, bytes in sizes[name] = bytes.count }
    #expect(sizes["boundaries.weights"] == 65536)
    #expect(!BoundaryModel.shipped.isEmpty)
    #expect(sizes["en.txt"] ?? 0 > 1000)
  }
}
