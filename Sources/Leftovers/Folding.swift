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
    let filled = count
    // Unsafe because C takes pointers: `end - start` is at most `whole`, and there is room for a block more.
    count = unsafe text.withUnsafeBufferPointer { text in
      unsafe table.withPointer { folds in
        unsafe bytes.withUnsafeMutableBufferPointer { out in
          guard let text = text.baseAddress, let out = out.baseAddress else { return filled }
          return unsafe kk_fold_line(text, start, end, folds, out, filled)
        }
      }
    }
  }

  /// Appends a copy of the bytes.
  func append(to other: inout [UInt8]) { other += bytes[0..<count] }

  /// The line's bytes, and how many; behind them is room that may be read.
  func withPaddedBytes(_ body: (UnsafePointer<UInt8>, Int) -> Int) -> Int {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe bytes.baseAddress.map { unsafe body($0, count) } ?? 0
    }
  }
}

/// `Folding.fold` by table for the scalars below U+2100.
struct FoldTable: Sendable {
  static let shared = FoldTable()
  private static let end = UInt32(KK_FOLD_SCALARS)

  private let folds: [UInt16]

  private init() {
    folds = (0..<Self.end).map { UInt16(truncatingIfNeeded: Folding.fold($0)) }
  }

  /// The table, as `kk_fold_line` reads it.
  func withPointer(_ body: (UnsafePointer<UInt16>) -> Int) -> Int {
    unsafe folds.withUnsafeBufferPointer { folds in unsafe folds.baseAddress.map { unsafe body($0) } ?? 0 }
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

  /// Whether the scalar is a letter or digit of a word, as far as finding words' ends needs it.
  @inline(__always)
  static func isWord(_ scalar: UInt32) -> Bool { kk_is_word(scalar) != 0 }

  /// Whether words of the scalar's script stand without spaces, or take endings, so that a word may end anywhere.
  @inline(__always)
  static func isUnspaced(_ scalar: UInt32) -> Bool { kk_is_unspaced(scalar) != 0 }
}
