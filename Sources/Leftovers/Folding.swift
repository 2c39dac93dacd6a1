internal import CKernels

/// A line as words are looked up in it: lower case, one space for each run of White_Space, `0` for each number,
/// plain quotes, apostrophes and hyphens.
///
/// Folding is simple on purpose (Latin, Greek, Cyrillic, Armenian by arithmetic; both Turkish i's are one): it only has
/// to do the same to the words of Languages/ and to the article.
struct FoldedLine {
  /// Lines of more bytes are cut to their first and last so many.
  static let whole = 320
  static let head = 128
  static let tail = 96
  static let capacity = 512

  private(set) var count = 0
  /// Blocks of SIMD are read and written whole, so more stands behind.
  private var bytes = [UInt8](repeating: 0, count: FoldedLine.capacity + 128)

  var span: Span<UInt8> {
    @_lifetime(borrow self)
    get { bytes.span.extracting(0..<count) }
  }

  private let table = FoldTable.shared

  /// Puts `text[start..<end]` here in place of what was here. Of a long line only its first and last words, with a
  /// word between that no lexicon has: a leftover says what it is there, and an article is mostly long lines.
  mutating func fold(_ text: Span<UInt8>, from start: Int, to end: Int) {
    let table = table
    count = 0
    guard end - start > Self.whole else { return append(text, from: start, to: end, table) }
    var cut = start + Self.head
    while cut > start && text[cut] & 0xC0 == 0x80 { cut -= 1 }
    append(text, from: start, to: cut, table)
    for byte: UInt8 in [0x20, 0x7A, 0x7A, 0x20] {
      bytes[count] = byte
      count += 1
    }
    cut = end - Self.tail
    while cut < end && text[cut] & 0xC0 == 0x80 { cut += 1 }
    append(text, from: cut, to: end, table)
  }

  /// Folds bytes behind those so far.
  private mutating func append(_ text: Span<UInt8>, from start: Int, to end: Int, _ table: FoldTable) {
    var filled = count
    unsafe text.withUnsafeBufferPointer { text in
      unsafe bytes.withUnsafeMutableBufferPointer { out in
        guard let from = text.baseAddress, let to = out.baseAddress else { return }
        unsafe Self.append(from, start, end, table, to, &filled)
      }
    }
    count = filled
  }

  /// Unsafe: `end - start` is at most `whole`, no scalar folds to more bytes than it has, and there is room for a block more.
  private static func append(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ table: FoldTable, _ out: UnsafeMutablePointer<UInt8>,
    _ filled: inout Int
  ) {
    var here = start
    // What stands last: 0 nothing or a space, 1 a number, 2 anything else.
    var last = unsafe filled == 0 || out[filled - 1] == 0x20 ? 0 : 2
    while here < end {
      let byte = unsafe text[here]
      if byte >= 0x20 && byte < 0x80 && !isDigit(byte) {
        let run = unsafe kk_fold_run(text + here, end - here, out + filled, last == 0 ? 1 : 0)
        if run > 0 {
          here += run
          filled += run
          last = unsafe out[filled - 1] == 0x20 ? 0 : 2
          continue
        }
      }
      let length = Folding.length(byte)
      guard here + length <= end else { break }
      let scalar = unsafe table.fold(Folding.scalar(text + here, length))
      here += length
      switch scalar {
      case 0: continue
      case 0x20:
        if last != 0 {
          unsafe out[filled] = 0x20
          filled += 1
        }
        last = 0
      case 0x30:
        if last != 1 {
          unsafe out[filled] = 0x30
          filled += 1
        }
        // 1.204 and 1,204 are one number.
        while here + 1 < end, unsafe text[here] == 0x2E || text[here] == 0x2C, unsafe isDigit(text[here + 1]) {
          here += 1
        }
        last = 1
      default:
        filled = unsafe Folding.put(scalar, in: out, at: filled)
        last = 2
      }
    }
    if unsafe filled > 0 && out[filled - 1] == 0x20 { filled -= 1 }
  }

  /// Appends a copy of the bytes.
  func append(to other: inout [UInt8]) { other += bytes[0..<count] }

  /// The line's bytes, and how many; behind them is room that may be read.
  func withPaddedBytes(_ body: (UnsafePointer<UInt8>, Int) -> Int) -> Int {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe bytes.baseAddress.map { unsafe body($0, count) } ?? 0
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}

/// `Folding.fold` by table for the scalars below U+2100.
struct FoldTable: Sendable {
  static let shared = FoldTable()
  private static let end: UInt32 = 0x2100

  private let folds: [UInt16]

  private init() {
    folds = (0..<Self.end).map { UInt16(truncatingIfNeeded: Folding.fold($0)) }
  }

  @inline(__always)
  func fold(_ scalar: UInt32) -> UInt32 {
    if scalar < Self.end { return UInt32(folds[Int(scalar)]) }
    return scalar >= 0x3001 && scalar < 0xFE00 ? scalar : Folding.fold(scalar)
  }
}

/// Scalars of UTF-8 and what they fold to.
enum Folding {
  static func length(_ lead: UInt8) -> Int {
    lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }

  static func scalar(_ text: Span<UInt8>, _ offset: Int, _ length: Int) -> UInt32 {
    let first = UInt32(text[offset])
    switch length {
    case 1: return first
    case 2: return (first & 0x1F) << 6 | UInt32(text[offset + 1] & 0x3F)
    case 3: return (first & 0x0F) << 12 | UInt32(text[offset + 1] & 0x3F) << 6 | UInt32(text[offset + 2] & 0x3F)
    default:
      return (first & 0x07) << 18 | UInt32(text[offset + 1] & 0x3F) << 12 | UInt32(text[offset + 2] & 0x3F) << 6
        | UInt32(text[offset + 3] & 0x3F)
    }
  }

  /// 0 for what is left out (marks of direction, joiners, variation selectors), 0x20 for White_Space, 0x30 for a digit.
  static func fold(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x41...0x5A: scalar | 0x20
    case 0x30...0x39: 0x30
    case 0x09...0x0D, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: 0x20
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFE0E, 0xFE0F, 0xFEFF: 0
    case 0xC0...0xD6, 0xD8...0xDE: scalar + 0x20
    case 0x130, 0x131: 0x69
    case 0x100...0x137, 0x14A...0x177, 0x1E00...0x1EFF: scalar | 1
    case 0x139...0x148, 0x179...0x17E: scalar % 2 == 1 ? scalar + 1 : scalar
    case 0x178: 0xFF
    case 0x1A0...0x1A5: scalar | 1
    case 0x1AF: 0x1B0
    case 0x386: 0x3AC
    case 0x388...0x38A: scalar + 0x25
    case 0x391...0x3AB: scalar + 0x20
    case 0x400...0x40F: scalar + 0x50
    case 0x410...0x42F: scalar + 0x20
    case 0x490...0x4BF: scalar | 1
    case 0x531...0x556: scalar + 0x30
    case 0x660...0x669, 0x6F0...0x6F9, 0x966...0x96F, 0x9E6...0x9EF, 0xFF10...0xFF19: 0x30
    case 0xFF21...0xFF3A: scalar - 0xFF21 + 0x61
    case 0xFF01...0xFF0F, 0xFF1A...0xFF20: scalar - 0xFEE0
    case 0x2018, 0x2019, 0x02BC, 0x2032: 0x27
    case 0x201C...0x201F, 0xAB, 0xBB, 0x2033: 0x22
    case 0x2010...0x2015, 0x2212: 0x2D
    case 0x2026: 0x2E
    // Arabic marks of vowels: written or not.
    case 0x640, 0x64B...0x652: 0
    // Arabic alef with hamza or madda, alef maksura.
    case 0x622, 0x623, 0x625: 0x627
    default: scalar
    }
  }

  /// Writes the scalar's UTF-8 and returns the offset after it. There is room for four bytes.
  static func put(_ scalar: UInt32, in out: UnsafeMutablePointer<UInt8>, at offset: Int) -> Int {
    if scalar < 0x80 {
      unsafe out[offset] = UInt8(truncatingIfNeeded: scalar)
      return offset + 1
    }
    if scalar < 0x800 {
      unsafe out[offset] = UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6)
      unsafe out[offset + 1] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
      return offset + 2
    }
    if scalar < 0x10000 {
      unsafe out[offset] = UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
      unsafe out[offset + 1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
      unsafe out[offset + 2] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
      return offset + 3
    }
    unsafe out[offset] = UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18)
    unsafe out[offset + 1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F)
    unsafe out[offset + 2] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
    unsafe out[offset + 3] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
    return offset + 4
  }

  /// The scalar of so many bytes, all of which are there.
  @inline(__always)
  static func scalar(_ text: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    let first = unsafe UInt32(text[0])
    switch length {
    case 1: return first
    case 2: return unsafe (first & 0x1F) << 6 | UInt32(text[1] & 0x3F)
    case 3: return unsafe (first & 0x0F) << 12 | UInt32(text[1] & 0x3F) << 6 | UInt32(text[2] & 0x3F)
    default:
      return unsafe (first & 0x07) << 18 | UInt32(text[1] & 0x3F) << 12 | UInt32(text[2] & 0x3F) << 6
        | UInt32(text[3] & 0x3F)
    }
  }

  /// Whether the scalar is a letter or digit of a word, as far as finding words' ends needs it.
  @inline(__always)
  static func isWord(_ scalar: UInt32) -> Bool { kk_is_word(scalar) != 0 }

  /// Whether words of the scalar's script stand without spaces, or take endings, so that a word may end anywhere.
  @inline(__always)
  static func isUnspaced(_ scalar: UInt32) -> Bool { kk_is_unspaced(scalar) != 0 }
}
