import ICU
import Segmentation

/// Strings that are hard on the scanner: hot code points close together, rare ones of each category, marks between.
struct ScannerFuzz {
  private var random: Seeded
  /// Of each category, its ranges as (first, last).
  private var ranges: [[(UInt32, UInt32)]] = []

  private static let asciiMix = Array(".!?\n\r aA1,\")(-:;'".unicodeScalars.map(\.value))
  private static let hardMix: [UInt32] = [
    0x2E, 0x2E, 0x61, 0x41, 0x20, 0x31, 0x300, 0xAD, 0x3002, 0xFF0E, 0x2019, 0x201D, 0x2028, 0x85, 0x4E00, 0xE01,
    0x1F600, 0x11C41, 0x2C, 0x3F, 0x28, 0x3001, 0x0D, 0x0A, 0x203C, 0x589, 0x702, 0x964, 0x1363,
  ]

  init(seed: UInt64, rules: BreakRules) {
    random = Seeded(seed)
    ranges = Array(repeating: [], count: rules.categoryCount)
    var first: UInt32 = 0
    for range in rules.ranges {
      // Surrogates are no scalars; ranges do not straddle them, or lose their part here.
      if range.last < 0xD800 || first > 0xDFFF { ranges[Int(range.category)].append((first, range.last)) }
      first = range.last + 1
    }
    ranges = ranges.filter { !$0.isEmpty }
  }

  mutating func next() -> [UInt8] {
    let longest = random.below(10) == 0 ? 200 : random.below(3) == 0 ? 12 : 40
    // Some are longer than the window that is searched at once.
    let count = random.below(1000) == 0 ? 8000 : 1 + random.below(longest)
    let mode = random.below(4)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * 3)
    for _ in 0..<count { Self.append(scalar(mode), to: &bytes) }
    return bytes
  }

  private mutating func scalar(_ mode: Int) -> UInt32 {
    if mode == 1 { return Self.asciiMix[random.below(Self.asciiMix.count)] }
    if mode == 3 { return Self.hardMix[random.below(Self.hardMix.count)] }
    let of = ranges[random.below(ranges.count)]
    let (first, last) = of[random.below(mode == 0 ? of.count : min(of.count, 2))]
    return first + UInt32(random.below(Int(mode == 0 ? last - first : min(last - first, 2)) + 1))
  }

  static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    switch scalar {
    case ..<0x80: bytes.append(UInt8(scalar))
    case ..<0x800: bytes += [UInt8(0xC0 | scalar >> 6), UInt8(0x80 | scalar & 63)]
    case ..<0x10000:
      bytes += [UInt8(0xE0 | scalar >> 12), UInt8(0x80 | scalar >> 6 & 63), UInt8(0x80 | scalar & 63)]
    default:
      bytes += [
        UInt8(0xF0 | scalar >> 18), UInt8(0x80 | scalar >> 12 & 63), UInt8(0x80 | scalar >> 6 & 63),
        UInt8(0x80 | scalar & 63),
      ]
    }
  }

  /// Cuts `text` at random scalars to paragraphs with gaps between them.
  mutating func paragraphs(of text: [UInt8]) -> [Paragraph] {
    let starts = text.indices.filter { text[$0] & 0xC0 != 0x80 } + [text.count]
    var found: [Paragraph] = []
    var at = 0
    while at < starts.count - 1 {
      let from = at + random.below(3)
      let to = from + 1 + random.below(30)
      guard to < starts.count else { break }
      found.append(Paragraph(start: starts[from], end: starts[to]))
      at = to
    }
    return found
  }
}
