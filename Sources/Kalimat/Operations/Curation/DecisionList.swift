internal import Synchronization

/// What a person decided of one record of a dataset, by its ID (docs/CURATION.md, "Decisions").
public enum Decision: Sendable, Equatable {
  /// It belongs to the article, whatever was found against it.
  case keep
  /// It does not.
  case reject
  /// It and the record behind it, of that ID, are one sentence.
  case join(next: String)
  /// It is two sentences: the second begins at that code point of the text.
  case split(offset: Int)
  /// It was looked at and is as it should be.
  case right
  /// Its boundary to the record behind it, of that ID, is right.
  case rightBoundary(next: String)
  /// It has rightly no boundary at that code point of the text.
  case rightInside(offset: Int)

  /// What it is about: of two decisions about one thing the later one holds.
  var subject: String {
    switch self {
    case .keep, .reject, .right: "record"
    case .join, .rightBoundary: "end"
    case .split(let offset), .rightInside(let offset): "at \(offset)"
    }
  }

  var verb: String {
    switch self {
    case .keep: "keep"
    case .reject: "reject"
    case .join: "join"
    case .split: "split"
    case .right, .rightBoundary, .rightInside: "right"
    }
  }

  /// The third column of its line.
  var detail: String {
    switch self {
    case .keep, .reject, .right: ""
    case .join(let next), .rightBoundary(let next): next
    case .split(let offset), .rightInside(let offset): String(offset)
    }
  }

  /// Whether a build does anything about it.
  var isObeyed: Bool {
    switch self {
    case .right, .rightBoundary, .rightInside: false
    default: true
    }
  }
}

/// A decisions file as a build obeys it.
public final class DecisionList: Sendable {
  /// SHA-256 of the file.
  public let digest: String
  /// By ID: fates of records, boundaries that are none, boundaries that were missing.
  let entries: [DecisionFile.Entry]
  private let byID: [[UInt8]: [Int]]
  /// The digits that the IDs of an article and of its records share, of all that are decided.
  private let prefixes: Set<UInt32>
  private let used = Mutex<Set<Int>>([])

  /// - Throws: a `Problem` with file and line where a line says nothing that can be done.
  public init(_ path: String) throws(Problem) {
    let file = try DecisionFile(path)
    digest = file.digest
    entries = file.entries.filter(\.decision.isObeyed)
    var byID: [[UInt8]: [Int]] = [:]
    for (index, entry) in entries.enumerated() { byID[Array(entry.id.utf8), default: []].append(index) }
    self.byID = byID
    prefixes = Set(byID.keys.map { Self.prefix($0[1], $0[2], $0[3], $0[4]) })
  }

  private static func prefix(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> UInt32 {
    UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
  }

  /// Whether any decision may be about the article.
  func concerns(_ document: DocumentID) -> Bool {
    let id = document.bytes
    return prefixes.contains(Self.prefix(id[1], id[2], id[3], id[4]))
  }

  /// The numbers of the decisions about a record.
  func numbers(for id: SentenceID) -> [Int] { byID[id.bytes.indices.map { id.bytes[$0] }] ?? [] }

  func use(_ number: Int) { used.withLock { _ = $0.insert(number) } }

  /// Decisions that nothing in the articles met, in words; nil where there is none.
  var unusedNote: String? {
    let unused = used.withLock { used in entries.indices.filter { !used.contains($0) } }
    if unused.isEmpty { return nil }
    let told = unused.prefix(5).map { "\(entries[$0].decision.verb) \(entries[$0].id) (line \(entries[$0].line))" }
    let more = unused.count > told.count ? " …" : ""
    return
      "\(unused.count) of \(entries.count) decisions met no record of their ID, or not the place they name: \(told.joined(separator: ", "))\(more)."
  }
}
