internal import Kalimat

/// Draws a review: a pure function of its state and of the screen's size.
struct ReviewScreen {
  let dataset: String
  let usesColor: Bool

  /// What each key does.
  static let help = [
    "A place is shown with the records round it, the most doubtful first: ‖ is the place, ✗ before what is rejected,",
    "¶ where a paragraph begins. The margin says how far from its threshold it was decided.",
    "",
    "  j        join: one sentence (of one record: it is rightly one)",
    "  s        split: two sentences (of two records: they are rightly two)",
    "  k        keep: the rejected record belongs to the article",
    "  r        reject: the record does not belong to the article (of a reject: rightly so)",
    "  Space    right as it is",
    "  u        undo the last decision of this review",
    "  n →      next, without a decision",
    "  p ←      previous",
    "  ?        this help",
    "  q Ctrl-C quit; what is decided is written already",
    "",
    "Decisions take effect in the next build: kalimat build … --decisions FILE",
  ]

  /// The screen's lines: at most `rows`, each of at most `columns`. Where rows are few, what is round the text goes before
  /// it does: no key decides of what is not seen.
  func lines(_ review: Review, status: String, showsHelp: Bool, columns: Int, rows: Int) -> [String] {
    let body = body(review, showsHelp: showsHelp, columns: columns)
    let least = min(body.least, max(1, rows))
    var frame = Frame(
      top: [header(review, columns: columns)],
      bottom: [
        paint(TextLayout.clipped(keys(for: review.item), columns: columns), "2"),
        TextLayout.clipped(status, columns: columns),
      ])
    if !showsHelp, let item = review.item { frame.top += place(item, review.decision, columns: columns) }
    frame.shrink(to: rows - least, keepsStatus: !status.isEmpty)
    let room = max(0, rows - frame.top.count - frame.bottom.count)
    var lines = body.lines(room)
    while lines.count < room { lines.append("") }
    return Array((frame.top + lines + frame.bottom).prefix(max(0, rows)))
  }

  /// What stands above and below the text.
  private struct Frame {
    /// The header, then what is said of the place.
    var top: [String]
    /// The keys, and the status.
    var bottom: [String]

    /// Leaves lines out until at most `room` are left: first an empty status, the rule below the place's lines, the header;
    /// then the rest of the place, the keys, the status.
    mutating func shrink(to room: Int, keepsStatus: Bool) {
      func isFull() -> Bool { top.count + bottom.count > max(0, room) }
      if isFull() && !keepsStatus { bottom.removeLast() }
      if isFull() && top.count > 1 { top.removeLast() }
      while isFull() && !top.isEmpty { top.removeFirst() }
      while isFull() && !bottom.isEmpty { bottom.removeFirst() }
    }
  }

  /// What stands in the middle: at least so many lines of it, and what is shown where there is room for a number of them.
  private func body(_ review: Review, showsHelp: Bool, columns: Int) -> (least: Int, lines: (Int) -> [String]) {
    if showsHelp {
      return (1, { Array(Self.help.flatMap { TextLayout.wrapped($0, columns: columns) }.prefix($0)) })
    }
    guard let item = review.item else {
      let end = ["", "Nothing is left to look at.", "", "q quits; p goes back, u takes the last decision back."]
      return (2, { Array(end.prefix($0)) })
    }
    return (item.second == nil ? 1 : 2, { Array(text(item, columns: columns, rows: $0).prefix($0)) })
  }

  private func header(_ review: Review, columns: Int) -> String {
    let number = review.items.isEmpty ? 0 : min(review.index + 1, review.items.count)
    let text =
      " \(dataset)  \(number)/\(review.items.count)  decided \(review.decidedCount)"
      + (review.decidedBefore > 0 ? " (\(review.decidedBefore) before)" : "") + "  \(review.file.path) "
    let clipped = TextLayout.clipped(TextLayout.safe(text), columns: columns)
    return paint(clipped, "7")
  }

  private func place(_ item: ReviewItem, _ decision: Decision?, columns: Int) -> [String] {
    let kind =
      switch item.doubt.subject {
      case .boundary: "boundary"
      case .inside: "no boundary"
      case .reject: "rejected"
      }
    let margin = item.doubt.margin > 0 ? "+\(item.doubt.margin)" : "\(item.doubt.margin)"
    var lines = [
      TextLayout.clipped(
        TextLayout.safe("\(item.document) \(item.doubt.id) \(item.language) \(item.source)"), columns: columns),
      TextLayout.clipped("\(kind)  margin \(margin)  \(item.doubt.why)", columns: columns),
    ]
    if let decision {
      lines.append(paint(TextLayout.clipped("decided: \(Self.name(decision))", columns: columns), "32"))
    }
    return lines + [String(repeating: "─", count: columns)]
  }

  private static func name(_ decision: Decision) -> String {
    switch decision {
    case .keep: "keep"
    case .reject: "reject"
    case .join: "join"
    case .split: "split"
    case .right, .rightBoundary, .rightInside: "right as it is"
    }
  }

  /// The records, the place in doubt always among them.
  private func text(_ item: ReviewItem, columns: Int, rows: Int) -> [String] {
    var before: [String] = []
    for piece in item.before { before += lines(piece, columns: columns, code: piece.isRejected ? "31" : "") }
    let second = item.second.map { lines($0, columns: columns, leads: true, code: "1") } ?? []
    let first = lines(
      item.record, columns: columns, mark: item.second == nil ? "" : " ‖", code: item.second == nil ? "1;31" : "1")
    var after: [String] = []
    for piece in item.after { after += lines(piece, columns: columns, code: piece.isRejected ? "31" : "") }
    // Where room is short, the neighbours give way first; then what is far from the place: the end of the record behind it,
    // and the beginning of the one before it. Of a lone record the beginning stays.
    let room = max(1, rows)
    let forSecond = min(second.count, max(room / 2, room - first.count))
    let forFirst = min(first.count, room - forSecond)
    let middle = (second.isEmpty ? first.prefix(forFirst) : first.suffix(forFirst)) + second.prefix(forSecond)
    let forBefore = min(before.count, max((room - middle.count) / 2, room - middle.count - after.count))
    return before.suffix(max(0, forBefore)) + middle + after
  }

  private func lines(
    _ piece: ReviewPiece, columns: Int, mark: String = "", leads: Bool = false, code: String
  ) -> [String] {
    let isMain = !mark.isEmpty || leads || code.hasPrefix("1")
    let sign = (isMain ? "▶" : " ") + (piece.beginsParagraph ? "¶" : " ") + (piece.isRejected ? "✗ " : "  ")
    let wrapped = TextLayout.wrapped(TextLayout.safe(piece.text) + mark, columns: max(8, columns - 4))
    return wrapped.enumerated().map { number, line in (number == 0 ? sign : "    ") + paint(line, code) }
  }

  private func keys(for item: ReviewItem?) -> String {
    let own: String
    switch item?.doubt.subject {
    case .reject?: own = "k keep  r rightly rejected"
    case .boundary?: own = "j join  s rightly two  r reject"
    case .inside?: own = "s split  j rightly one  r reject"
    case nil: own = ""
    }
    return own + (own.isEmpty ? "" : "  Space right  ") + "u undo  n next  p previous  ? help  q quit"
  }

  private func paint(_ text: String, _ code: String) -> String {
    usesColor && !code.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
