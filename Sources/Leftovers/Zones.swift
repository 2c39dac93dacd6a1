/// Finds the article among the page's lines: the cut into page, article, page that has most evidence for it.
enum Zones {
  /// Sets `article` and `page` of every line, then `zone`.
  static func find(in lines: inout [Line]) {
    weigh(&lines)
    markCards(&lines)
    cut(&lines)
  }

  /// 2 where the text is prose, 1 where half is, 0 for verse and lists, whose short lines say nothing.
  private static func proseLevel(of lines: [Line]) -> Int {
    var prose = 0
    var all = 0
    for line in lines where line.strength < 2 {
      all += line.length
      if line.isProse { prose += line.length }
    }
    return prose * 3 >= all * 2 ? 2 : prose * 3 >= all ? 1 : 0
  }

  private static func weigh(_ lines: inout [Line]) {
    let level = proseLevel(of: lines)
    for index in lines.indices {
      let line = lines[index]
      var article = 0
      var page = Weights.page[line.strength]
      if line.isProse {
        article = Weights.prose + min(Weights.proseMost, line.shape.width / Weights.columns)
        if line.strength == 2 { article /= 2 }
      } else if line.strength < 2 {
        if line.shape.isTerminated || line.shape.endsWithColon {
          article = Weights.short
        } else if level == 2 && !line.shape.hasMarker && line.shape.width < 90 {
          page += Weights.loose
        }
      }
      lines[index].article = article
      lines[index].page = page
    }
  }

  /// A headline, one or two lines of summary, and then a date or an age: a card of another story.
  private static func markCards(_ lines: inout [Line]) {
    guard lines.count > 3 else { return }
    for index in 1..<lines.count - 1 {
      let head = lines[index]
      guard !head.shape.isTerminated, head.strength < 2, head.shape.words >= 4, head.shape.width >= 30 else { continue }
      let next = lines[index + 1]
      guard next.isProse, next.shape.width <= 320 else { continue }
      var metas = 0
      var after = index + 2
      while after < lines.count, lines[after].isMeta {
        metas += lines[after].reason == .relativeTime ? 2 : 1
        after += 1
      }
      if metas >= 2 {
        lines[index].page += Weights.card
        lines[index + 1].page += lines[index + 1].article + 1
        lines[index + 1].signals.insert(.neighbours)
        lines[index].signals.insert(.neighbours)
      }
    }
  }

  /// The best path through head, article, tail.
  private static func cut(_ lines: inout [Line]) {
    let never = Int.min / 2
    // Score of the best path that ends in each zone, and where each line's zone was come to from.
    var score = (head: -Weights.head, article: 0, tail: never)
    var from: [(head: UInt8, article: UInt8, tail: UInt8)] = []
    from.reserveCapacity(lines.count)
    for (index, line) in lines.enumerated() {
      let isFirst = index == 0
      let intoArticle = max(score.head, max(score.article, score.tail - Weights.back))
      let articleFrom: UInt8 = intoArticle == score.article ? 1 : intoArticle == score.head ? 0 : 2
      let fromArticle = isFirst ? never : score.article - Weights.tail
      let tailFrom: UInt8 = fromArticle > score.tail ? 1 : 2
      from.append((0, articleFrom, tailFrom))
      score = (
        score.head + line.page, intoArticle + line.article, max(fromArticle, score.tail) + line.page
      )
    }
    // A page that is all head has no article to lose: it stays the article.
    var zone: UInt8 = score.tail > score.article ? 2 : 1
    for index in lines.indices.reversed() {
      lines[index].zone = zone == 0 ? .head : zone == 1 ? .article : .tail
      zone = zone == 0 ? 0 : zone == 1 ? from[index].article : from[index].tail
    }
  }
}

extension Line {
  /// Says when, where or how many, and nothing else.
  var isMeta: Bool {
    switch reason {
    case .date, .relativeTime, .counter: strength >= 1 && !shape.isTerminated
    case .publisher, .byline: strength >= 2 && !shape.isTerminated
    default: false
    }
  }
}
