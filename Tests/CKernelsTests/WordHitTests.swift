import CKernels
import Testing

/// Where phrases may begin, by SIMD and byte by byte.
@Suite struct WordHitTests {
  static let words = [
    "share", "by", "a", "newsletter", "photo", "0", "|", "registra", "x", "(photo", "0 min", "0h",
    "élan", "наш", "字", "分享到", "「広", "カ", "한국", "© 字", "😀a",
  ]
  static let pieces =
    words + [
      "the", " ", " ", "  ", "0h", "b0y", "\"", "'", ",", ".", "sharer", "newslett", "registration", "0 mins", "(",
      "é", "я", "нашему", "ж", "享", "到", "ひ", "ン", "・", "、", "。", "「", "『", "广", "한", "국", "ไท", "ع", "،", "𠀀", "©",
      "😀", "ﬁ", "\u{9FFF}", "\u{AC00}", "\u{30FB}", "\u{3040}", "\u{300E}", "\u{600}", "\u{5FF}", "\u{D7}",
      "\u{10FFFF}",
    ]

  @Test func lines() {
    let table = Table(Self.words)
    var random = SystemRandomNumberGenerator()
    var both = 0
    for _ in 0..<5_000 {
      var line: [UInt8] = []
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        line += Array(Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)].utf8)
      }
      let fast = table.find(line, portable: false)
      let slow = table.find(line, portable: true)
      #expect(fast == slow, "\(String(decoding: line, as: UTF8.self))")
      both += fast.hits.count
    }
    #expect(both > 1_000)
  }

  /// The keys of some words, in a table of 64 slots.
  struct Table {
    var keys = [UInt64](repeating: 0, count: 64)
    var follows = [UInt64](repeating: 0, count: 64)
    var filter = [UInt64](repeating: 0, count: 512)

    init(_ words: [String]) {
      for word in words {
        let bytes = Array(word.utf8)
        let run = unsafe kk_first_run(bytes, bytes.count)
        let key = unsafe kk_run_key(bytes, run)
        let hash = kk_key_hash(key)
        var slot = kk_key_slot(hash, 63)
        while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & 63 }
        keys[slot] = key
        switch bytes.count - run {
        case 0: follows[slot] |= 1 << 63
        case 1: follows[slot] |= ~(1 << 63)
        default: follows[slot] |= unsafe 1 << UInt64(kk_follow_bit(Array(bytes[run...])))
        }
        let bit = kk_filter_bit(hash)
        filter[bit >> 6] |= 1 << UInt64(bit & 63)
      }
    }

    /// What is found, as numbers that can be compared.
    func find(_ line: [UInt8], portable: Bool) -> (words: [Int], hits: [[Int]]) {
      var words = kk_words()
      var hits = [kk_word_hit](repeating: kk_word_hit(), count: 2 * line.count + 1)
      // Letters behind the end: what stands there must not count.
      let padded = line + [UInt8](repeating: 0x61, count: 80)
      let found = unsafe keys.withUnsafeBufferPointer { keys in
        unsafe follows.withUnsafeBufferPointer { follows in
          unsafe filter.withUnsafeBufferPointer { filter in
            let lexicon = unsafe kk_lexicon(
              keys: keys.baseAddress, follows: follows.baseAddress, filter: filter.baseAddress, mask: 63)
            return unsafe portable
              ? kk_find_words_portable(padded, line.count, lexicon, &words, &hits)
              : kk_find_words(padded, line.count, lexicon, &words, &hits)
          }
        }
      }
      return (
        [words.word_bytes, words.numbers, words.first_stop],
        hits[..<found].map { [Int($0.offset), Int($0.after_word), Int($0.is_key), Int($0.slot)] }
      )
    }
  }
}
