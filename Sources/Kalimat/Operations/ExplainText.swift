internal import Segmentation

/// A paragraph, cut at every place where a sentence might end.
public struct ExplainedParagraph: Sendable {
  public struct Mark: Sendable {
    public var isBoundary: Bool
    /// The boundary's rule, the layer that decided, and the model's score where it was asked.
    public var why: String
  }

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
    while let piece = try reader.next() {
      let text = piece.bytes
      let language = language ?? LanguageDetector.detect(text.span).tag
      do throws(SegmentationError) {
        var segmenter = try Segmenter(language: language, rules: rules)
        for paragraph in paragraphs.paragraphs(of: text.span) {
          let decisions = try segmenter.decisions(inParagraph: text.span.extracting(paragraph.start..<paragraph.end))
          take(Self.explained(paragraph, decisions, of: text))
        }
      } catch { throw Problem("\(error)", at: .init(file: location)) }
    }
  }

  private static func explained(
    _ paragraph: Paragraph, _ decisions: [Decision], of text: [UInt8]
  ) -> ExplainedParagraph {
    var explained = ExplainedParagraph()
    var start = paragraph.start
    for decision in decisions {
      let end = paragraph.start + decision.candidate.end
      var why = decision.isBoundary ? "\(decision.rule.name): \(decision.layer)" : "\(decision.layer)"
      if let score = decision.score { why += " \(score)" }
      explained.pieces.append(
        .init(text: shown(text, start..<end), mark: .init(isBoundary: decision.isBoundary, why: why)))
      start = decision.isBoundary ? paragraph.start + decision.candidate.next : end
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
