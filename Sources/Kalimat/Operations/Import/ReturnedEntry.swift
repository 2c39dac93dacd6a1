/// What a file says of how far a translation is. Its raw values are written to scratch files.
enum EntryState: UInt8, Sendable {
  case done
  /// gettext: a guess, or a translation whose source changed; and what is kept of a message that is no more.
  case fuzzy, obsolete
  /// XLIFF 1.2, `state` of a target.
  case new, needsTranslation, needsAdaptation, needsLocalization
  /// XLIFF 2, `state` of a segment.
  case initial
  /// A language model's answer that ended because it was too long; one that the model or a filter refused; a request that
  /// failed; and an answer in a shape that is not known, of which the whole line is kept.
  case cutShort, refused, failed, unknownShape
  /// A row of a table with another number of cells than the first: which of them is the translation cannot be told.
  case otherCells
  /// The file says that its language is not the one asked for.
  case otherLanguage

  /// Whether such a translation is taken where unfinished ones are.
  var canBeAccepted: Bool {
    switch self {
    case .done, .fuzzy, .new, .needsTranslation, .needsAdaptation, .needsLocalization, .initial, .cutShort: true
    case .obsolete, .refused, .failed, .unknownShape, .otherCells, .otherLanguage: false
    }
  }

  /// What is told of an entry that is not done.
  var notice: ImportNotice {
    switch self {
    case .otherCells: .cells
    case .otherLanguage: .language
    default: .unfinished
    }
  }

  /// What a report says of it.
  var detail: String {
    switch self {
    case .done: ""
    case .fuzzy: "fuzzy"
    case .obsolete: "obsolete"
    case .new: "state new"
    case .needsTranslation: "state needs-translation"
    case .needsAdaptation: "state needs-adaptation"
    case .needsLocalization: "state needs-l10n"
    case .initial: "state initial"
    case .cutShort: "the answer was cut short"
    case .refused: "the answer was refused"
    case .failed: "the request failed"
    case .unknownShape: "no field is known for the translation"
    case .otherCells: "another number of cells than the first row"
    case .otherLanguage: "as the file says"
    }
  }
}

/// A translation as it came back: one segment of a returned file.
struct ReturnedEntry: Sendable, Equatable {
  /// The sentence's ID as the file has it; empty where it has none.
  var id: [UInt8] = []
  /// The article's ID as the file has it; empty where it has none.
  var document: [UInt8] = []
  /// The source text that stands beside it; nil where the format has none.
  var source: [UInt8]? = nil
  var target: [UInt8] = []
  var state = EntryState.done
  /// Inline tags whose text was kept and which themselves were dropped.
  var tagCount = 0
  /// The paragraph that the file puts it in, as a number; entries of one number may be pieces of one sentence.
  var unit = 0
  /// Of the segment, from 1.
  var line = 0

  /// Whether the file says that the translation is not done, or has it in a way that cannot be relied on.
  var isUnfinished: Bool { state != .done }
}

/// The same as a reader fills it: one for a whole file, so that nothing is made anew for each entry.
struct EntrySlot: ~Copyable {
  var id = ByteBuffer(capacity: 64)
  var document = ByteBuffer(capacity: 64)
  var source = ByteBuffer(capacity: 1 << 10)
  var target = ByteBuffer(capacity: 1 << 10)
  var hasSource = false
  var state = EntryState.done
  var tagCount = 0
  var unit = 0
  var line = 0

  /// Whether all its texts are.
  var isUTF8: Bool {
    Kernels.validPrefix(target.span) == target.count && Kernels.validPrefix(source.span) == source.count
      && Kernels.validPrefix(id.span) == id.count
  }

  mutating func clear() {
    id.removeAll()
    document.removeAll()
    source.removeAll()
    target.removeAll()
    hasSource = false
    state = .done
    tagCount = 0
    unit = 0
    line = 0
  }
}

/// Reads the entries of a returned file, one after another. One file a format; the list of them is `ImportFormat.all`.
protocol ReturnedReader: AnyObject {
  /// Fills `entry`, which is clear, with the next one; false at the end.
  func next(_ entry: inout EntrySlot) throws(Problem) -> Bool
  /// The dataset's content_sha256 that the file names, once it was read that far; empty where it names none.
  var contentSHA256: String { get }
}

/// What a reader needs to know of its file.
struct ReturnedFile: Sendable {
  var path: String
  /// BCP 47, canonical.
  var targetLanguage: String
  /// nil: UTF-8, or UTF-16 with its mark.
  var encoding: String? = nil
  /// `--ids`, for Moses and WMT; nil: FILE.ids.
  var idsPath: String? = nil
  /// `--source`, for Moses.
  var sourcePath: String? = nil
  /// Whether a thread of its own may parse ahead.
  var readsAhead = false

  /// Whether a file's language is the one asked for: equal, or one of them more precise than the other.
  func isTarget(_ language: [UInt8]) -> Bool { Self.agree(language, Array(targetLanguage.utf8)) }

  static func agree(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    func parts(_ tag: [UInt8]) -> [[UInt8]] {
      tag.map { $0 == 0x5F ? 0x2D : $0 | ($0 >= 0x41 && $0 <= 0x5A ? 0x20 : 0) }.split(separator: 0x2D).map {
        Array($0)
      }
    }
    let (one, other) = (parts(a), parts(b))
    return !one.isEmpty && !other.isEmpty && zip(one, other).allSatisfy { $0 == $1 }
  }
}

/// The formats by name.
public struct ImportFormat: Sendable {
  /// As `--format` takes it.
  public let name: String
  /// What is read, for the help.
  public let purpose: String
  let make: @Sendable (ReturnedFile) throws(Problem) -> any ReturnedReader

  public static let all: [ImportFormat] = [
    ImportFormat(name: "tmx", purpose: "TMX, by tuid") { (file) throws(Problem) in try TMXReader(file) },
    ImportFormat(name: "xliff2", purpose: "XLIFF 2, by segment") { (file) throws(Problem) in try XLIFF2Reader(file) },
    ImportFormat(name: "xliff12", purpose: "XLIFF 1.2, by trans-unit") { (file) throws(Problem) in
      try XLIFF12Reader(file)
    },
    ImportFormat(name: "po", purpose: "gettext, by msgctxt") { (file) throws(Problem) in try POReader(file) },
    ImportFormat(name: "csv", purpose: "columns id and target, with , ; tab or | between") { (file) throws(Problem) in
      try CSVReader(file)
    },
    ImportFormat(name: "tsv", purpose: "columns id and target, a tab between, \\t \\n \\\\ inside") {
      (file) throws(Problem) in
      try TSVReader(file)
    },
    ImportFormat(name: "moses", purpose: "a translation a line, with FILE.ids, --ids or --source") {
      (file) throws(Problem) in
      try MosesReader(file)
    },
    ImportFormat(name: "wmt", purpose: "WMT XML: ref or hyp, with FILE.ids or --ids") { (file) throws(Problem) in
      try WMTReader(file)
    },
    ImportFormat(name: "jsonl", purpose: "JSON Lines by custom_id: target, or the answers of a batch") {
      (file) throws(Problem) in
      try BatchReader(file)
    },
  ]

  /// The format of that name, as `--format` takes it; nil where there is none.
  public static func named(_ name: String) -> ImportFormat? { all.first { $0.name.utf8.elementsEqual(name.utf8) } }

  /// The format of a file by the end of its name, and of XLIFF by its first bytes.
  static func format(of path: String) throws(Problem) -> ImportFormat {
    let name = FileSystem.lastPart(of: path)
    let end = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    var format: String? = nil
    switch end {
    case "tmx", "po", "csv", "tsv", "jsonl": format = end
    case "pot": format = "po"
    case "tab": format = "tsv"
    case "ndjson": format = "jsonl"
    case "txt", "moses": format = "moses"
    case "xlf", "xliff", "xml": format = try rootFormat(of: path)
    default: break
    }
    guard let found = format.flatMap(named) else {
      throw .usage(
        "what \(path) is cannot be told by its name",
        expected: "a name that ends in .tmx, .xlf, .po, .csv, .tsv, .txt or .jsonl",
        advice: "Say it: --format \(all.map(\.name).joined(separator: ", ")).")
    }
    return found
  }

  /// Tells XLIFF 2 from 1.2 and from WMT by the first element.
  private static func rootFormat(of path: String) throws(Problem) -> String? {
    let xml = XMLEvents(path)
    while let event = try xml.event() {
      guard event == .start else { continue }
      if xml.isNamed("xliff") { return xml.value("version")?.first == 0x32 ? "xliff2" : "xliff12" }
      if xml.isNamed("tmx") { return "tmx" }
      let roots: [StaticString] = ["dataset", "refset", "tstset", "mteval"]
      return roots.contains { xml.isNamed($0) } ? "wmt" : nil
    }
    return nil
  }
}
