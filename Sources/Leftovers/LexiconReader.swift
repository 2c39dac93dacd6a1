internal import Segmentation

/// Reads files of Languages/ into phrases.
struct LexiconReader {
  struct Entry {
    /// Its place among all bytes read.
    var bytes: Range<Int>
    var piece: Lexicon.Piece
  }

  private(set) var entries: [Entry] = []
  /// The phrases' folded bytes, end to end.
  private(set) var bytes: [UInt8] = []
  private(set) var phraseCount = 0
  private var folded = FoldedLine()

  mutating func read(_ file: Span<UInt8>) {
    var section: Section?
    var here = 0
    while here < file.count {
      var end = here
      while end < file.count && file[end] != 0x0A { end += 1 }
      let last = end
      while end > here && (file[end - 1] == 0x20 || file[end - 1] == 0x0D) { end -= 1 }
      if end > here {
        if file[here] == 0x5B && file[end - 1] == 0x5D, end - here > 2 {
          section = Section(name: name(file.extracting(here + 1..<end - 1))) ?? section
        } else if file[here] != 0x23, let section {
          add(file.extracting(here..<end), to: section)
        }
      }
      here = last + 1
    }
  }

  private func name(_ span: Span<UInt8>) -> String {
    String(decoding: (0..<span.count).map { span[$0] }, as: UTF8.self)
  }

  private mutating func add(_ line: Span<UInt8>, to section: Section) {
    var cuts: [Range<Int>] = []
    var from = 0
    var here = 0
    var leading = false
    var trailing = false
    while here < line.count {
      if here + 3 <= line.count, line[here] == 0xE2, line[here + 1] == 0x80, line[here + 2] == 0xA6 {
        if here == 0 { leading = true } else { cuts.append(from..<here) }
        here += 3
        from = here
        trailing = here == line.count
      } else {
        here += 1
      }
    }
    if from < line.count { cuts.append(from..<line.count) }
    let texts = cuts.map { fold(line, $0) }.filter { !$0.isEmpty }
    let weight = UInt8(min(3, texts.reduce(0) { $0 + Self.weight(of: bytes.span.extracting($1)) }))
    let phrase = texts.count > 1 ? Int32(phraseCount) : -1
    if texts.count > 1 { phraseCount += 1 }
    for (index, range) in texts.enumerated() {
      let piece = Lexicon.Piece(
        section: section, part: texts.count > 1 ? Int8(truncatingIfNeeded: index) : -1,
        isLast: index == texts.count - 1, atStart: index == 0 && !leading,
        atEnd: index == texts.count - 1 && !trailing, phrase: phrase, weight: weight)
      entries.append(Entry(bytes: range, piece: piece))
    }
  }

  /// Folds a part of the line behind the bytes so far, and tells where.
  private mutating func fold(_ line: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    let start = WhiteSpace.skip(in: line, from: range.lowerBound, to: range.upperBound)
    folded.fold(line, from: start, to: range.upperBound)
    let first = bytes.count
    folded.append(to: &bytes)
    return first..<bytes.count
  }

  /// One for each word; unspaced scripts: one for each two characters.
  private static func weight(of text: Span<UInt8>) -> Int {
    var words = 0
    var unspaced = 0
    var here = 0
    var inWord = false
    while here < text.count {
      let length = Folding.length(text[here])
      let scalar = Folding.scalar(text, here, length)
      here += length
      let isWord = Folding.isWord(scalar)
      if isWord && Folding.isUnspaced(scalar) {
        unspaced += 1
      } else if isWord && !inWord {
        words += 1
      }
      inWord = isWord
    }
    return max(1, words + unspaced / 2)
  }
}
