/// Entries of a returned file as `PackedEntry` reads them, one after another, those with a sentence's ID behind their sort key.
struct EntryBatch: Sendable {
  var bytes = FilledBuffer(ByteBuffer())
  var items: [Item] = []
  /// As far as the file was read: what it names.
  var contentSHA256 = ""
  /// Why no more can be read.
  var problem: Problem?

  struct Item: Sendable {
    /// Where its key stands, by which entries sort: the ID, then where it stood; empty where the ID is no sentence's.
    var key: Range<Int>
    var packed: Range<Int>
    var tagCount: Int
  }
}

/// Reads the entries of a returned file; with another processor to spare, ahead of who asks for them.
struct EntryBatches {
  private let batches: OrderedResults<Void, EntryBatch>

  /// - Parameters:
  ///   - number: of the file among those that came back.
  ///   - acceptsUnfinished: whether entries count as done of which their file says that they are not.
  init(_ format: ImportFormat, _ file: ReturnedFile, number: Int, acceptsUnfinished: Bool) {
    batches = OrderedResults(ahead: file.readsAhead ? 3 : 0) {
      let packer = EntryPacker(format, file, number, acceptsUnfinished)
      return { _ in packer.next() }
    }
  }

  /// The next entries; none at the end.
  func next() throws(Problem) -> EntryBatch {
    let batch = try batches.next { () } ?? EntryBatch()
    if let problem = batch.problem { throw problem }
    return batch
  }
}

/// What the reading thread keeps.
private final class EntryPacker {
  private let format: ImportFormat
  private let file: ReturnedFile
  private let fileNumber: Int
  private let acceptsUnfinished: Bool
  private var reader: (any ReturnedReader)?
  private var entry = EntrySlot()
  private var count = 0

  private static let batchSize = 1 << 18

  init(_ format: ImportFormat, _ file: ReturnedFile, _ number: Int, _ acceptsUnfinished: Bool) {
    self.format = format
    self.file = file
    fileNumber = number
    self.acceptsUnfinished = acceptsUnfinished
  }

  func next() -> EntryBatch {
    var batch = EntryBatch()
    var bytes = ByteBuffer(capacity: Self.batchSize + 1 << 14)
    do throws(Problem) {
      if reader == nil { reader = try format.make(file) }
      while let reader, bytes.count < Self.batchSize, try reader.next(&entry) { try pack(&batch, &bytes) }
      batch.contentSHA256 = reader?.contentSHA256 ?? ""
    } catch { batch.problem = error }
    batch.bytes = FilledBuffer(bytes)
    return batch
  }

  private func pack(_ batch: inout EntryBatch, _ bytes: inout ByteBuffer) throws(Problem) {
    if !entry.isUTF8 {
      throw Problem("a text that is not UTF-8", at: .init(file: file.path, line: entry.line), expected: "UTF-8")
    }
    if ReturnedText.isInvisible(entry.target.span) { entry.target.removeAll() }
    if acceptsUnfinished && entry.state.canBeAccepted { entry.state = .done }
    let start = bytes.count
    if SentenceID.hasShape(entry.id.span) {
      bytes.append(entry.id.span)
      bytes.append(sortable: UInt64(fileNumber))
      bytes.append(sortable: UInt64(count))
    }
    let keyEnd = bytes.count
    entry.pack(file: fileNumber, number: count, to: &bytes)
    batch.items.append(.init(key: start..<keyEnd, packed: keyEnd..<bytes.count, tagCount: entry.tagCount))
    entry.clear()
    count += 1
  }
}
