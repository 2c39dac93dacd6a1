/// What the model of pages is asked of each line: small numbers on the line, on its neighbours, on the page.
///
/// `rows` holds `PageFeatures.count` numbers a line, in the order of `names`.
package struct PageFeatures {
  private(set) package var rows: [Int16] = []
  private let lines: [Line]
  private let page: PageTotals
  private let cohesion: Cohesion

  /// How many numbers a line has.
  package static let count = names.count

  init(lines: [Line], hashes: [UInt32], cohesion: Cohesion) {
    self.lines = lines
    self.cohesion = cohesion
    page = PageTotals(lines: lines, hashes: hashes)
    rows.reserveCapacity(lines.count * Self.count)
    for index in lines.indices {
      addOwn(index)
      addNeighbours(index)
      addPlace(index)
    }
  }

  private mutating func add(_ value: Int) { rows.append(Int16(max(-30_000, min(30_000, value)))) }
  private mutating func add(_ flag: Bool) { rows.append(flag ? 1 : 0) }

  private mutating func addOwn(_ index: Int) {
    let line = lines[index]
    let shape = line.shape
    let sentences = max(1, line.sentences.count)
    add(shape.width)
    add(shape.words)
    add(shape.isTerminated)
    add(shape.endsWithColon)
    add(shape.hasMarker)
    add(shape.digits * 100 / (shape.digits + shape.letters + 1))
    add(shape.capitalised * 100 / max(1, shape.words))
    add(shape.shouted * 100 / max(1, shape.words))
    add(shape.separators)
    add(shape.commas)
    add(line.strength)
    add(line.words.covered * 100 / max(1, line.words.total))
    add(Int(shape.form.rawValue))
    add(sentences)
    add(shape.width / sentences)
    add(index > 0 ? line.blanksBefore : 9)
    add(index + 1 < lines.count ? lines[index + 1].blanksBefore : 9)
    add(shape.beginsWithLowercase)
    add(line.words.beginsWithQuote)
    add(line.words.numbers)
    add(line.words.cues)
    add(line.words.cues * 100 / max(1, shape.words))
    for group in Self.groups { add(line.strength > 0 && line.reason.map { group.contains($0) } == true) }
    add(line.isProse)
    add(line.isPage)
    add(line.isLoose)
    add(line.words.hints(.offer) || line.words.hints(.account))
    add(line.words.hints(.ask))
    add(line.words.hints(.ours))
    add(line.words.roles)
    add(shape.hasQuote)
    add(shape.hasAt)
  }

  private static let groups: [[LeftoverReason]] = [
    [.related, .teaser], [.share, .newsletter], [.notice, .advertisement], [.publisher, .copyright],
    [.byline, .credit],
    [.date, .relativeTime], [.counter, .tags, .navigation], [.comment],
  ]

  private mutating func addNeighbours(_ index: Int) {
    for step in [-2, -1, 1, 2] {
      guard lines.indices.contains(index + step) else {
        for _ in 0..<5 { add(-1) }
        continue
      }
      let line = lines[index + step]
      add(line.shape.width)
      add(line.strength)
      add(line.isProse)
      add(line.isLoose)
      add(line.words.cues)
    }
    for radius in [3, 8, 20] {
      let window = max(0, index - radius)..<min(lines.count, index + radius + 1)
      add(page.prose(window) * 100 / max(1, page.width(window)))
      add(page.plain(window) * 100 / window.count)
      add(page.loose(window) * 100 / window.count)
      add(page.cues(window) * 1000 / max(1, page.width(window)))
    }
    add(page.metas(index + 1..<min(lines.count, index + 4)))
    add(page.metas(max(0, index - 3)..<index))
  }

  private mutating func addPlace(_ index: Int) {
    let line = lines[index]
    add(Int(line.zone.rawValue))
    add(line.article - line.page)
    add(index)
    add(lines.count - index)
    add(index * 100 / lines.count)
    add(page.prose(0..<index) * 100 / max(1, page.allProse))
    add(page.proseBefore[index])
    add(page.proseAfter[index])
    add(page.clusterShare[index])
    add(page.fromLargest[index])
    add(page.sinceComments[index])
    add(page.sinceRelated[index])
    add(page.copies[index])
    add(line.shape.width * 100 / max(1, page.longestProse))
    add(lines.count)
    add(page.allProse / 16)
    add(page.allProse * 100 / max(1, page.width(lines.indices)))
    add(page.plain(lines.indices) * 100 / lines.count)
    add(cohesion.shares[index])
    add(cohesion.counts[index])
    add(cohesion.echoes[index])
    add(index > 0 ? cohesion.shares[index - 1] : -1)
    add(index + 1 < lines.count ? cohesion.shares[index + 1] : -1)
  }

  /// What each number is, in the order of a row.
  package static let names: [String] = {
    var names = [
      "width", "words", "terminated", "colon", "marker", "digits", "capitalised", "shouted", "separators", "commas",
      "strength", "covered", "form", "sentences", "sentence-width", "blanks-before", "blanks-after", "lowercase",
      "quote", "numbers", "cues", "cues-share", "says-related", "says-share", "says-notice", "says-publisher",
      "says-byline", "says-date",
      "says-navigation", "says-comment", "prose", "plain", "loose",
      "offers", "asks", "ours", "roles", "has-quote", "has-at",
    ]
    for place in ["before-2", "before-1", "after-1", "after-2"] {
      for fact in ["width", "strength", "prose", "loose", "cues"] { names.append("\(place)-\(fact)") }
    }
    for radius in ["3", "8", "20"] {
      for fact in ["prose", "plain", "loose", "cues"] { names.append("around-\(radius)-\(fact)") }
    }
    return names + [
      "metas-after", "metas-before", "zone", "evidence", "index", "from-end", "place", "prose-before-share",
      "prose-distance-before", "prose-distance-after", "cluster-share", "from-largest", "since-comments",
      "since-related", "copies", "width-share", "lines", "page-prose", "page-prose-share", "page-plain-share",
      "said-share", "said", "echo", "said-share-before", "said-share-after",
    ]
  }()
}

/// Sums over a page's lines.
private struct PageTotals {
  private var proses: [Int] = [0]
  private var widths: [Int] = [0]
  private var plains: [Int] = [0]
  private var looses: [Int] = [0]
  private var metaCounts: [Int] = [0]
  private var cueCounts: [Int] = [0]
  private(set) var longestProse = 0
  /// Lines to the last line of running text before, and to the next one behind; 99 where there is none.
  private(set) var proseBefore: [Int] = []
  private(set) var proseAfter: [Int]
  /// Of the block of running text that the line stands in, its share of the page's; 0 outside.
  private(set) var clusterShare: [Int]
  /// Lines from the largest block: below 0 before it, above 0 behind it.
  private(set) var fromLargest: [Int]
  private(set) var sinceComments: [Int] = []
  private(set) var sinceRelated: [Int] = []
  /// How often the line stands on the page, up to 9.
  private(set) var copies: [Int]

  /// So many lines that are no running text part two blocks.
  private static let gap = 4

  init(lines: [Line], hashes: [UInt32]) {
    proseAfter = [Int](repeating: 99, count: lines.count)
    clusterShare = [Int](repeating: 0, count: lines.count)
    fromLargest = [Int](repeating: 0, count: lines.count)
    var counts: [UInt32: Int] = [:]
    for hash in hashes { counts[hash, default: 0] += 1 }
    copies = hashes.map { min(9, counts[$0] ?? 0) }
    var last = -99
    var comments = -200
    var related = -200
    for (index, line) in lines.enumerated() {
      proses.append((proses.last ?? 0) + (line.isText ? line.shape.width : 0))
      widths.append((widths.last ?? 0) + line.shape.width)
      plains.append((plains.last ?? 0) + (line.isPage ? 1 : 0))
      looses.append((looses.last ?? 0) + (line.isLoose ? 1 : 0))
      metaCounts.append((metaCounts.last ?? 0) + (line.isMeta ? 1 : 0))
      cueCounts.append((cueCounts.last ?? 0) + line.words.cues)
      if line.isText { longestProse = max(longestProse, line.shape.width) }
      proseBefore.append(min(99, index - last))
      if line.isText { last = index }
      if line.isPage && line.reason == .comment { comments = index }
      if line.isPage && line.words.isCovered && line.reason == .related { related = index }
      sinceComments.append(min(200, index - comments))
      sinceRelated.append(min(200, index - related))
    }
    findBlocks(lines)
  }

  private mutating func findBlocks(_ lines: [Line]) {
    var next = -99
    for index in lines.indices.reversed() {
      proseAfter[index] = next < 0 ? 99 : min(99, next - index)
      if lines[index].isText { next = index }
    }
    var largest = 0..<0
    var most = -1
    var start = -1
    var end = -1
    func close(_ totals: inout PageTotals) {
      guard start >= 0 else { return }
      let sum = totals.prose(start..<end + 1)
      for index in start...end { totals.clusterShare[index] = sum * 100 / max(1, totals.allProse) }
      if sum > most { (most, largest) = (sum, start..<end + 1) }
    }
    for index in lines.indices where lines[index].isText {
      if start < 0 || index - end > Self.gap {
        close(&self)
        start = index
      }
      end = index
    }
    close(&self)
    for index in lines.indices {
      fromLargest[index] =
        index < largest.lowerBound ? index - largest.lowerBound : max(0, index - largest.upperBound + 1)
    }
  }

  var allProse: Int { proses[proses.count - 1] }
  func prose(_ range: Range<Int>) -> Int { proses[range.upperBound] - proses[range.lowerBound] }
  func width(_ range: Range<Int>) -> Int { widths[range.upperBound] - widths[range.lowerBound] }
  func plain(_ range: Range<Int>) -> Int { plains[range.upperBound] - plains[range.lowerBound] }
  func loose(_ range: Range<Int>) -> Int { looses[range.upperBound] - looses[range.lowerBound] }
  func cues(_ range: Range<Int>) -> Int { cueCounts[range.upperBound] - cueCounts[range.lowerBound] }
  func metas(_ range: Range<Int>) -> Int { metaCounts[range.upperBound] - metaCounts[range.lowerBound] }
}
