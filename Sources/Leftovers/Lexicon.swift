internal import CKernels
internal import Segmentation

/// The words of one or more languages that leftovers are told by, looked up by their first four folded bytes.
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

  /// A phrase, or a piece of one: its bytes in `bytes`, and what it says in `pieces`.
  private struct Entry {
    var start: Int32
    var count: Int32
    var pieces: Range<Int32>
  }

  /// Entries that begin alike, in their order.
  private struct Slot {
    var key: UInt64 = 0
    var entries: Range<Int32> = 0..<0
  }

  /// Sorted by their bytes, each once: of those that begin a text, the shorter come first.
  private var entries: [Entry] = []
  private var bytes: [UInt8] = []
  private(set) var pieces: [Piece] = []
  private(set) var phraseCount = 0
  /// An open-addressed table by the first four bytes, or by all of a shorter entry.
  private var slots: [Slot] = []
  /// For each byte the lengths under four of the entries that it begins: bits 1 to 3.
  private var shortLengths = [UInt8](repeating: 0, count: 256)
  /// What `kk_may_begin` asks: most words of an article stop here.
  private(set) var filter = [UInt64](repeating: 0, count: 1028)

  /// - Parameter files: the bytes of Languages/xx.txt of each language.
  init(files: [[UInt8]]) {
    var reader = LexiconReader()
    for file in files { reader.read(file.span) }
    phraseCount = reader.phraseCount
    bytes = reader.bytes
    build(reader.entries)
    index()
  }

  private mutating func build(_ read: [LexiconReader.Entry]) {
    let text = bytes
    // The first eight bytes as a number decide nearly always.
    let keys = read.map { entry in
      (0..<8).reduce(UInt64(0)) { $0 << 8 | ($1 < entry.bytes.count ? UInt64(text[entry.bytes.lowerBound + $1]) : 0) }
    }
    let order = read.indices.sorted { a, b in
      if keys[a] != keys[b] { return keys[a] < keys[b] }
      let (first, second) = (text[read[a].bytes], text[read[b].bytes])
      if first.elementsEqual(second) { return a < b }
      return first.lexicographicallyPrecedes(second)
    }
    pieces.reserveCapacity(read.count)
    var previous: Int? = nil
    for number in order {
      let range = read[number].bytes
      if let previous, text[read[previous].bytes].elementsEqual(text[range]) {
        entries[entries.count - 1].pieces = entries[entries.count - 1].pieces.lowerBound..<Int32(pieces.count + 1)
      } else {
        entries.append(
          Entry(
            start: Int32(range.lowerBound), count: Int32(range.count),
            pieces: Int32(pieces.count)..<Int32(pieces.count + 1)))
      }
      pieces.append(read[number].piece)
      previous = number
    }
  }

  /// Makes the table and the filter.
  private mutating func index() {
    var size = 64
    while size < entries.count * 2 { size *= 2 }
    slots = [Slot](repeating: Slot(), count: size)
    var first = 0
    while first < entries.count {
      let key = key(ofEntry: first)
      var end = first + 1
      while end < entries.count, self.key(ofEntry: end) == key { end += 1 }
      var slot = Self.slot(of: key, size)
      while !slots[slot].entries.isEmpty { slot = (slot + 1) & (size - 1) }
      slots[slot] = Slot(key: key, entries: Int32(first)..<Int32(end))
      admit(first)
      first = end
    }
  }

  private func key(ofEntry index: Int) -> UInt64 {
    Self.key(bytes.span, Int(entries[index].start), min(Int(entries[index].count), 4))
  }

  /// So many bytes, and how many they are.
  private static func key(_ text: Span<UInt8>, _ start: Int, _ count: Int) -> UInt64 {
    var key = UInt64(count) << 32
    for i in 0..<count { key |= UInt64(text[start + i]) << UInt64(8 * i) }
    return key
  }

  private static func slot(of key: UInt64, _ size: Int) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (size - 1)
  }

  /// Lets the filter pass what begins with the entry.
  private mutating func admit(_ index: Int) {
    let start = Int(entries[index].start)
    let count = Int(entries[index].count)
    let lead = bytes[start]
    if count < 4 { shortLengths[Int(lead)] |= 1 << UInt8(count) }
    if count < 4 && !(count == 3 && lead >= 0xE0) {
      filter[1024 + Int(lead >> 6)] |= 1 << UInt64(lead & 63)
      return
    }
    // One character of an unspaced script begins too many words for its lead to tell: any byte may follow it.
    for fourth in count == 3 ? 0...0xFF : bytes[start + 3]...bytes[start + 3] {
      let four = [bytes[start], bytes[start + 1], bytes[start + 2], fourth]
      let bit = unsafe kk_filter_bit(four)
      filter[Int(bit >> 6)] |= 1 << UInt64(bit & 63)
    }
  }

  /// False where surely no phrase begins at `offset`.
  @inline(__always)
  func mayBegin(_ line: Span<UInt8>, _ offset: Int) -> Bool {
    guard offset + 4 <= line.count else { return true }
    return unsafe line.withUnsafeBufferPointer { bytes in
      unsafe filter.withUnsafeBufferPointer { filter in
        guard let base = bytes.baseAddress, let bits = filter.baseAddress else { return true }
        return unsafe kk_may_begin(bits, base + offset) != 0
      }
    }
  }

  /// Calls `body` with the length and the pieces of each entry that stands at `offset`, the shortest first, until it says
  /// false. Of one or two bytes only those that no letter follows.
  func forEach(at offset: Int, in line: Span<UInt8>, _ body: (Int, Range<Int32>) -> Bool) {
    let lengths = shortLengths[Int(line[offset])]
    if lengths != 0 {
      for count in 1..<4 where lengths & 1 << UInt8(count) != 0 && offset + count <= line.count {
        if count < 3, offset + 2 < line.count, Self.isLetter(line[offset + count]) { continue }
        guard let found = slot(Self.key(line, offset, count)) else { continue }
        if !body(count, entries[Int(found.lowerBound)].pieces) { return }
      }
    }
    guard offset + 4 <= line.count, let found = slot(Self.key(line, offset, 4)) else { return }
    for index in found {
      let entry = entries[Int(index)]
      let count = Int(entry.count)
      guard offset + count <= line.count, stands(entry, at: offset, in: line) else { continue }
      if !body(count, entry.pieces) { return }
    }
  }

  private func slot(_ key: UInt64) -> Range<Int32>? {
    var slot = Self.slot(of: key, slots.count)
    while !slots[slot].entries.isEmpty {
      if slots[slot].key == key { return slots[slot].entries }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func stands(_ entry: Entry, at offset: Int, in line: Span<UInt8>) -> Bool {
    let start = Int(entry.start)
    for i in 4..<max(4, Int(entry.count)) where bytes[start + i] != line[offset + i] { return false }
    return true
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
}

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
