/// Cuts articles into sentences: paragraph by paragraph, so that an edit stays local.
///
/// Boundaries are a function of the paragraph, its language and the configuration alone.
public struct Segmenter: ~Copyable {
  private var scanner: SentenceScanner
  private var boundaries: [Int] = []

  /// - Parameter language: a BCP 47 tag; `und` for ICU's root rules.
  public init(language: String) throws(SegmentationError) {
    scanner = try SentenceScanner(language: language)
  }

  /// What finds ICU's boundaries.
  public var engine: SentenceScanner.Engine { scanner.engine }

  /// The sentences of an article in valid UTF-8, in order. Every scalar that is not White_Space is in exactly one.
  ///
  /// - Complexity: O(n) in the bytes of `text`.
  public mutating func sentences(
    of text: Span<UInt8>, paragraphs mode: ParagraphMode
  ) throws(SegmentationError) -> [Sentence] {
    let paragraphs = mode.paragraphs(of: text)
    boundaries.removeAll(keepingCapacity: true)
    try scanner.appendBoundaries(of: paragraphs.span, in: text, to: &boundaries)
    var sentences: [Sentence] = []
    var next = 0
    for (number, paragraph) in paragraphs.enumerated() {
      var start = paragraph.start
      var limit = start
      // The last boundary of a paragraph is its end.
      while limit < paragraph.end {
        limit = boundaries[next]
        next += 1
        let end = WhiteSpace.skipBack(in: text, from: limit, to: start)
        if end > start {
          sentences.append(Sentence(start: start, end: end, paragraph: number, rule: .icu))
        }
        start = WhiteSpace.skip(in: text, from: limit, to: paragraph.end)
      }
      if let last = sentences.indices.last { sentences[last].rule = .paragraph }
    }
    if let last = sentences.indices.last { sentences[last].rule = .textEnd }
    return sentences
  }
}
