internal import CKernels

/// The words of one or more languages that leftovers are told by, looked up by the run that each begins with.
///
/// A line of Languages/xx.txt is a phrase; `…` stands for any text and `0` for any number:
/// `Share` counts where a line is made of such phrases; `Read also…` begins a line, `…all rights reserved` ends one,
/// `…uses cookies…` stands anywhere, `Follow…on Telegram…` is two phrases in that order.
///
/// A phrase begins where a word does and ends where one ends, so the word that it begins with is a word of the text:
/// of a text's words only those that begin some phrase are looked at twice.
final class Lexicon: Sendable {
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
  struct Entry: Sendable {
    /// Its first eight bytes, or all, as of a key; and which bits of them count.
    var first: UInt64
    var mask: UInt64
    var start: Int32
    var count: Int32
    var pieces: Range<Int32>
  }

  /// By their keys, then by their bytes, each once: of those that begin a text, the shorter come first.
  let entries: [Entry]
  let pieces: [Piece]
  let phraseCount: Int
  private let bytes: [UInt8]
  /// The table that `kk_find_words` reads, the entries of each of its slots, and its filter.
  private let keys: [UInt64]
  private let follows: [UInt64]
  private let slots: [Range<Int32>]
  private let filter: [UInt64]

  /// - Parameter files: the bytes of Languages/xx.txt of each language.
  init(files: [[UInt8]]) {
    var reader = LexiconReader()
    for file in files { reader.read(file.span) }
    phraseCount = reader.phraseCount
    bytes = reader.bytes
    let keyed = Self.keyed(reader)
    pieces = keyed.map { reader.entries[$0.number].piece }
    entries = Self.entries(keyed, reader)
    let index = LexiconIndex(entries.map { Self.indexed(reader.bytes, Int($0.start), Int($0.count)) })
    (keys, follows, slots, filter) = (index.keys, index.follows, index.slots, index.filter)
  }

  /// The numbers of all that was read, in the order of `entries`.
  private static func keyed(_ reader: LexiconReader) -> [(key: UInt64, number: Int)] {
    let bytes = reader.bytes
    let all = reader.entries.indices.map { number in
      let range = reader.entries[number].bytes
      return (key: key(bytes, range.lowerBound, range.count), number: number)
    }
    return all.sorted { a, b in
      if a.key != b.key { return a.key < b.key }
      let (first, second) = (bytes[reader.entries[a.number].bytes], bytes[reader.entries[b.number].bytes])
      if first.elementsEqual(second) { return a.number < b.number }
      return first.lexicographicallyPrecedes(second)
    }
  }

  /// Equal texts are one entry of several pieces.
  private static func entries(_ keyed: [(key: UInt64, number: Int)], _ reader: LexiconReader) -> [Entry] {
    var entries: [Entry] = []
    for (place, (_, number)) in keyed.enumerated() {
      let range = reader.entries[number].bytes
      if let last = entries.last, last.count == Int32(range.count),
        reader.bytes[Int(last.start)..<Int(last.start) + range.count].elementsEqual(reader.bytes[range])
      {
        entries[entries.count - 1].pieces = last.pieces.lowerBound..<Int32(place + 1)
      } else {
        let first = range.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(reader.bytes[$1]) }
        entries.append(
          Entry(
            first: first, mask: range.count < 8 ? (1 << UInt64(8 * range.count)) - 1 : ~0,
            start: Int32(range.lowerBound), count: Int32(range.count), pieces: Int32(place)..<Int32(place + 1)))
      }
    }
    return entries
  }

  private static func key(_ bytes: [UInt8], _ start: Int, _ count: Int) -> UInt64 {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      return unsafe kk_run_key(base + start, kk_first_run(base + start, count))
    }
  }

  /// The phrase's key, and its bits of what stands behind it (`kk_lexicon`).
  private static func indexed(_ bytes: [UInt8], _ start: Int, _ count: Int) -> (key: UInt64, follows: UInt64) {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return (0, 0) }
      let run = unsafe kk_first_run(base + start, count)
      let key = unsafe kk_run_key(base + start, run)
      switch count - run {
      case 0: return (key, 1 << 63)
      case 1: return (key, ~(1 << 63))
      default: return unsafe (key, 1 << UInt64(kk_follow_bit(base + start + run)))
      }
    }
  }

  /// Counts the words of the line, and puts where phrases may begin into `hits`; how many places they are.
  func find(in line: borrowing FoldedLine, _ hits: inout [kk_word_hit]) -> (words: kk_words, hitCount: Int) {
    var words = kk_words()
    let found = unsafe withKeys(line, &hits) { unsafe kk_find_words($0, $1, $2, &words, $3) }
    return (words, found)
  }

  /// Puts what may begin the line into `hits`; how many they are.
  func findFirst(in line: borrowing FoldedLine, _ hits: inout [kk_word_hit]) -> Int {
    unsafe withKeys(line, &hits) { unsafe kk_first_hits($0, $1, $2, $3) }
  }

  // Unsafe because C takes pointers: none outlives the call, and each has the room that the header asks for.
  private func withKeys(
    _ line: borrowing FoldedLine, _ hits: inout [kk_word_hit],
    _ body: (UnsafePointer<UInt8>, Int, kk_lexicon, UnsafeMutablePointer<kk_word_hit>) -> Int
  ) -> Int {
    unsafe keys.withUnsafeBufferPointer { keys in
      unsafe follows.withUnsafeBufferPointer { follows in
        unsafe filter.withUnsafeBufferPointer { filter in
          unsafe hits.withUnsafeMutableBufferPointer { hits in
            guard let hits = hits.baseAddress else { return 0 }
            let lexicon = unsafe kk_lexicon(
              keys: keys.baseAddress, follows: follows.baseAddress, filter: filter.baseAddress, mask: keys.count - 1)
            return unsafe line.withPaddedBytes { unsafe body($0, $1, lexicon, hits) }
          }
        }
      }
    }
  }

  /// Room for the hits of a line.
  static func hits() -> [kk_word_hit] {
    // Unsafe because nothing is written here, which would cost more than most articles' lines: `find` says how many it wrote.
    unsafe [kk_word_hit](unsafeUninitializedCapacity: 2 * FoldedLine.capacity) { $1 = 2 * FoldedLine.capacity }
  }

  /// The entries that a hit may begin.
  @inline(__always)
  func entries(of hit: kk_word_hit) -> Range<Int32> {
    let entries = slots[Int(hit.slot)]
    // What is the key alone comes first.
    return hit.is_key == 0 ? entries : entries.lowerBound..<entries.lowerBound + 1
  }

  /// The first entry from `first` on, before `end`, whose first eight bytes, or all, the hit has; `end` where none has.
  func next(_ first: Int32, _ end: Int32, with bytes: UInt64) -> Int32 {
    // Unsafe because it is asked so often that checks of bounds cost: `end` is that of a slot, within `entries`.
    unsafe entries.withUnsafeBufferPointer { entries in
      var number = first
      while number < end, unsafe entries[Int(number)].first != bytes & entries[Int(number)].mask { number += 1 }
      return number
    }
  }

  /// Whether the entry's bytes stand at the hit. Of one or two bytes only those that no letter follows.
  @inline(__always)
  func stands(_ entry: Entry, at hit: kk_word_hit, in line: Span<UInt8>) -> Bool {
    entry.first == hit.bytes & entry.mask && standsOn(entry, at: Int(hit.offset), in: line)
  }

  /// The same for what stands behind the first eight bytes.
  private func standsOn(_ entry: Entry, at offset: Int, in line: Span<UInt8>) -> Bool {
    let (start, count) = (Int(entry.start), Int(entry.count))
    guard offset + count <= line.count else { return false }
    if count >= 3 && count <= 8 { return true }
    for i in 8..<max(8, count) where bytes[start + i] != line[offset + i] { return false }
    return !(count < 3 && offset + 2 < line.count && Self.isLetter(line[offset + count]))
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
}

/// The table of a lexicon's keys, as `kk_find_words` reads it.
private struct LexiconIndex {
  private(set) var keys: [UInt64]
  private(set) var follows: [UInt64]
  private(set) var slots: [Range<Int32>]
  private(set) var filter = [UInt64](repeating: 0, count: 512)

  /// - Parameter sorted: the entries' keys, equal ones together, and what follows them.
  init(_ sorted: [(key: UInt64, follows: UInt64)]) {
    var size = 64
    while size < sorted.count * 2 { size *= 2 }
    keys = [UInt64](repeating: 0, count: size)
    follows = keys
    slots = [Range<Int32>](repeating: 0..<0, count: size)
    var first = 0
    while first < sorted.count {
      var end = first + 1
      var follows = sorted[first].follows
      while end < sorted.count, sorted[end].key == sorted[first].key {
        follows |= sorted[end].follows
        end += 1
      }
      add(sorted[first].key, follows, Int32(first)..<Int32(end))
      first = end
    }
  }

  private mutating func add(_ key: UInt64, _ follows: UInt64, _ entries: Range<Int32>) {
    let hash = kk_key_hash(key)
    var slot = kk_key_slot(hash, keys.count - 1)
    while keys[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
    keys[slot] = key
    self.follows[slot] = follows
    slots[slot] = entries
    let bit = kk_filter_bit(hash)
    filter[bit >> 6] |= 1 << UInt64(bit & 63)
  }
}
