import CKernels
import COpenSSL
import Testing

/// SHA-256 by the CPU's instructions against OpenSSL and the examples of FIPS 180-4.
@Suite(.enabled(if: kk_has_sha256() != 0, "this CPU has no instructions for SHA-256"))
struct SHA256Tests {
  static func openSSL(_ bytes: [UInt8]) -> [UInt8] {
    var context = kssl_sha256()
    var out = [UInt8](repeating: 0, count: 32)
    unsafe kssl_sha256_init(&context)
    unsafe kssl_sha256_update(&context, bytes, bytes.count)
    unsafe kssl_sha256_final(&context, &out)
    return out
  }

  static func many(_ messages: [[UInt8]]) -> [[UInt8]] {
    var offsets: [UInt64] = [0]
    for message in messages { offsets.append((offsets.last ?? 0) + UInt64(message.count)) }
    var digests = [UInt8](repeating: 0, count: 32 * messages.count + 1)
    unsafe kk_sha256_many(Array(messages.joined()), offsets, messages.count, &digests)
    return messages.indices.map { Array(digests[(32 * $0)..<(32 * $0 + 32)]) }
  }

  static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  @Test("The examples of FIPS 180-4")
  func examples() {
    let long = [UInt8](repeating: 0x61, count: 1_000_000)
    let found = Self.many([
      Array("abc".utf8), [], Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8), long,
    ]).map(Self.hex)
    #expect(
      found == [
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
      ])
  }

  @Test("Every length from 0 to 300, and batches of any size")
  func many() {
    let each = (0...300).map { length in (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ length) } }
    #expect(Self.many(each) == each.map(Self.openSSL))
    #expect(Self.many([]) == [])
    for message in each.prefix(130) { #expect(Self.many([message]) == [Self.openSSL(message)]) }
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      let messages = (0..<Int.random(in: 1...9, using: &random)).map { _ in each.randomElement(using: &random) ?? [] }
      #expect(Self.many(messages) == messages.map(Self.openSSL))
    }
  }

  @Test("Streams fed in pieces, one and two at a time")
  func streams() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      var streams = [kk_sha256(), kk_sha256()]
      var texts: [[UInt8]] = [[], []]
      for k in 0...1 { unsafe kk_sha256_init(&streams[k]) }
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let pieces = (0...1).map { _ in
          (0..<Int.random(in: 0...200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        if Bool.random(using: &random) {
          var other = streams[1]
          unsafe kk_sha256_update_pair(
            &streams[0], pieces[0], pieces[0].count, &other, pieces[1], pieces[1].count)
          streams[1] = other
          texts[1] += pieces[1]
        } else {
          unsafe kk_sha256_update(&streams[0], pieces[0], pieces[0].count)
        }
        texts[0] += pieces[0]
      }
      for k in 0...1 {
        var digest = [UInt8](repeating: 0, count: 32)
        unsafe kk_sha256_final(&streams[k], &digest)
        #expect(digest == Self.openSSL(texts[k]))
      }
    }
  }
}
