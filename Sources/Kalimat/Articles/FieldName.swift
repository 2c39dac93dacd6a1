/// A field's name, ready for looking up: bytes, because equal means of bytes.
struct FieldName: Sendable {
  let name: String
  private let bytes: [UInt8]
  /// Where its dots stand.
  private let dots: [Int]

  init(_ name: String) {
    self.name = name
    let bytes = Array(name.utf8)
    self.bytes = bytes
    dots = bytes.indices.filter { bytes[$0] == 0x2E }
  }

  /// The field's value; nil where it is absent or null.
  func value(in record: JSONValue?) -> JSONValue? {
    guard let record, let found = Self.find(bytes[...], dots[...], in: record) else { return nil }
    return found == .null ? nil : found
  }

  /// The name as it stands before the name in parts, and the shortest first part before a longer one.
  private static func find(_ name: ArraySlice<UInt8>, _ dots: ArraySlice<Int>, in record: JSONValue) -> JSONValue? {
    guard case .object(let members) = record else { return nil }
    for member in members where member.key.elementsEqual(name) { return member.value }
    for (number, dot) in zip(dots.indices, dots) {
      for member in members where member.key.elementsEqual(name[..<dot]) {
        let rest = name[(dot + 1)...]
        if let found = find(rest, dots[(number + 1)...], in: member.value) { return found }
      }
    }
    return nil
  }

  /// The first names of a record's fields, for people.
  static func names(in record: JSONValue) -> String {
    guard case .object(let members) = record, !members.isEmpty else { return "no field" }
    let shown = members.prefix(12).map { String(decoding: $0.key, as: UTF8.self) }.joined(separator: ", ")
    return members.count > 12 ? "\(shown) and \(members.count - 12) more" : shown
  }
}
