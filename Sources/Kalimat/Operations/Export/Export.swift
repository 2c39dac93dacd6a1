/// The order in which articles are given out.
public enum ExportOrder: String, Sendable, CaseIterable {
  /// That of doc_ids, as they stand in the shards.
  case id
  /// That of the articles' paths and records, else of their keys.
  case source
}

/// A dataset's sentences, given out in a format that others read.
public struct Export: Sendable {
  public var format: ExportFormat
  public var selection = ExportSelection()
  public var order = ExportOrder.id
  /// BCP 47, canonical; empty where the format needs none.
  public var targetLanguage = ""
  /// A dataset whose sentences have been given out before: those with its IDs are left out.
  public var newSince: String? = nil
  /// Where it goes; nil is `write`.
  public var output: String? = nil
  /// Bytes that ordering by source may keep in memory.
  public var memory = 256 << 20
  /// Threads that write; with 1 all runs on the caller's own.
  public var jobs = Processors.count

  public init(format: ExportFormat) { self.format = format }

  /// Gives out all that is asked for.
  ///
  /// - Parameter write: takes the main file's bytes where `output` is nil.
  /// - Returns: how many sentences were given out.
  public func run(_ dataset: String, write: ([UInt8]) -> Void) throws(Problem) -> Int {
    if BitextFolder.isOne(at: dataset) { return try BitextExport(self, dataset).run(write) }
    if format.needsTarget && targetLanguage.isEmpty {
      throw .usage(
        "--to \(format.name) needs --target-lang", expected: "the language to translate into, e.g. --target-lang en")
    }
    if format.sideSuffix != nil && output == nil {
      throw .usage("--to \(format.name) writes two files", expected: "--output FILE")
    }
    let folder = try DatasetFolder(dataset)
    try selection.check(folder)
    var known: KnownIDs? = nil
    if let newSince { known = try KnownIDs(of: DatasetFolder(newSince)) }
    let context = ExportContext(
      contentSHA256: folder.manifest.contentSHA256, datasetName: folder.manifest.name, targetLanguage: targetLanguage,
      sourceLanguage: sourceLanguage(of: folder.manifest))
    if format.needsOneLanguage && context.sourceLanguage == nil {
      throw .usage(
        "--to \(format.name) has one source language, and the dataset has \(folder.manifest.totals.languages.keys.sorted().joined(separator: ", "))",
        expected: "one of them named",
        advice: "Add --where lang=\(folder.manifest.totals.languages.keys.sorted().first ?? "en").")
    }
    var sink = try ExportSink(output, sideSuffix: format.sideSuffix)
    var writer = format.make(context)
    var out = ExportOutput()
    writer.begin(&out)
    try sink.take(out.piece, write)
    out = ExportOutput()
    let articles = try ExportArticles(folder, selection, order, memory: memory)
    let (format, selection, givenBefore) = (format, selection, known)
    let pieces = OrderedResults<ExportBatch, ExportPiece>(jobs: jobs) {
      let maker = ExportPieceMaker(folder, format.make(context), selection, givenBefore)
      return { maker.piece(of: $0) }
    }
    var count = 0
    while let piece = try pieces.next({ () throws(Problem) -> ExportBatch? in try articles.next() }) {
      if let problem = piece.problem { throw problem }
      count += piece.count
      try sink.take(piece, write)
    }
    writer.end(&out)
    try sink.take(out.piece, write)
    try sink.finish()
    return count
  }

  /// The one language of all that is given out; nil where there are several.
  private func sourceLanguage(of manifest: Manifest) -> String? {
    let all = selection.languages.isEmpty ? Array(manifest.totals.languages.keys) : selection.languages
    return all.count == 1 ? all[0] : nil
  }
}

/// Where an export's bytes go: files that appear whole, or the caller.
private struct ExportSink: ~Copyable {
  private var main: ReplacedFile?
  private var side: ReplacedFile?

  init(_ output: String?, sideSuffix: String?) throws(Problem) {
    main = nil
    side = nil
    guard let output else { return }
    main = try ReplacedFile(output)
    if let sideSuffix { side = try ReplacedFile(output + sideSuffix) }
  }

  mutating func take(_ piece: ExportPiece, _ write: ([UInt8]) -> Void) throws(Problem) {
    if main == nil { write(piece.main) }
    try main?.write(piece.main.span)
    try side?.write(piece.side.span)
  }

  consuming func finish() throws(Problem) {
    // The side file first: a main file that is there has its side file.
    try side.take()?.commit()
    try main.take()?.commit()
  }
}

/// IDs of sentences, 8 bytes each.
struct KnownIDs: Sendable {
  private var numbers: [UInt64] = []

  /// - Parameter numbers: as `number(of:)` gives them, in any order.
  init(numbers: [UInt64]) { self.numbers = numbers.sorted() }

  /// All of a dataset. Its rejects were never given out.
  init(of folder: DatasetFolder) throws(Problem) {
    let stream = try ArticleLineStream(folder)
    var article = ArticleRecords(folder)
    var lines = ByteBuffer()
    while stream.article != nil {
      try Interruption.check()
      lines.removeAll()
      try stream.take(to: &lines)
      article.begin(lines.copied(0..<lines.count))
      _ = try article.read(at: 0)
      for sentence in article.sentences where !sentence.isRejected && sentence.reason.isEmpty {
        numbers.append(Self.number(of: article.bytes(sentence.id)))
      }
    }
    numbers.sort()
  }

  func contains(_ id: Span<UInt8>) -> Bool {
    let wanted = Self.number(of: id)
    var (low, high) = (0, numbers.count)
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low < numbers.count && numbers[low] == wanted
  }

  /// The last 12 digits of the ID: 60 of its 80 bits of hash.
  static func number(of id: Span<UInt8>) -> UInt64 {
    var number: UInt64 = 0
    for i in max(0, id.count - 12)..<id.count { number = number << 5 | UInt64(Base32Hex.value(id[i]) ?? 0) }
    return number
  }
}
