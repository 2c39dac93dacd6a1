/// What came back from translators, brought to the sentences of its dataset: a bitext dataset.
public struct Import: Sendable {
  public var files: [String] = []
  /// The language that was asked for, BCP 47, canonical.
  public var targetLanguage: String
  /// nil: by the end of each file's name.
  public var format: ImportFormat? = nil
  /// nil: UTF-8, or UTF-16 with its mark.
  public var encoding: String? = nil
  /// For Moses and WMT; nil: FILE.ids.
  public var idsPath: String? = nil
  /// The source text, line by line, for Moses.
  public var sourcePath: String? = nil
  /// The sentences that were given out.
  public var selection = ExportSelection()
  /// Doubts that put an entry into rejected/.
  public var rejecting: Set<ImportNotice> = []
  public var output: String
  public var replacement = Replacement.never
  public var name = ""
  public var datasetVersion = ""
  public var created = ""
  /// nil: that of the dataset.
  public var compression: CompressionFormat? = nil
  /// Places of each notice that are told; all are counted.
  public var placeLimit = 10
  public var memory = 256 << 20
  public var jobs = Processors.count

  public init(targetLanguage: String, output: String) {
    self.targetLanguage = targetLanguage
    self.output = output
  }

  /// Reads all files, writes the bitext whole, or throws and leaves nothing.
  public func run(_ dataset: String) throws(Problem) -> ImportReport {
    if files.isEmpty { throw .usage("no file to import", expected: "the files that came back") }
    if files.count > 1 && (idsPath != nil || sourcePath != nil) {
      throw .usage("--ids and --source are of one file", expected: "one FILE with them")
    }
    let folder = try DatasetFolder(dataset)
    var configuration = BitextConfiguration(source: folder)
    if let compression { configuration.compression = compression }
    configuration.name = name
    configuration.datasetVersion = datasetVersion
    configuration.created = created
    configuration.options = [
      ("lang", .text(targetLanguage)), ("where", selection.manifestValue),
      ("reject", .array(rejecting.map(\.rawValue).sorted().map { .text($0) })),
    ]
    let writer = try BitextWriter(
      configuration, output: output, replacement: replacement, memory: memory / 3, jobs: jobs)
    var job = ImportJob(self, folder, writer)
    return try job.run()
  }
}

extension ExportSelection {
  /// The conditions, as config has them.
  var manifestValue: JSONValue {
    let all = [("split", splits), ("lang", languages), ("kind", kinds)]
    return .array(all.flatMap { name, values in values.map { .text("\(name)=\($0)") } })
  }

  /// Whether a sentence of that split was asked for.
  func takes(_ sentence: StoredSentence, split: String) -> Bool {
    takes(sentence) && (splits.isEmpty || splits.contains { $0.utf8.elementsEqual(split.utf8) })
  }
}

/// One run of an import.
struct ImportJob {
  let request: Import
  let folder: DatasetFolder
  let writer: BitextWriter
  let checks: TranslationChecks
  var report: ImportReport
  /// Entries with an ID, by it.
  private let byID: KeyedRuns
  /// Beads that fit, until the range of lengths is known.
  let matched: KeyedRuns
  var lengths = LengthRange()
  /// Entries that belong to no sentence by their ID.
  var loose: [LooseEntry] = []
  var pieces: [(place: SentencePlace, entry: LooseEntry)] = []
  /// Articles that entries without a sentence seem to be of.
  var articleOf: [[UInt8]: (document: DocumentID, split: String)] = [:]
  private var inputs: [BitextInput] = []

  init(_ request: Import, _ folder: DatasetFolder, _ writer: BitextWriter) {
    self.request = request
    self.folder = folder
    self.writer = writer
    checks = TranslationChecks(targetLanguage: request.targetLanguage)
    report = ImportReport(limit: request.placeLimit)
    byID = KeyedRuns(
      folder: writer.scratch("returned"), memoryLimit: request.memory / 3)
    matched = KeyedRuns(
      folder: writer.scratch("matched"), memoryLimit: request.memory / 3)
  }

  mutating func run() throws(Problem) -> ImportReport {
    for index in request.files.indices { try read(index) }
    try matchByID()
    try byID.removeAll()
    try assemblePieces()
    try matchByText()
    try rejectTheRest()
    try writeMatched()
    try matched.removeAll()
    let manifest = try writer.finish(inputs: inputs)
    report.contentSHA256 = manifest.contentSHA256
    report.totals = manifest.totals
    return report
  }

  // MARK: Reading

  private mutating func read(_ index: Int) throws(Problem) {
    let path = request.files[index]
    guard FileSystem.kind(of: path) == .file else {
      throw Problem(
        FileSystem.exists(path) ? "not a file" : "nothing is there", at: .init(file: path),
        expected: "a file that came back")
    }
    var format = request.format
    if format == nil { format = try ImportFormat.format(of: path) }
    guard let format else { return }
    let file = ReturnedFile(
      path: path, targetLanguage: request.targetLanguage, encoding: request.encoding, idsPath: request.idsPath,
      sourcePath: request.sourcePath)
    let reader = try format.make(file)
    var count = 0
    while let entry = try reader.next() {
      for text in [entry.target, entry.source ?? []] where Kernels.validPrefix(text.span) < text.count {
        throw Problem("a text that is not UTF-8", at: .init(file: path, line: entry.line), expected: "UTF-8")
      }
      let loose = LooseEntry(entry, file: index, number: count)
      count += 1
      if entry.tagCount > 0 { note(.tags, loose, "\(entry.tagCount) dropped") }
      if SentenceID.hasShape(entry.id) {
        try byID.add(key: loose.sortKey, payload: loose.packed())
      } else {
        self.loose.append(loose)
      }
    }
    report.entries += count
    let named = reader.contentSHA256
    if !named.isEmpty && !named.utf8.elementsEqual(folder.manifest.contentSHA256.utf8) {
      report.notes.append(
        "\(FileSystem.lastPart(of: path)) was given out from another state of the dataset: content_sha256 \(named)")
    }
    let summary = try WholeFile.digest(path)
    inputs.append(
      BitextInput(
        name: FileSystem.lastPart(of: path), format: format.name, bytes: summary.byteCount, sha256: summary.digest.hex,
        entries: count))
  }

  // MARK: By ID

  /// Walks the dataset and the entries together: an ID begins as its article's does, so both are in one order.
  private mutating func matchByID() throws(Problem) {
    let articles = try OrderedArticleStream(folder)
    let cursor = try byID.cursor()
    var waiting = try articles.next()
    while let first = waiting {
      try Interruption.check()
      // IDs know four digits of their article's: articles that share them are looked at together.
      let digits = Array(first.id[1..<5])
      var group: [StoredArticle] = []
      while let article = waiting, article.id[1..<5].elementsEqual(digits) {
        group.append(article)
        waiting = try articles.next()
      }
      var entries: [[UInt8]: [LooseEntry]] = [:]
      while cursor.hasEntry, !digits.lexicographicallyPrecedes(cursor.key[1..<5]) {
        let entry = LooseEntry(packed: cursor.payload)
        if cursor.key[1..<5].elementsEqual(digits) {
          entries[entry.entry.id, default: []].append(entry)
        } else {
          loose.append(entry)
        }
        try cursor.advance()
      }
      for article in group { try match(article, &entries) }
      for (_, left) in entries.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        noteArticle(of: left, group)
        loose += left
      }
    }
    while cursor.hasEntry {
      loose.append(LooseEntry(packed: cursor.payload))
      try cursor.advance()
    }
  }

  private mutating func match(_ article: StoredArticle, _ entries: inout [[UInt8]: [LooseEntry]]) throws(Problem) {
    var matching = ArticleMatching(article)
    let outcome = matching.run(&entries)
    for (places, target, entry) in outcome.matched {
      if places.count > 1 { note(.merged, entry, "\(places.count) sentences") }
      try take(places, target, entry)
    }
    for (place, entry, notice, detail) in outcome.rejected { try reject(entry, notice, detail, place: place) }
    pieces += outcome.pieces
    for entry in outcome.repeated { note(.repeated, entry, "") }
    for sentence in matching.sentences
    where !outcome.returned.contains(sentence.id) && request.selection.takes(sentence, split: article.split) {
      report.note(
        .missing,
        .init(
          file: "", line: 0, id: String(decoding: sentence.id, as: UTF8.self),
          detail: "“\(ArticleMatching.quote(sentence.text))”"))
    }
  }

  /// An unknown ID that begins like an article's is most likely of a sentence that the article had.
  private mutating func noteArticle(of entries: [LooseEntry], _ group: [StoredArticle]) {
    for loose in entries {
      let named = group.first { $0.id == loose.entry.document } ?? (group.count == 1 ? group[0] : nil)
      if let named, let document = DocumentID(named.id.span) { articleOf[loose.entry.id] = (document, named.split) }
    }
  }
}
