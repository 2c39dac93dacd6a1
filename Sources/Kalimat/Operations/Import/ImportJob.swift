/// One run of an import.
///
/// Memory is that of a few articles, whatever comes back: what waits is sorted on disk.
struct ImportJob {
  let request: Import
  let folder: DatasetFolder
  let writer: BitextWriter
  let maker: PairMaker
  var report: ImportReport
  /// Entries with an ID, by it.
  private let byID: KeyedRuns
  /// Entries that belong to no sentence by their ID, in the order of files.
  let strays: KeyedRuns
  /// Sentences put together from pieces, by their ID.
  let assembled: KeyedRuns
  /// What is looked for by its text, by the text's hash.
  let byText: KeyedRuns
  /// Pairs that fit, until the range of lengths is known.
  let fitting: FittingPairs
  private var inputs: [BitextInput] = []

  init(_ request: Import, _ folder: DatasetFolder, _ writer: BitextWriter) {
    self.request = request
    self.folder = folder
    self.writer = writer
    maker = PairMaker(request)
    report = ImportReport(limit: request.placeLimit)
    func runs(_ name: String, part: Int) -> KeyedRuns {
      KeyedRuns(folder: writer.scratch(name), memoryLimit: request.memory / part)
    }
    byID = runs("returned", part: 4)
    strays = runs("strays", part: 8)
    assembled = runs("assembled", part: 16)
    byText = runs("by-text", part: 8)
    fitting = FittingPairs(
      pairs: runs("pairs", part: 4), rows: runs("rows", part: 16)
    )
  }

  mutating func run() throws(Problem) -> ImportReport {
    for index in request.files.indices { try read(index) }
    try matchByID()
    try byID.removeAll()
    try assemblePieces()
    try matchByText()
    try writeFitting()
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
      for text in [entry.target, entry.source ?? [], entry.id] where Kernels.validPrefix(text.span) < text.count {
        throw Problem("a text that is not UTF-8", at: .init(file: path, line: entry.line), expected: "UTF-8")
      }
      let loose = LooseEntry(entry, file: index, number: count)
      count += 1
      if entry.tagCount > 0 { note(.tags, loose, "\(entry.tagCount) dropped") }
      if SentenceID.hasShape(entry.id) {
        try byID.add(key: loose.sortKey, payload: loose.packed())
      } else {
        try add(StrayEntry(entry: loose))
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

  private func add(_ stray: StrayEntry) throws(Problem) {
    try strays.add(key: stray.sortKey, payload: stray.packed())
  }

  // MARK: By ID

  private mutating func matchByID() throws(Problem) {
    let source = try MatchSource(folder, byID)
    let (maker, selection) = (maker, request.selection)
    try OrderedMap.run(
      jobs: request.jobs,
      next: { () throws(Problem) -> MatchBatch? in try source.next() },
      worker: { { (batch: MatchBatch) in MatchResult(batch, maker, selection) } },
      consume: { (result: MatchResult) throws(Problem) in try take(result) })
  }

  private mutating func take(_ result: MatchResult) throws(Problem) {
    for pair in result.pairs { try take(pair) }
    for (place, entry, notice, detail) in result.rejected {
      try reject(StrayEntry(entry: entry), notice, detail, place: place)
      // Whose text is it? A column of sources or of IDs may have been sorted by itself.
      if notice == .sourceChanged && entry.entry.source != nil {
        var probe = StrayEntry(entry: entry)
        probe.isProbe = true
        try add(probe)
      }
    }
    for stray in result.strays { try add(stray) }
    for entry in result.repeated { note(.repeated, entry, "") }
    for (id, text) in result.missing {
      report.note(
        .missing,
        .init(
          file: "", line: 0, id: String(decoding: id, as: UTF8.self), detail: "“\(ArticleMatching.quote(text))”"))
    }
  }

  // MARK: Beads

  /// A translation of these sentences.
  mutating func take(_ places: [SentencePlace], _ target: [UInt8], _ entry: LooseEntry) throws(Problem) {
    if let pair = maker.pair(places, target, entry) { try take(pair) }
  }

  private mutating func take(_ pair: MadePair) throws(Problem) {
    report.matched += pair.bead.sourceIDs.count
    for (notice, detail) in pair.notices { note(notice, pair.entry, detail) }
    if pair.bead.reason != nil { return try writer.add(pair.bead, packed: pair.packed, key: pair.key) }
    try fitting.add(pair)
  }

  /// What fits is looked at by the corpus's own range of lengths, and by the rows around it, and written.
  private mutating func writeFitting() throws(Problem) {
    let shifted = try fitting.shiftedRanges()
    for range in shifted {
      let count = range.numbers.count
      report.note(
        .shifted, count: count,
        .init(
          file: FileSystem.lastPart(of: request.files[range.file]), line: range.line, id: "",
          detail: "\(count) rows from here on: \(range.detail)"))
    }
    try fitting.forEach { (pair: FittingPair) throws(Problem) in
      if shifted.contains(where: { $0.file == pair.file && $0.numbers.contains(pair.number) }) {
        return try writeRejected(pair, .shifted)
      }
      if let range = fitting.lengths.range, let ratio = pair.ratio, !range.contains(ratio) {
        noteLength(pair, ratio, range)
        if request.rejecting.contains(.length) { return try writeRejected(pair, .length) }
      }
      try writer.add(
        key: pair.key, packed: pair.packed, split: pair.split, language: pair.language,
        targetLanguage: request.targetLanguage)
    }
    try fitting.removeAll()
  }

  private mutating func noteLength(_ pair: FittingPair, _ ratio: Int, _ range: ClosedRange<Int>) {
    report.note(
      .length,
      .init(
        file: FileSystem.lastPart(of: request.files[pair.file]), line: pair.line,
        id: BitextBead(packed: pair.packed)?.sourceIDs.first.map { String(decoding: $0, as: UTF8.self) } ?? "",
        detail: "\(ratio) characters for a thousand, where others have \(range.lowerBound) to \(range.upperBound)"))
  }

  private func writeRejected(_ pair: FittingPair, _ reason: BitextReason) throws(Problem) {
    guard var bead = BitextBead(packed: pair.packed) else { return }
    bead.reason = reason
    bead.score = 0
    try writer.add(bead)
  }

  /// Puts an entry into rejected/.
  ///
  /// - Parameter place: the sentence that it came back for; nil where there is none.
  mutating func reject(
    _ stray: StrayEntry, _ notice: ImportNotice, _ detail: String, place: SentencePlace? = nil
  ) throws(Problem) {
    let loose = stray.entry
    note(notice, loose, detail)
    let file = FileSystem.lastPart(of: request.files[loose.file])
    let returned = DocumentID(returned: file)
    let plan = folder.rules.split ?? .whole
    let home = stray.home ?? (returned, plan.parts[plan.index(for: returned.bytes.span)].name)
    let target = loose.target
    let source = loose.entry.source.map { ReturnedText.onOneLine($0) } ?? []
    let ids = loose.entry.id.isEmpty ? [] : [loose.entry.id]
    try writer.add(
      BitextBead(
        document: place?.document ?? home.0, split: place?.split ?? home.1,
        position: place?.sequence ?? 1 << 40 + loose.number, sourceIDs: place.map { [$0.id] } ?? ids,
        sources: source.isEmpty ? place.map { [$0.text] } ?? [] : [source], targets: target.isEmpty ? [] : [target],
        sourceLanguage: place?.language ?? "und", targetLanguage: request.targetLanguage, score: 0, method: .imported,
        reason: notice.reason))
  }

  mutating func note(_ notice: ImportNotice, _ loose: LooseEntry, _ detail: @autoclosure () -> String) {
    note(notice, EntryPlace(loose), detail())
  }

  private mutating func note(_ notice: ImportNotice, _ place: EntryPlace, _ detail: @autoclosure () -> String) {
    report.note(
      notice,
      .init(
        file: FileSystem.lastPart(of: request.files[place.file]), line: place.line,
        id: String(decoding: place.id, as: UTF8.self), detail: detail()))
  }
}
