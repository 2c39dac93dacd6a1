/// The paragraphs of an article whose layout is not known: hard-wrapped lines are joined, all else is a paragraph a line.
///
/// An article is hard-wrapped where its lines are full: the first word of the next line would not have fitted on them.
/// Inside such an article a line ends its paragraph where it is not full, before a blank line, before a list's
/// marker, and before a line that is indented more.
struct AutoParagraphs {
  private struct Line {
    var start: Int
    var end: Int
    /// Columns of white space before its first scalar, and the column after its last; wide scalars take two.
    var indent: Int
    var edge: Int
    /// Columns that its first word takes.
    var firstWord: Int
    /// Columns of the list marker it begins with and the white space after it; 0 where there is none.
    var marker: Int
    var beginsLower: Bool
    var beginsUpper: Bool
    /// It ends like a sentence, or like a part of one that a list or speech follows.
    var isTerminated: Bool
    /// A blank line stands before it.
    var isAfterBlank: Bool
  }

  /// Columns that no hard-wrapped line has.
  private static let widest = 132

  private var lines: [Line] = []
  private var margin = 0

  /// The paragraphs; nil where the article is not hard-wrapped, and each line is one.
  ///
  /// - Parameter plain: the article's lines that are not blank.
  static func find(in text: Span<UInt8>, lines plain: [Paragraph]) -> [Paragraph]? {
    guard plain.count > 1, plain.reduce(0, { $0 + $1.end - $1.start }) / plain.count < 3 * widest,
      !hasWideLines(text, plain)
    else { return nil }
    var article = AutoParagraphs()
    article.read(text, plain)
    article.margin = article.rightMargin()
    guard article.margin <= widest, article.isWrapped() else { return nil }
    return article.joined()
  }

  /// Whether so many lines are wider than any hard-wrapped one that the margin, which leaves two aside, is too. Told
  /// without reading the others: most articles are of that kind.
  private static func hasWideLines(_ text: Span<UInt8>, _ plain: [Paragraph]) -> Bool {
    var left = min(3, plain.count)
    for line in plain where line.end - line.start > widest && columns(text, line.start, line.end) > widest {
      left -= 1
      if left == 0 { return true }
    }
    return false
  }

  private mutating func read(_ text: Span<UInt8>, _ plain: [Paragraph]) {
    var previousEnd = 0
    for line in plain {
      // Its own line end and one more before it: a blank line between.
      var ends = 0
      var lineStart = previousEnd
      var here = previousEnd
      while here < line.start {
        let length = WhiteSpace.lineEndLength(in: text, at: here)
        if length > 0 {
          ends += 1
          lineStart = here + length
        }
        here += max(length, WhiteSpace.length(in: text, at: here))
      }
      lines.append(Self.line(text, line, indent: Self.columns(text, lineStart, line.start), isAfterBlank: ends > 1))
      previousEnd = line.end
    }
  }

  private static func line(_ text: Span<UInt8>, _ line: Paragraph, indent: Int, isAfterBlank: Bool) -> Line {
    let tail = CandidateFinder.tail(text, before: line.end, floor: line.start)
    var wordEnd = line.start
    while wordEnd < line.end && WhiteSpace.length(in: text, at: wordEnd) == 0 {
      let (scalar, length) = Scalar.at(wordEnd, in: text)
      wordEnd += length
      // Between wide scalars a line may end anywhere, but before a closing mark.
      if isWide(scalar) { break }
    }
    let first = Scalar.at(line.start, in: text).value
    return Line(
      start: line.start, end: line.end, indent: indent, edge: indent + columns(text, line.start, line.end),
      firstWord: isWide(first) ? 5 : columns(text, line.start, wordEnd), marker: marker(text, line),
      beginsLower: CharacterClass.of(first) == .lower, beginsUpper: CharacterClass.of(first) == .upper,
      isTerminated: tail.kind.isTerminator || tail.kind == .colon || tail.kind == .semicolon, isAfterBlank: isAfterBlank
    )
  }

  private static func columns(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var here = start
    var count = 0
    while here < end {
      let (scalar, length) = Scalar.at(here, in: text)
      count += scalar == 0x09 ? 4 : isWide(scalar) ? 2 : 1
      here += length
    }
    return count
  }

  private static func isWide(_ scalar: UInt32) -> Bool {
    scalar >= 0x1100
      && (scalar < 0x1160 || (scalar >= 0x2E80 && scalar < 0xA4D0) || (scalar >= 0xAC00 && scalar < 0xD7A4)
        || (scalar >= 0xF900 && scalar < 0xFB00) || (scalar >= 0xFF00 && scalar < 0xFF61) || scalar >= 0x20000)
  }

  /// `-`, `•`, `2.`, `b)`, `(1)` and white space; the columns of both.
  private static func marker(_ text: Span<UInt8>, _ line: Paragraph) -> Int {
    var here = line.start
    var alphanumerics = 0
    while here < line.end && here - line.start < 8 && WhiteSpace.length(in: text, at: here) == 0 {
      let (scalar, length) = Scalar.at(here, in: text)
      let kind = CharacterClass.of(scalar)
      if kind.isAlphanumeric { alphanumerics += 1 }
      let isMark = kind == .period || kind == .closer || kind == .opener || kind == .bullet || kind == .dash
      guard isMark || (kind.isAlphanumeric && alphanumerics <= 3) else { return 0 }
      if alphanumerics > 1 && !(kind == .digit || isMark) { return 0 }
      here += length
    }
    guard here > line.start, here < line.end, here - line.start < 8 else { return 0 }
    let last = CharacterClass.of(Scalar.before(here, in: text).value)
    let isBullet = alphanumerics == 0 && here - line.start <= 3 && last != .period
    guard isBullet || (alphanumerics > 0 && (last == .period || last == .closer)) else { return 0 }
    let textStart = WhiteSpace.skip(in: text, from: here, to: line.end)
    return columns(text, line.start, textStart)
  }

  /// The rightmost edge, one or two lines that stand out further left aside.
  private func rightMargin() -> Int {
    let edges = lines.map(\.edge).sorted(by: >)
    for index in 0..<min(2, edges.count - 1) where edges[index] - edges[index + 1] <= 12 { return edges[index] }
    return edges[min(2, edges.count - 1)]
  }

  private func isFull(_ line: Line, before next: Line) -> Bool { line.edge + 1 + next.firstWord > margin }

  /// Most lines that another one follows are full, and sentences go on over their ends: in verse each line has a
  /// capital.
  private func isWrapped() -> Bool {
    var (pairs, full, continued, lowers, uppers) = (0, 0, 0, 0, 0)
    for index in lines.indices.dropFirst() where !lines[index].isAfterBlank && lines[index].marker == 0 {
      // A line that is indented more begins a paragraph.
      if lines[index].indent > lines[index - 1].indent && lines[index - 1].marker == 0 { continue }
      pairs += 1
      guard isFull(lines[index - 1], before: lines[index]) else { continue }
      full += 1
      if lines[index].beginsLower { lowers += 1 }
      if lines[index].beginsUpper { uppers += 1 }
      if lines[index].beginsLower || !lines[index - 1].isTerminated { continued += 1 }
    }
    return pairs > 0 && full * 100 >= pairs * 55 && continued * 2 >= full && lowers * 3 >= uppers
  }

  private func joined() -> [Paragraph] {
    var paragraphs: [Paragraph] = []
    // The column where the text of the list item begins that is open.
    var item = 0
    for (index, line) in lines.enumerated() {
      let isNew = index == 0 || line.isAfterBlank || line.marker > 0
      if !isNew && joins(lines[index - 1], line, item: item), let last = paragraphs.indices.last {
        paragraphs[last].end = line.end
        continue
      }
      paragraphs.append(Paragraph(start: line.start, end: line.end))
      item = line.marker > 0 ? line.indent + line.marker : 0
    }
    return paragraphs
  }

  private func joins(_ previous: Line, _ line: Line, item: Int) -> Bool {
    if item > 0 && line.indent >= item { return true }
    guard item > 0 || line.indent <= previous.indent else { return false }
    // Not all margins are kept as well: a line may stop short by an eighth, and by more where its sentence goes on.
    if previous.edge + 1 + line.firstWord > margin - margin / 8 { return true }
    return line.beginsLower && !previous.isTerminated && previous.edge * 2 > margin
  }
}
