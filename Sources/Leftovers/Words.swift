internal import CKernels

/// What the words of a lexicon say of one line.
struct Words: Equatable {
  /// Bytes of words of the line, and those of them that stand in phrases of the lexicon.
  var total = 0
  var covered = 0
  var numbers = 0
  /// The sections of the phrases found (`Section.bit`), and the one that covers most.
  var sections: UInt32 = 0
  var longest: Section?
  /// What the line begins with, how much it says (1 to 3), and whether a colon or the line's end follows.
  var start: Section?
  var startWeight: UInt8 = 0
  var startColon = false
  /// A whole phrase that the line begins with: `By`, `Foto`.
  var label: Section?
  /// What stands at the line's end or anywhere in it.
  var inside: Section?
  var insideWeight: UInt8 = 0
  var beginsWithQuote = false
  /// Words of `Section.cue`.
  var cues = 0

  /// Whether the line is made of the lexicon's phrases, numbers and punctuation alone.
  var isCovered: Bool { covered == total && sections & ~(Section.filler.bit | Section.heading.bit) != 0 }
  func has(_ section: Section) -> Bool { sections & section.bit != 0 }
}

/// Looks up lines in a lexicon. Keeps its buffers between lines.
struct WordScanner {
  let lexicon: Lexicon
  private var progress: [Int8]
  private var touched: [Int] = []
  private var starts = [UInt16](repeating: 0, count: FoldedLine.capacity)
  private let table = FoldTable.shared

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    progress = [Int8](repeating: 0, count: lexicon.phraseCount)
  }

  /// Whether the folded line begins with the letters of some phrase, whatever follows them.
  func begins(_ line: Span<UInt8>) -> Bool {
    guard line.count > 1, lexicon.mayBegin(line, 0) else { return false }
    var found = false
    lexicon.forEach(at: 0, in: line) { _, _ in
      found = true
      return false
    }
    return found
  }

  /// - Complexity: O(bytes of the line × the longest phrase), and in text mostly O(bytes).
  mutating func scan(_ line: borrowing FoldedLine) -> Words {
    forget()
    return line.isASCII ? scanASCII(line) : scan(line.span)
  }

  /// The same, however it is written.
  mutating func scanEachScalar(_ line: borrowing FoldedLine) -> Words {
    forget()
    return scan(line.span)
  }

  private mutating func forget() {
    for phrase in touched { progress[phrase] = 0 }
    touched.removeAll(keepingCapacity: true)
  }

  /// Looks only where a word begins and the filter lets it pass.
  private mutating func scanASCII(_ line: borrowing FoldedLine) -> Words {
    let (counts, startCount) = line.words(lexicon, &starts)
    let bytes = line.span
    var words = Words()
    words.total = counts.word_bytes
    words.numbers = counts.numbers
    let firstStop = counts.first_stop
    var atLineStart = true
    // Whether a phrase stands before the first word or quote, or there.
    var matchedBefore = false
    var longestLength = 0
    var next = 0
    var here = 0
    var afterMatch = false
    while true {
      if !afterMatch {
        while next < startCount && Int(starts[next]) < here { next += 1 }
        if next == startCount { break }
        here = Int(starts[next])
      }
      if here > firstStop { atLineStart = false }
      let match = longestMatch(in: bytes, at: here, atLineStart: atLineStart, words: &words)
      afterMatch = false
      guard match.length > 0 else {
        here += 1
        continue
      }
      // Numbers and bytes are counted already.
      var numbers = 0
      words.covered += Self.wordBytes(bytes, here, here + match.length, numbers: &numbers)
      if let section = match.section, match.length > longestLength, section != .filler {
        longestLength = match.length
        words.longest = section
      }
      if here <= firstStop { matchedBefore = true }
      atLineStart = false
      here += match.length
      // A phrase may follow a phrase within a word.
      afterMatch = here < bytes.count && bytes[here] != 0x20 && lexicon.mayBegin(bytes, here)
      if !afterMatch && here >= bytes.count { break }
    }
    words.beginsWithQuote =
      firstStop < bytes.count && (bytes[firstStop] == 0x22 || bytes[firstStop] == 0x27) && !matchedBefore
    return words
  }

  private mutating func scan(_ line: Span<UInt8>) -> Words {
    var words = Words()
    var here = 0
    var longestLength = 0
    var atLineStart = true
    var afterWord = false
    while here < line.count {
      let length = Folding.length(line[here])
      let scalar = length == 1 ? UInt32(line[here]) : Folding.scalar(line, here, length)
      let isWord = table.isWord(scalar)
      if isWord && (!afterWord || Folding.isUnspaced(scalar)) || !isWord && scalar != 0x20 && !afterWord,
        lexicon.mayBegin(line, here)
      {
        let match = longestMatch(in: line, at: here, atLineStart: atLineStart, words: &words)
        if match.length > 0 {
          let size = Self.wordBytes(line, here, here + match.length, numbers: &words.numbers)
          words.total += size
          words.covered += size
          if let section = match.section, match.length > longestLength, section != .filler {
            longestLength = match.length
            words.longest = section
          }
          here += match.length
          atLineStart = false
          afterWord = false
          continue
        }
      }
      if isWord {
        if scalar == 0x30 { words.numbers += 1 } else { words.total += length }
        atLineStart = false
      } else if scalar == 0x22 || scalar == 0x27 || scalar == 0x300C || scalar == 0x300E {
        if atLineStart { words.beginsWithQuote = true }
        atLineStart = false
      }
      afterWord = isWord
      here += length
    }
    return words
  }

  /// The longest phrase at `offset`; every piece on the way there is counted in `words`.
  private mutating func longestMatch(
    in line: Span<UInt8>, at offset: Int, atLineStart: Bool, words: inout Words
  ) -> (length: Int, section: Section?) {
    var best = 0
    var section: Section?
    lexicon.forEach(at: offset, in: line) { length, pieces in
      guard Self.isBoundary(line, offset, offset + length) else { return true }
      for number in pieces {
        let piece = lexicon.pieces[Int(number)]
        if use(piece, from: offset, to: offset + length, line, atLineStart, &words) {
          best = length
          section = piece.section
        }
      }
      return true
    }
    return (best, section)
  }

  /// Counts the piece, if it may stand here. False where it may not.
  private mutating func use(
    _ piece: Lexicon.Piece, from start: Int, to end: Int, _ line: Span<UInt8>, _ atLineStart: Bool,
    _ words: inout Words
  ) -> Bool {
    if piece.section == .cue {
      words.cues += 1
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

  private static func isBoundary(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard end < line.count else { return true }
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

  private static func onlyPunctuation(_ line: Span<UInt8>, _ offset: Int) -> Bool {
    var here = offset
    while here < line.count {
      let length = Folding.length(line[here])
      if Folding.isWord(Folding.scalar(line, here, length)) { return false }
      here += length
    }
    return true
  }

  private static func wordBytes(_ line: Span<UInt8>, _ start: Int, _ end: Int, numbers: inout Int) -> Int {
    var here = start
    var count = 0
    while here < end {
      let length = Folding.length(line[here])
      let scalar = Folding.scalar(line, here, length)
      if scalar == 0x30 {
        numbers += 1
      } else if Folding.isWord(scalar) {
        count += length
      }
      here += length
    }
    return count
  }
}
