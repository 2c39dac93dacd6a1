/// Walks the lines of one shard that have its shape, and reports the others.
struct ShardCursor: ~Copyable {
  let file: ShardFile
  private var reader: ShardReader
  private(set) var parser: RecordParser
  /// Whether there is a line at hand.
  private(set) var hasLine = false
  /// Of the line at hand.
  private(set) var document = PackedID.zero
  private(set) var seq = 0
  /// The sentence's ID; nil where it has not the shape of one.
  private(set) var recordID: PackedID? = nil
  private var previous = (document: PackedID.zero, seq: -1)
  /// Lines so far, those without the right shape too.
  private(set) var lineCount = 0
  private(set) var firstDocument: DocumentID? = nil
  private(set) var lastDocument: DocumentID? = nil
  /// Documents that the lines so far belong to.
  private(set) var documentCount = 0
  /// Whether its file stopped being readable: what follows can't be judged.
  private(set) var isBroken = false
  /// Articles of which a line could not be read: what is asked of an article as a whole would only repeat that.
  private var damaged: [PackedID] = []
  /// Whether any line could not be read.
  private(set) var hasDamage = false
  private var counted: PackedID? = nil
  private var buckets: BucketDigests
  private let documentSlot: Int
  let rules: RecordRules

  init(_ file: ShardFile, at path: String, rules: RecordRules) throws(Problem) {
    self.file = file
    self.rules = rules
    reader = try ShardReader(path: path, format: file.compression)
    parser = RecordParser(shape: rules.shape(of: file.kind))
    documentSlot = file.kind == .documents ? RecordShape.Document.doc : RecordShape.Sentence.doc
    buckets = BucketDigests(index: file.index, count: file.count)
  }

  /// A shard that is not there, as if it had no line: a kind without any record is not written.
  init(absent file: ShardFile, rules: RecordRules) {
    self.file = file
    self.rules = rules
    reader = ShardReader(absent: file.path)
    parser = RecordParser(shape: rules.shape(of: file.kind))
    documentSlot = file.kind == .documents ? RecordShape.Document.doc : RecordShape.Sentence.doc
    buckets = BucketDigests(index: file.index, count: file.count)
  }

  /// The line at hand.
  var line: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get { reader.line }
  }

  /// The line at hand, as a place that findings name.
  var mark: LineMark { LineMark(line: reader.lineNumber, byteOffset: reader.byteOffset) }

  /// Goes to the next line that has the shape; what has not is reported.
  mutating func advance(_ log: inout FindingLog) throws(Problem) {
    hasLine = false
    while try nextLine(&log) {
      lineCount += 1
      if readLine(&log) {
        hasLine = true
        return
      }
    }
  }

  private mutating func nextLine(_ log: inout FindingLog) throws(Problem) -> Bool {
    if isBroken { return false }
    do { return try reader.next() } catch {
      switch error {
      case .unreadable(let problem): throw problem
      case .broken(let broken):
        isBroken = true
        let mark = self.mark
        log.add(
          .unpack, .init(file: file.path),
          "\(broken.found) at byte \(broken.fileOffset) of the file, after line \(mark.line)",
          expected: broken.expected)
        return false
      }
    }
  }

  /// Reads the line at hand; false where it has not the shape.
  private mutating func readLine(_ log: inout FindingLog) -> Bool {
    let mark = self.mark
    let valid = Kernels.validPrefix(reader.line)
    if valid < reader.line.count {
      let byte = reader.line[valid]
      log.add(
        .utf8, place(mark, valid), "the byte 0x\(String(byte, radix: 16)), which is not UTF-8 there",
        expected: "UTF-8")
      return setAside()
    }
    if !reader.lineIsWhole {
      log.add(.lineEnd, place(mark, reader.line.count), "the file's end inside a line", expected: "LF")
    }
    do { try parser.parse(reader.line) } catch {
      log.add(.shape, place(mark, error.byteOffset), error.found, expected: error.expected)
      return setAside()
    }
    let slot = parser.slots[documentSlot]
    guard let id = documentID(reader.line.extracting(slot.start..<slot.end)) else {
      log.add(
        .idShape, place(mark, slot.start),
        "the doc_id \(RecordParser.quote(reader.line, at: slot.start))", expected: "d and 16 digits of base32hex")
      return setAside()
    }
    readRecordID()
    seq = file.kind == .documents ? 0 : parser.slots[RecordShape.Sentence.seq].value
    note(document: id, mark, &log)
    checkValues(&log)
    buckets.append(reader.lineWithEnd, bucket: id.bucket)
    return true
  }

  /// The doc_id, mostly that of the line before.
  private func documentID(_ text: Span<UInt8>) -> PackedID? {
    if let lastDocument, Kernels.equal(text, lastDocument.bytes.span) { return counted }
    return PackedID(text, prefix: 0x64, skipping: 1)
  }

  private mutating func readRecordID() {
    if file.kind == .documents { return }
    let slot = parser.slots[RecordShape.Sentence.id]
    recordID = PackedID(reader.line.extracting(slot.start..<slot.end), prefix: 0x73, skipping: 5)
  }

  /// Notes which article a line that can't be read seems to be of.
  private mutating func setAside() -> Bool {
    hasDamage = true
    let seeming = seemingDocument
    buckets.append(reader.lineWithEnd, bucket: seeming?.id.bucket)
    guard let (id, name) = seeming else { return false }
    if damaged.last != id { damaged.append(id) }
    // Lines come in order: those of articles long past are not asked for again.
    if damaged.count > 8 { damaged.removeFirst() }
    if id != counted { count(id, name) }
    return false
  }

  /// The doc_id that a line without the right shape has somewhere.
  private var seemingDocument: (id: PackedID, name: DocumentID?)? {
    let key = Array("\"doc_id\":\"".utf8)
    let line = reader.line
    var here = 0
    while let quote = Kernels.find(0x22, in: line, from: here, to: line.count - key.count - 17) {
      here = quote + 1
      guard Kernels.equal(line.extracting(quote..<quote + key.count), key) else { continue }
      let name = line.extracting(quote + key.count..<quote + key.count + 17)
      if let id = PackedID(name, prefix: 0x64, skipping: 1) { return (id, DocumentID(name)) }
    }
    return nil
  }

  /// Counts an article that lines belong to.
  private mutating func count(_ id: PackedID, _ name: DocumentID?) {
    counted = id
    lastDocument = name
    if documentCount == 0 { firstDocument = name }
    documentCount += 1
  }

  /// Whether a line of that article could not be read.
  func isDamaged(_ id: PackedID) -> Bool { damaged.contains(id) }

  private mutating func note(document id: PackedID, _ mark: LineMark, _ log: inout FindingLog) {
    document = id
    if id != counted {
      let slot = parser.slots[documentSlot]
      let name = DocumentID(reader.line.extracting(slot.start..<slot.end))
      count(id, name)
    }
    if lineCount > 1, (id, seq) <= previous {
      let what = file.kind == .documents ? "doc_id" : "doc_id and seq"
      log.add(
        .order, place(mark, 0),
        id == previous.document && seq == previous.seq
          ? "the \(what) of an earlier line" : "a \(what) below the one before it",
        expected: "lines sorted by \(what), each once")
    }
    previous = (id, seq)
    if let shard = file.index, id.shard(of: file.count) != shard {
      log.add(
        .shard, place(mark, 0), "a line of shard \(id.shard(of: file.count)) of \(file.count)",
        expected: "lines of shard \(shard)")
    }
  }

  /// The place of the line at hand, `offset` bytes into it, for a finding.
  func place(_ mark: LineMark, _ offset: Int = 0, id: String? = nil) -> Problem.Place {
    Problem.Place(file: file.path, line: mark.line, byteOffset: mark.byteOffset + offset, id: id ?? lineID)
  }

  /// The ID that the line at hand begins with, where it has the look of one.
  private var lineID: String? {
    let quotes = (0..<min(64, reader.line.count)).filter { reader.line[$0] == 0x22 }
    guard quotes.count >= 4, quotes[3] - quotes[2] < 24 else { return nil }
    return String(decoding: (quotes[2] + 1..<quotes[3]).map { reader.line[$0] }, as: UTF8.self)
  }

  /// What is known of a shard when it was walked.
  struct Summary: Sendable {
    var shard: ShardReader.Summary
    var lineCount: Int
    var documentCount: Int
    var first: String
    var last: String
    var buckets: BucketDigests.Summary
    var isBroken: Bool
  }

  consuming func finish() throws(Problem) -> Summary {
    let (lines, documents, isBroken) = (lineCount, documentCount, isBroken)
    let (first, last) = (firstDocument?.description ?? "", lastDocument?.description ?? "")
    let buckets = buckets.finish()
    return Summary(
      shard: try reader.finish(), lineCount: lines, documentCount: documents, first: first, last: last,
      buckets: buckets, isBroken: isBroken)
  }
}

/// Where a line stands.
struct LineMark: Sendable {
  var line: Int
  var byteOffset: Int
}
