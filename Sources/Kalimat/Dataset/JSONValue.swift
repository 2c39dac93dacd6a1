/// A JSON value (RFC 8259) as it was spelled: members in their order, numbers as written.
public indirect enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  /// The number's text, e.g. `1e3`.
  case number([UInt8])
  /// The unescaped UTF-8.
  case string([UInt8])
  case array([JSONValue])
  case object([Member])

  /// One key and its value.
  public struct Member: Sendable, Equatable {
    public var key: [UInt8]
    public var value: JSONValue

    public init(key: [UInt8], value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// A string.
  public static func text(_ text: String) -> JSONValue { .string(Array(text.utf8)) }
  /// A whole number, spelled in decimal.
  public static func int(_ value: Int) -> JSONValue { .number(Array(String(value).utf8)) }
  /// An object, its keys in this order.
  public static func members(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { Member(key: Array($0.0.utf8), value: $0.1) })
  }

  /// The member of that name, where this is an object that has one.
  public subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    let count = key.utf8.count
    return members.first { $0.key.count == count && key.utf8.elementsEqual($0.key) }?.value
  }

  /// The string's text, where this is one.
  public var textValue: String? {
    guard case .string(let bytes) = self else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The number's value, where this is an integer that fits.
  public var intValue: Int? {
    guard case .number(let bytes) = self else { return nil }
    return Int(String(decoding: bytes, as: UTF8.self))
  }

  public var elements: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }
}

extension JSONValue {
  /// On one line, members in their order, with its LF.
  public var line: [UInt8] { CanonicalJSON.compact(self) + [0x0A] }
}
