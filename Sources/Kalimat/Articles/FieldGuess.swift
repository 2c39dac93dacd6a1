internal import ICU

/// Guesses fields from a first record, and remembers what to say of it.
struct FieldGuess {
  /// Nil where there is no record to guess from.
  let record: JSONValue?
  /// The options that would have said the same.
  private(set) var said: [String] = []
  /// Sentences on fields that have a likely name and are not read.
  private(set) var notRead: [String] = []

  init(record: JSONValue?) { self.record = record }

  /// What was asked for, or the first candidate that has a text that is not empty; nil for none.
  mutating func name(
    _ asked: String?, _ option: String, _ candidates: [String], where fits: (JSONValue) -> Bool = isText
  ) -> String? {
    if let asked { return asked.utf8.isEmpty ? nil : asked }
    let name = candidates.first { FieldName($0).value(in: record).map(fits) ?? false }
    if let name { said.append("--\(option) \(name)") }
    return name
  }

  /// The same for the language: a record that says "English" would make every line a `Problem`.
  mutating func language(_ asked: String?, _ candidates: [String]) -> String? {
    if asked == nil {
      for candidate in candidates {
        guard case .string(let bytes)? = FieldName(candidate).value(in: record), !bytes.isEmpty else { continue }
        let tag = String(decoding: bytes, as: UTF8.self)
        if LanguageTag.canonical(tag) == nil {
          notRead.append(
            "The field \"\(candidate)\" has \"\(tag)\", which is no BCP 47 tag: it is not read (--lang-field).")
          return nil
        }
      }
    }
    return name(asked, "lang-field", candidates)
  }

  static func isText(_ value: JSONValue) -> Bool {
    if case .string(let bytes) = value { !bytes.isEmpty } else { false }
  }

  /// Any value but the empty string: an id of a wrong type is a `Problem` of its record, not a field passed over.
  static func isThere(_ value: JSONValue) -> Bool {
    if case .string(let bytes) = value { !bytes.isEmpty } else { true }
  }
}

/// The first object of a JSON Lines file: lines that are none are reported where the file is read.
enum FirstRecord {
  static func find(in file: InputFile, encoding: String?) throws(Problem) -> (value: JSONValue, line: Int)? {
    do throws(Problem) {
      var reader = try InputReader(file, encoding: encoding, keepsForNext: true)
      while let piece = try reader.next() {
        for line in JSONLine.split(piece) {
          if let value = try? JSONParser.parse(line.bytes(of: piece).span), case .object = value {
            reader.putBack()
            return (value, line.number)
          }
        }
      }
      reader.putBack()
    } catch {
      if error.gravity == .interrupted { throw error }
      // Anything else is said again, and all of it, where the file is read.
    }
    return nil
  }
}
