/// Finds the article among the page's lines: head of the page, article, tail, by the path that has most for it.
///
/// Lines that say themselves what they are count little here, for they go wherever they stand. What the path decides
/// is where the others belong: headlines of other stories, menus, comments, which look like headings and short text.
struct Zones {
  /// How much of the page is running text: short lines without an end say nothing in verse, recipes and laws.
  private let isProse: Bool
  /// Lines that say plainly that they are the page's.
  private let plain: Int
  private let isDump: Bool
  private let weights: Weights

  /// Sets `article`, `page` and `zone` of every line. True where they are a dump of a whole page.
  static func find(in lines: inout [Line]) -> Bool {
    let zones = Zones(lines: lines)
    zones.weigh(&lines)
    zones.cut(&lines)
    return zones.isDump
  }

  private init(lines: [Line]) {
    var prose = 0
    var all = 0
    var plain = 0
    var loose = 0
    for line in lines {
      if line.isPage { plain += 1 } else { all += line.length }
      if line.isText { prose += line.length }
      if line.isLoose { loose += 1 }
    }
    isProse = prose * 2 >= all
    self.plain = plain
    isDump = plain >= 3 && loose + plain >= 36 && (loose + plain) * 10 > lines.count * 3
    weights = isDump ? .dump : .article
  }

  private func weigh(_ lines: inout [Line]) {
    // What a line of the page announced: 1 other stories, 2 comments.
    var block = 0
    for index in lines.indices {
      if index > 0 && lines[index - 1].opensCard {
        lines[index].page = weights.page
        continue
      }
      lines[index].opensCard = index > 0 && opensCard(lines, index)
      let line = lines[index]
      if line.reason == .comment && line.strength >= 1 {
        block = 2
      } else if line.isPage && line.words.isCovered {
        block = line.reason == .related ? 1 : block
      }
      if line.isPage || line.isEcho {
        lines[index].page = weights.page
      } else if line.isProse {
        var article = weights.prose + min(weights.proseMost, line.shape.width / weights.columns)
        if block == 2 {
          article /= weights.comments
        } else if isCard(lines, index) {
          article /= weights.card
        } else if block == 1 && line.shape.width <= 200 {
          article /= weights.teasers
        } else if isAlone(lines, index) {
          article /= 2
        }
        if line.strength == 2 { article /= 4 } else if line.strength == 1 { article = article * 2 / 3 }
        lines[index].article = article
      } else if line.isLoose {
        if isProse || isDump {
          lines[index].page = (line.shape.words <= 3 ? weights.few : weights.loose) + (line.strength == 1 ? 2 : 0)
        }
      } else if line.strength == 1 {
        lines[index].page = weights.loose
      } else {
        lines[index].article = block == 2 ? 1 : weights.short
      }
    }
  }

  /// A line of prose, not long, among others that are none.
  private func isAlone(_ lines: [Line], _ index: Int) -> Bool {
    guard index > 0, index + 1 < lines.count, lines[index].shape.width <= 160 else { return false }
    let before = lines[index - 1]
    let next = lines[index + 1]
    return (before.isPage || before.isLoose) && (next.isPage || next.isLoose)
  }

  /// A headline whose summary is followed by an age, or by two of publisher, date and the like: surely another story's.
  private func opensCard(_ lines: [Line], _ index: Int) -> Bool {
    guard lines[index].isLoose, lines[index].shape.words >= 4, index + 3 < lines.count else { return false }
    guard lines[index + 1].shape.width <= 320, !lines[index + 1].isPage else { return false }
    var metas = 0
    for line in lines[(index + 2)...].prefix(while: \.isMeta) { metas += line.reason == .relativeTime ? 2 : 1 }
    return metas >= 2
  }

  /// A short summary between a headline and another headline, a date or the like: of another story.
  private func isCard(_ lines: [Line], _ index: Int) -> Bool {
    guard index > 0, lines[index].shape.width <= 260 else { return false }
    let before = lines[index - 1]
    guard before.isLoose, before.shape.words >= 3 else { return false }
    guard index + 1 < lines.count else { return index > 2 && lines[index - 2].isPage }
    let next = lines[index + 1]
    return next.isPage || next.isLoose && next.shape.words >= 3
  }

  /// The best path through head, article, tail. Tails begin at a line that is plainly the page's, or in a page that
  /// has many of them.
  private func cut(_ lines: inout [Line]) {
    let never = Int.min / 2
    let enter = plain >= 4 || isDump ? weights.enter : -never
    var score = (head: plain > 0 ? 0 : never, article: 0, tail: never)
    var from: [(article: UInt8, tail: UInt8)] = []
    from.reserveCapacity(lines.count)
    for line in lines {
      let back = score.tail - weights.back
      let intoArticle = max(score.head, max(score.article, back))
      let articleFrom: UInt8 = intoArticle == score.article ? 1 : intoArticle == score.head ? 0 : 2
      let fromArticle = score.article - (line.isPage || line.isEcho || line.opensCard ? 0 : enter)
      let tailFrom: UInt8 = fromArticle > score.tail ? 1 : 2
      from.append((articleFrom, tailFrom))
      score = (
        score.head + line.page, intoArticle + line.article, max(fromArticle, score.tail) + line.page
      )
    }
    var zone: UInt8 = score.tail > score.article ? 2 : 1
    for index in lines.indices.reversed() {
      lines[index].zone = zone == 0 ? .head : zone == 1 ? .article : .tail
      zone = zone == 0 ? 0 : zone == 1 ? from[index].article : from[index].tail
    }
  }
}

extension Line {
  /// Its own signs say that it is the page's, wherever it stands.
  var isPage: Bool { strength >= 3 || strength == 2 && !isProse }
  /// Neither the page's by its signs nor ended as a sentence is: a heading, a headline, an item, a menu's entry.
  var isLoose: Bool {
    !isPage && !shape.isTerminated && !shape.endsWithColon && !shape.hasMarker && shape.width < 140
  }
}
