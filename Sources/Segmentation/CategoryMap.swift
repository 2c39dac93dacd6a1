internal import ICU

/// The category of every code point in two small tables, filled from ranges: 64 code points a block, ASCII the first two.
struct CategoryMap {
  private(set) var blocks: [UInt16] = []
  private(set) var categories: [UInt8] = []
  private var ranges: [BreakRules.CategoryRange] = []

  /// The single-scalar line ends (docs/FORMAT.md, "The article"), ascending.
  private static let lineEnds: [UInt32] = [0x0A, 0x0D, 0x85, 0x2028, 0x2029]

  /// - Parameter joiningLines: whether line ends get the category of U+0020.
  init(ranges: [BreakRules.CategoryRange], joiningLines: Bool) {
    self.ranges = ranges
    blocks.reserveCapacity(0x110000 >> 6)
    categories.reserveCapacity(1 << 16)
    var range = 0
    // Most blocks are of one category and are kept once.
    var uniform = [UInt16](repeating: 0, count: 256)
    for block in UInt32(0)..<(0x110000 >> 6) {
      let first = block << 6
      while ranges[range].last < first { range += 1 }
      let category = Int(ranges[range].category)
      if block >= 2 && ranges[range].last >= first + 63 {
        if uniform[category] == 0 {
          uniform[category] = UInt16(categories.count >> 6)
          categories.append(contentsOf: repeatElement(UInt8(category), count: 64))
        }
        blocks.append(uniform[category])
        continue
      }
      blocks.append(UInt16(categories.count >> 6))
      for scalar in first..<(first + 64) {
        while ranges[range].last < scalar { range += 1 }
        categories.append(ranges[range].category)
      }
    }
    if joiningLines {
      let space = category(of: 0x20)
      for lineEnd in Self.lineEnds { set(lineEnd, to: space) }
    }
  }

  func category(of scalar: UInt32) -> UInt8 {
    categories[Int(blocks[Int(scalar >> 6)]) << 6 | Int(scalar & 63)]
  }

  private mutating func set(_ scalar: UInt32, to category: UInt8) {
    let block = Int(scalar >> 6)
    // Other blocks may share it: one of its own.
    if block >= 2 {
      let shared = Int(blocks[block]) << 6
      blocks[block] = UInt16(categories.count >> 6)
      categories.append(contentsOf: Array(categories[shared..<(shared + 64)]))
    }
    categories[Int(blocks[block]) << 6 | Int(scalar & 63)] = category
  }

  /// The code points whose category `matches`, ascending.
  func scalars(where matches: (UInt8) -> Bool) -> [UInt32] {
    var found: [UInt32] = []
    var first: UInt32 = 0
    for range in ranges {
      if matches(range.category) {
        for scalar in first...range.last where matches(category(of: scalar)) { found.append(scalar) }
      }
      first = range.last + 1
    }
    return found
  }
}
