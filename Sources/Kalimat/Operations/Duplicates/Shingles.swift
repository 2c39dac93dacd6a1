internal import Segmentation

/// The shingles of an article: every five words in a row, or nine characters where words are not set apart.
///
/// A word is a run of scalars that are neither White_Space nor punctuation; in the scripts that are written without spaces
/// (those whose line ends vanish, docs/FORMAT.md) each scalar is a word. A shingle goes on in the next sentence. It is a
/// 64-bit hash: shingles of one article are some thousands, and two articles that share one by accident among 2^64 change
/// nothing that is measured. SHA-256 would cost a compression of 64 bytes for each shingle of some 30.
struct Shingles {
  /// Words, and characters, of a shingle.
  static let words = 5
  static let characters = 9

  private(set) var hashes: [UInt64] = []
  /// Hashes of the words of the article so far.
  private var wordHashes: [UInt64] = []
  /// Whether each is a character of a script without spaces.
  private var isCharacter: [Bool] = []

  /// Begins with another article.
  mutating func removeAll() {
    hashes.removeAll(keepingCapacity: true)
    wordHashes.removeAll(keepingCapacity: true)
    isCharacter.removeAll(keepingCapacity: true)
  }

  /// Adds a sentence's words.
  mutating func add(_ text: Span<UInt8>) {
    var start: Int? = nil
    var here = 0
    func word(_ end: Int) {
      if let begun = start {
        wordHashes.append(Mixing.hash(text.extracting(begun..<end)))
        isCharacter.append(false)
      }
      start = nil
    }
    while here < text.count {
      let (scalar, length) = UTF8Scalar.decode(text, at: here)
      switch Self.kind(of: scalar) {
      case .word: start = start ?? here
      case .gap: word(here)
      case .character:
        word(here)
        wordHashes.append(Mixing.finish(UInt64(scalar) &+ 1))
        isCharacter.append(true)
      }
      here += length
    }
    word(text.count)
  }

  /// Makes the shingles of all that was added; an article of fewer words is one shingle.
  mutating func finish() {
    for first in wordHashes.indices {
      let length = isCharacter[first] ? Self.characters : Self.words
      if first > 0 && first + length > wordHashes.count { break }
      var value: UInt64 = 0x6B61_6C69_6D61_7431
      for i in first..<min(first + length, wordHashes.count) {
        value = (value ^ wordHashes[i]) &* 0x9E37_79B9_7F4A_7C15
        value = value << 27 | value >> 37
      }
      hashes.append(Mixing.finish(value))
    }
  }

  private enum ScalarKind { case word, gap, character }

  private static func kind(of scalar: UInt32) -> ScalarKind {
    switch scalar {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: .word
    case 0..<0xA0: .gap
    case 0xA0...0xA9, 0xAB...0xB1, 0xB4, 0xB6...0xB8, 0xBB...0xBF, 0xD7, 0xF7: .gap
    // Punctuation of Arabic, Devanagari, Ethiopic, Khmer; general and CJK punctuation, full-width forms.
    case 0x060C, 0x061B, 0x061F, 0x06D4, 0x0964, 0x0965, 0x1361...0x1368, 0x1680, 0x17D4...0x17DA, 0x2000...0x206F,
      0x2E00...0x2E7F, 0x3000...0x3004, 0x3008...0x3020, 0xFE30...0xFE6F, 0xFF01...0xFF0F, 0xFF1A...0xFF20,
      0xFF3B...0xFF40, 0xFF5B...0xFF65:
      .gap
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x2E80...0x9FFF, 0xF900...0xFAFF, 0xFF00...0xFFEF,
      0x20000...0x3FFFF:
      .character
    default: .word
    }
  }
}
