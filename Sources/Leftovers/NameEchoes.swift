/// Names that the page itself says are no text: whose the rights are, who publishes, who wrote. A short line of such a name
/// alone is the masthead or a byline, and a last paragraph that begins with the author's says who that is.
struct NameEchoes {
  /// Runs of one to five words of those lines, rising by their hash.
  private var grams: [(hash: UInt32, words: Int, reason: LeftoverReason)] = []

  /// So many lines are read, and so many bytes of each.
  private static let mostLines = 10
  private static let mostBytes = 160
  private static let longest = 5

  init(_ lines: [Line], _ text: Span<UInt8>) {
    let firstText = lines.firstIndex { $0.isText } ?? lines.count
    var owners = 0
    var authors = 0
    for index in lines.indices where lines[index].isPage {
      let line = lines[index]
      switch line.reason {
      case .copyright, .publisher:
        guard owners < Self.mostLines, line.words.total > 0 else { continue }
        owners += 1
        add(line, .publisher, text)
      case .byline:
        guard index < firstText, authors < 3 else { continue }
        authors += 1
        add(line, .byline, text)
      default: break
      }
    }
    grams.sort { $0.hash < $1.hash }
  }

  private mutating func add(_ line: Line, _ reason: LeftoverReason, _ text: Span<UInt8>) {
    let words = Self.words(text, line.start, min(line.end, line.start + Self.mostBytes))
    for first in words.indices {
      var hash: UInt32 = 0
      for last in first..<min(words.count, first + Self.longest) {
        hash = Self.join(hash, words[last].hash)
        grams.append((hash, last - first + 1, reason))
      }
    }
  }

  /// What the line is, if it is one of those names: of two words or more, or of one that is long.
  func reason(of line: Line, _ text: Span<UInt8>) -> LeftoverReason? {
    guard !grams.isEmpty, line.shape.width >= 4, line.shape.width <= 60, line.shape.words <= 6 else { return nil }
    let words = Self.words(text, line.start, line.end)
    guard !words.isEmpty, words.count <= Self.longest else { return nil }
    guard words.count > 1 || words[0].letters >= 6 || words[0].isWide else { return nil }
    return find(words[...])
  }

  /// Whether the line begins with an author's name of two or three words.
  func beginsWithAuthor(_ line: Line, _ text: Span<UInt8>) -> Bool {
    guard !grams.isEmpty else { return false }
    let words = Self.words(text, line.start, min(line.end, line.start + 80))
    return words.count > 3 && (find(words[..<2]) == .byline || find(words[..<3]) == .byline)
  }

  private func find(_ words: ArraySlice<Word>) -> LeftoverReason? {
    let hash = words.reduce(0) { Self.join($0, $1.hash) }
    let place = grams.partitioningIndex { $0.hash >= hash }
    guard place < grams.count, grams[place].hash == hash, grams[place].words == words.count else { return nil }
    return grams[place].reason
  }

  private struct Word {
    var hash: UInt32
    var letters: Int
    /// Of an unspaced script, four characters or more.
    var isWide: Bool
  }

  private static func join(_ hash: UInt32, _ word: UInt32) -> UInt32 { (hash &* 31 &+ word) &* 0x9E37_79B1 }

  private static func words(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> [Word] {
    let table = FoldTable.shared
    var found: [Word] = []
    var hash: UInt32 = 0x811C_9DC5
    var letters = 0
    var wide = 0
    var here = start
    while here < end {
      let length = Folding.length(text[here])
      guard here + length <= end else { break }
      let scalar = length == 1 ? UInt32(text[here]) : Folding.scalar(text, here, length)
      here += length
      if Folding.isWord(scalar) && !(scalar >= 0x30 && scalar <= 0x39) {
        hash = (hash ^ table.fold(scalar)) &* 0x0100_0193
        letters += 1
        if Folding.isUnspaced(scalar) { wide += 1 }
      } else if letters > 0 {
        found.append(Word(hash: hash, letters: letters, isWide: wide >= 4))
        (hash, letters, wide) = (0x811C_9DC5, 0, 0)
      }
    }
    if letters > 0 { found.append(Word(hash: hash, letters: letters, isWide: wide >= 4)) }
    return found
  }
}

extension Page {
  /// Names the mastheads and bylines that other lines of the page give away, and who the author is at the end.
  mutating func findNames(_ text: Span<UInt8>) {
    guard lines.count(where: { $0.isPage }) >= PageModel.leastPlain else { return }
    let echoes = NameEchoes(lines, text)
    let firstText = lines.firstIndex { $0.isText } ?? lines.count
    let lastText = lines.lastIndex { $0.isText } ?? -1
    for index in lines.indices where lines[index].isLoose && lines[index].strength < 2 {
      guard index < firstText || index > lastText, let reason = echoes.reason(of: lines[index], text) else { continue }
      lines[index].echo(reason)
    }
    // The last two paragraphs at most say who wrote.
    for index in lines.indices.reversed().prefix(while: { $0 > firstText }) where lines[index].isProse {
      guard index == lastText || lines[index...lastText].count(where: { $0.isText }) <= 2 else { return }
      guard !lines[index].isPage, lines[index].shape.width <= 400, !lines[index].words.beginsWithQuote else { continue }
      let says = lines[index].words.roles + (lines[index].shape.hasAt ? 1 : 0)
      if says >= 1 && echoes.beginsWithAuthor(lines[index], text) || says >= 2 && index == lastText && isBio(index) {
        lines[index].echo(.byline)
      }
    }
  }

  /// Names begin the line, a line of the page stands behind it, and nobody speaks.
  private func isBio(_ index: Int) -> Bool {
    let line = lines[index]
    return line.shape.beginsWithName && !line.shape.hasQuote && line.shape.width <= 300
      && (index + 1 == lines.count || lines[index + 1].isPage)
  }
}

extension Line {
  fileprivate mutating func echo(_ reason: LeftoverReason) {
    self.reason = reason
    strength = 3
    signals.insert(.repetition)
  }
}
