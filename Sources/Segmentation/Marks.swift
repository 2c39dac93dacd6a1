internal import CKernels

/// The places of an article at which the layers above ICU have to look (`kk_mark_offsets` says which): found by SIMD, some
/// thousands of bytes at a time, so that what is kept does not grow with the article.
struct Marks {
  /// White space between words counts too: where it may end a sentence, as in Thai.
  var takesEverySpace = false
  /// Every byte counts: to judge that nothing is missed.
  var takesEverything = false

  /// Told by the words that begin sentences, the white space where one runs on is left out; nil where all counts.
  var beginnings: [UInt64]?

  /// Offsets from `base`; the first `count` of them count, those before `next` stand before the paragraph.
  private(set) var offsets: [UInt32] = []
  private(set) var count = 0
  private(set) var next = 0
  private(set) var base = 0
  /// Up to here `offsets` holds the marks.
  private var end = 0

  private static let window = 16_384

  /// Beyond ASCII: white space, what may be a terminator inside a word, brackets and quotes.
  private static let table: [UInt8] = {
    let spaces: [UInt32] = [0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000] + Array(0x2000...0x200A)
    let terminators: [UInt32] = [
      0x104B, 0x1362, 0x1367, 0x1368, 0x17D4, 0x17D5, 0x2026, 0x203C, 0x2047, 0x2048, 0x2049, 0x22EF, 0x3002,
      0xFF01, 0xFF1F,
    ]
    let enclosing: [UInt32] = [0xAB, 0xBB, 0x201C, 0x201D, 0x201E, 0xFF08, 0xFF09] + Array(0x300C...0x300F)
    return HotBytes(scalars: spaces + terminators + enclosing, usesAVX2: false).halves
  }()

  /// Begins an article.
  mutating func begin() { (count, next, base, end) = (0, 0, 0, 0) }

  /// Turns to a paragraph, which is not before the last one.
  mutating func turn(to paragraph: Paragraph, of article: Span<UInt8>) {
    if paragraph.end > end {
      (base, next) = (paragraph.start, 0)
      end = max(paragraph.end, min(article.count, base + Self.window))
      fill(article)
    }
    while next < count && base + Int(offsets[next]) < paragraph.start { next += 1 }
  }

  private mutating func fill(_ article: Span<UInt8>) {
    if takesEverything {
      offsets = (0..<UInt32(truncatingIfNeeded: end - base)).map { $0 }
      count = offsets.count
      return
    }
    if offsets.count < end - base + 4 { offsets = [UInt32](repeating: 0, count: max(end - base, Self.window) + 4) }
    let (start, end, everySpace) = (base, self.end, Int32(takesEverySpace ? 1 : 0))
    count = unsafe article.withUnsafeBufferPointer { bytes in
      guard let first = bytes.baseAddress else { return 0 }
      let found = unsafe kk_mark_offsets(Self.table, everySpace, first, start, end, bytes.count, &offsets)
      guard let beginnings, !takesEverySpace else { return found }
      return unsafe kk_marks_that_part(beginnings, first, start, bytes.count, &offsets, found)
    }
  }
}
