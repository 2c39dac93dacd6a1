internal import Leftovers
internal import Segmentation

/// A paragraph, cut at every place where a sentence might end.
public struct ExplainedParagraph: Sendable {
  /// What was decided at such a place.
  public struct Mark: Sendable {
    public var isBoundary: Bool
    /// The boundary's rule, the layer that decided, and the model's score where it was asked.
    public var why: String
  }

  /// Text up to the next such place, and the decision there; none at the paragraph's end.
  public struct Piece: Sendable {
    public var text: String
    public var mark: Mark?
  }

  public var pieces: [Piece] = []
  /// What the leftovers' classifier says of it, where that is not body.
  public var verdict: String?
}

extension SegmentText {
  /// The paragraphs of a file with what became of each candidate for a boundary.
  public func explain(_ location: String, take: (ExplainedParagraph) -> Void) throws(Problem) {
    var reader = try InputReader(InputFile(text: location), encoding: encoding)
    reader.mayBeEmpty = true
    while let piece = try reader.next() {
      let text = piece.bytes
      let language = language ?? LanguageDetector.detect(text.span).tag
      do throws(SegmentationError) {
        var segmenter = try segmenter(language)
        let explanations = try segmenter.explanations(of: text.span, paragraphs: paragraphs)
        let sentences = try segmenter.sentences(of: text.span, paragraphs: paragraphs)
        let verdicts = LeftoverClassifier().verdicts(for: sentences, of: text.span, language: language)
        var next = 0
        var sentence = 0
        for (number, paragraph) in paragraphs.paragraphs(of: text.span).enumerated() {
          let first = next
          while next < explanations.count && explanations[next].paragraph == number { next += 1 }
          var explained = Self.explained(paragraph, explanations[first..<next], of: text)
          let own = sentence
          while sentence < sentences.count && sentences[sentence].paragraph == number { sentence += 1 }
          explained.verdict = Self.said(of: verdicts[own..<sentence])
          take(explained)
        }
      } catch { throw Problem("\(error)", at: .init(file: location)) }
    }
  }

  /// The kinds or reasons of a paragraph's sentences, with the score of each and the signs it rests on; nil where all are body.
  private static func said(of verdicts: ArraySlice<Verdict>) -> String? {
    if verdicts.allSatisfy({ $0.kind == .body }) { return nil }
    var said: [String] = []
    for verdict in verdicts {
      var one = "\(verdict.reason?.name ?? verdict.kind.name) \(verdict.score)"
      if !verdict.signals.isEmpty { one += ": " + verdict.signals.names.joined(separator: ", ") }
      if said.last != one { said.append(one) }
    }
    return said.joined(separator: "; ")
  }

  private static func explained(
    _ paragraph: Paragraph, _ explanations: ArraySlice<Explanation>, of text: [UInt8]
  ) -> ExplainedParagraph {
    var explained = ExplainedParagraph()
    var start = paragraph.start
    for place in explanations {
      var why = place.isBoundary ? "\(place.rule.name): \(place.layer)" : "\(place.layer)"
      if let score = place.score, let margin = place.margin { why += " \(score), margin \(margin)" }
      explained.pieces.append(
        .init(text: shown(text, start..<place.end), mark: .init(isBoundary: place.isBoundary, why: why)))
      start = place.isBoundary ? place.next : place.end
    }
    explained.pieces.append(.init(text: shown(text, start..<paragraph.end), mark: nil))
    return explained
  }

  private static func shown(_ text: [UInt8], _ range: Range<Int>) -> String {
    var line = ByteBuffer()
    _ = SentenceText.append(text.span.extracting(range), to: &line)
    return String(decoding: line.span.copied(), as: UTF8.self)
  }
}
