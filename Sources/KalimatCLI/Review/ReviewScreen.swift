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

  /// The screen's lines: at most `rows`, each of at most `columns`.
  func lines(_ review: Review, status: String, showsHelp: Bool, columns: Int, rows: Int) -> [String] {
    var top = [header(review, columns: columns)]
    let keys = keys(for: review.item)
    let bottom = [
      paint(TextLayout.clipped(keys, columns: columns), "2"), TextLayout.clipped(status, columns: columns),
    ]
    var body: [String] = []
    if showsHelp {
      body = Self.help.flatMap { TextLayout.wrapped($0, columns: columns) }
    } else if let item = review.item {
      top += place(item, review.decision, columns: columns)
      body = text(item, columns: columns, rows: rows - top.count - bottom.count)
    } else {
      body = ["", "Nothing is left to look at.", "", "q quits; p goes back, u takes the last decision back."]
    }
    let room = max(0, rows - top.count - bottom.count)
    body = Array(body.prefix(room))
    while body.count < room { body.append("") }
    return Array((top + body + bottom).prefix(rows))
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
    var middle = lines(
      item.record, columns: columns, mark: item.second == nil ? "" : " ‖", code: item.second == nil ? "1;31" : "1")
    if let second = item.second { middle += lines(second, columns: columns, leads: true, code: "1") }
    var after: [String] = []
    for piece in item.after { after += lines(piece, columns: columns, code: piece.isRejected ? "31" : "") }
    // Where room is short, the neighbours give way first; of a long record its end, which the place is at, stays.
    let room = max(1, rows)
    if middle.count > room { middle = Array(middle.suffix(room)) }
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
