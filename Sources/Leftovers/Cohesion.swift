internal import CKernels

/// What of a line's words the page's running text says too: names and things come again in an article, while what a page
/// offers and other stories speak of something else. Words by their first letters, so that endings do not part them.
struct Cohesion {
  /// By line: the share of its stems, in percent, that other lines of running text have, and how many they are.
  private(set) var shares: [Int]
  private(set) var counts: [Int]
  /// By line: the share of the stems of the line before that it says again: of a headline, its summary.
  private(set) var echoes: [Int]

  /// Stems of each line, rising, line behind line; where each begins, and where the last ends.
  private var stems: [UInt32] = []
  private var starts: [Int] = []

  init(_ lines: [Line], _ text: Span<UInt8>) {
    shares = [Int](repeating: 0, count: lines.count)
    counts = shares
    echoes = shares
    starts.reserveCapacity(lines.count + 1)
    addStems(lines, text)
    // The article as the zones found it; where they found none, all running text.
    let hasArticle = lines.contains { $0.zone == .article && $0.isText }
    var known = StemCounts(capacity: stems.count)
    for index in lines.indices where lines[index].isText && (lines[index].zone == .article || !hasArticle) {
      for place in starts[index]..<starts[index + 1] { known.add(stems[place]) }
    }
    for index in lines.indices where starts[index] < starts[index + 1] {
      let own = lines[index].isText && (lines[index].zone == .article || !hasArticle) ? 1 : 0
      var found = 0
      for place in starts[index]..<starts[index + 1] where known[stems[place]] > own { found += 1 }
      counts[index] = min(99, found)
      shares[index] = found * 100 / (starts[index + 1] - starts[index])
      if index > 0, starts[index - 1] < starts[index] {
        echoes[index] = shared(index - 1, index) * 100 / (starts[index] - starts[index - 1])
      }
    }
  }

  /// How many stems two lines share.
  private func shared(_ first: Int, _ second: Int) -> Int {
    var (a, b) = (starts[first], starts[second])
    var count = 0
    while a < starts[first + 1], b < starts[second + 1] {
      let (left, right) = (stems[a], stems[b])
      count += left == right ? 1 : 0
      a += left <= right ? 1 : 0
      b += right <= left ? 1 : 0
    }
    return count
  }

  /// Of long lines the first 600 bytes.
  private mutating func addStems(_ lines: [Line], _ text: Span<UInt8>) {
    var starts = starts
    let room = lines.reduce(0) { $0 + min(600, $1.length) }
    // Unsafe because C takes pointers: a line has at most as many stems as bytes are read of it.
    unsafe stems = [UInt32](unsafeUninitializedCapacity: room) { out, count in
      count = unsafe text.withUnsafeBufferPointer { text in
        unsafe FoldTable.shared.withPointer { folds in
          var filled = 0
          guard let text = text.baseAddress, let out = out.baseAddress else { return 0 }
          for line in lines {
            starts.append(filled)
            filled += unsafe kk_line_stems(text + line.start, line.length, folds, out + filled)
          }
          return filled
        }
      }
    }
    starts.append(stems.count)
    self.starts = starts
  }
}

/// How often each stem was added.
private struct StemCounts {
  /// Open addressing; a slot whose count is 0 is free.
  private var slots: [(stem: UInt32, count: Int32)]
  private let mask: Int

  /// - Parameter capacity: how many are added at most.
  init(capacity: Int) {
    var size = 64
    while size < capacity * 2 { size *= 2 }
    slots = [(stem: UInt32, count: Int32)](repeating: (stem: 0, count: 0), count: size)
    mask = size - 1
  }

  private func slot(of stem: UInt32) -> Int {
    var slot = Int((UInt64(stem) &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    while slots[slot].count != 0, slots[slot].stem != stem { slot = (slot + 1) & mask }
    return slot
  }

  mutating func add(_ stem: UInt32) {
    let slot = slot(of: stem)
    slots[slot] = (stem, slots[slot].count + 1)
  }

  subscript(stem: UInt32) -> Int { Int(slots[slot(of: stem)].count) }
}
