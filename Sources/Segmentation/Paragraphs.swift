/// How an article's paragraphs are told apart.
public enum ParagraphMode: String, Sendable, CaseIterable {
  /// Every line is a paragraph.
  case lines
  /// Blank lines separate paragraphs; the lines inside one are joined.
  case blankLines = "blank-lines"
  /// Looked for in the article's shape: one of the two above, for each article.
  case auto
}

extension ParagraphMode {
  /// The mode that `auto` is nearest to for this text: `blankLines` where it is hard-wrapped; the others are themselves.
  public func resolved(for text: Span<UInt8>) -> ParagraphMode {
    guard self == .auto else { return self }
    let lines = ParagraphMode.lines.paragraphs(of: text)
    return AutoParagraphs.find(in: text, lines: lines) == nil ? .lines : .blankLines
  }

  /// The paragraphs of `text` (valid UTF-8), in order, trimmed of White_Space; blank ones left out.
  ///
  /// - Complexity: O(n) in the bytes of `text`.
  public func paragraphs(of text: Span<UInt8>) -> [Paragraph] {
    if self == .auto {
      let lines = ParagraphMode.lines.paragraphs(of: text)
      return AutoParagraphs.find(in: text, lines: lines) ?? lines
    }
    let mode = self
    var found: [Paragraph] = []
    var lineStart = 0
    var here = 0
    var open: Paragraph? = nil
    while true {
      here = WhiteSpace.nextLineEnd(in: text, from: here)
      let atEnd = here >= text.count
      let start = WhiteSpace.skip(in: text, from: lineStart, to: here)
      let end = WhiteSpace.skipBack(in: text, from: here, to: start)
      if start == end {
        if let paragraph = open { found.append(paragraph) }
        open = nil
      } else if mode == .lines {
        found.append(Paragraph(start: start, end: end))
      } else {
        open = Paragraph(start: open?.start ?? start, end: end)
      }
      if atEnd { break }
      here += WhiteSpace.lineEndLength(in: text, at: here)
      lineStart = here
    }
    if let paragraph = open { found.append(paragraph) }
    return found
  }
}
