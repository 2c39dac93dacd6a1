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
  private var scanner: WordScanner
  var folded = FoldedLine()

  init(sentences: [Sentence], of text: Span<UInt8>, language: String) {
    scanner = WordScanner(lexicon: Languages.lexicon(for: language))
    var first = 0
    while first < sentences.count {
      var next = first + 1
      while next < sentences.count, sentences[next].paragraph == sentences[first].paragraph { next += 1 }
      var line = Line(sentences: first..<next, start: sentences[first].start, end: sentences[next - 1].end)
      if let last = lines.last { line.blanksBefore = Self.lineEnds(text, last.end, line.start) - 1 }
      Self.read(&line, text, &scanner, &folded)
      lines.append(line)
      first = next
    }
  }

  private static func read(
    _ line: inout Line, _ text: Span<UInt8>, _ scanner: inout WordScanner, _ folded: inout FoldedLine
  ) {
    line.shape = Shape(of: text, from: line.start, to: line.end)
    folded.fold(text, from: line.start, to: line.end)
    line.words = scanner.scan(folded)
    line.readSigns()
  }

  private static func lineEnds(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var count = 0
    for here in start..<min(end, start + 64) where text[here] == 0x0A { count += 1 }
    return count
  }

  mutating func verdicts(for sentences: [Sentence], of text: Span<UInt8>) -> [Verdict] {
    forgiveOne()
    findEcho(text)
    Zones.find(in: &lines)
    let reasons = Reasons(lines: lines).found
    var verdicts: [Verdict] = []
    verdicts.reserveCapacity(sentences.count)
    for (index, line) in lines.enumerated() {
      let verdict = Verdict(
        kind: reasons[index] == nil ? .body : .other, reason: reasons[index], score: line.article - line.page,
        signals: line.signals)
      guard line.sentences.count > 1 && (reasons[index] == nil || line.zone == .article) else {
        for _ in line.sentences { verdicts.append(verdict) }
        continue
      }
      for sentence in line.sentences {
        verdicts.append(own(sentences[sentence], in: line, text) ?? (line.isLong ? Verdict(kind: .body) : verdict))
      }
    }
    return verdicts
  }

  /// One date, name or button in a text that has nothing else of a page is the text's own.
  private mutating func forgiveOne() {
    guard lines.reduce(0, { $0 + ($1.isPage ? 1 : 0) }) == 1 else { return }
    guard let index = lines.firstIndex(where: { $0.isPage }) else { return }
    switch lines[index].reason {
    case .date, .byline, .navigation, .counter, .notice, .credit, .comment, .tags: lines[index].strength = 1
    default: break
    }
  }

  /// What a sentence says itself, between or behind others of its paragraph: `Baca juga: …`, `Foto: …`, `(abc/def)`.
  private mutating func own(_ sentence: Sentence, in line: Line, _ text: Span<UInt8>) -> Verdict? {
    let length = sentence.end - sentence.start
    guard length <= 160, length > 2 else { return nil }
    if !(sentence.end == line.end && length <= 64 && Self.hasOpenEnd(text[sentence.end - 1])) {
      folded.fold(text, from: sentence.start, to: min(sentence.end, sentence.start + 36))
      guard scanner.begins(folded.span) else { return nil }
    }
    var piece = Line(sentences: 0..<1, start: sentence.start, end: sentence.end)
    Self.read(&piece, text, &scanner, &folded)
    guard piece.strength >= 3 || piece.strength == 2 && !piece.isProse && sentence.end == line.end else { return nil }
    return Verdict(kind: .other, reason: piece.reason, score: -Weights.article.page, signals: piece.signals)
  }

  /// A letter or a bracket of ASCII.
  private static func hasOpenEnd(_ last: UInt8) -> Bool {
    last == 0x29 || last == 0x5D || last | 0x20 >= 0x61 && last | 0x20 <= 0x7A
  }
}
