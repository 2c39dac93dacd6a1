/// The 80 bits of an ID's hash, for comparing and sorting: they sort like the ID's text.
struct PackedID: Hashable, Comparable, Sendable {
  private let high: UInt64
  private let low: UInt16

  static let zero = PackedID(high: 0, low: 0)

  fileprivate init(high: UInt64, low: UInt16) {
    self.high = high
    self.low = low
  }

  /// Reads `prefix`, `skipping - 1` digits that are left out, and the 16 digits of an ID; nil where it has not that shape.
  init?(_ text: Span<UInt8>, prefix: UInt8, skipping: Int) {
    guard text.count == skipping + 16, text[0] == prefix else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    var all: UInt8 = 0
    for i in 1..<skipping { all |= Self.digits[Int(text[i])] }
    // 12 digits and 4 bits of the 13th are the high 64 bits.
    for i in skipping..<skipping + 12 {
      let value = Self.digits[Int(text[i])]
      all |= value
      high = high << 5 | UInt64(value)
    }
    for i in skipping + 12..<skipping + 16 {
      let value = Self.digits[Int(text[i])]
      all |= value
      low = low << 5 | UInt64(value)
    }
    if all & 0x80 != 0 { return nil }
    self.init(high: high << 4 | low >> 16, low: UInt16(truncatingIfNeeded: low))
  }

  /// The value of each byte as a digit of base32hex; 0x80 where it is none.
  private static let digits: InlineArray<256, UInt8> = InlineArray { Base32Hex.value(UInt8($0)) ?? 0x80 }

  static func < (a: PackedID, b: PackedID) -> Bool { a.high != b.high ? a.high < b.high : a.low < b.low }

  /// Of a doc_id: the first 20 bits of its hash.
  var shardBits: Int { Int(high >> 44) }
  /// Of a doc_id: the bucket of content_sha256 it stands in.
  var bucket: Int { Int(high >> 52) }
  /// Of a doc_id: the shard it stands in, of `count`.
  func shard(of count: Int) -> Int { (shardBits * count) >> 20 }
}

extension PackedID {
  /// The first 80 bits of a digest: what an ID's 16 digits are made of.
  init(_ digest: Digest) {
    var high: UInt64 = 0
    for i in 0..<8 { high = high << 8 | UInt64(digest.bytes[i]) }
    self.init(high: high, low: UInt16(digest.bytes[8]) << 8 | UInt16(digest.bytes[9]))
  }
}
