import Testing

@testable import Kalimat

/// MinHash's estimates beside the exact Jaccard similarity; `Evaluation/duplicates.py` measures the same from outside.
struct MinHashTests {
  private func shingles(_ text: String) -> [UInt64] {
    var shingles = Shingles()
    shingles.add(Array(text.utf8).span)
    shingles.finish()
    return shingles.hashes
  }

  private func jaccard(_ a: [UInt64], _ b: [UInt64]) -> Double {
    let (first, second) = (Set(a), Set(b))
    return Double(first.intersection(second).count) / Double(first.union(second).count)
  }

  @Test func estimatesAreWithinTheErrorOfTheMethod() {
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = Mixing.finish(state &+ 0x9E37_79B9_7F4A_7C15)
      return Int(state % UInt64(bound))
    }
    var squares = 0.0
    var worst = 0.0
    let rounds = 60
    for round in 0..<rounds {
      let words = (0..<300).map { _ in "w\(next(4000))" }
      var other = words
      for _ in 0..<(round % 50) { other[next(300)] = "x\(next(4000))" }
      let (a, b) = (shingles(words.joined(separator: " ")), shingles(other.joined(separator: " ")))
      let agreement = zip(MinHash.signature(of: a), MinHash.signature(of: b)).count { $0 == $1 }
      let error = Double(agreement) / Double(MinHash.permutations) - jaccard(a, b)
      squares += error * error
      worst = max(worst, abs(error))
    }
    // √(s(1 − s)/256) is at most 0.031; five times that is beyond chance.
    // Of 60 pairs, the root mean square itself is known to a tenth.
    #expect((squares / Double(rounds)).squareRoot() < 0.04)
    #expect(worst < 0.155)
  }

  @Test func shinglesAreWordsOrCharacters() {
    #expect(shingles("satu dua tiga empat lima").count == 1)
    #expect(shingles("satu dua tiga empat lima enam").count == 2)
    #expect(shingles("satu dua") == shingles("satu, dua!"), "punctuation is none of a word")
    #expect(shingles("satu dua") != shingles("satudua"))
    #expect(shingles("一二三四五六七八九").count == 1)
    #expect(shingles("一二三四五六七八九十").count == 2)
    #expect(shingles("...").isEmpty)
  }
}
