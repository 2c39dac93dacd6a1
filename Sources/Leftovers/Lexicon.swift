internal import Segmentation

/// The words of one or more languages that leftovers are told by: a trie over folded bytes.
///
/// A line of Languages/xx.txt is a phrase; `…` stands for any text and `0` for any number:
/// `Share` counts where a line is made of such phrases; `Read also…` begins a line, `…all rights reserved` ends one,
/// `…uses cookies…` stands anywhere, `Follow…on Telegram…` is two phrases in that order.
struct Lexicon: Sendable {
  /// One piece of a phrase between ellipses.
  struct Piece: Sendable {
    var section: Section
    /// Which piece of its phrase it is; -1 where the phrase has one piece.
    var part: Int8
    var isLast: Bool
    var atStart: Bool
    var atEnd: Bool
    /// Number of the phrase among those of many pieces, else -1.
    var phrase: Int32
    /// How much the phrase says, by its words (or characters of unspaced scripts): 1 to 3.
    var weight: UInt8
    /// Whether it is a phrase without any ellipsis.
    var isWhole: Bool { part < 0 && atStart && atEnd }
  }

  // Node n: its children are labels[first[n]..<first[n + 1]], sorted; child c of the list is node c + 1.
  private(set) var first: [Int32] = []
  private(set) var labels: [UInt8] = []
  private(set) var terminal: [Int32] = []
  private(set) var pieces: [[Piece]] = []
  private(set) var phraseCount = 0
  /// The root's child by each byte, or -1: most words of an article go no further.
  private(set) var roots = [Int32](repeating: -1, count: 256)

  /// Which three bytes begin a phrase, by a hash of 16 bits: most words of an article stop here.
  private var beginnings = [UInt64](repeating: 0, count: 1024)

  /// Phrases of one byte.
  private var singles = [Bool](repeating: false, count: 256)

  /// - Parameter files: the bytes of Languages/xx.txt of each language.
  init(files: [[UInt8]]) {
    var reader = LexiconReader()
    for file in files { reader.read(file.span) }
    phraseCount = reader.phraseCount
    for entry in reader.entries { note(entry.bytes) }
    build(reader.entries.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) })
  }

  /// Breadth first, so that a node's children stand together.
  private mutating func build(_ entries: [LexiconReader.Entry]) {
    var queue: [(range: Range<Int>, depth: Int)] = [(0..<entries.count, 0)]
    var next = 0
    while next < queue.count {
      let (range, depth) = queue[next]
      next += 1
      first.append(Int32(labels.count))
      var index = range.lowerBound
      var own: [Piece] = []
      while index < range.upperBound, entries[index].bytes.count == depth {
        own.append(entries[index].piece)
        index += 1
      }
      if own.isEmpty {
        terminal.append(-1)
      } else {
        terminal.append(Int32(pieces.count))
        pieces.append(own)
      }
      while index < range.upperBound {
        let byte = entries[index].bytes[depth]
        let from = index
        while index < range.upperBound, entries[index].bytes[depth] == byte { index += 1 }
        labels.append(byte)
        queue.append((from..<index, depth + 1))
      }
    }
    first.append(Int32(labels.count))
    for index in 0..<Int(first[1]) { roots[Int(labels[index])] = Int32(index + 1) }
  }

  private mutating func note(_ bytes: [UInt8]) {
    guard bytes.count > 1 else {
      singles[Int(bytes[0])] = true
      return
    }
    // After a phrase of two bytes anything that is no letter may stand.
    let thirds: ClosedRange<UInt8> = bytes.count > 2 ? bytes[2]...bytes[2] : 0...0xFF
    for third in thirds where bytes.count > 2 || !Self.isLetter(third) {
      let hash = Self.hash(bytes[0], bytes[1], third)
      beginnings[hash >> 6] |= 1 << UInt64(hash & 63)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }

  private static func hash(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
    (Int(first) &* 2401 &+ Int(second) &* 49 &+ Int(third)) & 0xFFFF
  }

  /// False where surely no phrase begins at `offset`.
  @inline(__always)
  func mayBegin(_ line: Span<UInt8>, _ offset: Int) -> Bool {
    guard offset + 2 < line.count else { return true }
    if singles[Int(line[offset])] && !Self.isLetter(line[offset + 1]) { return true }
    let hash = Self.hash(line[offset], line[offset + 1], line[offset + 2])
    return beginnings[hash >> 6] & 1 << UInt64(hash & 63) != 0
  }

  /// The child of `node` by `byte`, or -1.
  func child(of node: Int, by byte: UInt8) -> Int {
    var low = Int(first[node])
    let end = Int(first[node + 1])
    while low < end {
      if labels[low] == byte { return low + 1 }
      if labels[low] > byte { return -1 }
      low += 1
    }
    return -1
  }
}

/// Reads files of Languages/ into phrases.
struct LexiconReader {
  struct Entry {
    var bytes: [UInt8]
    var piece: Lexicon.Piece
  }

  private(set) var entries: [Entry] = []
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
    let weight = UInt8(min(3, texts.reduce(0) { $0 + Self.weight(of: $1.span) }))
    let phrase = texts.count > 1 ? Int32(phraseCount) : -1
    if texts.count > 1 { phraseCount += 1 }
    for (index, bytes) in texts.enumerated() {
      let piece = Lexicon.Piece(
        section: section, part: texts.count > 1 ? Int8(truncatingIfNeeded: index) : -1,
        isLast: index == texts.count - 1, atStart: index == 0 && !leading,
        atEnd: index == texts.count - 1 && !trailing, phrase: phrase, weight: weight)
      entries.append(Entry(bytes: bytes, piece: piece))
    }
  }

  private mutating func fold(_ line: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    let start = WhiteSpace.skip(in: line, from: range.lowerBound, to: range.upperBound)
    folded.fold(line, from: start, to: range.upperBound)
    let span = folded.span
    return (0..<span.count).map { span[$0] }
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
