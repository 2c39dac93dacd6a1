import CKernels
import Testing

/// The model's score, against the sum of the weights of the hashes that it is said to be.
@Suite struct ModelScoreTests {
  static let bucketCount: UInt32 = 97

  /// Weights for `hashes`, as many as find a slot.
  static func buckets(_ hashes: [UInt32], _ random: inout SystemRandomNumberGenerator) -> [UInt8] {
    var buckets = [UInt8](repeating: 0, count: Int(bucketCount) * 8)
    for hash in hashes {
      let start = Int(kk_feature_bucket(hash, bucketCount)) * 8
      let print = kk_feature_fingerprint(hash)
      let slots = stride(from: start, to: start + 8, by: 2)
      guard !slots.contains(where: { buckets[$0] == print }), let slot = slots.first(where: { buckets[$0] == 0 })
      else { continue }
      buckets[slot] = print
      buckets[slot + 1] = UInt8(bitPattern: Int8.random(in: -127...127, using: &random))
    }
    return buckets
  }

  static func weight(_ hash: UInt32, _ buckets: [UInt8]) -> Int32 {
    let start = Int(kk_feature_bucket(hash, bucketCount)) * 8
    let slot = stride(from: start, to: start + 8, by: 2).first { buckets[$0] == kk_feature_fingerprint(hash) }
    return slot.map { Int32(Int8(bitPattern: buckets[$0 + 1])) } ?? 0
  }

  @Test func theScoreIsTheSumOfTheWeights() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      let inputs = (0..<128).map { _ in UInt32.random(in: .min ... .max, using: &random) }
      let count = Int.random(in: 0...32, using: &random)
      let language: UInt32 = Bool.random(using: &random) ? 0x65_6E20 : 0
      var hashes = [UInt32](repeating: 0, count: 64)
      let written = unsafe kk_feature_hashes(inputs, count, language, &hashes)
      #expect(written == (language == 0 ? count : 2 * count))
      // Half of them have a weight.
      let buckets = Self.buckets(hashes.prefix(written).filter { _ in Bool.random(using: &random) }, &random)
      let expected = hashes.prefix(written).reduce(0) { $0 + Self.weight($1, buckets) }
      #expect(unsafe kk_model_score(buckets, Self.bucketCount, inputs, count, language) == expected)
      #expect(unsafe kk_model_score_portable(buckets, Self.bucketCount, inputs, count, language) == expected)
    }
  }

  /// The file of weights that is shipped was made with these: another hash needs other weights.
  @Test func theHashIsTheOneOfTheShippedWeights() {
    let inputs = (0..<128).map { UInt32($0) }
    var hashes = [UInt32](repeating: 0, count: 64)
    #expect(unsafe kk_feature_hashes(inputs, 2, 0x65_6E20, &hashes) == 4)
    #expect(Array(hashes.prefix(4)) == [0x03C2_D86A, 0xD88D_4B6A, 0x7809_86D3, 0x7573_ABBE])
  }
}
