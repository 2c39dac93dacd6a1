internal import CICU

/// Why a compiled rule set can't be run by anyone but ICU. Every one of them means: use ubrk.
public enum BreakRulesRefusal: Error, Sendable, Equatable {
  /// Not the magic number of break rules, or not of this machine's byte order.
  case magic(UInt32)
  /// A format of compiled rules other than 6, which ICU 67 and later write.
  case format(UInt8)
  /// An offset, a length or a row's size leads out of the rules; what it is of.
  case size(String)
  /// Some state looks ahead (a rule with `/`), so its boundary is not its last accepting position.
  case lookAhead
  /// Some category asks a dictionary.
  case dictionary
  /// A transition leads to a state that is not there.
  case state
  /// A code point has a category that is not there.
  case category
}

/// ICU's compiled break rules: its automaton, and the category of every code point.
///
/// ICU runs it so (rbbi.cpp, `handleNext`): from `startState`, one transition a code point; the boundary is after the last
/// code point that led to an accepting state when the automaton stops in state 0. The text's end is `endCategory`.
/// The layout is ICU's own business (common/rbbidata.h), so everything about it is checked.
public struct BreakRules: Sendable {
  /// The rules as ICU gave them: their digest says which rules decided.
  public let bytes: [UInt8]
  /// States, the stopping state 0 and one that is never used among them; at most 255.
  public let stateCount: Int
  /// Categories; code points have those from `firstCategory` on. At most 255.
  public let categoryCount: Int
  /// The state before the first code point of the text, and after each boundary.
  public let startState: Int
  /// Whether a state is accepting.
  public let accepting: [Bool]
  /// The state after `state` and `category`, at `state * categoryCount + category`.
  public let transitions: [UInt8]
  /// The categories of all code points from 0 to 10FFFF, in ascending ranges.
  public let ranges: [CategoryRange]

  /// The category of the end of text.
  public static let endCategory = 1
  /// The first category of code points.
  public static let firstCategory = 3

  /// Code points of one category; the first is the one after the range before.
  public struct CategoryRange: Sendable, Equatable {
    public var last: UInt32
    public var category: UInt8
  }

  /// The state after `state` and `category`; 0 is the stop.
  public func next(_ state: Int, _ category: Int) -> Int {
    Int(transitions[state * categoryCount + category])
  }
}

extension BreakRules {
  private static let magic: UInt32 = 0xb1a0
  private static let headerSize = 20 * 4
  private static let tableHeaderSize = 5 * 4
  /// Accepting, look-ahead, status: what stands in a row before its transitions.
  private static let rowHead = 3
  private static let beginCategory = 2

  /// Reads compiled rules; refuses what it does not know in every detail.
  ///
  /// - Complexity: O(n) in the bytes, and in the ranges of categories (some thousands).
  public init(bytes: [UInt8]) throws(BreakRulesRefusal) {
    let reader = RulesReader(bytes: bytes)
    guard bytes.count >= Self.headerSize else { throw .size("header") }
    let magic = reader.word(at: 0)
    guard magic == Self.magic else { throw .magic(magic) }
    guard bytes[4] == 6 else { throw .format(bytes[4]) }
    guard Int(reader.word(at: 8)) <= bytes.count else { throw .size("length") }
    let categories = Int(reader.word(at: 12))
    guard categories > Self.firstCategory, categories <= 255 else { throw .size("categories") }
    guard let table = reader.part(at: 16, atLeast: Self.tableHeaderSize) else { throw .size("state table") }
    guard let trie = reader.part(at: 32, atLeast: 16) else { throw .size("category trie") }

    let states = Int(reader.word(at: table.lowerBound))
    let rowLength = Int(reader.word(at: table.lowerBound + 4))
    let flags = reader.word(at: table.lowerBound + 16)
    guard reader.word(at: table.lowerBound + 12) == 0, flags & 1 == 0 else { throw .lookAhead }
    guard Int(reader.word(at: table.lowerBound + 8)) >= categories else { throw .dictionary }
    let unit = flags & 4 != 0 ? 1 : 2
    let rows = table.lowerBound + Self.tableHeaderSize
    guard states >= 2, states <= 255, rowLength >= unit * (Self.rowHead + categories),
      rowLength <= bytes.count, rows + states * rowLength <= table.upperBound
    else { throw .size("state rows") }

    var accepting: [Bool] = []
    var transitions: [UInt8] = []
    for state in 0..<states {
      let row = rows + state * rowLength
      guard reader.unit(at: row, of: unit) <= 1, reader.unit(at: row + unit, of: unit) == 0 else { throw .lookAhead }
      accepting.append(reader.unit(at: row, of: unit) == 1)
      for category in 0..<categories {
        let next = reader.unit(at: row + unit * (Self.rowHead + category), of: unit)
        guard next < states else { throw .state }
        transitions.append(UInt8(next))
      }
    }
    self.bytes = bytes
    self.stateCount = states
    self.categoryCount = categories
    self.accepting = accepting
    self.transitions = transitions
    // Where a begin-of-text category is asked for, ICU feeds it first, and whether that accepts does not count.
    self.startState = flags & 2 != 0 ? Int(transitions[categories + Self.beginCategory]) : 1
    self.ranges = try Self.ranges(ofTrie: bytes.span.extracting(trie), categoryCount: categories)
  }

  private static func ranges(
    ofTrie trie: Span<UInt8>, categoryCount: Int
  ) throws(BreakRulesRefusal) -> [CategoryRange] {
    var capacity = 4096
    while true {
      var ends = [UInt32](repeating: 0, count: capacity)
      var values = ends
      let count = unsafe trie.withUnsafeBufferPointer { trie in
        unsafe Int(kicu_trie_ranges(trie.baseAddress, Int32(trie.count), &ends, &values, Int32(capacity)))
      }
      guard count > 0 else { throw .category }
      if count > capacity {
        capacity = count
        continue
      }
      guard ends[count - 1] == 0x10FFFF else { throw .category }
      var ranges: [CategoryRange] = []
      ranges.reserveCapacity(count)
      for index in 0..<count {
        guard values[index] >= UInt32(firstCategory), values[index] < UInt32(categoryCount) else { throw .category }
        ranges.append(CategoryRange(last: ends[index], category: UInt8(values[index])))
      }
      return ranges
    }
  }
}

/// Numbers of this machine's byte order in a byte array.
private struct RulesReader {
  var bytes: [UInt8]

  func word(at offset: Int) -> UInt32 {
    var value: UInt32 = 0
    unsafe withUnsafeMutableBytes(of: &value) { value in
      for index in 0..<4 { unsafe value[index] = bytes[offset + index] }
    }
    return value
  }

  /// The 8- or 16-bit number at `offset`.
  func unit(at offset: Int, of size: Int) -> Int {
    if size == 1 { return Int(bytes[offset]) }
    var value: UInt16 = 0
    unsafe withUnsafeMutableBytes(of: &value) { value in
      unsafe value[0] = bytes[offset]
      unsafe value[1] = bytes[offset + 1]
    }
    return Int(value)
  }

  /// The part whose offset and length stand at `offset`, where it lies within the bytes.
  func part(at offset: Int, atLeast least: Int) -> Range<Int>? {
    let start = Int(word(at: offset))
    let length = Int(word(at: offset + 4))
    guard length >= least, start <= bytes.count, length <= bytes.count - start else { return nil }
    return start..<(start + length)
  }
}

extension SentenceBreakIterator {
  /// The compiled rules that this iterator runs, for `BreakRules`; empty where ICU gives none (one with suppressions,
  /// `@ss=standard`, has none).
  public borrowing func compiledRules() -> [UInt8] {
    let size = Int(unsafe kicu_break_binary_rules(iterator, nil, 0))
    guard size > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: size)
    let written = Int(unsafe kicu_break_binary_rules(iterator, &bytes, Int32(size)))
    return written == size ? bytes : []
  }
}
