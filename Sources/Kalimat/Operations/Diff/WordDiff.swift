/// What changed between two texts, word by word.
public struct WordChange: Sendable, Equatable {
  /// What became of a word.
  public enum Kind: String, Sendable { case kept, removed, added }
  public var kind: Kind
  public var text: String
}

enum WordDiff {
  /// The words of a text: what stands between spaces; for scripts without spaces each scalar.
  static func words(of text: [UInt8]) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      let isWide = (0x0E00...0x0EFF).contains(scalar.value) || (0x2E80...0x9FFF).contains(scalar.value)
      if scalar == " " || isWide {
        if !word.isEmpty { words.append(word) }
        word = []
      }
      if isWide {
        words.append(Array(String(scalar).utf8))
      } else if scalar != " " {
        word += Array(String(scalar).utf8)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// The share of words that two texts have in common (Dice's coefficient of their multisets), 0 to 1.
  static func similarity(_ a: [[UInt8]], _ b: [[UInt8]]) -> Double {
    if a.isEmpty || b.isEmpty { return 0 }
    var counts: [[UInt8]: Int] = [:]
    for word in a { counts[word, default: 0] += 1 }
    var common = 0
    for word in b where counts[word, default: 0] > 0 {
      counts[word, default: 0] -= 1
      common += 1
    }
    return Double(2 * common) / Double(a.count + b.count)
  }

  /// The changes from one text to another, by the longest common subsequence of their words.
  ///
  /// - Complexity: O(n·m) in the words; texts of more than 4,000 words are given as wholly changed.
  static func changes(from old: [UInt8], to new: [UInt8]) -> [WordChange] {
    let a = words(of: old)
    let b = words(of: new)
    guard a.count * b.count <= 16_000_000 else {
      return [change(.removed, a[...]), change(.added, b[...])]
    }
    // lengths[i][j]: the longest common subsequence of a[i...] and b[j...].
    var lengths = [Int32](repeating: 0, count: (a.count + 1) * (b.count + 1))
    let width = b.count + 1
    for i in stride(from: a.count - 1, through: 0, by: -1) {
      for j in stride(from: b.count - 1, through: 0, by: -1) {
        lengths[i * width + j] =
          a[i] == b[j]
          ? lengths[(i + 1) * width + j + 1] + 1 : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
      }
    }
    var changes: [WordChange] = []
    var (i, j) = (0, 0)
    while i < a.count || j < b.count {
      let (startA, startB) = (i, j)
      while i < a.count && j < b.count && a[i] == b[j] { (i, j) = (i + 1, j + 1) }
      if i > startA { changes.append(change(.kept, a[startA..<i])) }
      let (fromA, fromB) = (i, j)
      while i < a.count || j < b.count {
        if i < a.count && j < b.count && a[i] == b[j] { break }
        if j == b.count || (i < a.count && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) {
          i += 1
        } else {
          j += 1
        }
      }
      if i > fromA { changes.append(change(.removed, a[fromA..<i])) }
      if j > fromB { changes.append(change(.added, b[fromB..<j])) }
      if i == startA && j == startB { break }
    }
    return changes
  }

  private static func change(_ kind: WordChange.Kind, _ words: ArraySlice<[UInt8]>) -> WordChange {
    WordChange(kind: kind, text: words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " "))
  }
}
