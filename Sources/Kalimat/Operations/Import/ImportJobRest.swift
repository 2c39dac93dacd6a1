extension ImportJob {
  // MARK: What its ID does not tell

  /// Puts pieces of sentences together.
  mutating func assemblePieces() throws(Problem) {
    let all = (loose + pieces.map(\.entry)).sorted { ($0.file, $0.number) < ($1.file, $1.number) }
    var assembly = PieceAssembly(all)
    var settled: Set<[UInt8]> = []
    var failed: [(place: SentencePlace, entry: LooseEntry)] = []
    for (place, entry) in pieces.sorted(by: { ($0.entry.file, $0.entry.number) < ($1.entry.file, $1.entry.number) }) {
      guard let parts = assembly.take(entry, text: place.text) else {
        failed.append((place, entry))
        continue
      }
      let target = SentenceText.line(of: parts.map(\.target).filter { !$0.isEmpty })
      let isDone = !parts.contains { $0.entry.isUnfinished }
      if target.isEmpty || !isDone || settled.contains(place.id) {
        let notice: ImportNotice = target.isEmpty ? .empty : isDone ? .twice : .unfinished
        for part in parts { try reject(part, notice, "in \(parts.count) pieces", place: place) }
        continue
      }
      settled.insert(place.id)
      note(.split, entry, "\(parts.count) pieces")
      try take([place], target, entry)
    }
    // A piece may have been taken in with another one of its sentence.
    let left = Set(assembly.rest.map { [$0.file, $0.number] })
    for (place, entry) in failed where left.contains([entry.file, entry.number]) {
      try reject(
        entry, .sourceChanged, "the file has a part of it: “\(ArticleMatching.quote(entry.entry.source ?? []))”",
        place: place)
    }
    let known = Set(pieces.map { [$0.entry.file, $0.entry.number] })
    loose = assembly.rest.filter { !known.contains([$0.file, $0.number]) }
    pieces = []
  }

  /// Entries of unknown IDs, by their source text, where one sentence that has no translation has that text.
  mutating func matchByText() throws(Problem) {
    var wanted: [[UInt8]: [LooseEntry]] = [:]
    for entry in loose {
      let text = ReturnedText.onOneLine(entry.entry.source ?? [])
      if !text.isEmpty { wanted[text, default: []].append(entry) }
    }
    if wanted.isEmpty { return }
    var candidates = try sentences(withTexts: wanted)
    try removeTranslated(&candidates)
    loose.removeAll { wanted[ReturnedText.onOneLine($0.entry.source ?? [])] != nil }
    for (text, entries) in wanted.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      try settle(entries, candidates[text])
    }
  }

  /// The sentences that have one of the texts; an empty list where all that had it are translated.
  private func sentences(withTexts wanted: [[UInt8]: [LooseEntry]]) throws(Problem) -> [[UInt8]: [SentencePlace]] {
    var found: [[UInt8]: [SentencePlace]] = [:]
    let articles = try OrderedArticleStream(folder)
    while let article = try articles.next() {
      for sentence in article.sentences where !sentence.isRejected && wanted[sentence.text] != nil {
        if let place = SentencePlace(sentence, of: article) { found[sentence.text, default: []].append(place) }
      }
    }
    return found
  }

  private func removeTranslated(_ candidates: inout [[UInt8]: [SentencePlace]]) throws(Problem) {
    let ids = Set(candidates.values.flatMap { $0.map(\.id) })
    var taken: Set<[UInt8]> = []
    let cursor = try matched.cursor()
    while cursor.hasEntry {
      if let bead = BitextBead(packed: cursor.payload) { taken.formUnion(bead.sourceIDs.filter { ids.contains($0) }) }
      try cursor.advance()
    }
    for text in candidates.keys { candidates[text]?.removeAll { taken.contains($0.id) } }
  }

  /// The entries of one source text, and the sentences that have it and no translation; nil where none has it.
  private mutating func settle(_ entries: [LooseEntry], _ places: [SentencePlace]?) throws(Problem) {
    guard let places else {
      loose += entries
      return
    }
    if places.isEmpty {
      for entry in entries { try reject(entry, .extra, "the sentence with its text has a translation by its ID") }
      return
    }
    var groups: [[UInt8]: [LooseEntry]] = [:]
    for entry in entries { groups[entry.entry.document, default: []].append(entry) }
    var settled: Set<[UInt8]> = []
    for (document, group) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let inArticle = places.filter { $0.document.bytes.span.copied() == document }
      let fitting = (inArticle.isEmpty ? places : inArticle).filter { !settled.contains($0.id) }
      guard fitting.count == 1, let place = fitting.first else {
        for entry in group { try reject(entry, .ambiguous, "\(places.count) sentences have the text") }
        continue
      }
      try settle(group, place)
      settled.insert(place.id)
    }
  }

  private mutating func settle(_ entries: [LooseEntry], _ place: SentencePlace) throws(Problem) {
    let done = entries.filter { !$0.target.isEmpty && !$0.entry.isUnfinished }
    for entry in entries where entry.target.isEmpty { try reject(entry, .empty, "", place: place) }
    for entry in entries where !entry.target.isEmpty && entry.entry.isUnfinished {
      try reject(entry, .unfinished, "", place: place)
    }
    guard let first = done.first else { return }
    guard done.allSatisfy({ $0.target == first.target }) else {
      for entry in done { try reject(entry, .twice, "“\(ArticleMatching.quote(entry.target))”", place: place) }
      return
    }
    note(.matchedByText, first, String(decoding: place.id, as: UTF8.self))
    for entry in done.dropFirst() { note(.repeated, entry, "") }
    report.found(String(decoding: place.id, as: UTF8.self))
    try take([place], first.target, first)
  }

  mutating func rejectTheRest() throws(Problem) {
    for entry in loose {
      if articleOf[entry.entry.id] != nil {
        try reject(entry, .sourceChanged, "its article has no such sentence any more")
      } else {
        try reject(entry, .extra, "no sentence has its ID or its text")
      }
    }
    loose = []
  }

  // MARK: Beads

  /// A translation of these sentences: it is looked at, and kept until the range of lengths is known.
  mutating func take(_ places: [SentencePlace], _ target: [UInt8], _ entry: LooseEntry) throws(Problem) {
    guard let first = places.first else { return }
    report.matched += places.count
    var bead = BitextBead(
      document: first.document, split: first.split, position: first.sequence, sourceIDs: places.map(\.id),
      sources: places.map(\.text), targets: [target], sourceLanguage: first.language,
      targetLanguage: request.targetLanguage, score: 1000, method: .imported)
    let source = SentenceText.line(of: bead.sources)
    for (notice, detail) in checks.notices(source: source, target: target, sourceLanguage: first.language) {
      note(notice, entry, detail)
      if bead.reason == nil && (!notice.isDoubt || request.rejecting.contains(notice)) { bead.reason = notice.reason }
    }
    if bead.reason != nil {
      bead.score = 0
      return try writer.add(bead)
    }
    if let ratio = LengthRange.ratio(source: source, target: target) { lengths.add(ratio) }
    let packed = bead.packed()
    var place = PackedFields()
    place.append(entry.file)
    place.append(entry.entry.line)
    try matched.add(key: bead.sortKey(of: packed), payload: packed + place.bytes)
  }

  /// What fits in all but its length is looked at by the corpus's own range, and written.
  mutating func writeMatched() throws(Problem) {
    let range = lengths.range
    let cursor = try matched.cursor()
    while cursor.hasEntry {
      let payload = cursor.payload
      guard var bead = BitextBead(packed: payload) else { return }
      let source = SentenceText.line(of: bead.sources)
      if let range, let ratio = LengthRange.ratio(source: source, target: bead.targets[0]), !range.contains(ratio) {
        var place = PackedFields(Array(payload.suffix(16)))
        let file = request.files[place.numberField()]
        report.note(
          .length,
          .init(
            file: FileSystem.lastPart(of: file), line: place.numberField(),
            id: String(decoding: bead.sourceIDs[0], as: UTF8.self),
            detail: "\(ratio) characters for a thousand, where others have \(range.lowerBound) to \(range.upperBound)"))
        if request.rejecting.contains(.length) {
          bead.reason = .length
          bead.score = 0
        }
      }
      try writer.add(bead)
      try cursor.advance()
    }
  }

  /// Puts an entry into rejected/.
  ///
  /// - Parameter place: the sentence that it came back for; nil where there is none.
  mutating func reject(
    _ loose: LooseEntry, _ notice: ImportNotice, _ detail: String, place: SentencePlace? = nil
  ) throws(Problem) {
    note(notice, loose, detail)
    let file = FileSystem.lastPart(of: request.files[loose.file])
    let returned = DocumentID(returned: file)
    let plan = folder.rules.split ?? .whole
    let stray = articleOf[loose.entry.id] ?? (returned, plan.parts[plan.index(for: returned.bytes.span)].name)
    let target = loose.target
    let source = loose.entry.source.map { ReturnedText.onOneLine($0) } ?? []
    let ids = loose.entry.id.isEmpty ? [] : [loose.entry.id]
    try writer.add(
      BitextBead(
        document: place?.document ?? stray.document, split: place?.split ?? stray.split,
        position: place?.sequence ?? 1 << 40 + loose.number, sourceIDs: place.map { [$0.id] } ?? ids,
        sources: source.isEmpty ? place.map { [$0.text] } ?? [] : [source], targets: target.isEmpty ? [] : [target],
        sourceLanguage: place?.language ?? "und", targetLanguage: request.targetLanguage, score: 0, method: .imported,
        reason: notice.reason))
  }

  mutating func note(_ notice: ImportNotice, _ loose: LooseEntry, _ detail: @autoclosure () -> String) {
    report.note(
      notice,
      .init(
        file: FileSystem.lastPart(of: request.files[loose.file]), line: loose.entry.line,
        id: String(decoding: loose.entry.id, as: UTF8.self), detail: detail()))
  }
}
