/// Articles in the order of their doc_ids: what a merge reads. In memory, or on disk where memory ran out.
protocol RunCursor: AnyObject {
  /// The article it stands at; nil behind the last.
  var article: BuiltArticle? { get }
  /// Shows the lines of the article it stands at, where they are.
  func withLines(_ body: (Span<UInt8>) throws(Problem) -> Void) throws(Problem)
  func advance() throws(Problem)
}

extension RunCursor {
  /// Appends the lines of the article it stands at.
  func appendLines(to out: inout ByteBuffer) throws(Problem) {
    try withLines { (lines: Span<UInt8>) throws(Problem) in out.append(lines) }
  }
}

/// The order of a merge: doc_id, then the place, so that of two articles with one key the one to keep comes first.
struct RunOrder: Sendable {
  /// `--on-duplicate-key last`.
  var keepsLast = false

  func precedes(_ a: BuiltArticle, _ b: BuiltArticle) -> Bool {
    if a.id != b.id { return a.id < b.id }
    let (first, second) = keepsLast ? (b, a) : (a, b)
    return (first.file, first.record) < (second.file, second.record)
  }
}

/// Built batches in memory, sorted.
final class MemoryRun: RunCursor {
  private struct Place {
    var batch: Int
    var article: Int
    var offset: Int
  }

  private let batches: [BuiltBatch]
  private var order: [Place] = []
  private var next = 0

  init(_ batches: [BuiltBatch], _ runOrder: RunOrder) {
    self.batches = batches
    for (batch, built) in batches.enumerated() {
      var offset = 0
      for (index, article) in built.articles.enumerated() {
        order.append(Place(batch: batch, article: index, offset: offset))
        offset += article.length
      }
    }
    order.sort { a, b in
      runOrder.precedes(batches[a.batch].articles[a.article], batches[b.batch].articles[b.article])
    }
  }

  var article: BuiltArticle? {
    next < order.count ? batches[order[next].batch].articles[order[next].article] : nil
  }

  func withLines(_ body: (Span<UInt8>) throws(Problem) -> Void) throws(Problem) {
    guard next < order.count else { return }
    let place = order[next]
    let batch = batches[place.batch]
    try batch.lines.show(place.offset..<place.offset + batch.articles[place.article].length, to: body)
  }

  func advance() throws(Problem) { next += 1 }
}

/// Several cursors as one, in order.
final class MergedRun: RunCursor {
  private var heap: MergeHeap<any RunCursor>

  init(_ cursors: [any RunCursor], _ order: RunOrder) {
    heap = MergeHeap(cursors.filter { $0.article != nil }) { a, b in
      guard let first = a.article, let second = b.article else { return a.article != nil }
      return order.precedes(first, second)
    }
  }

  var article: BuiltArticle? { heap.first?.article }

  func withLines(_ body: (Span<UInt8>) throws(Problem) -> Void) throws(Problem) { try heap.first?.withLines(body) }

  func advance() throws(Problem) {
    guard let first = heap.first else { return }
    try first.advance()
    heap.settleFirst(hasEnded: first.article == nil)
  }
}

/// Takes built batches, and keeps within its memory by writing sorted runs to disk.
final class RunCollector {
  let folder: String
  let memoryLimit: Int
  private let order: RunOrder
  private var batches: [BuiltBatch] = []
  private var byteCount = 0
  private var files: [String] = []
  private var made = 0
  /// Runs that are merged at once: each has an open file and a buffer.
  private static let fanIn = 64

  /// - Parameters:
  ///   - folder: where runs are written; it is made at the first.
  ///   - memoryLimit: bytes of lines that are kept before they are written.
  init(folder: String, memoryLimit: Int, order: RunOrder) {
    self.order = order
    self.folder = folder
    self.memoryLimit = memoryLimit
  }

  func add(_ batch: BuiltBatch) throws(Problem) {
    batches.append(batch)
    byteCount += batch.byteCount
    if byteCount > memoryLimit { try spill() }
  }

  private func spill() throws(Problem) {
    if made == 0 { try FileSystem.makeFolder(folder) }
    try write(MemoryRun(batches, order))
    batches.removeAll()
    byteCount = 0
    if files.count > Self.fanIn { try mergeOldest() }
  }

  private func write(_ run: any RunCursor) throws(Problem) {
    let path = "\(folder)/run-\(made)"
    made += 1
    try RunFile.write(run, to: path)
    files.append(path)
  }

  /// Many runs become one, so that the number of open files stays bounded.
  private func mergeOldest() throws(Problem) {
    let oldest = Array(files.prefix(Self.fanIn))
    files.removeFirst(oldest.count)
    var cursors: [any RunCursor] = []
    for path in oldest { cursors.append(try FileRun(path)) }
    try write(MergedRun(cursors, order))
    for path in oldest { try FileSystem.removeTree(path) }
  }

  /// A cursor over all that was added, from its beginning; it may be asked for more than once.
  func cursor() throws(Problem) -> any RunCursor {
    if files.isEmpty { return MemoryRun(batches, order) }
    var cursors: [any RunCursor] = []
    for path in files { cursors.append(try FileRun(path)) }
    cursors.append(MemoryRun(batches, order))
    return MergedRun(cursors, order)
  }

  /// Takes the runs off the disk, where there are any.
  func removeFiles() throws(Problem) {
    if made > 0 { try FileSystem.removeTree(folder) }
  }
}
