/// What `kalimat repeated` found.
public struct RepeatedSummary: Sendable {
  public var articles = 0
  public var sources = 0
  public var lines = 0
  /// What was guessed or left out, to be said aloud.
  public var notes: [String] = []
  /// Bad articles that were left out (`--skip-bad`).
  public var skipped: [Problem] = []
}

/// Finds the lines that stand in many articles of one source: the furniture of its pages (docs/CURATION.md).
///
/// Lines are sorted outside of memory by the SHA-256 of source and line, so that they are counted exactly in flat memory:
/// two lines that differ would have to share 128 bits.
public struct Repeated: Sendable {
  /// Inputs, jobs and memory.
  public var request: BuildRequest
  /// Fields and encoding of the articles.
  public var configuration: BuildConfiguration
  /// Articles of a source that a line must stand in.
  public var minArticles = 5
  /// The share of the source's articles that it must stand in: a decimal of at most six places.
  public var minShare = "0.01"
  public var output: String
  /// Whether a list that stands there may go.
  public var replaces = false

  public init(_ request: BuildRequest, _ configuration: BuildConfiguration, output: String) {
    self.request = request
    self.configuration = configuration
    self.output = output
  }

  /// Bytes of a hash that stands for a source or a line.
  private static let hashLength = 16

  /// Reads the articles and writes the list: whole in its place, or nothing.
  public func run(progress: (BuildProgress) -> Void = { _ in }) throws(Problem) -> RepeatedSummary {
    guard let share = SplitPlan.millionths(minShare) else {
      throw .usage("--min-share is \(minShare)", expected: "a decimal from 0 to 1 of at most six places, e.g. 0.01")
    }
    if minArticles < 2 { throw .usage("--min-articles is \(minArticles)", expected: "a number from 2") }
    try ListOutput.check(output, inputs: request.named, replaces: replaces)
    let scan = try ArticleScan(request, configuration)
    let runs = KeyedRuns(folder: ScratchFolder.newName(), memoryLimit: max(request.memory / 4 * 3, 1 << 16))
    var summary = RepeatedSummary()
    summary.notes = scan.notes
    summary.skipped = try scan.run(
      look: Self.entries, progress: progress,
      take: { (entries: [Entry]) throws(Problem) in
        for entry in entries { try runs.add(key: entry.key, payload: entry.payload) }
      })
    let found = KeyedRuns(folder: ScratchFolder.newName(), memoryLimit: max(request.memory / 4, 1 << 16))
    try count(try runs.cursor(), share: share, into: found, &summary)
    try runs.removeAll()
    try write(try found.cursor())
    return summary
  }

  /// What an article gives to be sorted: that it is there, and each of its lines once.
  private struct Entry: Sendable {
    var key: [UInt8]
    var payload: [UInt8]
  }

  /// The key is source, 0 for the article itself or 1 and the line, and the article's ID: so an article that is read twice
  /// counts once.
  private static func entries(of article: Article) -> [Entry] {
    let text = article.text.span
    let source = SourceName.of(article)
    let key =
      article.keyKind == .content && article.key.isEmpty ? SHA256.digest(of: text).hexBytes : article.key
    let document = DocumentID(kind: article.keyKind, key: key).bytes
    let end = document.indices.map { document[$0] }
    let start = hash(source.span)
    var entries = [Entry(key: start + [0] + end, payload: source)]
    var seen: Set<[UInt8]> = []
    TextLines.forEach(in: text) { range in
      let line = text.extracting(range)
      let hash = hash(line)
      guard seen.insert(hash).inserted else { return }
      entries.append(Entry(key: start + [1] + hash + end, payload: line.copied()))
    }
    return entries
  }

  private static func hash(_ bytes: Span<UInt8>) -> [UInt8] {
    let digest = SHA256.digest(of: bytes)
    return (0..<hashLength).map { digest.bytes[$0] }
  }

  /// Counts articles by source and by line; what is often enough goes to `found`, in the order of the list.
  private func count(
    _ cursor: any KeyedCursor, share: Int, into found: KeyedRuns, _ summary: inout RepeatedSummary
  ) throws(Problem) {
    var source: (name: [UInt8], hash: ArraySlice<UInt8>, articles: Int) = ([], [], 0)
    while cursor.hasEntry {
      try Interruption.check()
      let group = cursor.key[..<(cursor.key.count - 17)]
      let payload = cursor.payload
      var articles = 0
      var previous: [UInt8] = []
      while cursor.hasEntry, cursor.key.count == group.count + 17, cursor.key.starts(with: group) {
        if cursor.key != previous { articles += 1 }
        previous = cursor.key
        try cursor.advance()
      }
      if group.count == Self.hashLength + 1 {
        source = (payload, group.prefix(Self.hashLength), articles)
        summary.sources += 1
        summary.articles += articles
      } else if articles >= minArticles && articles * 1_000_000 >= share * source.articles {
        summary.lines += 1
        try found.add(
          key: Self.order(source.name, articles, payload),
          payload: Self.line(articles, of: source.articles, source.name, payload))
      }
    }
  }

  /// By source, then the commonest first, then by the line's bytes.
  private static func order(_ source: [UInt8], _ articles: Int, _ line: [UInt8]) -> [UInt8] {
    let rank = UInt64.max - UInt64(articles)
    return source + [0] + stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: rank >> UInt64($0)) }
      + line
  }

  private static func line(_ articles: Int, of all: Int, _ source: [UInt8], _ line: [UInt8]) -> [UInt8] {
    var out = Array("\(articles)\t\(all)\t".utf8)
    ListLine.appendEscaped(source, to: &out)
    out.append(0x09)
    ListLine.appendEscaped(line, to: &out)
    out.append(0x0A)
    return out
  }

  private func write(_ cursor: any KeyedCursor) throws(Problem) {
    var file = try ReplacedFile(output)
    var out = Array(head.utf8)
    while cursor.hasEntry {
      out += cursor.payload
      if out.count >= 1 << 20 {
        try file.write(out.span)
        out.removeAll(keepingCapacity: true)
      }
      try cursor.advance()
    }
    try file.write(out.span)
    try file.commit()
  }

  private var head: String {
    """
    # kalimat repeated 1: lines that stand in at least \(minArticles) articles, and in \(minShare) of all, of one source.
    # `kalimat build --repeated FILE` rejects what stands in such lines as "repeated". Begin a line with # or - to switch it off.
    # The source is \(configuration.fields.source.map { "the field \"\($0)\", else " } ?? "")the address's host, else the file's folder; * is every source.
    # Columns: articles with the line, articles of the source, source, line (\\t is a tab, \\\\ a backslash).

    """
  }
}
