/// What of a line's words the page's running text says too: names and things come again in an article, while what a page
/// offers and other stories speak of something else. Words by their first letters, so that endings do not part them.
struct Cohesion {
  /// By line: the share of its stems, in percent, that other lines of running text have, and how many they are.
  private(set) var shares: [Int]
  private(set) var counts: [Int]
  /// By line: the share of the stems of the line before that it says again: of a headline, its summary.
  private(set) var echoes: [Int]

  /// Stems of each line, rising.
  private var stems: [[UInt32]] = []

  init(_ lines: [Line], _ text: Span<UInt8>) {
    shares = [Int](repeating: 0, count: lines.count)
    counts = shares
    echoes = shares
    stems.reserveCapacity(lines.count)
    for line in lines { stems.append(Self.stems(text, line.start, line.end)) }
    // The article as the zones found it; where they found none, all running text.
    let hasArticle = lines.contains { $0.zone == .article && $0.isText }
    var known: [UInt32: Int] = [:]
    for (index, line) in lines.enumerated() where line.isText && (line.zone == .article || !hasArticle) {
      for stem in stems[index] { known[stem, default: 0] += 1 }
    }
    for (index, line) in lines.enumerated() where !stems[index].isEmpty {
      let own = line.isText && (line.zone == .article || !hasArticle) ? 1 : 0
      let found = stems[index].count { known[$0, default: 0] > own }
      counts[index] = min(99, found)
      shares[index] = found * 100 / stems[index].count
      if index > 0, !stems[index - 1].isEmpty {
        echoes[index] =
          stems[index - 1].count { Self.contains(stems[index], $0) } * 100 / stems[index - 1].count
      }
    }
  }

  private static func contains(_ stems: [UInt32], _ stem: UInt32) -> Bool {
    let place = stems.partitioningIndex { $0 >= stem }
    return place < stems.count && stems[place] == stem
  }

  /// Words of five letters and more by their first five, of Hangul of two by two, pairs of Han and of other unspaced
  /// letters but Hiragana. Each once, rising. Of long lines the first 600 bytes.
  private static func stems(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> [UInt32] {
    let table = FoldTable.shared
    var found: [UInt32] = []
    var hash: UInt32 = 0x811C_9DC5
    var letters = 0
    var before: UInt32 = 0
    var here = start
    let last = min(end, start + 600)
    while here < last {
      let length = Folding.length(text[here])
      guard here + length <= end else { break }
      let scalar = length == 1 ? UInt32(text[here]) : Folding.scalar(text, here, length)
      here += length
      guard Folding.isWord(scalar) else {
        letters = 0
        before = 0
        hash = 0x811C_9DC5
        continue
      }
      if Folding.isUnspaced(scalar) && !(0xAC00...0xD7FF).contains(scalar) {
        let counts = !(0x3040...0x309F).contains(scalar)
        if before != 0 && counts { found.append((before &* 0x0100_0193) ^ scalar &* 0x9E37_79B1) }
        before = counts ? scalar : 0
        continue
      }
      letters += 1
      hash = (hash ^ table.fold(scalar)) &* 0x0100_0193
      if letters == (scalar >= 0xAC00 ? 2 : 5) { found.append(hash) }
    }
    found.sort()
    var unique = 0
    for index in found.indices where index == 0 || found[index] != found[index - 1] {
      found[unique] = found[index]
      unique += 1
    }
    found.removeLast(found.count - unique)
    return found
  }
}
