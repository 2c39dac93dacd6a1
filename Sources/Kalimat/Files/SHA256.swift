internal import CKernels
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

extension Digest {
  /// Appends its four words, the first bytes highest in each.
  func appendWords(to out: inout [UInt64]) {
    for word in 0..<4 { out.append((0..<8).reduce(0) { $0 << 8 | UInt64(bytes[word * 8 + $1]) }) }
  }
}

extension SHA256 {
  /// Appends four words a message, as `Digest.appendWords` does: two messages at a time where the CPU has instructions for it.
  ///
  /// - Parameters:
  ///   - bytes: the messages, end to end.
  ///   - offsets: where each begins, and where the last one ends.
  static func appendWords(ofMessages bytes: Span<UInt8>, _ offsets: [UInt64], to out: inout [UInt64]) {
    if kk_has_sha256() == 0 {
      for (start, end) in zip(offsets, offsets.dropFirst()) {
        digest(of: bytes.extracting(Int(start)..<Int(end))).appendWords(to: &out)
      }
      return
    }
    let (first, count) = (out.count, offsets.count - 1)
    out.append(contentsOf: repeatElement(0, count: count * 4))
    unsafe bytes.withUnsafeBufferPointer { messages in
      unsafe out.withUnsafeMutableBytes { digests in
        guard let from = messages.baseAddress, let to = digests.baseAddress else { return }
        unsafe kk_sha256_many(from, offsets, count, (to + first * 8).assumingMemoryBound(to: UInt8.self))
      }
    }
    for i in first..<out.count { out[i] = UInt64(bigEndian: out[i]) }
  }
}

/// Two digests of the same bytes, made side by side where the CPU has instructions for it: that takes little longer than
/// one. Each begins and ends when it likes.
@safe struct PairedSHA256: Sendable {
  private var own = (kk_sha256(), kk_sha256())
  private var other = (SHA256(), SHA256())
  private let hasInstructions = kk_has_sha256() != 0

  init() {
    unsafe kk_sha256_init(&own.0)
    unsafe kk_sha256_init(&own.1)
  }

  /// Adds bytes to both.
  mutating func update(_ bytes: Span<UInt8>) {
    guard hasInstructions else {
      other.0.update(bytes)
      other.1.update(bytes)
      return
    }
    unsafe bytes.withUnsafeBufferPointer { pointer in
      guard let base = pointer.baseAddress else { return }
      unsafe kk_sha256_update_pair(&own.0, base, pointer.count, &own.1, base, pointer.count)
    }
  }

  /// The first digest of all so far; it begins anew.
  mutating func finishFirst() -> Digest {
    guard hasInstructions else { return other.0.finish() }
    return Self.finish(&own.0)
  }

  /// The second digest of all so far; it begins anew.
  mutating func finishSecond() -> Digest {
    guard hasInstructions else { return other.1.finish() }
    return Self.finish(&own.1)
  }

  private static func finish(_ stream: inout kk_sha256) -> Digest {
    var bytes = InlineArray<32, UInt8>(repeating: 0)
    var span = bytes.mutableSpan
    unsafe span.withUnsafeMutableBufferPointer { out in
      if let base = out.baseAddress { unsafe kk_sha256_final(&stream, base) }
    }
    unsafe kk_sha256_init(&stream)
    return Digest(bytes: bytes)
  }
}
