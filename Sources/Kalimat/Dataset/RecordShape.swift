/// The one shape that the lines of a shard have (docs/FORMAT.md, "A sentence record"): which keys, in which order, of
/// which type. A line is that and nothing else, so it is read without a look at what could be JSON otherwise.
struct RecordShape: Sendable, Equatable {
  enum ValueType: Sendable { case string, integer }

  struct Field: Sendable, Equatable {
    var name: String
    var type: ValueType
    /// What stands before its value, from the end of the value before it: its place in `openings`.
    var opening: Range<Int>
  }

  private(set) var fields: [Field] = []
  /// The bytes between the values, one after another.
  private(set) var openings: [UInt8] = []
  /// The bytes after the last value.
  private(set) var closing: [UInt8] = []

  /// What a line's number in `fields` is called where the code asks for it.
  enum Sentence {
    static let id = 0, text = 1, doc = 2, seq = 3, para = 4, kind = 5, lang = 6, raw = 7, sep = 8, start = 9, end = 10
    static let rule = 11, columns = 12
  }

  enum Document {
    static let doc = 0, keyKind = 1, key = 2, path = 3, record = 4, title = 5, url = 6, lang = 7, langScore = 8
    static let published = 9, license = 10, split = 11, bytes = 12, chars = 13, sentences = 14, rejected = 15
    static let sha256 = 16, lead = 17, meta = 18
  }

  /// A sentence record or a rejected one.
  ///
  /// - Parameters:
  ///   - kept: whether `kept` stands behind the columns.
  ///   - reason: whether `reason` is the last key.
  static func sentence(columns: [JoinedColumn] = [], kept: Bool = false, reason: Bool) -> RecordShape {
    var keys = RecordKeys.sentence.map { ($0, type($0, integers: RecordKeys.sentenceIntegers)) }
    keys += columns.map { ($0.name, $0.isInteger ? .integer : .string) }
    if kept { keys.append((RecordKeys.kept, .string)) }
    if reason { keys.append((RecordKeys.reason, .string)) }
    var shape = RecordShape()
    var before = "{"
    for (name, type) in keys {
      shape.append(Array(name.utf8), type, before: before)
      before = type == .string ? "\"," : ","
    }
    shape.closing = Array((before.dropLast() + "}").utf8)
    return shape
  }

  /// A document's line.
  ///
  /// - Parameter kept: the names that `--keep` gave, in their order: the keys of `meta`.
  static func document(kept: [String]) -> RecordShape {
    var shape = RecordShape()
    var before = "{"
    for name in RecordKeys.document.dropLast() {
      let type = type(name, integers: RecordKeys.documentIntegers)
      shape.append(Array(name.utf8), type, before: before)
      before = type == .string ? "\"," : ","
    }
    before += "\"meta\":{"
    for name in kept {
      shape.append(Array(name.utf8), .string, before: before)
      before = "\","
    }
    shape.closing = Array((kept.isEmpty ? before + "}}" : "\"}}").utf8)
    return shape
  }

  private static func type(_ name: String, integers: Set<String>) -> ValueType {
    integers.contains(name) ? .integer : .string
  }

  private mutating func append(_ name: [UInt8], _ type: ValueType, before: String) {
    let start = openings.count
    openings += Array(before.utf8)
    openings.append(0x22)
    CanonicalJSON.appendEscaped(name.span, to: &openings)
    openings += Array((type == .string ? "\":\"" : "\":").utf8)
    fields.append(
      Field(name: String(decoding: name, as: UTF8.self), type: type, opening: start..<openings.count))
  }
}
