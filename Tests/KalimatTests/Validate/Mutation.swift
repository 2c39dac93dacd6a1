import Testing

@testable import Kalimat

/// A change of a dataset's lines after which every count and digest is repaired, and the one check that still sees it.
struct Mutation: Sendable, CustomTestStringConvertible {
  var name: String
  var check: FindingCheck
  var base: Result<DatasetInMemory, any Error> { fixture() }
  var fixture: @Sendable () -> Result<DatasetInMemory, any Error>
  /// Changes and repairs; where the finding must be: file, and line from 1.
  var apply: @Sendable (inout DatasetInMemory) throws -> (file: String, line: Int?)
  var request: @Sendable (inout ValidationRequest) -> Void = { _ in }

  var testDescription: String { "\(check.rawValue): \(name)" }
}

/// What a fixture lacks for a test.
struct NoSuchLine: Error {}

extension Mutation {
  typealias Place = DatasetInMemory.Place

  /// Changes one value of the first line of a kind that is wanted.
  static func value(
    _ name: String, _ check: FindingCheck, _ kind: RecordKind,
    in fixture: @escaping @Sendable () -> Result<DatasetInMemory, any Error> = { Fixtures.plain },
    where wanted: @escaping @Sendable (JSONValue) -> Bool = { _ in true }, _ key: String,
    _ change: @escaping @Sendable (JSONValue) -> JSONValue
  ) -> Mutation {
    Mutation(name: name, check: check, fixture: fixture) { dataset in
      guard let place = dataset.places(kind, where: wanted).first else { throw NoSuchLine() }
      dataset.set(place, key, change(dataset[place][key] ?? .null))
      try dataset.repair()
      return (place.path, place.index + 1)
    }
  }

  /// Changes the bytes of the first data line that is wanted.
  static func spelling(
    _ name: String, _ check: FindingCheck = .shape, where wanted: @escaping @Sendable (String) -> Bool,
    _ change: @escaping @Sendable (String) -> String
  ) -> Mutation {
    Mutation(name: name, check: check, fixture: { Fixtures.plain }) { dataset in
      let places = dataset.places(.data) + dataset.places(.documents)
      guard let place = places.first(where: { wanted(String(decoding: dataset[raw: $0], as: UTF8.self)) }) else {
        throw NoSuchLine()
      }
      dataset[raw: place] = Array(change(String(decoding: dataset[raw: place], as: UTF8.self)).utf8)
      try dataset.repair()
      return (place.path, place.index + 1)
    }
  }

  /// Changes the line of a record, then makes its article agree with it.
  static func consistently(
    _ name: String, _ check: FindingCheck,
    _ change: @escaping @Sendable (inout DatasetInMemory) throws -> (article: String, place: Place)
  ) -> Mutation {
    Mutation(name: name, check: check, fixture: { Fixtures.plain }) { dataset in
      let (article, place) = try change(&dataset)
      dataset.repairArticle(article)
      try dataset.repair()
      return (place.path, place.index + 1)
    }
  }

  /// Changes the manifest, and what is made of it.
  static func lie(
    _ name: String, _ check: FindingCheck,
    file: @escaping @Sendable (DatasetInMemory) -> String = { _ in "manifest.json" },
    _ change: @escaping @Sendable (inout Manifest) -> Void
  ) -> Mutation {
    Mutation(name: name, check: check, fixture: { Fixtures.plain }) { dataset in
      try dataset.repair(lie: change)
      return (file(dataset), nil)
    }
  }

  static func plusOne(_ value: JSONValue) -> JSONValue { .int((value.intValue ?? 0) + 1) }
}

extension String {
  /// The first occurrence of `old` made `new`.
  func replacingFirst(_ old: String, with new: String) -> String {
    let bytes = Array(utf8)
    let wanted = Array(old.utf8)
    guard bytes.count >= wanted.count,
      let at = (0...bytes.count - wanted.count).first(where: { bytes[$0..<$0 + wanted.count].elementsEqual(wanted) })
    else { return self }
    return String(decoding: bytes[..<at] + Array(new.utf8) + bytes[(at + wanted.count)...], as: UTF8.self)
  }

  func has(_ part: String) -> Bool { replacingFirst(part, with: "\u{1}\u{2}\u{3}") != self }
}
