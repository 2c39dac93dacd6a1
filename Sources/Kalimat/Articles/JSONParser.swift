internal import CKernels

/// Where a text stops being JSON.
struct JSONSyntaxError: Error, Equatable {
  /// From 0, in the bytes that were given.
  var byteOffset: Int
  /// A noun phrase, e.g. `the end of the text`.
  var found: String
  /// A noun phrase, e.g. `a digit`.
  var expected: String

  /// What is expected where a key comes twice: RFC 8259 allows it, this reader does not.
  static let eachKeyOnce = "each key once"
}

/// A strict reader of JSON (RFC 8259) of our own: it keeps the order of members and the spelling of numbers, refuses a
/// key that comes twice, and knows the offset of what is wrong. Readers that turn numbers into doubles, or keep the last
/// of two keys in silence, lose what `--keep` promises.
enum JSONParser {
  /// What becomes of a key that an object has twice: RFC 8259, section 4, leaves it open.
  enum DuplicateKeys { case reject }

  /// Arrays and objects inside one another: deeper ones are refused, so that no input exhausts the stack.
  static let depthLimit = 512

  /// The one value that all of `bytes` is, with white space around it.
  ///
  /// - Complexity: O(n); one allocation a string.
  static func parse(
    _ bytes: Span<UInt8>, duplicateKeys: DuplicateKeys = .reject
  ) throws(JSONSyntaxError) -> JSONValue {
    let valid = unsafe bytes.withUnsafeBufferPointer { unsafe kk_utf8_valid_prefix($0.baseAddress, $0.count) }
    if valid < bytes.count {
      throw JSONSyntaxError(
        byteOffset: valid, found: "the byte 0x\(JSONCursor.hex(bytes[valid])), which is not UTF-8 there",
        expected: "UTF-8")
    }
    return try parse(validUTF8: bytes)
  }

  /// The same of bytes that are known to be UTF-8.
  static func parse(validUTF8 bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSONValue {
    var cursor = JSONCursor(bytes)
    cursor.skipWhiteSpace()
    let value = try cursor.value(depth: 0)
    cursor.skipWhiteSpace()
    if cursor.here < bytes.count { throw cursor.error(expected: "the end of the text after the value") }
    return value
  }
}

/// A place in a JSON text, and what can be read there.
struct JSONCursor: ~Escapable {
  let bytes: Span<UInt8>
  var here = 0

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) { self.bytes = bytes }

  /// The byte here; nil at the end.
  var next: UInt8? { here < bytes.count ? bytes[here] : nil }

  /// Space, tab, LF and CR alone (RFC 8259, section 2).
  @_lifetime(self: copy self)
  mutating func skipWhiteSpace() {
    while here < bytes.count {
      switch bytes[here] {
      case 0x20, 0x09, 0x0A, 0x0D: here += 1
      default: return
      }
    }
  }

  @_lifetime(self: copy self)
  mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    guard let first = next else { throw error(expected: "a JSON value") }
    switch first {
    case 0x22: return .string(try string())
    case 0x7B: return try object(depth: depth + 1)
    case 0x5B: return try array(depth: depth + 1)
    case 0x2D, 0x30...0x39: return .number(try number())
    case 0x74: return try word("true", .bool(true))
    case 0x66: return try word("false", .bool(false))
    case 0x6E: return try word("null", .null)
    default: throw error(expected: "a JSON value")
    }
  }

  @_lifetime(self: copy self)
  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
    let start = here
    let matches = word.withUTF8Buffer { letters in
      guard bytes.count - start >= letters.count else { return false }
      for i in 0..<letters.count where bytes[start + i] != (unsafe letters[i]) { return false }
      return true
    }
    guard matches else { throw error(expected: "a JSON value") }
    here += word.utf8CodeUnitCount
    return value
  }

  @_lifetime(self: copy self)
  private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    try check(depth: depth)
    here += 1
    var elements: [JSONValue] = []
    skipWhiteSpace()
    if next == 0x5D { here += 1; return .array([]) }
    while true {
      elements.append(try value(depth: depth))
      skipWhiteSpace()
      switch next {
      case 0x2C: here += 1
      case 0x5D: here += 1; return .array(elements)
      default: throw error(expected: "',' or ']'")
      }
      skipWhiteSpace()
    }
  }

  @_lifetime(self: copy self)
  private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    try check(depth: depth)
    here += 1
    var members: [JSONValue.Member] = []
    var keys: Set<[UInt8]> = []
    skipWhiteSpace()
    if next == 0x7D { here += 1; return .object([]) }
    while true {
      guard next == 0x22 else { throw error(expected: members.isEmpty ? "a key in '\"', or '}'" : "a key in '\"'") }
      let start = here
      let key = try string()
      if Self.isRepeated(key, among: members, keys: &keys) {
        let name = String(decoding: key, as: UTF8.self)
        throw JSONSyntaxError(
          byteOffset: start, found: "the key \"\(name)\" twice in one object", expected: JSONSyntaxError.eachKeyOnce)
      }
      skipWhiteSpace()
      guard next == 0x3A else { throw error(expected: "':' after the key") }
      here += 1
      skipWhiteSpace()
      members.append(.init(key: key, value: try value(depth: depth)))
      skipWhiteSpace()
      switch next {
      case 0x2C: here += 1
      case 0x7D: here += 1; return .object(members)
      default: throw error(expected: "',' or '}'")
      }
      skipWhiteSpace()
    }
  }

  /// Few keys are compared one by one; many through a set, so that a million keys are no million squared.
  private static func isRepeated(
    _ key: [UInt8], among members: [JSONValue.Member], keys: inout Set<[UInt8]>
  ) -> Bool {
    if members.count < 16 { return members.contains { $0.key == key } }
    if keys.isEmpty { for member in members { keys.insert(member.key) } }
    return !keys.insert(key).inserted
  }

  private func check(depth: Int) throws(JSONSyntaxError) {
    if depth > JSONParser.depthLimit {
      throw JSONSyntaxError(
        byteOffset: here, found: "arrays and objects \(depth) deep", expected: "at most \(JSONParser.depthLimit)")
    }
  }

  /// A number's text (RFC 8259, section 6).
  @_lifetime(self: copy self)
  private mutating func number() throws(JSONSyntaxError) -> [UInt8] {
    let start = here
    if next == 0x2D { here += 1 }
    if next == 0x30 {
      here += 1
      if let byte = next, 0x30...0x39 ~= byte { throw error(expected: "no digit after a leading 0") }
    } else {
      try digits()
    }
    if next == 0x2E { here += 1; try digits() }
    if next == 0x65 || next == 0x45 {
      here += 1
      if next == 0x2B || next == 0x2D { here += 1 }
      try digits()
    }
    return copy(from: start, to: here)
  }

  @_lifetime(self: copy self)
  private mutating func digits() throws(JSONSyntaxError) {
    let start = here
    while let byte = next, 0x30...0x39 ~= byte { here += 1 }
    if here == start { throw error(expected: "a digit") }
  }

  /// The bytes of a range as an array of their own.
  func copy(from start: Int, to end: Int) -> [UInt8] {
    // Unsafe: one copy of known length; appending byte by byte is ten times slower.
    unsafe bytes.extracting(start..<end).withUnsafeBufferPointer { unsafe Array($0) }
  }

  /// What stands here, as an error.
  func error(expected: String) -> JSONSyntaxError {
    JSONSyntaxError(byteOffset: here, found: found, expected: expected)
  }

  /// What stands here, for people.
  private var found: String {
    guard let byte = next else { return "the end of the text" }
    if byte < 0x20 || byte == 0x7F { return "the control character U+00\(Self.hex(byte))" }
    let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    return "'\(String(decoding: copy(from: here, to: min(here + length, bytes.count)), as: UTF8.self))'"
  }

  /// Two upper-case hexadecimal digits.
  static func hex(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}
