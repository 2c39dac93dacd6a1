/// The brackets and quotes of a paragraph that close again, so that a stray one encloses nothing.
struct Enclosures {
  private struct Pair {
    var open: Int
    var close: Int
    var isQuote: Bool
  }
  private var pairs: [Pair] = []
  private var open: [(scalar: UInt32, offset: Int)] = []
  private var cursor = 0
  private var bracketsUntil = 0
  private var quotesUntil = 0

  /// Finds the pairs of `text`, whose `marks` hold every bracket and quote; `candidates` are then asked about in rising
  /// order.
  ///
  /// - Parameter base: where the paragraph begins in its article.
  mutating func find(in text: Span<UInt8>, marks: borrowing Marks, base: Int) {
    pairs.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    (cursor, bracketsUntil, quotesUntil) = (0, 0, 0)
    let offsets = marks.offsets.span
    for index in marks.next..<marks.count {
      let here = Int(offsets[index]) - (base - marks.base)
      if here >= text.count { break }
      let byte = text[here]
      switch byte {
      case 0x28: open.append((0x29, here))
      case 0x5B: open.append((0x5D, here))
      case 0x29, 0x5D: close(UInt32(byte), at: here, isQuote: false)
      case 0x22: straightQuote(text, at: here)
      case 0xC2, 0xE2, 0xE3, 0xEF: mark(Scalar.at(here, in: text).value, at: here)
      default: break
      }
    }
    pairs.sort { $0.open < $1.open }
  }

  /// Whether a scalar beyond ASCII opens or closes.
  static func isMark(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xAB, 0xBB, 0x201C, 0x201D, 0x201E, 0x300C...0x300F, 0xFF08, 0xFF09: true
    default: false
    }
  }

  private mutating func mark(_ scalar: UInt32, at offset: Int) {
    switch scalar {
    case 0x201C where open.last?.scalar == 0x201C: close(0x201C, at: offset, isQuote: true)  // „…“
    case 0x201C: open.append((0x201D, offset))
    case 0x201E: open.append((0x201C, offset))
    case 0xAB where open.last?.scalar == 0xAB: close(0xAB, at: offset, isQuote: true)  // »…«
    case 0xAB: open.append((0xBB, offset))
    case 0xBB where !open.contains(where: { $0.scalar == 0xBB }): open.append((0xAB, offset))
    case 0x201D: closeQuote(at: offset)
    case 0xBB, 0x300D, 0x300F: close(scalar, at: offset, isQuote: true)
    case 0x300C: open.append((0x300D, offset))
    case 0x300E: open.append((0x300F, offset))
    case 0xFF08: open.append((0xFF09, offset))
    case 0xFF09: close(scalar, at: offset, isQuote: false)
    default: break
    }
  }

  /// Opens before a letter at a word's start, closes at a word's end; between, it closes what is open.
  private mutating func straightQuote(_ text: Span<UInt8>, at offset: Int) {
    let spaceBefore = offset == 0 || text[offset - 1] <= 0x20 || text[offset - 1] == 0x28
    let spaceAfter = offset + 1 == text.count || text[offset + 1] <= 0x20
    if !spaceBefore && spaceAfter { return closeQuote(at: offset) }
    let isOpen = open.contains { $0.scalar == 0x22 }
    if spaceBefore && !spaceAfter || (spaceBefore == spaceAfter && !isOpen) {
      // One that is still open was stray.
      open.removeAll { $0.scalar == 0x22 }
      open.append((0x22, offset))
    } else {
      close(0x22, at: offset, isQuote: true)
    }
  }

  /// Closes the innermost double quote, however it was opened: „…”, “…".
  private mutating func closeQuote(at offset: Int) {
    let last = open.last { $0.scalar == 0x22 || $0.scalar == 0x201C || $0.scalar == 0x201D }
    if let last { close(last.scalar, at: offset, isQuote: true) }
  }

  private mutating func close(_ scalar: UInt32, at offset: Int, isQuote: Bool) {
    guard let index = open.lastIndex(where: { $0.scalar == scalar }) else { return }
    pairs.append(Pair(open: open[index].offset, close: offset, isQuote: isQuote))
    open.removeSubrange(index...)
    if open.count > 32 { open.removeFirst(16) }
  }

  /// Whether a boundary at `offset` would stand inside brackets, inside quotes. Offsets must not fall.
  mutating func state(at offset: Int) -> (brackets: Bool, quotes: Bool) {
    while cursor < pairs.count && pairs[cursor].open < offset {
      if pairs[cursor].isQuote {
        quotesUntil = max(quotesUntil, pairs[cursor].close)
      } else {
        bracketsUntil = max(bracketsUntil, pairs[cursor].close)
      }
      cursor += 1
    }
    return (bracketsUntil >= offset, quotesUntil >= offset)
  }
}
