/// What an export needs to know of its dataset and of what is asked.
struct ExportContext: Sendable {
  var contentSHA256: String
  var datasetName: String
  /// BCP 47; empty where none was asked for.
  var targetLanguage: String
  /// The language of every sentence that is exported, where there is but one.
  var sourceLanguage: String?
}

/// A format that sentences are given out in. One file a format; the list of them is `ExportFormat.all`.
protocol ExportWriter {
  /// What stands before the first article.
  mutating func begin(_ out: inout ExportOutput)
  /// One article; `chosen` are the indices of its sentences that are asked for, in order.
  mutating func add(
    _ article: borrowing ArticleRecords, chosen: [Int], to out: inout ExportOutput
  ) throws(Problem)
  /// What stands behind the last article.
  mutating func end(_ out: inout ExportOutput)
}

extension ExportWriter {
  mutating func begin(_ out: inout ExportOutput) {}
  mutating func end(_ out: inout ExportOutput) {}
}

/// The files of one export: the first is the format's own, the others stand beside it.
struct ExportOutput: ~Copyable {
  var main = ByteBuffer(capacity: 1 << 16)
  var side = ByteBuffer(capacity: 1 << 12)

  /// What it holds, to be handed over.
  var piece: ExportPiece {
    ExportPiece(main: main.copied(0..<main.count), side: side.copied(0..<side.count))
  }
}

/// The formats by name.
public struct ExportFormat: Sendable {
  /// As `--to` takes it.
  public let name: String
  /// What it is for, for the help.
  public let purpose: String
  /// Behind the name of the file that stands beside the main one; nil where there is none.
  let sideSuffix: String?
  /// Whether `--target-lang` must be named.
  let needsTarget: Bool
  /// Whether all its sentences are of one language, which its head names.
  var needsOneLanguage: Bool { name == "xliff2" }
  let make: @Sendable (ExportContext) -> any ExportWriter

  public static let all: [ExportFormat] = [
    ExportFormat("txt", "a sentence a line") { _ in TextExport() },
    ExportFormat("documents", "an article a line: text and [[start,end]]") { _ in DocumentsExport() },
    ExportFormat("tmx", "TMX 1.4b, for CAT tools and OPUS", needsTarget: true) { TMXExport($0) },
    ExportFormat("xliff2", "XLIFF 2.1, a unit a paragraph", needsTarget: true) { XLIFF2Export($0) },
    ExportFormat("xliff12", "XLIFF 1.2, a trans-unit a sentence", needsTarget: true) { XLIFF12Export($0) },
    ExportFormat("po", "gettext, for Weblate and Pontoon", needsTarget: true) { POExport($0) },
    ExportFormat("moses", "a sentence a line, and FILE.ids beside it", side: ".ids") { _ in MosesExport() },
    ExportFormat("tsv", "tab-separated, with an empty target column", needsTarget: true) { TableExport($0, .tsv) },
    ExportFormat("csv", "comma-separated (RFC 4180), for spreadsheets", needsTarget: true) { TableExport($0, .csv) },
    ExportFormat("wmt", "WMT XML, and FILE.ids beside it", side: ".ids", needsTarget: true) { WMTExport($0) },
    ExportFormat("jsonl", "JSON Lines for batch translation", needsTarget: true) { BatchExport($0) },
  ]

  private init(
    _ name: String, _ purpose: String, side: String? = nil, needsTarget: Bool = false,
    make: @escaping @Sendable (ExportContext) -> any ExportWriter
  ) {
    self.name = name
    self.purpose = purpose
    sideSuffix = side
    self.needsTarget = needsTarget
    self.make = make
  }

  /// The format of this name; nil where there is none.
  public static func named(_ name: String) -> ExportFormat? { all.first { $0.name.utf8.elementsEqual(name.utf8) } }
}
