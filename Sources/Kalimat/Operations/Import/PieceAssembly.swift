/// A sentence that came back in pieces, put together; or what was not.
enum AssembledPieces {
  /// The entries that make up the sentence's text, in order.
  case sentence(SentencePlace, [LooseEntry])
  /// A piece whose neighbours do not make up its sentence.
  case alone(SentencePlace, LooseEntry)
  /// What belongs to no sentence so far.
  case rest(StrayEntry)
}

/// Puts the pieces of sentences together: entries that stand one after another in a file, and whose sources are its text.
/// Takes entries in the order of files and numbers; only a few are in memory.
struct PieceAssembly {
  /// How far from a piece the first of its sentence may stand, and how many pieces one may be in.
  private static let before = 7
  private static let after = 32

  private var window: [(entry: StrayEntry, isUsed: Bool)] = []
  /// The next entry to look at.
  private var next = 0

  /// Takes an entry in, and gives what is decided by now.
  mutating func add(_ entry: StrayEntry, _ give: (AssembledPieces) throws(Problem) -> Void) throws(Problem) {
    window.append((entry, false))
    while window.count - next > Self.after { try look(give) }
  }

  /// Gives the rest.
  mutating func finish(_ give: (AssembledPieces) throws(Problem) -> Void) throws(Problem) {
    while next < window.count { try look(give) }
    while !window.isEmpty { try release(give) }
  }

  private mutating func look(_ give: (AssembledPieces) throws(Problem) -> Void) throws(Problem) {
    if let place = window[next].entry.piece, !window[next].isUsed, let parts = take(place.text) {
      try give(.sentence(place, parts))
    }
    next += 1
    while next > Self.before + 1 { try release(give) }
  }

  /// Lets the first entry go.
  private mutating func release(_ give: (AssembledPieces) throws(Problem) -> Void) throws(Problem) {
    let (entry, isUsed) = window.removeFirst()
    next = max(next - 1, 0)
    if isUsed { return }
    if let place = entry.piece { return try give(.alone(place, entry.entry)) }
    try give(.rest(entry))
  }

  /// The entries around the next one that make up the text; nil where they do not.
  private mutating func take(_ text: [UInt8]) -> [LooseEntry]? {
    for start in stride(from: next, through: max(0, next - Self.before), by: -1) {
      guard let end = end(of: text, from: start), end > next, end - start > 1 else { continue }
      for i in start..<end { window[i].isUsed = true }
      return window[start..<end].map(\.entry.entry)
    }
    return nil
  }

  /// Where the entries from `start` on make up the text.
  private func end(of text: [UInt8], from start: Int) -> Int? {
    var rest = text[...]
    var here = start
    let first = window[start].entry.entry
    while !rest.isEmpty {
      guard here < window.count, !window[here].isUsed, !window[here].entry.isProbe else { return nil }
      let entry = window[here].entry.entry
      guard entry.file == first.file, entry.number - first.number == here - start else { return nil }
      let part = window[here].entry.text
      guard !part.isEmpty, rest.starts(with: part) else { return nil }
      rest = rest.dropFirst(part.count)
      if rest.first == 0x20 { rest = rest.dropFirst() }
      here += 1
    }
    return here
  }
}
