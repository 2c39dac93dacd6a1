/// 64-bit hashes that are the same in every run and on every machine, unlike `Hasher`'s.
///
/// They spread and no more: where equality counts, the bytes are compared, or SHA-256 stands for them.
enum Mixing {
  /// Eight bytes a step, each multiplied and folded; then `finish`.
  static func hash(_ bytes: Span<UInt8>) -> UInt64 {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(truncatingIfNeeded: bytes.count)
    var here = 0
    while here + 8 <= bytes.count {
      var word: UInt64 = 0
      for i in 0..<8 { word |= UInt64(bytes[here + i]) << UInt64(i * 8) }
      value = (value ^ word) &* 0x9E37_79B9_7F4A_7C15
      value ^= value >> 29
      here += 8
    }
    while here < bytes.count {
      value = (value ^ UInt64(bytes[here])) &* 0x0000_0100_0000_01B3
      here += 1
    }
    return finish(value)
  }

  /// The end of SplitMix64 (Steele, Lea, Flood, 2014): every bit of the result hangs on every bit given.
  @inline(__always)
  static func finish(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  /// Numbers of SplitMix64 from a seed.
  static func sequence(seed: UInt64, count: Int) -> [UInt64] {
    (1...count).map { finish(seed &+ UInt64($0) &* 0x9E37_79B9_7F4A_7C15) }
  }
}
