/// The signature of an article (Broder, 1997): for each of 256 permutations of the shingles the least one. The share of
/// places in which two signatures agree estimates the Jaccard similarity of the shingles, with a standard error of
/// √(s(1 − s)/256): at most 0.031, and 0.025 at the threshold of 0.8.
///
/// 32 bands of 8 rows each: two articles of similarity s fall into one bucket of a band at least once with probability
/// 1 − (1 − s⁸)³²: 0.997 at 0.8, 0.12 at 0.5. What the buckets propose is then judged by the whole signatures.
///
/// A permutation is `(a·x + b) >> 32` of a shingle's 64-bit hash (multiply-shift; Dietzfelbinger, 1996), a odd: on hashes
/// that are mixed already it is as good as a random function for this, at one multiplication each; SHA-256 for each
/// permutation would cost hundreds of times as much.
enum MinHash {
  static let permutations = 256
  static let bands = 32
  static let rows = 8

  private static let factors = Mixing.sequence(seed: 0x6B61_6C69, count: permutations).map { $0 | 1 }
  private static let terms = Mixing.sequence(seed: 0x6D61_7432, count: permutations)

  static func signature(of shingles: [UInt64]) -> [UInt32] {
    var signature = [UInt32](repeating: .max, count: permutations)
    let (factors, terms) = (factors, terms)
    for shingle in shingles {
      for i in 0..<permutations {
        let value = UInt32(truncatingIfNeeded: (factors[i] &* shingle &+ terms[i]) >> 32)
        if value < signature[i] { signature[i] = value }
      }
    }
    return signature
  }

  /// The hash of each band.
  static func bandHashes(of signature: [UInt32]) -> [UInt64] {
    (0..<bands).map { band in
      var value = UInt64(band) &+ 1
      for i in band * rows..<(band + 1) * rows { value = Mixing.finish(value ^ UInt64(signature[i])) }
      return value
    }
  }
}
