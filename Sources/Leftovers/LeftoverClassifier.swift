public import Segmentation

/// Tells an article's sentences from what the page round it left behind.
///
/// Each paragraph is read by itself (its shape, and the words of Languages/), then the article is found among them
/// (`Zones`), then each leftover gets its reason (`Reasons`). docs/LEFTOVERS.md describes the signs and their weights.
public struct LeftoverClassifier: Sendable {
  private let model: PageModel

  public init() { model = .shipped }

  /// With weights that are not built in: the trainer's.
  package init(model: PageModel) { self.model = model }

  /// One verdict for each of `sentences`, which are all of the article `text` (valid UTF-8), in order.
  ///
  /// - Complexity: O(n) in the bytes of `text`.
  public func verdicts(for sentences: [Sentence], of text: Span<UInt8>, language: String) -> [Verdict] {
    verdicts(for: sentences, of: text, language: language) { _ in false }
  }

  /// The verdicts, and what the article says of itself.
  ///
  /// - Complexity: O(n) in the bytes of `text`.
  public func reading(of sentences: [Sentence], in text: Span<UInt8>, language: String) -> PageReading {
    var page = Page(sentences: sentences, of: text, language: language)
    return page.reading(of: sentences, in: text, language: language, model: model)
  }

  /// - Parameter hides: by line, whether what the words of Languages/ say of it is to be forgotten; as on pages whose
  ///   words nobody has listed.
  package func verdicts(
    for sentences: [Sentence], of text: Span<UInt8>, language: String, hides: (Int) -> Bool
  ) -> [Verdict] {
    var page = Page(sentences: sentences, of: text, language: language)
    page.hide(hides)
    return page.reading(of: sentences, in: text, language: language, model: model).verdicts
  }
}

/// What the classifier reads in an article.
public struct PageReading: Sendable {
  /// One for each sentence.
  public var verdicts: [Verdict]
  public var facts: ArticleFacts

  public init(verdicts: [Verdict] = [], facts: ArticleFacts = ArticleFacts()) {
    self.verdicts = verdicts
    self.facts = facts
  }
}

/// An article's lines, from the first look at them to the verdicts.
struct Page {
  var lines: [Line] = []
  private var scanner: WordScanner
  var folded = FoldedLine()
  private(set) var isDump = false
  /// No line of it says plainly that it is a page's.
  private var isQuiet = false

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
    if !line.shape.isTerminated && line.shape.width <= 240 { line.gaps = wideGaps(text, line.start, line.end) }
    line.readSigns()
  }

  private static func wideGaps(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    if ShapeTable.isPlainlySpaced(text, start, end) { return 0 }
    var gaps = 0
    var spaces = 0
    for here in start..<end {
      switch text[here] {
      case 0x20: spaces += 1
      case 0x09: spaces += 2
      case 0xC2 where text[here + 1] == 0xA0: spaces += 1
      case 0xA0 where text[here - 1] == 0xC2: break
      case 0xE3 where text[here + 1] == 0x80 && text[here + 2] == 0x80: gaps += 1
      default:
        if spaces >= 2 { gaps += 1 }
        spaces = 0
      }
    }
    return gaps
  }

  private static func lineEnds(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var count = 0
    for here in start..<min(end, start + 64) where text[here] == 0x0A { count += 1 }
    return count
  }

  /// Everything but the verdicts: zones, and the features where the page has lines of a page.
  mutating func prepare(_ text: Span<UInt8>) {
    forgiveOne()
    findNames(text)
    findEcho(text)
    isDump = Zones.find(in: &lines)
  }

  /// What the model is asked of each line.
  func features(_ text: Span<UInt8>) -> PageFeatures {
    PageFeatures(lines: lines, hashes: lines.map { Self.hash(text, $0) }, cohesion: Cohesion(lines, text))
  }

  mutating func hide(_ hides: (Int) -> Bool) {
    for index in lines.indices where hides(index) {
      lines[index].words = Words()
      lines[index].words.total = max(1, lines[index].shape.letters)
      lines[index].reason = nil
      lines[index].strength = 0
      lines[index].signals = []
    }
  }

  /// Of the line's first bytes: equal lines have equal ones.
  private static func hash(_ text: Span<UInt8>, _ line: Line) -> UInt32 {
    var hash: UInt32 = 0x811C_9DC5 ^ UInt32(truncatingIfNeeded: line.length)
    for here in line.start..<min(line.end, line.start + 48) { hash = (hash ^ UInt32(text[here])) &* 0x0100_0193 }
    return hash
  }

  mutating func reading(
    of sentences: [Sentence], in text: Span<UInt8>, language: String, model: PageModel
  ) -> PageReading {
    prepare(text)
    if lines.count(where: { $0.isPage || $0.isEcho }) >= PageModel.leastPlain { ask(model, text) }
    let reasons = Reasons(lines: lines).found
    let kinds = Kinds(lines: lines, reasons: reasons).found
    var verdicts: [Verdict] = []
    verdicts.reserveCapacity(sentences.count)
    for index in lines.indices {
      append(index, kinds[index], reasons[index], sentences, text, to: &verdicts)
    }
    let facts = facts(text, reasons: reasons, kinds: kinds, language: language)
    return PageReading(verdicts: verdicts, facts: facts)
  }

  /// The verdicts of a line's sentences.
  private mutating func append(
    _ index: Int, _ kind: Kind, _ reason: LeftoverReason?, _ sentences: [Sentence], _ text: Span<UInt8>,
    to verdicts: inout [Verdict]
  ) {
    let line = lines[index]
    let verdict = Verdict(
      kind: kind, reason: reason, score: line.margin(isPage: reason != nil), signals: line.signals)
    guard line.sentences.count > 1 && (reason == nil || line.zone == .article) else {
      for _ in line.sentences { verdicts.append(verdict) }
      return
    }
    let first = verdicts.count
    var closed: Verdict?
    for sentence in line.sentences {
      if let verdict = closed {
        verdicts.append(verdict)
        continue
      }
      closed = bracketed(from: sentences[sentence], in: line, text)
      if let verdict = closed {
        verdicts.append(verdict)
        continue
      }
      let long = Verdict(kind: .body, score: verdict.score, signals: verdict.signals)
      verdicts.append(own(sentences[sentence], in: line, text) ?? (line.isLong ? long : verdict))
    }
    // What stands before `Foto: …` in a short line says what the picture shows.
    guard line.shape.width <= 240, verdicts[verdicts.count - 1].reason == .credit else { return }
    for place in first..<verdicts.count where verdicts.count - first <= 3 {
      if verdicts[place].kind == .body || verdicts[place].kind == .heading { verdicts[place].kind = .caption }
    }
  }

  /// `(Foto: Dok. Pemdes Sukamaju)` at the line's end, of which a full stop makes two sentences or more.
  private mutating func bracketed(from sentence: Sentence, in line: Line, _ text: Span<UInt8>) -> Verdict? {
    guard sentence.end < line.end, line.end - sentence.start <= 96 else { return nil }
    guard text[sentence.start] == 0x28, text[line.end - 1] == 0x29 else { return nil }
    for here in sentence.start..<line.end - 1 where text[here] == 0x29 { return nil }
    var piece = Line(sentences: 0..<1, start: sentence.start, end: line.end)
    Self.read(&piece, text, &scanner, &folded)
    guard piece.reason == .credit || piece.reason == .byline, piece.strength >= 2 else { return nil }
    return Verdict(kind: .other, reason: piece.reason, score: piece.margin(isPage: true), signals: piece.signals)
  }

  /// One date, name or button in a text that has nothing else of a page is the text's own.
  private mutating func forgiveOne() {
    if lines.allSatisfy({ !$0.isPage || $0.mayBeProse }) {
      isQuiet = true
      for index in lines.indices where lines[index].isPage { lines[index].strength = 1 }
      return
    }
    // A diary's dates are its headings.
    if lines.allSatisfy({ !$0.isPage || $0.reason == .date }) {
      for index in lines.indices where lines[index].isPage { lines[index].strength = 1 }
      return
    }
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
    // Somebody speaks, or what is written somewhere is read out.
    if line.words.beginsWithQuote && sentence.end != line.end { return nil }
    if !(sentence.end == line.end && length <= 64 && Self.hasOpenEnd(text[sentence.end - 1])) {
      folded.fold(text, from: sentence.start, to: min(sentence.end, sentence.start + 36))
      guard scanner.begins(folded) else { return nil }
    }
    var piece = Line(sentences: 0..<1, start: sentence.start, end: sentence.end)
    Self.read(&piece, text, &scanner, &folded)
    guard piece.strength >= 3 || piece.strength == 2 && !piece.isProse && sentence.end == line.end else { return nil }
    if isQuiet && piece.mayBeProse { return nil }
    return Verdict(kind: .other, reason: piece.reason, score: piece.margin(isPage: true), signals: piece.signals)
  }

  /// A letter or a bracket of ASCII.
  private static func hasOpenEnd(_ last: UInt8) -> Bool {
    last == 0x29 || last == 0x5D || last | 0x20 >= 0x61 && last | 0x20 <= 0x7A
  }
}

extension Line {
  /// An ask that a story may say as well: it ends as a sentence does, and nothing that pages offer is named.
  fileprivate var mayBeProse: Bool {
    guard shape.isTerminated, !words.startColon, !shape.endsWithColon else { return false }
    switch reason {
    case .related, .share, .newsletter, .notice: return !(words.hints(.ours) && words.hints(.offer))
    default: return false
    }
  }
}
