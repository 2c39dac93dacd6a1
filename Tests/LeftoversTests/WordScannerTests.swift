import CKernels
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
      " ", " ", " ", ": ", "|", "\"", "'", "0", " 2025 ", "x", "kalimat ", " the ", ".", "é", "字", "(", "- ", "登録",
      "ไทย",
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

  @Test("Phrases at every place: by the table, and by comparing all", arguments: languages)
  func everyPlace(_ language: String) {
    var reader = LexiconReader()
    for file in Languages.texts(for: language) { reader.read(file.span) }
    let all = Set(reader.entries.map { Array(reader.bytes[$0.bytes]) })
    let lexicon = Languages.lexicon(for: language)
    let pieces = Self.pieces(language)
    var folded = FoldedLine()
    var hits = [kk_word_hit](repeating: kk_word_hit(), count: 2 * FoldedLine.capacity)
    var random = SystemRandomNumberGenerator()
    var matched = 0
    for round in 0..<200 {
      var line = Self.line(pieces, &random)
      if round % 2 == 0 { line.removeAll { $0 >= 0x80 } }
      folded.fold(line.span, from: 0, to: line.count)
      let text = (0..<folded.count).map { folded.span[$0] }
      let hitCount = lexicon.find(in: folded, &hits).hitCount
      for offset in text.indices where text[offset] & 0xC0 != 0x80 {
        let expected = (1...(text.count - offset)).filter { count in
          all.contains(Array(text[offset..<offset + count])) && Self.mayStand(folded, offset, count)
        }
        var found: [Int] = []
        for hit in hits[..<hitCount] where Int(hit.offset) == offset {
          for number in lexicon.entries(of: hit) {
            let entry = lexicon.entries[Int(number)]
            guard lexicon.stands(entry, at: hit, in: folded.span) else { continue }
            if WordScanner.isBoundary(folded.span, offset, offset + Int(entry.count)) { found.append(Int(entry.count)) }
          }
        }
        #expect(Self.isWithinRun(text, offset) ? found.isEmpty : found == expected, "\(text) at \(offset)")
        if !found.isEmpty { matched += 1 }
      }
    }
    #expect(matched > 100)
  }

  /// Where a phrase of so many bytes may end; of one or two bytes where no letter follows.
  private static func mayStand(_ line: borrowing FoldedLine, _ offset: Int, _ count: Int) -> Bool {
    guard WordScanner.isBoundary(line.span, offset, offset + count) else { return false }
    guard count < 3, offset + 2 < line.count else { return true }
    return !(0x61...0x7A).contains(line.span[offset + count])
  }

  /// Whether a letter stands before a letter.
  private static func isWithinRun(_ text: [UInt8], _ offset: Int) -> Bool {
    let before = String(decoding: text[..<offset], as: UTF8.self).unicodeScalars.last?.value
    let here = String(decoding: text[offset...], as: UTF8.self).unicodeScalars.first?.value
    return [before, here].allSatisfy { scalar in
      guard let scalar, scalar != 0x30 else { return false }
      return Folding.isWord(scalar) && !Folding.isUnspaced(scalar)
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
    }
  }
}
