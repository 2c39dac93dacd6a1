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
  /// Sentences that their IDs have not brought a translation.
  let missing: MissingSentences
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
    missing = MissingSentences(SpooledPieces(path: writer.scratch("missing"), memoryLimit: 1 << 20))
    fitting = FittingPairs(
      pairs: runs("pairs", part: 16), rows: runs("rows", part: 8),
      pieces: SpooledPieces(path: writer.scratch("plain"), memoryLimit: request.memory / 4))
  }

  mutating func run() throws(Problem) -> ImportReport {
    for index in request.files.indices { try read(index) }
    try matchByID()
    try byID.removeAll()
    try assemblePieces()
    try matchByText()
    try missing.tell { report.note(missing: $0, quoted: $1) }
    let checks = try checkFitting()
    let plain = PlainSource(
      pieces: try fitting.plainPieces(), targetLanguage: Array(request.targetLanguage.utf8)
    ) { checks.reason(file: $0.file, number: $0.number, ratio: $0.ratio) }
    // What is open can be read although it is taken off the disk: nothing is left in the folder when it gets its place.
    try fitting.removeAll()
    let manifest = try writer.finish(inputs: inputs, plain: plain)
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
      sourcePath: request.sourcePath, readsAhead: request.jobs > 1)
    let (count, named) = try take(
      EntryBatches(format, file, number: index, acceptsUnfinished: request.acceptsUnfinished))
    report.entries += count
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

  /// Puts the entries of a file where they wait for their sentences.
  ///
  /// - Returns: how many there are, and the content_sha256 that the file names.
  private mutating func take(_ batches: EntryBatches) throws(Problem) -> (count: Int, contentSHA256: String) {
    var count = 0
    var named = ""
    while true {
      let batch = try batches.next()
      named = batch.contentSHA256
      if batch.items.isEmpty { return (count, named) }
      count += batch.items.count
      let bytes = batch.bytes
      for item in batch.items {
        if item.tagCount > 0 {
          note(.tags, LooseEntry(packed: bytes.bytes.copied(item.packed)), "\(item.tagCount) dropped")
        }
        if item.key.isEmpty {
          try add(StrayEntry(entry: LooseEntry(packed: bytes.bytes.copied(item.packed))))
        } else {
          try bytes.add(key: item.key, payload: item.packed, to: byID)
        }
      }
    }
  }

  private func add(_ stray: StrayEntry) throws(Problem) {
    try strays.add(key: stray.sortKey, payload: stray.packed())
  }

  // MARK: By ID

  private mutating func matchByID() throws(Problem) {
    let source = try MatchSource(folder, byID)
    let (folder, maker, selection) = (folder, maker, request.selection)
    try OrderedMap.run(
      jobs: request.jobs,
      next: { () throws(Problem) -> MatchBatch? in try source.next() },
      worker: {
        let matcher = BatchMatcher(folder, maker, selection)
        return { (batch: MatchBatch) in matcher.match(batch) }
      },
      consume: { (result: MatchResult) throws(Problem) in try take(result) })
  }

  private mutating func take(_ result: MatchResult) throws(Problem) {
    if let problem = result.problem { throw problem }
    report.matched += result.plain.count
    for (notice, entry, detail) in result.plain.notes { note(notice, entry, detail) }
    try fitting.add(result.plain)
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
    for (id, text) in result.missing { try missing.add(id, text) }
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
  private mutating func checkFitting() throws(Problem) -> CorpusChecks {
    let checks = CorpusChecks(
      shifted: try fitting.shiftedRanges(), lengths: fitting.lengths.range,
      rejectsLength: request.rejecting.contains(.length))
    for range in checks.shifted {
      let count = range.numbers.count
      report.note(
        .shifted, count: count, file: range.file, number: range.numbers.lowerBound,
        .init(
          file: FileSystem.lastPart(of: request.files[range.file]), line: range.line, id: "",
          detail: "\(count) rows from here on: \(range.detail)"))
    }
    try fitting.forEachPlain { (pair: PlainPair, cursor: PlainCursor, bytes: [UInt8]) throws(Problem) in
      let isShifted = checks.isShifted(file: pair.file, number: pair.number)
      if !isShifted, checks.isOddLength(pair.ratio) {
        noteLength((pair.file, pair.number, pair.line), Array(bytes[pair.id]), pair.ratio, checks.lengths)
      }
      let reason = checks.reason(file: pair.file, number: pair.number, ratio: pair.ratio)
      writer.count(
        plain: bytes[cursor.split], reason, bytes[pair.language], targetLanguage: request.targetLanguage)
    }
    try fitting.forEach { (pair: FittingPair) throws(Problem) in
      let isShifted = checks.isShifted(file: pair.file, number: pair.number)
      if !isShifted, checks.isOddLength(pair.ratio) {
        let id = BitextBead(packed: pair.packed)?.sourceIDs.first ?? []
        noteLength((pair.file, pair.number, pair.line), id, pair.ratio, checks.lengths)
      }
      if let reason = checks.reason(file: pair.file, number: pair.number, ratio: pair.ratio) {
        return try writeRejected(pair, reason)
      }
      try writer.add(
        key: pair.key, packed: pair.packed, split: pair.split, language: pair.language,
        targetLanguage: request.targetLanguage)
    }
    return checks
  }

  private mutating func noteLength(
    _ place: (file: Int, number: Int, line: Int), _ id: [UInt8], _ ratio: Int?, _ range: ClosedRange<Int>?
  ) {
    guard let ratio, let range else { return }
    report.note(
      .length, file: place.file, number: place.number,
      .init(
        file: FileSystem.lastPart(of: request.files[place.file]), line: place.line,
        id: String(decoding: id, as: UTF8.self),
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
      notice, file: place.file, number: place.number,
      .init(
        file: FileSystem.lastPart(of: request.files[place.file]), line: place.line,
        id: String(decoding: place.id, as: UTF8.self), detail: detail()))
  }
}
