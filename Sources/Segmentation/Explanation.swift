/// What became of a place where a sentence may end, and which layer decided (`kalimat segment --explain`).
public struct Explanation: Sendable, Equatable {
  /// Byte offset in the article after what may be a sentence.
  public var end: Int
  /// Byte offset of what comes next; `end` where no white space is between.
  public var next: Int
  /// The paragraph's number in the article, from 0.
  public var paragraph: Int
  public var isBoundary: Bool
  /// The kind of the boundary, as its sentence's record has it.
  public var rule: Rule
  /// The layer that decided.
  public var layer: Layer
  /// The model's score, where it was asked.
  public var score: Int?
  /// How far the score is over what makes a boundary: above 0 for one; the nearer to 0, the more doubtful.
  public var margin: Int?
}

extension Segmenter {
  /// Every candidate of an article in valid UTF-8, in order, with its fate. With `--rules icu` there are none to explain.
  ///
  /// - Complexity: O(n) in the bytes of `text`.
  public mutating func explanations(
    of text: Span<UInt8>, paragraphs mode: ParagraphMode
  ) throws(SegmentationError) -> [Explanation] {
    var explanations: [Explanation] = []
    for (number, paragraph) in mode.paragraphs(of: text).enumerated() {
      for decision in try decisions(inParagraph: text.extracting(paragraph.start..<paragraph.end)) {
        explanations.append(
          Explanation(
            end: paragraph.start + decision.candidate.end, next: paragraph.start + decision.candidate.next,
            paragraph: number, isBoundary: decision.isBoundary, rule: decision.rule, layer: decision.layer,
            score: decision.score, margin: decision.margin))
      }
    }
    return explanations
  }
}
