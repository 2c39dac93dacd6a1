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
  private var firstPlaces: [ImportNotice: FirstPlaces] = [:]
  /// What is worth a word and no fault.
  public var notes: [String] = []
  /// Of the bitext dataset that was written.
  public var contentSHA256 = ""
  public var totals = Manifest.Totals()
  let limit: Int

  init(limit: Int) { self.limit = limit }

  /// The first places of a notice, in the order of the files; of sentences that are missing, in that of the dataset.
  public func places(_ notice: ImportNotice) -> [Place] { firstPlaces[notice]?.places ?? [] }

  /// How many entries had the notice.
  public func count(_ notice: ImportNotice) -> Int { counts[notice] ?? 0 }

  /// Whether all came back, each by its ID, and nothing is to be said of any.
  public var isPlain: Bool { counts.values.allSatisfy { $0 == 0 } }

  /// - Parameters:
  ///   - count: entries that the place stands for.
  ///   - file: index of the returned file.
  ///   - number: of the entry in it, from 0.
  mutating func note(
    _ notice: ImportNotice, count: Int = 1, file: Int, number: Int, _ place: @autoclosure () -> Place
  ) {
    counts[notice, default: 0] += count
    firstPlaces[notice, default: FirstPlaces(limit: limit)].add(file: file, number: number, place)
  }

  /// A sentence that did not come back; they are told in the order of the dataset.
  mutating func note(missing id: [UInt8], quoted text: String) {
    note(
      .missing, file: 0, number: 0,
      .init(file: "", line: 0, id: String(decoding: id, as: UTF8.self), detail: "“\(text)”"))
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
            (notice.rawValue, .array(places(notice).map(\.json)))
          })
      ),
      ("notes", .array(notes.map { .text($0) })), ("content_sha256", .text(contentSHA256)),
    ])
  }
}

/// The first places of a notice by file and number, whatever the order in which they are told.
private struct FirstPlaces: Sendable {
  let limit: Int
  private var entries: [(file: Int, number: Int, place: ImportReport.Place)] = []

  init(limit: Int) { self.limit = limit }

  var places: [ImportReport.Place] { entries.map(\.place) }

  mutating func add(file: Int, number: Int, _ place: () -> ImportReport.Place) {
    if entries.count >= limit {
      guard let last = entries.last, (file, number) < (last.file, last.number) else { return }
      entries.removeLast()
    }
    // Those of one place stand in the order in which they came.
    let index = entries.firstIndex { (file, number) < ($0.file, $0.number) } ?? entries.count
    entries.insert((file, number, place()), at: index)
  }
}

extension ImportReport.Place {
  var json: JSONValue {
    .members([("file", .text(file)), ("line", .int(line)), ("id", .text(id)), ("detail", .text(detail))])
  }
}
