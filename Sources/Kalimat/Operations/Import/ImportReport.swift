/// What import has to say of an entry, or of a sentence, that is not simply matched.
public enum ImportNotice: String, Sendable, CaseIterable {
  /// The ID is unknown, and one sentence has that very text.
  case matchedByText = "matched-by-text"
  /// Segments that are pieces of one sentence, put together again.
  case split
  /// One segment that holds several sentences.
  case merged
  /// Inline tags, whose text was kept and which were dropped.
  case tags
  /// A sentence that was asked for and did not come back.
  case missing
  /// A sentence that came back more than once with the same translation.
  case repeated
  // Those that go to rejected/.
  case extra, ambiguous
  case sourceChanged = "source-changed"
  case twice, empty, unfinished, cells, formula, language, script
  /// It stands in rows whose translations are those of other rows: a column was sorted, or moved, by itself.
  case shifted
  // Those that go there where --reject asks for it.
  case equal, length, numbers, urls, placeholders

  /// Why an entry with it does not fit; nil where it is a part of the bitext.
  var reason: BitextReason? {
    switch self {
    case .matchedByText, .split, .merged, .tags, .missing, .repeated: nil
    default: BitextReason(rawValue: rawValue)
    }
  }

  /// Whether such an entry stays in data/ unless `--reject` names it: it may be right.
  public var isDoubt: Bool {
    switch self {
    case .equal, .length, .numbers, .urls, .placeholders: true
    default: false
    }
  }
}

/// What an import did.
public struct ImportReport: Sendable {
  /// One place of a notice.
  public struct Place: Sendable, Equatable {
    /// The returned file, and its line; empty and 0 for a sentence that did not come back.
    public var file: String
    public var line: Int
    /// The sentence's ID, or what stands for it in the file.
    public var id: String
    public var detail: String
  }

  /// Entries read, and sentences that have a translation now.
  public var entries = 0
  public var matched = 0
  public private(set) var counts: [ImportNotice: Int] = [:]
  /// The first places of each notice.
  public private(set) var places: [ImportNotice: [Place]] = [:]
  /// What is worth a word and no fault.
  public var notes: [String] = []
  /// Of the bitext dataset that was written.
  public var contentSHA256 = ""
  public var totals = Manifest.Totals()
  let limit: Int

  init(limit: Int) { self.limit = limit }

  /// How many entries had the notice.
  public func count(_ notice: ImportNotice) -> Int { counts[notice] ?? 0 }

  /// Whether all came back, each by its ID, and nothing is to be said of any.
  public var isPlain: Bool { counts.values.allSatisfy { $0 == 0 } }

  /// - Parameter count: entries that the place stands for.
  mutating func note(_ notice: ImportNotice, count: Int = 1, _ place: @autoclosure () -> Place) {
    counts[notice, default: 0] += count
    if places[notice, default: []].count < limit { places[notice, default: []].append(place()) }
  }

  /// Takes back that a sentence is missing: it came under another ID.
  mutating func found(_ id: String) {
    counts[.missing, default: 0] -= 1
    places[.missing]?.removeAll { $0.id == id }
  }

  /// One object: counts, and places by notice.
  public var json: JSONValue {
    let noticed = ImportNotice.allCases.filter { count($0) > 0 }
    return .members([
      ("entries", .int(entries)), ("matched", .int(matched)), ("pairs", .int(totals.sentences)),
      ("rejected", .int(totals.rejected.values.reduce(0, +))),
      ("counts", .members(ImportNotice.allCases.map { ($0.rawValue, .int(count($0))) })),
      (
        "places",
        .members(
          noticed.map { notice in
            (notice.rawValue, .array((places[notice] ?? []).map(\.json)))
          })
      ),
      ("notes", .array(notes.map { .text($0) })), ("content_sha256", .text(contentSHA256)),
    ])
  }
}

extension ImportReport.Place {
  var json: JSONValue {
    .members([("file", .text(file)), ("line", .int(line)), ("id", .text(id)), ("detail", .text(detail))])
  }
}
