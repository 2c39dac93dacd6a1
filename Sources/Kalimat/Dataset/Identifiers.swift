/// What an article's key is made of (docs/FORMAT.md, "Key").
public enum KeyKind: String, Sendable, CaseIterable {
  case path, url, id, content
}

/// An article's ID: `d` and 16 digits of base32hex, a function of its key's kind and its key alone.
public struct DocumentID: Sendable {
  /// 17 ASCII bytes.
  public let bytes: InlineArray<17, UInt8>

  public init(kind: KeyKind, key: [UInt8]) {
    var hash = SHA256()
    hash.update("kalimat-doc-1")
    hash.update(byte: 0)
    hash.update(kind.rawValue)
    hash.update(byte: 0)
    hash.update(key)
    let digest = hash.finish()
    bytes = InlineArray { i in i == 0 ? 0x64 : Base32Hex.digit(of: digest, at: i - 1) }
  }

  /// Reads an ID; nil where `text` has not its shape.
  public init?(_ text: Span<UInt8>) {
    guard text.count == 17, text[0] == 0x64 else { return nil }
    for i in 1..<17 where Base32Hex.value(text[i]) == nil { return nil }
    bytes = InlineArray { text[$0] }
  }

  /// The first 20 bits of its hash: which shard it stands in.
  public var shardBits: Int {
    (1...4).reduce(0) { $0 << 5 | Int(Base32Hex.value(bytes[$1]) ?? 0) }
  }

  /// The first 12 bits of its hash: which bucket of content_sha256 it stands in.
  public var bucket: Int { shardBits >> 8 }

  /// The shard it stands in, of `count`.
  public func shard(of count: Int) -> Int { (shardBits * count) >> 20 }

  public var description: String { bytes.text }
}

extension DocumentID: Hashable, Comparable, CustomStringConvertible {
  public static func == (a: DocumentID, b: DocumentID) -> Bool {
    for i in a.bytes.indices where a.bytes[i] != b.bytes[i] { return false }
    return true
  }

  public static func < (a: DocumentID, b: DocumentID) -> Bool {
    for i in a.bytes.indices where a.bytes[i] != b.bytes[i] { return a.bytes[i] < b.bytes[i] }
    return false
  }

  /// Its hash part is a hash already: the first 13 of its digits are enough.
  public func hash(into hasher: inout Hasher) {
    for i in 1..<14 { hasher.combine(bytes[i]) }
  }
}

/// A sentence's ID: `s`, characters 2–5 of its article's, and 16 digits of base32hex.
public struct SentenceID: Sendable {
  /// 21 ASCII bytes.
  public let bytes: InlineArray<21, UInt8>

  /// - Parameter ordinal: how many equal texts stand before it in that article, in records of both kinds.
  public init(document: DocumentID, ordinal: Int, text: Span<UInt8>) {
    var hash = SHA256()
    self.init(document: document, ordinal: ordinal, text: text, hash: &hash)
  }

  /// The same on a context that is kept.
  init(document: DocumentID, ordinal: Int, text: Span<UInt8>, hash: inout SHA256) {
    hash.update("kalimat-sent-1")
    hash.update(byte: 0)
    hash.update(document.bytes.span)
    hash.update(byte: 0)
    hash.update(String(ordinal))
    hash.update(byte: 0)
    hash.update(text)
    self.init(document: document, digest: hash.finish())
  }

  /// Of the first 128 bits of the digest that was made so.
  @inline(__always)
  init(document: DocumentID, high: UInt64, low: UInt64) {
    let first = Base32Hex.eightDigits(high >> 24)
    let second = Base32Hex.eightDigits((high & 0xFF_FFFF) << 16 | low >> 48)
    bytes = InlineArray { i in
      if i < 5 { return i == 0 ? 0x73 : document.bytes[i] }
      return UInt8(truncatingIfNeeded: i < 13 ? first >> UInt64(96 - i * 8) : second >> UInt64(160 - i * 8))
    }
  }

  /// Of the digest that was made so.
  init(document: DocumentID, digest: Digest) {
    bytes = InlineArray { i in
      i == 0 ? 0x73 : i < 5 ? document.bytes[i] : Base32Hex.digit(of: digest, at: i - 5)
    }
  }

  public var description: String { bytes.text }
}

/// A text's ID: `t` and 20 digits of base32hex, a function of the text alone.
public struct TextID: Sendable {
  /// 21 ASCII bytes.
  public let bytes: InlineArray<21, UInt8>

  public init(text: Span<UInt8>) {
    var hash = SHA256()
    hash.update("kalimat-text-1")
    hash.update(byte: 0)
    hash.update(text)
    let digest = hash.finish()
    bytes = InlineArray { i in i == 0 ? 0x74 : Base32Hex.digit(of: digest, at: i - 1) }
  }

  public var description: String { bytes.text }
}

extension SentenceID: CustomStringConvertible {}
extension TextID: CustomStringConvertible {}

extension InlineArray where Element == UInt8 {
  /// ASCII bytes as a String.
  var text: String { String(decoding: indices.map { self[$0] }, as: UTF8.self) }
}
