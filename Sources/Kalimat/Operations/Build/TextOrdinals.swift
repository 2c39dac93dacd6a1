/// Counts equal texts within one article: the k of a sentence's ID.
///
/// An open-addressed table over the bytes themselves, kept between articles: no allocation for each text.
struct TextOrdinals: ~Copyable {
  private var slots: [Int32]
  private var texts: [(hash: UInt64, range: Range<Int>, count: Int)] = []

  init() { slots = [Int32](repeating: -1, count: 256) }

  mutating func removeAll() {
    for i in slots.indices { slots[i] = -1 }
    texts.removeAll(keepingCapacity: true)
  }

  /// How many equal texts came before this one, whose bytes stand at `range` of `arena`; the texts before stand there too.
  mutating func next(_ range: Range<Int>, in arena: borrowing ByteBuffer) -> Int {
    let bytes = arena.span
    let hash = Self.hash(bytes, range)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if texts[index].hash == hash && Self.equal(bytes, texts[index].range, range) {
        texts[index].count += 1
        return texts[index].count - 1
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(texts.count)
    texts.append((hash, range, 1))
    if texts.count * 2 > slots.count { grow() }
    return 0
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for (index, text) in texts.enumerated() {
      var slot = Int(truncatingIfNeeded: text.hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index)
    }
  }

  /// FNV-1a over eight bytes at a time, stirred at the end: it need only spread, equality is asked of the bytes.
  private static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(range.count)
    var here = range.lowerBound
    while here + 8 <= range.upperBound {
      var word: UInt64 = 0
      for i in 0..<8 { word |= UInt64(bytes[here + i]) << UInt64(i * 8) }
      value = (value ^ word) &* 0x9E37_79B9_7F4A_7C15
      value ^= value >> 29
      here += 8
    }
    while here < range.upperBound {
      value = (value ^ UInt64(bytes[here])) &* 0x0000_0100_0000_01B3
      here += 1
    }
    return value ^ value >> 32
  }

  private static func equal(_ bytes: Span<UInt8>, _ a: Range<Int>, _ b: Range<Int>) -> Bool {
    guard a.count == b.count else { return false }
    for i in 0..<a.count where bytes[a.lowerBound + i] != bytes[b.lowerBound + i] { return false }
    return true
  }
}
