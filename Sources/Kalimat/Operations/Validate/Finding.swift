/// What `validate` asks, from the outside in (docs/FORMAT.md, "Validation").
public enum ValidationLevel: String, Sendable, CaseIterable {
  /// The folder is what the manifest says.
  case structure
  /// Sizes and digests of all files, and content_sha256 of what they hold.
  case fixity
  /// Every line by itself and in its place.
  case records
  /// IDs from text, positions, and each article put together again.
  case recompute
  /// The dataset built again from its source.
  case rebuild
}

/// One thing that `validate` found wrong.
public struct Finding: Sendable, Equatable {
  public var check: FindingCheck
  public var place: Problem.Place
  /// What is there.
  public var found: String
  /// What should be there.
  public var expected: String
}

extension Finding: CustomStringConvertible {
  /// One line: `records: data/train-00000-of-00001.jsonl:3 (byte 512, s…): …; expected ….`
  public var description: String {
    "\(check.level.rawValue): \(place): \(found)" + (expected.isEmpty ? "." : "; expected \(expected).")
  }

  /// One line of JSON; what is not known is absent.
  public var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("level", .text(check.level.rawValue)), ("check", .text(check.rawValue)), ("file", .text(place.file)),
    ]
    if let line = place.line { members.append(("line", .int(line))) }
    if let byteOffset = place.byteOffset { members.append(("byte", .int(byteOffset))) }
    if let id = place.id { members.append(("id", .text(id))) }
    return .members(members + [("found", .text(found)), ("expected", .text(expected))])
  }
}

/// The findings of one part of a dataset: all are counted, and the first ones kept.
struct FindingLog: Sendable {
  let levels: Set<ValidationLevel>
  let limit: Int
  private(set) var findings: [Finding] = []
  /// Those that were found, kept or not.
  private(set) var count = 0

  init(levels: Set<ValidationLevel>, limit: Int) {
    self.levels = levels
    self.limit = limit
  }

  /// Notes a finding where its level is asked for; its words are made only where it is kept.
  mutating func add(
    _ check: FindingCheck, _ place: @autoclosure () -> Problem.Place,
    _ found: @autoclosure () -> String, expected: @autoclosure () -> String = ""
  ) {
    guard levels.contains(check.level) else { return }
    count += 1
    guard findings.count < limit else { return }
    findings.append(
      Finding(check: check, place: place(), found: found(), expected: expected()))
  }

  /// Puts another part's findings behind these.
  mutating func append(_ other: FindingLog) {
    findings += other.findings.prefix(limit - findings.count)
    count += other.count
  }
}
