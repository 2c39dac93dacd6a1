internal import CKernels

/// Finds the bytes that may begin one of a small set of code points: with AVX2, or with byte tables.
///
/// A code point of ASCII, of a rare script or of four bytes is told by its first byte alone. Any other is put in one of
/// eight buckets by its first bytes, and a place is a hit where the bits of its byte and of the two after it have a bucket
/// in common. So a hit may be false, which costs little, but none is missed. Which bucket changes only how many are false.
struct HotBytes: Sendable {
  /// What `kk_hot_offsets` looks up, by halves of bytes: two tables for one byte, three pairs for three bytes running.
  private(set) var halves = [UInt8](repeating: 0, count: 8 * 16)
  /// The same by whole bytes: the first byte's buckets, and bit 8 where it tells alone; then the second's and the third's.
  private var first = [UInt16](repeating: 0, count: 256)
  private var second = [UInt16](repeating: 0, count: 256)
  private var third = [UInt16](repeating: 0, count: 256)
  private static let alone: UInt16 = 0x100
  private let usesAVX2: Bool

  /// - Parameter scalars: the code points to find; surrogates are left out.
  init(scalars: [UInt32], usesAVX2: Bool) {
    self.usesAVX2 = usesAVX2
    var singleHalves: [UInt8] = []
    for scalar in scalars {
      guard let scalar = Unicode.Scalar(scalar) else { continue }
      let encoded = Array(String(scalar).utf8)
      if encoded[0] < 0x80 || encoded[0] >= 0xF0 || (encoded[0] >= 0xDC && encoded[0] < 0xE0) {
        insertSingle(encoded[0], halves: &singleHalves)
      } else {
        insertTriple(encoded)
      }
    }
  }

  private mutating func insertSingle(_ byte: UInt8, halves known: inout [UInt8]) {
    let high = byte >> 4
    if !known.contains(high) { known.append(high) }
    // A ninth high half would share a bucket with the first: more false hits, none missed.
    let bit = UInt8(1) << UInt8((known.firstIndex(of: high) ?? 0) % 8)
    halves[Int(byte & 15)] |= bit
    halves[16 + Int(high)] |= bit
    first[Int(byte)] |= Self.alone
  }

  private mutating func insertTriple(_ encoded: [UInt8]) {
    let bit = UInt8(1) << Self.bucket(encoded[0], encoded[1])
    for place in 0..<3 {
      let low = 32 * (place + 1)
      if place < encoded.count {
        halves[low + Int(encoded[place] & 15)] |= bit
        halves[low + 16 + Int(encoded[place] >> 4)] |= bit
      } else {
        for half in low..<(low + 32) { halves[half] |= bit }
      }
    }
    first[Int(encoded[0])] |= UInt16(bit)
    second[Int(encoded[1])] |= UInt16(bit)
    if encoded.count > 2 {
      third[Int(encoded[2])] |= UInt16(bit)
    } else {
      for byte in 0..<256 { third[byte] |= UInt16(bit) }
    }
  }

  /// Apart are those whose halves, mixed, would be a frequent letter or comma of some script.
  private static func bucket(_ lead: UInt8, _ second: UInt8) -> UInt8 {
    switch lead {
    case ..<0xE0: 0
    case 0xE0: 1
    case 0xE1: second < 0xB0 ? 2 : 3
    case 0xE2: second < 0x82 ? 4 : 3
    case 0xE3: 5
    case 0xEF: 6
    default: 7
    }
  }

  /// The offsets from `from` of the hits in `bytes[from..<to]`, ascending, to `hits`, whose size is kept.
  ///
  /// - Parameter hits: at least `to - from` + 4 numbers.
  /// - Returns: how many there are.
  func find(in bytes: Span<UInt8>, from: Int, to: Int, hits: inout [UInt32]) -> Int {
    precondition(from <= to && to <= bytes.count && to - from + 4 <= hits.count)
    if usesAVX2 {
      return unsafe bytes.withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return 0 }
        return unsafe kk_hot_offsets(halves, base, from, to, bytes.count, &hits)
      }
    }
    return findPortably(in: bytes, from: from, to: to, hits: &hits)
  }

  private func findPortably(in bytes: Span<UInt8>, from: Int, to: Int, hits: inout [UInt32]) -> Int {
    let first = self.first.span
    var found = hits.mutableSpan
    var count = 0
    var here = from
    while here < to {
      // Mostly none of eight bytes can begin a hit. An index is a byte or below `to`, so unchecked is as safe as checked.
      while here <= to - 8 {
        var any: UInt16 = 0
        for ahead in 0..<8 { any |= unsafe first[unchecked: Int(bytes[unchecked: here &+ ahead])] }
        if any != 0 { break }
        here += 8
      }
      for place in here..<min(here + 8, to) {
        let lead = first[Int(bytes[place])]
        if lead == 0 { continue }
        let next = place + 1 < bytes.count ? bytes[place + 1] : 0
        let last = place + 2 < bytes.count ? bytes[place + 2] : 0
        if lead & (Self.alone | second[Int(next)] & third[Int(last)]) == 0 { continue }
        found[count] = UInt32(truncatingIfNeeded: place - from)
        count += 1
      }
      here += 8
    }
    return count
  }
}
