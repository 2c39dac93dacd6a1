import ICU
import Testing

/// ubrk as it is called here; what others are judged by has to be right itself.
@Suite struct SentenceBreakIteratorTests {
  @Test("Boundaries are byte offsets, the last the text's length")
  func boundaries() throws {
    var iterator = try SentenceBreakIterator(locale: "und")
    func found(_ text: String) throws -> [Int] {
      var boundaries: [Int] = []
      try iterator.appendBoundaries(of: Array(text.utf8).span, to: &boundaries)
      return boundaries
    }
    #expect(try found("") == [])
    #expect(try found("Ya. Tidak.") == [4, 10])
    #expect(try found("好。是。") == [6, 12])
    #expect(try found("hard\nwrapped") == [5, 12])
    #expect(try found("3.14 e.g. this") == [14])
  }

  @Test("Greek ends a question at its semicolon")
  func greek() throws {
    let text = Array("Τι; Όχι.".utf8)
    var root: [Int] = []
    var greek: [Int] = []
    var rootIterator = try SentenceBreakIterator(locale: "und")
    var greekIterator = try SentenceBreakIterator(locale: "el")
    try rootIterator.appendBoundaries(of: text.span, to: &root)
    try greekIterator.appendBoundaries(of: text.span, to: &greek)
    #expect(root == [text.count])
    #expect(greek == [6, text.count])
  }
}
