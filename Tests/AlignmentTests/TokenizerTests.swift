import Testing

@testable import Alignment

@Suite struct TokenizerTests {
  private func tokens(_ sentence: String) throws -> [String] {
    var tokenizer = Tokenizer(stemLength: 5)
    var vocabulary = Vocabulary()
    let side = try tokenizer.side([sentence], vocabulary: &vocabulary)
    return side.tokens.map { String(decoding: vocabulary.token(Int($0)), as: UTF8.self) }
  }

  @Test(arguments: [
    ("Perpustakaan nasional", ["perpu", "nasio"]),
    ("ＦＵＬＬ ﬁne", ["full", "fine"]),
    ("Ärger, STRASSE!", ["ärger", "stras", "!"]),
    ("図書館のカフェ", ["図", "書", "館", "の", "カフェ"]),
    ("ตลาด", ["ต", "ล", "ตล", "า", "ลา", "ด", "าด"]),
    ("«Да?» — “yes”", ["\"", "да", "?", "\"", "\"", "yes", "\""]),
    ("كِتَابٌ", ["كتاب"]),
    ("हिन्दी", ["हिन्दी"]),
  ])
  func words(_ sentence: String, _ expected: [String]) throws { #expect(try tokens(sentence) == expected) }

  @Test(arguments: [
    ("1,234,567", "1234567"), ("1.234.567", "1234567"), ("1 234 567", "1234567"), ("12 000", "12000"),
    ("8839,8", "8839.8"), ("8839.80", "8839.8"), ("1.234,50", "1234.5"), ("10:30", "10:30"), ("1.2.2020", "1.2.2020"),
    ("٢٠٢٤", "2024"), ("0,5", "0.5"), ("0,125", "0.125"), ("2,0", "2"), ("1'000", "1000"),
  ])
  func numbers(_ sentence: String, _ expected: String) throws { #expect(try tokens(sentence) == [expected]) }

  @Test func aYearAndACountStayTwo() throws { #expect(try tokens("1956 100") == ["1956", "100"]) }

  @Test(arguments: [
    ("Hello there. Bye.", 0, 0, 2), ("and then", 1, 3, 0), ("\"What?\" she said.", 0, 0, 2), ("12 things:", 2, 1, 0),
    ("これは本だ。それも本だ。", 3, 0, 2), ("Version 2.5 is out.", 0, 0, 1), ("", 4, 4, 0), ("well,", 1, 2, 0),
  ])
  func edges(_ sentence: String, _ start: UInt8, _ end: UInt8, _ ends: UInt8) {
    #expect(Edges(sentence) == Edges(start: start, end: end, sentenceEnds: ends))
  }

  @Test func manySentencesAtOnceAreThoseOneByOne() throws {
    let sentences = (0..<3000).map { "Satz Nummer \($0): Größe \($0 * 7) Ａ\n\($0)" }
    var tokenizer = Tokenizer(stemLength: 5)
    var together = Vocabulary(), apart = Vocabulary()
    let side = try tokenizer.side(sentences, vocabulary: &together)
    var tokens: [Int32] = [], lengths: [Double] = [0]
    for sentence in sentences {
      let one = try tokenizer.side([sentence], vocabulary: &apart)
      tokens += one.tokens
      lengths.append(lengths[lengths.count - 1] + one.lengthSums[1])
    }
    #expect(side.tokens == tokens)
    #expect(side.lengthSums == lengths)
    #expect(side.count == sentences.count)
  }

  @Test func cognatesAcrossScripts() throws {
    var tokenizer = Tokenizer(stemLength: 5)
    var source = Vocabulary(), target = Vocabulary()
    _ = try tokenizer.side(["Moskva bank 1956 tree"], vocabulary: &source)
    _ = try tokenizer.side(["Москва банк 1956 дерево"], vocabulary: &target)
    let found = try Cognates.find(source, target, parameters: AlignmentParameters())
    let words = Set(
      found.map {
        "\(String(decoding: source.token(Int($0.source)), as: UTF8.self))=\(String(decoding: target.token(Int($0.target)), as: UTF8.self))"
      })
    #expect(words == ["moskv=москв", "bank=банк", "1956=1956"])
  }
}
