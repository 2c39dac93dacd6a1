internal import CICU

/// NFKC and lower case, whole texts at a time: one call per sentence or word would cost more than its work.
public enum Transform {
  /// Appends NFKC and full lower case (root locale; UAX 15, Unicode 3.13) of `text`, valid UTF-8 under 32 MiB, to `out`.
  ///
  /// - Complexity: O(n) in the bytes of `text`, one call into ICU.
  public static func appendNFKCLowercase(of text: Span<UInt8>, to out: inout [UInt8]) throws(ICUError) {
    try unsafe append(text, to: &out, name: "unorm2_normalize") { bytes, count, target, capacity in
      unsafe kicu_nfkc_lowercase(bytes, count, target, capacity)
    }
  }

  /// Runs `body` with room for as much again as `text`, and once more with the room it asks for.
  fileprivate static func append(
    _ text: Span<UInt8>, to out: inout [UInt8], name: String,
    _ body: (UnsafePointer<UInt8>?, Int32, UnsafeMutablePointer<UInt8>?, Int32) -> Int32
  ) throws(ICUError) {
    if text.isEmpty { return }
    let start = out.count
    var room = text.count + text.count / 2 + 64
    for _ in 0..<2 {
      out.append(contentsOf: repeatElement(0, count: room))
      let written = unsafe text.withUnsafeBufferPointer { source in
        unsafe out.withUnsafeMutableBufferPointer { target in
          unsafe Int(
            body(source.baseAddress, Int32(source.count), target.baseAddress.map { unsafe $0 + start }, Int32(room)))
        }
      }
      guard written >= 0 else {
        out.removeLast(out.count - start)
        throw ICUError(name: name)
      }
      out.removeLast(written <= room ? room - written : room)
      if written <= room { return }
      room = written
    }
    throw ICUError(name: name)
  }
}

/// One of ICU's transliterators (UTS 35, part 2, section 10), e.g. `Any-Latin; Latin-ASCII; Lower`.
@safe public struct Transliterator: ~Copyable {
  private let transliterator: OpaquePointer

  /// Opens the transliterator ICU has under `identifier`.
  public init(_ identifier: String) throws(ICUError) {
    let opened = unsafe identifier.withCString { unsafe kicu_transliterator_open($0) }
    guard let opened = unsafe opened else { throw ICUError(name: "utrans_openU: \(identifier)") }
    unsafe transliterator = opened
  }

  deinit { unsafe kicu_transliterator_close(transliterator) }

  /// Appends the transliteration of `text`, valid UTF-8 under 128 MiB, to `out`. Give it many words at once, a line each.
  public mutating func append(_ text: Span<UInt8>, to out: inout [UInt8]) throws(ICUError) {
    try unsafe Transform.append(text, to: &out, name: "utrans_transUChars") { bytes, count, target, capacity in
      unsafe kicu_transliterate(transliterator, bytes, count, target, capacity)
    }
  }
}
