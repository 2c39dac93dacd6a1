internal import ICU

/// Cuts articles into sentences: paragraph by paragraph, so that an edit stays local.
///
/// Boundaries are a function of the paragraph, its language and the configuration alone.
public struct Segmenter: ~Copyable {
  private var iterator: SentenceBreakIterator
  private var boundaries: [Int] = []
  private var joinedBuffer: [UInt8] = []

  /// - Parameter language: a BCP 47 tag; `und` for ICU's root rules.
  public init(language: String) throws(SegmentationError) {
    do { iterator = try SentenceBreakIterator(locale: language) } catch { throw .icu(error.name) }
  }

  /// The sentences of an article in valid UTF-8, in order. Every scalar that is not White_Space is in exactly one.
  ///
  /// - Complexity: O(n) in the bytes of `text`.
  public mutating func sentences(
    of text: Span<UInt8>, paragraphs mode: ParagraphMode
  ) throws(SegmentationError) -> [Sentence] {
    let paragraphs = mode.paragraphs(of: text)
    var sentences: [Sentence] = []
    for (number, paragraph) in paragraphs.enumerated() {
      try append(paragraph: paragraph, number: number, of: text, to: &sentences)
    }
    if let last = sentences.indices.last { sentences[last].rule = .textEnd }
    return sentences
  }

  private mutating func append(
    paragraph: Paragraph, number: Int, of text: Span<UInt8>, to sentences: inout [Sentence]
  ) throws(SegmentationError) {
    boundaries.removeAll(keepingCapacity: true)
    // Its own buffer, taken out for the call: the iterator borrows it while the boundaries are written.
    var joined: [UInt8] = []
    swap(&joined, &joinedBuffer)
    Self.joinLines(of: text, in: paragraph, to: &joined)
    do { try iterator.appendBoundaries(of: joined.span, to: &boundaries) } catch { throw .icu(error.name) }
    swap(&joined, &joinedBuffer)
    var start = paragraph.start
    for boundary in boundaries {
      let limit = paragraph.start + boundary
      let end = WhiteSpace.skipBack(in: text, from: limit, to: start)
      if end > start {
        sentences.append(Sentence(start: start, end: end, paragraph: number, rule: .icu))
      }
      start = WhiteSpace.skip(in: text, from: limit, to: paragraph.end)
    }
    if let last = sentences.indices.last { sentences[last].rule = .paragraph }
  }

  /// The paragraph with each line end made as many spaces as it has bytes: ICU would break at "hard\nwrapped".
  private static func joinLines(of text: Span<UInt8>, in paragraph: Paragraph, to joined: inout [UInt8]) {
    joined.removeAll(keepingCapacity: true)
    joined.reserveCapacity(paragraph.end - paragraph.start)
    var here = paragraph.start
    while here < paragraph.end {
      let lineEnd = WhiteSpace.lineEndLength(in: text, at: here)
      if lineEnd == 0 {
        joined.append(text[here])
        here += 1
      } else {
        for _ in 0..<lineEnd { joined.append(0x20) }
        here += lineEnd
      }
    }
  }
}
