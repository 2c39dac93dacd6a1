/// An article's records as values that stand where they were read: no string is copied, but for those that have escapes.
struct ArticleRecords: ~Copyable {
  /// A sentence record or a rejected one. Strings are ranges that `bytes` takes.
  struct Sentence {
    var id, text, raw, separator, kind, language, reason: Range<Int>
    var sequence, paragraph: Int
    /// Code points of the article before it and up to its end.
    var start, end: Int
    var isRejected: Bool

    /// The slice of the article that it is.
    var slice: Range<Int> { raw.isEmpty ? text : raw }
  }

  private let groups: [ShardGroup]
  private var documents: RecordParser
  private var data: RecordParser
  private var rejected: RecordParser
  private let dataHasReason: Bool
  private var lines: [UInt8] = []
  /// Strings without their escapes; ranges into it begin behind `lines`.
  private var unescaped = ByteBuffer(capacity: 1 << 12)

  private(set) var id = 0..<0
  /// Where a person finds it: its path, else its key.
  private(set) var source = 0..<0
  private(set) var language = 0..<0
  private(set) var lead = 0..<0
  private(set) var record = 0
  private(set) var split = ""
  /// Records of both kinds, in the order of the article.
  private(set) var sentences: [Sentence] = []

  init(_ folder: DatasetFolder) {
    groups = ShardGroup.all(of: folder)
    documents = RecordParser(shape: folder.rules.shape(of: .documents))
    data = RecordParser(shape: folder.rules.shape(of: .data))
    rejected = RecordParser(shape: folder.rules.shape(of: .rejected))
    dataHasReason = folder.rules.dataHasReason
  }

  /// The bytes of a string.
  @_lifetime(borrow self)
  borrowing func bytes(_ range: Range<Int>) -> Span<UInt8> {
    let start = range.lowerBound - lines.count
    if start >= 0 { return unescaped.span.extracting(start..<start + range.count) }
    return lines.span.extracting(range)
  }

  /// Takes the bytes that packed articles stand in.
  mutating func begin(_ lines: [UInt8]) { self.lines = lines }

  /// Reads the article packed at that offset.
  ///
  /// - Returns: the offset behind it.
  mutating func read(at offset: Int) throws(Problem) -> Int {
    let lines = lines
    let packed = PackedArticle(lines.span, at: offset)
    unescaped.removeAll()
    sentences.removeAll(keepingCapacity: true)
    split = groups[packed.group].split
    try readDocument(packed, lines.span)
    try addSentences(.data, packed, lines.span)
    let own = sentences.count
    try addSentences(.rejected, packed, lines.span)
    if sentences.count > own { sentences.sort { $0.sequence < $1.sequence } }
    return packed.end
  }

  private mutating func readDocument(_ packed: PackedArticle, _ bytes: Span<UInt8>) throws(Problem) {
    typealias Key = RecordShape.Document
    let start = packed.document.lowerBound
    let line = bytes.extracting(start..<packed.document.upperBound - 1)
    do throws(RecordFault) { try documents.parse(line) } catch {
      throw packed.problem(error, .documents, lines: 0, offset: start, in: groups)
    }
    id = string(documents.slots[Key.doc], of: line, at: start)
    source = string(documents.slots[Key.path], of: line, at: start)
    if source.isEmpty { source = string(documents.slots[Key.key], of: line, at: start) }
    language = string(documents.slots[Key.lang], of: line, at: start)
    lead = string(documents.slots[Key.lead], of: line, at: start)
    record = documents.slots[Key.record].value
  }

  private mutating func addSentences(
    _ kind: RecordKind, _ packed: PackedArticle, _ bytes: Span<UInt8>
  ) throws(Problem) {
    typealias Key = RecordShape.Sentence
    let isRejected = kind == .rejected
    var here = packed.lines(of: kind).lowerBound
    var count = 0
    while let end = Kernels.find(0x0A, in: bytes, from: here, to: packed.lines(of: kind).upperBound) {
      let line = bytes.extracting(here..<end)
      do throws(RecordFault) {
        if isRejected { try rejected.parse(line) } else { try data.parse(line) }
        let document = isRejected ? rejected.slots[Key.doc] : data.slots[Key.doc]
        guard Kernels.equal(line.extracting(document.start..<document.end), bytes.extracting(id)) else {
          throw .otherArticle
        }
      } catch { throw packed.problem(error, kind, lines: count, offset: here, in: groups) }
      append(isRejected ? rejected.slots : data.slots, line, at: here, isRejected)
      here = end + 1
      count += 1
    }
  }

  private mutating func append(
    _ slots: [RecordParser.Slot], _ line: Span<UInt8>, at offset: Int, _ isRejected: Bool
  ) {
    typealias Key = RecordShape.Sentence
    sentences.append(
      Sentence(
        id: string(slots[Key.id], of: line, at: offset), text: string(slots[Key.text], of: line, at: offset),
        raw: string(slots[Key.raw], of: line, at: offset), separator: string(slots[Key.sep], of: line, at: offset),
        kind: string(slots[Key.kind], of: line, at: offset), language: string(slots[Key.lang], of: line, at: offset),
        reason: isRejected || dataHasReason ? string(slots[slots.count - 1], of: line, at: offset) : 0..<0,
        sequence: slots[Key.seq].value, paragraph: slots[Key.para].value, start: slots[Key.start].value,
        end: slots[Key.end].value, isRejected: isRejected))
  }

  /// Where a string of a line that begins at `offset` stands.
  private mutating func string(_ slot: RecordParser.Slot, of line: Span<UInt8>, at offset: Int) -> Range<Int> {
    if !slot.isEscaped { return offset + slot.start..<offset + slot.end }
    let start = unescaped.count
    RecordParser.appendUnescaped(line, slot, to: &unescaped)
    return lines.count + start..<lines.count + unescaped.count
  }
}

extension ArticleRecords {
  /// Where the texts of the sentences before and after one stand, rejects apart; empty where there is none.
  borrowing func neighbours(of index: Int) -> (previous: Range<Int>, next: Range<Int>) {
    var (before, after) = (index - 1, index + 1)
    while before >= 0, sentences[before].isRejected { before -= 1 }
    while after < sentences.count, sentences[after].isRejected { after += 1 }
    return (before >= 0 ? sentences[before].text : 0..<0, after < sentences.count ? sentences[after].text : 0..<0)
  }
}
