/// What a person answers to a doubt.
public enum ReviewAnswer: Sendable, Equatable {
  /// A reject belongs to the article.
  case keep
  /// A record does not belong to the article; of a rejected one, that it was rightly rejected.
  case reject
  /// Two records are one sentence; or one record is rightly one.
  case join
  /// A record is two sentences; or two records are rightly two.
  case split
  /// All is as it should be.
  case right
}

/// A review of a dataset's doubtful places: what is shown, and what was decided. Each decision is written at once.
public struct Review: Sendable {
  public let items: [ReviewItem]
  /// The place that is shown; `items.count` behind the last.
  public private(set) var index = 0
  public private(set) var file: DecisionFile
  /// Decisions made in this review.
  public private(set) var decidedCount = 0
  /// Places that were decided before it.
  public let decidedBefore: Int
  /// What must be said of the dataset.
  public private(set) var notes: [String] = []
  /// Where each decision of this review was made.
  private var history: [Int] = []

  /// Looks through a dataset for what is doubtful.
  ///
  /// - Parameters:
  ///   - dataset: its folder.
  ///   - decisions: the file of decisions; it is made at the first.
  ///   - limit: places that are shown.
  ///   - context: records before and behind each.
  ///   - progress: articles looked at, and all.
  public init(
    _ dataset: String, decisions: String, kind: ReviewKind = .all, limit: Int = 500, context: Int = 2,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws(Problem) {
    let folder = try DatasetFolder(dataset)
    let file = try DecisionFile(orNewAt: decisions)
    // What cannot be written is told now, not at the first key.
    _ = try ReplacedFile(decisions)
    self.file = file
    if !folder.manifest.tool.rulesSHA256.utf8.elementsEqual(Version.rulesSHA256.utf8) {
      notes.append("Built by other rules than this program's: only what both cut alike is shown.")
    }
    let finder = DoubtFinder(BuildConfiguration(manifest: folder.manifest, rules: folder.rules))
    var queue = ReviewQueue(limit: limit, context: context)
    var decided = 0
    var stream = ArticleStream(folder)
    var count = 0
    let known = Dictionary(grouping: file.entries, by: \.id)
    while let article = try stream.next() {
      try Interruption.check()
      let doubts = try finder.doubts(in: article)
      let open = doubts.filter { doubt in
        let entry = Self.confirmed(doubt, [])
        return !(known[doubt.id] ?? []).contains { $0.isAbout(entry) }
      }
      decided += doubts.count - open.count
      queue.add(open, of: article)
      count += 1
      if count & 15 == 0 { progress(count, folder.manifest.totals.documents) }
    }
    decidedBefore = decided
    items = queue.items(kind)
  }

  /// The doubt at hand; nil behind the last.
  public var item: ReviewItem? { index < items.count ? items[index] : nil }

  /// What was decided of the doubt at hand; nil where nothing was.
  public var decision: Decision? {
    item.flatMap { item in
      let about = Self.confirmed(item.doubt, [])
      let record = DecisionFile.Entry(id: item.doubt.id, decision: .reject, text: [])
      return file.decision(like: about) ?? (file.decision(like: record) == .reject ? .reject : nil)
    }
  }

  /// Writes a decision about the doubt at hand and goes on to the next.
  ///
  /// - Returns: false where the answer says nothing about such a doubt.
  public mutating func decide(_ answer: ReviewAnswer) throws(Problem) -> Bool {
    guard let item, let entry = Self.decided(answer, item) else { return false }
    try file.add(entry)
    history.append(index)
    decidedCount += 1
    index += 1
    return true
  }

  /// Takes the last decision of this review back, and goes to its place.
  ///
  /// - Returns: whether there was one.
  public mutating func undo() throws(Problem) -> Bool {
    guard let last = history.last, try file.undo() else { return false }
    history.removeLast()
    decidedCount -= 1
    index = last
    return true
  }

  /// Goes on, or back, without a decision.
  public mutating func move(_ step: Int) { index = min(max(0, index + step), items.count) }

  private static func decided(_ answer: ReviewAnswer, _ item: ReviewItem) -> DecisionFile.Entry? {
    let id = item.doubt.id
    func plain(_ decision: Decision) -> DecisionFile.Entry {
      DecisionFile.Entry(id: id, decision: decision, text: item.shown)
    }
    switch (item.doubt.subject, answer) {
    case (_, .right), (.reject, .reject), (.boundary, .split), (.inside, .join):
      return confirmed(item.doubt, item.shown)
    case (.reject, .keep): return plain(.keep)
    case (.boundary(let next), .join): return plain(.join(next: next))
    case (.inside(let offset), .split): return plain(.split(offset: offset))
    case (_, .reject):
      return DecisionFile.Entry(id: id, decision: .reject, text: Array(item.record.text.utf8))
    default: return nil
    }
  }

  /// That a doubt is right as it is.
  private static func confirmed(_ doubt: Doubt, _ text: [UInt8]) -> DecisionFile.Entry {
    switch doubt.subject {
    case .reject: DecisionFile.Entry(id: doubt.id, decision: .right, text: text)
    case .boundary(let next): DecisionFile.Entry(id: doubt.id, decision: .rightBoundary(next: next), text: text)
    case .inside(let offset): DecisionFile.Entry(id: doubt.id, decision: .rightInside(offset: offset), text: text)
    }
  }
}
