/// The articles of one part in many runs, merged.
struct PartMerge {
  private let parts: [ClusterRun.Part]
  private let order: RunOrder
  private let scratch: String
  /// Lines of duplicates.jsonl.
  private(set) var duplicates: [JSONValue] = []
  /// The same for people; the first hundred.
  private(set) var told: [String] = []

  /// Runs that are merged at once: each has an open file and a buffer.
  private static let fanIn = 64
  private static let toldLimit = 100

  init(
    _ runs: [String], part: Int, plan: PartPlan, order: RunOrder, scratch: String
  ) throws(Problem) {
    var parts: [ClusterRun.Part] = []
    for run in runs { parts.append(try ClusterRun.Part(run, part: part, of: plan)) }
    self.parts = parts
    self.order = order
    self.scratch = scratch
  }

  /// Articles of all runs in this part, those of keys that stand twice too.
  var articleCount: Int { parts.reduce(0) { $0 + $1.articles } }

  mutating func write(to writer: PartWriter) throws(Problem) {
    var iterator = SortedArticles.Iterator(cursor: MergedRun(try cursors(), order), left: Int.max)
    var repeated: [(dropped: BuiltArticle, kept: BuiltArticle)] = []
    var count = 0
    while let (article, cursor) = try iterator.next(duplicate: { repeated.append(($0, $1)) }) {
      if count & 63 == 0 { try Interruption.check() }
      try cursor.withLines { (lines: Span<UInt8>) throws(Problem) in try writer.add(article, lines) }
      count += 1
    }
    for (dropped, kept) in repeated {
      writer.countDuplicate()
      let row = DuplicateRow(
        id: dropped.id, place: (try path(of: dropped), dropped.record), kept: (try path(of: kept), kept.record))
      duplicates.append(row.json)
      if told.count < Self.toldLimit { told.append("  \(row)") }
    }
    count += repeated.count
    if count != articleCount {
      throw Problem(
        "\(count) articles were merged, and the runs say that they have \(articleCount)", expected: "as many")
    }
  }

  /// One cursor a run; where these are too many, the oldest are merged on disk first.
  private func cursors() throws(Problem) -> [any RunCursor] {
    var waiting = parts.filter { !$0.bytes.isEmpty }.map { (path: $0.path, bytes: $0.bytes) }
    var made = 0
    while waiting.count > Self.fanIn {
      if made == 0 { try FileSystem.makeFolder(scratch) }
      let oldest = Array(waiting.prefix(Self.fanIn))
      waiting.removeFirst(oldest.count)
      let path = "\(scratch)/run-\(made)"
      made += 1
      try RunFile.write(MergedRun(try Self.open(oldest), order), to: path)
      for run in oldest where run.path.hasPrefix("\(scratch)/") { FileSystem.removeFile(run.path) }
      waiting.append((path, 0..<FileSystem.size(of: path)))
    }
    return try Self.open(waiting)
  }

  private static func open(_ runs: [(path: String, bytes: Range<Int>)]) throws(Problem) -> [any RunCursor] {
    var cursors: [any RunCursor] = []
    for run in runs { cursors.append(try FileRun(run.path, run.bytes)) }
    return cursors
  }

  private func path(of article: BuiltArticle) throws(Problem) -> [UInt8] {
    for part in parts where part.firstFile <= article.file {
      if let path = try part.path(ofFile: article.file) { return path }
    }
    throw Problem("an article of no file", expected: "a file that one of the runs names")
  }
}
