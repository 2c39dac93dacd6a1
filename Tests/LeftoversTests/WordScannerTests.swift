import Testing

@testable import Leftovers

/// The fast look-up of phrases against the obvious one.
@Suite struct WordScannerTests {
  static let languages = ["en", "id", "de", "fr", "ru", "ja", "zh", "ar"]

  /// Phrases of the lexicon, and what stands between words.
  static func pieces(_ language: String) -> [[UInt8]] {
    var reader = LexiconReader()
    for file in Languages.texts(for: language) { reader.read(file.span) }
    let bytes = reader.bytes
    let phrases = reader.entries.map { Array(bytes[$0.bytes]) }
    let others = [
      " ", " ", " ", ": ", "|", "\"", "'", "0", " 2025 ", "x", "kalimat ", " the ", ".", "é", "字", "(", "- ",
    ]
    return phrases + others.flatMap { Array(repeating: Array($0.utf8), count: phrases.count / 20 + 1) }
  }

  static func line(_ pieces: [[UInt8]], _ random: inout some RandomNumberGenerator) -> [UInt8] {
    var line: [UInt8] = []
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      var piece = pieces[Int.random(in: 0..<pieces.count, using: &random)]
      // Cut short now and then, at a scalar.
      if Int.random(in: 0..<6, using: &random) == 0 {
        piece = Array(String(decoding: piece, as: UTF8.self).unicodeScalars.dropLast().map(String.init).joined().utf8)
      }
      if line.count + piece.count < 300 { line += piece }
      if Bool.random(using: &random) { line.append(0x20) }
    }
    return line
  }

  @Test("Lines of ASCII: word by word by the filter, and scalar by scalar", arguments: languages)
  func asciiLines(_ language: String) {
    let pieces = Self.pieces(language)
    var scanner = WordScanner(lexicon: Languages.lexicon(for: language))
    var folded = FoldedLine()
    var random = SystemRandomNumberGenerator()
    var matched = 0
    for _ in 0..<2_000 {
      let line = Self.line(pieces, &random).filter { $0 < 0x80 }
      folded.fold(line.span, from: 0, to: line.count)
      #expect(folded.isASCII)
      let fast = scanner.scan(folded)
      let slow = scanner.scanEachScalar(folded)
      if fast.covered > 0 { matched += 1 }
      #expect(fast == slow, "\(String(decoding: line, as: UTF8.self).debugDescription)")
    }
    #expect(matched > 100)
  }

  @Test("Phrases at every place: by the table, and by comparing all", arguments: languages)
  func everyPlace(_ language: String) {
    var reader = LexiconReader()
    for file in Languages.texts(for: language) { reader.read(file.span) }
    let all = Set(reader.entries.map { Array(reader.bytes[$0.bytes]) })
    let lexicon = Languages.lexicon(for: language)
    let pieces = Self.pieces(language)
    var folded = FoldedLine()
    var random = SystemRandomNumberGenerator()
    for _ in 0..<100 {
      let line = Self.line(pieces, &random)
      folded.fold(line.span, from: 0, to: line.count)
      let text = (0..<folded.count).map { folded.span[$0] }
      for offset in text.indices where text[offset] & 0xC0 != 0x80 {
        let isLetter = { (byte: UInt8) in byte >= 0x61 && byte <= 0x7A }
        let expected = (1...max(1, text.count - offset)).filter { count in
          guard offset + count <= text.count, all.contains(Array(text[offset..<offset + count])) else { return false }
          return count > 2 || offset + 2 >= text.count || !isLetter(text[offset + count])
        }
        var found: [Int] = []
        lexicon.forEach(at: offset, in: folded.span) { count, _ in
          found.append(count)
          return true
        }
        #expect(found == expected)
        let mayBegin = lexicon.mayBegin(folded.span, offset)
        #expect(mayBegin || expected.isEmpty)
      }
    }
  }

  @Test("Folding: each scalar of the first 0x10000 between letters, as Folding says it")
  func folding() {
    var folded = FoldedLine()
    for value in UInt32(1)..<0x10000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = Array("aB\(scalar)Cd".utf8)
      folded.fold(text.span, from: 0, to: text.count)
      var expected = Array("ab".utf8)
      let to = Folding.fold(value)
      if to != 0, let scalar = Unicode.Scalar(to) { expected += Array(String(scalar).utf8) }
      expected += Array("cd".utf8)
      #expect((0..<folded.count).map { folded.span[$0] } == expected)
      #expect(folded.isASCII == expected.allSatisfy { $0 < 0x80 })
    }
  }
}
