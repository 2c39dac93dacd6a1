internal import CKernels

/// Looks up lines in a lexicon. Keeps its buffers between lines.
struct WordScanner {
  private let lexicon: Lexicon
  private var progress: [Int8]
  private var touched: [Int] = []
  private var hits = Lexicon.hits()

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    progress = [Int8](repeating: 0, count: lexicon.phraseCount)
  }

  /// Whether the folded line begins with some phrase, whatever follows it.
  mutating func begins(_ line: borrowing FoldedLine) -> Bool {
    let count = lexicon.findFirst(in: line, &hits)
    let bytes = line.span
    for index in 0..<count {
      for entry in lexicon.entries(of: hits[index])
      where lexicon.stands(lexicon.entries[Int(entry)], at: hits[index], in: bytes) { return true }
    }
    return false
  }

  /// - Complexity: O(bytes of the line × the longest phrase), and in text mostly O(bytes).
  mutating func scan(_ line: borrowing FoldedLine) -> Words {
    for phrase in touched { progress[phrase] = 0 }
    touched.removeAll(keepingCapacity: true)
    let (counts, hitCount) = lexicon.find(in: line, &hits)
    let bytes = line.span
    var words = Words()
    words.total = counts.word_bytes
    words.numbers = counts.numbers
    var atLineStart = true
    // Whether a phrase stands before the first word or quote, or there.
    var matchedBefore = false
    var longestLength = 0
    var matchEnd = -1
    var index = 0
    while index < hitCount {
      let here = Int(hits[index].offset)
      let first = index
      while index < hitCount && Int(hits[index].offset) == here { index += 1 }
      guard here >= matchEnd, hits[first].after_word == 0 || here == matchEnd else { continue }
      if here > counts.first_stop { atLineStart = false }
      let match = longestMatch(in: bytes, at: here, first..<index, atLineStart: atLineStart, words: &words)
      guard match.length > 0 else { continue }
      matchEnd = here + match.length
      words.covered += Self.wordBytes(bytes, here, matchEnd)
      if let section = match.section, match.length > longestLength, section != .filler {
        longestLength = match.length
        words.longest = section
      }
      if here <= counts.first_stop { matchedBefore = true }
      atLineStart = false
    }
    let stop = counts.first_stop
    words.beginsWithQuote = stop < bytes.count && !matchedBefore && Self.isQuote(bytes, stop)
    return words
  }

  private static func isQuote(_ line: Span<UInt8>, _ offset: Int) -> Bool {
    let scalar = Folding.scalar(line, offset, Folding.length(line[offset]))
    return scalar == 0x22 || scalar == 0x27 || scalar == 0x300C || scalar == 0x300E
  }

  /// The longest phrase at `offset`; every piece on the way there is counted in `words`.
  private mutating func longestMatch(
    in line: Span<UInt8>, at offset: Int, _ range: Range<Int>, atLineStart: Bool, words: inout Words
  ) -> (length: Int, section: Section?) {
    var best = 0
    var section: Section?
    for hit in range {
      let entries = lexicon.entries(of: hits[hit])
      var number = entries.lowerBound
      while true {
        number = lexicon.next(number, entries.upperBound, with: hits[hit].bytes)
        guard number < entries.upperBound else { break }
        let entry = lexicon.entries[Int(number)]
        number += 1
        guard lexicon.stands(entry, at: hits[hit], in: line) else { continue }
        let end = offset + Int(entry.count)
        guard Self.isBoundary(line, offset, end) else { continue }
        for number in entry.pieces {
          let piece = lexicon.pieces[Int(number)]
          if use(piece, from: offset, to: end, line, atLineStart, &words) {
            best = Int(entry.count)
            section = piece.section
          }
        }
      }
    }
    return (best, section)
  }

  /// Counts the piece, if it may stand here. False where it may not.
  private mutating func use(
    _ piece: Lexicon.Piece, from start: Int, to end: Int, _ line: Span<UInt8>, _ atLineStart: Bool,
    _ words: inout Words
  ) -> Bool {
    if piece.section.isCue {
      words.cues += 1
      // `Download` asks at the beginning of a sentence; within one it is an infinitive as well.
      if piece.section == .ask && piece.weight == 1 && !Self.beginsClause(line, start) { return false }
      if piece.section == .role { words.roles += 1 }
      words.cueKinds |= piece.section.bit
      return false
    }
    if piece.isWhole {
      words.sections |= piece.section.bit
      if atLineStart && (piece.section == .byline || piece.section == .credit) { words.label = piece.section }
      if atLineStart && Self.colonFollows(line, end) && !Self.onlyPunctuation(line, end) {
        note(start: piece, colon: true, in: &words)
      }
      return true
    }
    if piece.atStart && !atLineStart { return false }
    if piece.part > 0 && progress[Int(piece.phrase)] < piece.part { return false }
    if piece.atEnd && !Self.onlyPunctuation(line, end) { return false }
    if piece.part >= 0 {
      progress[Int(piece.phrase)] = max(progress[Int(piece.phrase)], piece.part + 1)
      touched.append(Int(piece.phrase))
      if !piece.isLast { return false }
    }
    words.sections |= piece.section.bit
    if piece.atStart {
      note(start: piece, colon: Self.colonFollows(line, end), in: &words)
    } else if piece.weight > words.insideWeight {
      words.inside = piece.section
      words.insideWeight = piece.weight
    }
    return true
  }

  private func note(start piece: Lexicon.Piece, colon: Bool, in words: inout Words) {
    guard piece.weight >= words.startWeight || colon && !words.startColon else { return }
    words.start = piece.section
    words.startWeight = max(piece.weight, words.startWeight)
    words.startColon = colon || words.startColon
  }

  /// Whether what stands from `start` to `end` may be a phrase there: no word goes on behind it.
  static func isBoundary(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard end < line.count, line[end] != 0x20 else { return true }
    if line[end] & 0xC0 == 0x80 { return false }
    let next = Folding.scalar(line, end, Folding.length(line[end]))
    guard Folding.isWord(next) else { return true }
    var last = end - 1
    while last > start && line[last] & 0xC0 == 0x80 { last -= 1 }
    let scalar = Folding.scalar(line, last, Folding.length(line[last]))
    return !Folding.isWord(scalar) || Folding.isUnspaced(scalar) || scalar == 0x30 || next == 0x30
  }

  /// Whether a colon, a bar or an arrow follows, or nothing at all.
  private static func colonFollows(_ line: Span<UInt8>, _ offset: Int) -> Bool {
    var here = offset
    if here > 0 && (line[here - 1] == 0x3A || line[here - 1] == 0x7C) { return true }
    while here < line.count && line[here] == 0x20 { here += 1 }
    if here >= line.count { return true }
    return line[here] == 0x3A || line[here] == 0x7C || line[here] == 0x3E || line[here] == 0x22 && here > offset
  }

  /// Whether the line begins there, or other than a word stands before the spaces; true within unspaced scripts.
  private static func beginsClause(_ line: Span<UInt8>, _ offset: Int) -> Bool {
    var here = offset
    while here > 0 && line[here - 1] == 0x20 { here -= 1 }
    guard here > 0 else { return true }
    let last = line[here - 1]
    return line[offset] >= 0xE3 || last < 0x30 || last > 0x39 && last < 0x61 || last > 0x7A && last < 0x80
  }

  private static func onlyPunctuation(_ line: Span<UInt8>, _ offset: Int) -> Bool {
    var here = offset
    while here < line.count {
      let length = Folding.length(line[here])
      if Folding.isWord(Folding.scalar(line, here, length)) { return false }
      here += length
    }
    return true
  }

  /// Bytes of words, numbers apart.
  private static func wordBytes(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var here = start
    var count = 0
    while here < end {
      let byte = line[here]
      if byte < 0x80 {
        // Letters: digits are all 0 here.
        count += byte >= 0x61 && byte <= 0x7A ? 1 : 0
        here += 1
        continue
      }
      let length = Folding.length(byte)
      let scalar = Folding.scalar(line, here, length)
      if Folding.isWord(scalar) { count += length }
      here += length
    }
    return count
  }
}
