public import Segmentation

/// Tells an article's sentences from what the page round it left behind.
///
/// Each paragraph is read by itself (its shape, and the words of Languages/), then the article is found among them
/// (`Zones`), then each leftover gets its reason (`Reasons`). docs/LEFTOVERS.md describes the signs and their weights.
public struct LeftoverClassifier: Sendable {
  public init() {}

  /// One verdict for each of `sentences`, which are all of the article `text` (valid UTF-8), in order.
  ///
  /// - Complexity: O(n) in the bytes of `text`.
  public func verdicts(for sentences: [Sentence], of text: Span<UInt8>, language: String) -> [Verdict] {
    var page = Page(sentences: sentences, of: text, language: language)
    return page.verdicts(for: sentences, of: text)
  }
}

/// An article's lines, from the first look at them to the verdicts.
struct Page {
  var lines: [Line] = []

  init(sentences: [Sentence], of text: Span<UInt8>, language: String) {
    var scanner = WordScanner(lexicon: Languages.lexicon(for: language))
    var folded = FoldedLine()
    var first = 0
    while first < sentences.count {
      var next = first + 1
      while next < sentences.count, sentences[next].paragraph == sentences[first].paragraph { next += 1 }
      var line = Line(sentences: first..<next, start: sentences[first].start, end: sentences[next - 1].end)
      if let last = lines.last { line.blanksBefore = Self.lineEnds(text, last.end, line.start) - 1 }
      line.shape = Shape(of: text, from: line.start, to: line.end)
      folded.fold(text, from: line.start, to: line.end)
      line.words = scanner.scan(folded.span)
      line.readSigns()
      lines.append(line)
      first = next
    }
  }

  private static func lineEnds(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var count = 0
    for here in start..<min(end, start + 64) where text[here] == 0x0A { count += 1 }
    return count
  }

  mutating func verdicts(for sentences: [Sentence], of text: Span<UInt8>) -> [Verdict] {
    Zones.find(in: &lines)
    let reasons = Reasons(lines: lines).found
    var verdicts: [Verdict] = []
    verdicts.reserveCapacity(sentences.count)
    for (index, line) in lines.enumerated() {
      let reason = reasons[index]
      let verdict = Verdict(
        kind: reason == nil ? .body : .other, reason: reason, score: line.article - line.page, signals: line.signals)
      for _ in line.sentences { verdicts.append(verdict) }
    }
    return verdicts
  }
}
