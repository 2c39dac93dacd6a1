import Segmentation
import Testing

@Suite struct ScannerLanguageTests {
  @Test("An unknown language has the root's boundaries")
  func unknown() throws {
    var found: [Int] = []
    var scanner = try SentenceScanner(language: "qaa")
    try scanner.appendBoundaries(of: Array("Ya. Tidak.".utf8).span, to: &found)
    #expect(found == [4, 10])
  }

  @Test("Greek ends a question at its semicolon, with every engine", arguments: SentenceScanner.Engine.allCases)
  func greek(engine: SentenceScanner.Engine) throws {
    let text = Array("Τι; Όχι.".utf8)
    var found: [Int] = []
    var scanner = try SentenceScanner(language: "el", engine: engine)
    try scanner.appendBoundaries(of: text.span, to: &found)
    #expect(found == [6, text.count])
  }
}
