@testable import Alignment

/// Random numbers that are the same at every run (SplitMix64).
struct Chance: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Made-up parallel texts: each source word has a translation of its own, so that what is right is known.
struct MadeText {
  var pair: DocumentPair
  var gold: [Bead]

  /// - Parameter mess: the share of beads that are merged, split, or without counterpart.
  init(beads: Int, mess: Double, chance: inout Chance, words: Int = 300) {
    var source: [String] = [], target: [String] = []
    gold = []
    while gold.count < beads {
      let first = (source.count, target.count)
      let draw = Double.random(in: 0..<1, using: &chance)
      let sides: (Int, Int) =
        draw >= mess
        ? (1, 1) : draw < mess / 4 ? (1, 0) : draw < mess / 2 ? (0, 1) : draw < mess * 0.75 ? (2, 1) : (1, 2)
      let count = Int.random(in: 6...14, using: &chance)
      let content = (0..<count).map { _ in
        let a = Int.random(in: 0..<words, using: &chance), b = Int.random(in: 0..<words, using: &chance)
        return min(a, b)
      }
      source += Self.lines(content.map { "s\(Self.word($0))" }, sides.0)
      target += Self.lines(content.map { "t\(Self.word(7919 * ($0 + 3)))" }, sides.1)
      gold.append(Bead(source: first.0..<source.count, target: first.1..<target.count))
    }
    pair = DocumentPair(source: source, target: target)
  }

  /// Letters only, different for different numbers.
  private static func word(_ number: Int) -> String {
    var number = number
    var word = ""
    repeat {
      word.unicodeScalars.append(Unicode.Scalar(UInt8(0x61 + number % 26)))
      number /= 26
    } while number > 0
    return word
  }

  private static func lines(_ words: [String], _ count: Int) -> [String] {
    if count == 0 { return [] }
    if count == 1 { return [words.joined(separator: " ") + "."] }
    let half = words.count / 2
    return [words[..<half].joined(separator: " "), words[half...].joined(separator: " ") + "."]
  }
}

/// Whether every sentence is in exactly one bead, and beads follow each other on both sides.
func isWhole(_ beads: [Bead], _ pair: DocumentPair) -> Bool {
  var source = 0, target = 0
  for bead in beads {
    if bead.source.lowerBound != source || bead.target.lowerBound != target { return false }
    if bead.source.isEmpty && bead.target.isEmpty { return false }
    source = bead.source.upperBound
    target = bead.target.upperBound
  }
  return source == pair.source.count && target == pair.target.count
}

/// Strict F1 over beads of two sides.
func strictF1(_ found: [Bead], _ gold: [Bead]) -> Double {
  let a = Set(found.filter { !$0.source.isEmpty && !$0.target.isEmpty })
  let b = Set(gold.filter { !$0.source.isEmpty && !$0.target.isEmpty })
  return a.isEmpty && b.isEmpty ? 1 : 2 * Double(a.intersection(b).count) / Double(a.count + b.count)
}
