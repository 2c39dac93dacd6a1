internal import COpenSSL

/// A SHA-256 digest (FIPS 180-4): 32 bytes.
public struct Digest: Sendable {
  public var bytes: InlineArray<32, UInt8>

  public init(bytes: InlineArray<32, UInt8>) { self.bytes = bytes }

  /// Lower-case hexadecimal, 64 characters.
  public var hex: String { String(decoding: hexBytes, as: UTF8.self) }

  /// The same as bytes.
  public var hexBytes: [UInt8] {
    let digits: InlineArray<16, UInt8> = [
      0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66,
    ]
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for i in bytes.indices {
      text.append(digits[Int(bytes[i] >> 4)])
      text.append(digits[Int(bytes[i] & 15)])
    }
    return text
  }
}

extension Digest: Hashable {
  public static func == (a: Digest, b: Digest) -> Bool {
    for i in a.bytes.indices where a.bytes[i] != b.bytes[i] { return false }
    return true
  }

  /// A digest is a hash already: its first eight bytes are enough.
  public func hash(into hasher: inout Hasher) {
    for i in 0..<8 { hasher.combine(bytes[i]) }
  }
}

/// SHA-256 in pieces, on a context that can be used again.
@safe public struct SHA256: Sendable {
  private var context = kssl_sha256()

  public init() { unsafe kssl_sha256_init(&context) }

  /// Adds bytes to what is hashed.
  public mutating func update(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe kssl_sha256_update(&context, $0.baseAddress, $0.count) }
  }

  /// Adds bytes to what is hashed.
  public mutating func update(_ bytes: [UInt8]) { update(bytes.span) }

  /// Adds a text's UTF-8 to what is hashed.
  public mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { unsafe kssl_sha256_update(&context, $0.baseAddress, $0.count) }
  }

  /// Adds one byte to what is hashed.
  public mutating func update(byte: UInt8) {
    var byte = byte
    unsafe kssl_sha256_update(&context, &byte, 1)
  }

  /// The digest of all so far; the context begins anew.
  public mutating func finish() -> Digest {
    var bytes = InlineArray<32, UInt8>(repeating: 0)
    var span = bytes.mutableSpan
    unsafe span.withUnsafeMutableBufferPointer { unsafe kssl_sha256_final(&context, $0.baseAddress) }
    unsafe kssl_sha256_init(&context)
    return Digest(bytes: bytes)
  }

  /// The digest of bytes at hand.
  public static func digest(of bytes: Span<UInt8>) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }
}
