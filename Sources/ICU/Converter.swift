internal import CICU

/// Turns text of any encoding that ICU knows into UTF-8, piece by piece, and stops at the first bytes it cannot map.
@safe public struct Converter: ~Copyable {
  /// What cannot be mapped.
  public struct Failure: Error, Sendable, Equatable {
    /// Where the bytes begin, from the text's first byte.
    public var byteOffset: Int
    /// Empty where ICU does not say.
    public var bytes: [UInt8]
  }

  private let converter: OpaquePointer
  private var taken = 0
  /// The encoding's MIME or IANA name, e.g. `windows-1252` for `cp1252`.
  public let name: String

  /// Opens a converter by any of its names; nil where ICU knows none of that name.
  public init?(_ name: String) {
    let opened = unsafe name.utf8.contains(0) || name.isEmpty ? nil : kicu_converter_open(name)
    guard let opened = unsafe opened else { return nil }
    unsafe converter = opened
    self.name = unsafe String(cString: kicu_converter_name(opened))
  }

  deinit { unsafe kicu_converter_close(converter) }

  /// Appends the text's next bytes as UTF-8; a character may be cut between two calls.
  ///
  /// - Complexity: O(n).
  public mutating func convert(_ bytes: Span<UInt8>, isLast: Bool, to out: inout [UInt8]) throws(Failure) {
    var bad = InlineArray<32, UInt8>(repeating: 0)
    var badCount: Int8 = 0
    var status: Int32 = 1
    var here = 0
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 16) { room in
      while status == 1 {
        var consumed = 0
        var produced = 0
        badCount = 32
        var badSpan = bad.mutableSpan
        status = unsafe badSpan.withUnsafeMutableBufferPointer { bad in
          unsafe bytes.extracting(droppingFirst: here).withUnsafeBufferPointer { rest in
            unsafe kicu_converter_convert(
              converter, rest.baseAddress, rest.count, isLast ? 1 : 0, room.baseAddress, room.count, &consumed,
              &produced, bad.baseAddress, &badCount)
          }
        }
        here += consumed
        unsafe out.append(contentsOf: UnsafeMutableBufferPointer(rebasing: room[..<produced]))
      }
    }
    taken += here
    if status < 0 {
      let count = Int(badCount)
      throw Failure(byteOffset: taken - count, bytes: (0..<count).map { bad[$0] })
    }
  }
}
