/// Takes groups of which each sentence that came back came once, by its ID, beside its own text, and done; all of it in bytes.
/// What is otherwise it leaves alone: `ArticleMatching` looks at that.
struct PlainMatcher: ~Copyable {
  private let maker: PairMaker
  private let selection: ExportSelection
  private let groups: [ShardGroup]
  private var sentences: RecordValues
  private var pairs = PlainPairs()
  private var batch = PlainBatch()
  private var rows = ByteBuffer(capacity: 1 << 16)
  /// The group's entries, and a table of their numbers by the last digits of their IDs; -1 where nothing stands.
  private var entries: [PackedEntry] = []
  private var slots: [Int32] = []
  private var text = ByteBuffer(capacity: 1 << 10)
  private var target = ByteBuffer(capacity: 1 << 10)
  private var language = ByteBuffer(capacity: 16)

  init(_ folder: DatasetFolder, _ maker: PairMaker, _ selection: ExportSelection) {
    groups = ShardGroup.all(of: folder)
    self.maker = maker
    self.selection = selection
    sentences = RecordValues(folder.rules, .data)
  }

  mutating func begin() {
    pairs = PlainPairs()
    batch = PlainBatch()
    rows.removeAll()
  }

  mutating func finish(_ out: inout PlainBatch) {
    out = batch
    out.count = pairs.count
    out.rows = rows.copied(0..<rows.count)
    var taken = PlainPairs()
    swap(&taken, &pairs)
    out.pairs = taken.packed()
  }

  /// Takes a group.
  ///
  /// - Returns: false where something is otherwise; then nothing of it was taken.
  mutating func take(
    _ group: MatchGroup, _ batch: MatchBatch, _ result: inout MatchResult
  ) throws(Problem) -> Bool {
    guard index(group.entries, of: batch.entries.span) else { return false }
    let mark = (pairs.mark, rows.count, self.batch.ratios.count, self.batch.notes.count)
    let (made, missing) = (result.pairs.count, result.missing.count)
    var used = 0
    var isPlain = true
    for offset in group.articles where isPlain {
      isPlain = try take(article: offset, batch, &used, &result)
    }
    if isPlain && used == entries.count { return true }
    pairs.reset(to: mark.0)
    rows.truncate(to: mark.1)
    self.batch.ratios.removeSubrange(mark.2...)
    self.batch.notes.removeSubrange(mark.3...)
    result.pairs.removeSubrange(made...)
    result.missing.removeSubrange(missing...)
    return false
  }

  // MARK: Entries by ID

  /// Reads the group's entries; false where an ID stands twice, or something else is at once seen to be otherwise.
  private mutating func index(_ range: Range<Int>, of bytes: Span<UInt8>) -> Bool {
    entries.removeAll(keepingCapacity: true)
    var offset = range.lowerBound
    while offset < range.upperBound {
      let entry = PackedEntry(bytes, at: offset)
      if entry.state != .done || entry.target.isEmpty { return false }
      if let last = entries.last, Kernels.equal(bytes.extracting(last.id), bytes.extracting(entry.id)) { return false }
      entries.append(entry)
      offset = entry.end
    }
    var size = 16
    while size < entries.count * 2 { size *= 2 }
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement(-1, count: size))
    for i in entries.indices {
      var slot = Self.hash(bytes.extracting(entries[i].id)) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(truncatingIfNeeded: i)
    }
    return true
  }

  /// The last digits of an ID are of a digest: five bits of each.
  private static func hash(_ id: Span<UInt8>) -> Int {
    var hash = 0
    for i in max(0, id.count - 6)..<id.count { hash = hash << 5 ^ Int(id[i]) }
    return hash
  }

  /// The entry of that ID; nil where there is none.
  private func entry(_ id: Span<UInt8>, in bytes: Span<UInt8>) -> PackedEntry? {
    var slot = Self.hash(id) & (slots.count - 1)
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if Kernels.equal(bytes.extracting(entry.id), id) { return entry }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  // MARK: Articles

  /// Bytes of a document's line before its ID.
  private static let idOffset = #"{"doc_id":""#.utf8.count

  private mutating func take(
    article offset: Int, _ batch: MatchBatch, _ used: inout Int, _ result: inout MatchResult
  ) throws(Problem) -> Bool {
    let all = batch.lines.span
    let packed = PackedArticle(all, at: offset)
    // A document's line begins with its ID.
    let idStart = packed.document.lowerBound + Self.idOffset
    guard idStart + 17 < packed.document.upperBound,
      let document = DocumentID(all.extracting(idStart..<idStart + 17))
    else { return false }
    let split = groups[packed.group].split.utf8.span
    let start = pairs.bytes.count
    pairs.begin(document, split: split)
    var here = packed.data.lowerBound
    var count = 0
    while let end = Kernels.find(0x0A, in: all, from: here, to: packed.data.upperBound) {
      let line = all.extracting(here..<end)
      do throws(RecordFault) {
        try sentences.parse(line)
        if !sentences.belongs(line, to: all.extracting(idStart..<idStart + 17)) { throw .otherArticle }
      } catch { throw packed.problem(error, .data, lines: count, offset: here, in: groups) }
      here = end + 1
      count += 1
      guard let found = sentences.entry(of: line, { entry($0, in: batch.entries.span) }) else {
        noteMissing(line, document, split, &result)
        continue
      }
      guard take(line, found, batch.entries.span, document, split, &result) else { return false }
      used += 1
    }
    pairs.endArticle(from: start)
    return true
  }

  private func noteMissing(
    _ line: Span<UInt8>, _ document: DocumentID, _ split: Span<UInt8>, _ result: inout MatchResult
  ) {
    let sentence = sentences.sentence(line, isRejected: false)
    if selection.takes(sentence, document: document.bytes.span, split: split) {
      result.missing.append((sentence.id, sentence.text))
    }
  }

  // MARK: Pairs

  /// Takes a sentence and its entry; false where they are not plain.
  private mutating func take(
    _ line: Span<UInt8>, _ found: PackedEntry, _ bytes: Span<UInt8>, _ document: DocumentID, _ split: Span<UInt8>,
    _ result: inout MatchResult
  ) -> Bool {
    text.removeAll()
    sentences.append(RecordShape.Sentence.text, of: line, to: &text)
    if found.hasSource && !Kernels.equal(bytes.extracting(found.source), text.span) { return false }
    target.removeAll()
    ReturnedText.appendOnOneLine(bytes.extracting(found.target), to: &target)
    if target.count == 0 { return false }
    language.removeAll()
    sentences.append(RecordShape.Sentence.lang, of: line, to: &language)
    let parts = (TextParts(text.span), TextParts(target.span))
    let notices = maker.checks.notices(
      source: text.span, target: target.span, sourceLanguage: language.span, parts: parts)
    if !notices.isEmpty {
      let loose = LooseEntry(found, of: bytes)
      if maker.reason(of: notices) != nil {
        let sentence = sentences.sentence(line, isRejected: false)
        let place = SentencePlace(sentence, document: document, split: String(decoding: split.copied(), as: UTF8.self))
        if let pair = maker.pair([place], target.copied(0..<target.count), loose) { result.pairs.append(pair) }
        return true
      }
      for (notice, detail) in notices { batch.notes.append((notice, EntryPlace(loose), detail)) }
    }
    let row = TableRow(text.span, parts.0, target.span, parts.1)
    let ratio = LengthRange.ratio(row.sourceLength, row.targetLength)
    if let ratio { batch.ratios.append(ratio) }
    NumberedRow(file: found.file, number: found.number, line: found.line, row: row).append(to: &rows)
    pairs.add(
      file: found.file, number: found.number, line: found.line, ratio: ratio,
      sequence: sentences.integer(RecordShape.Sentence.seq), lengths: (row.sourceLength, row.targetLength),
      id: bytes.extracting(found.id), language: language, source: text, target: target)
    return true
  }
}
