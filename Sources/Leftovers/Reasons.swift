/// Gives each line of the page its reason; nil for the article's own.
struct Reasons {
  private let lines: [Line]
  private(set) var found: [LeftoverReason?]

  init(lines: [Line]) {
    self.lines = lines
    found = [LeftoverReason?](repeating: nil, count: lines.count)
    for index in lines.indices {
      let line = lines[index]
      switch line.zone {
      case .head: found[index] = line.strength >= 1 && line.reason != nil ? line.reason : .navigation
      case .tail: found[index] = tailReason(line)
      case .article: if line.isPage { found[index] = line.reason }
      }
    }
    keepTitle()
    spreadHeaders()
    joinNeighbours()
    nameBlocks()
    nameCredits()
  }

  /// What stands below `Tags` are tags, and what ends as a sentence does below `12 comments` is one of them.
  private mutating func nameBlocks() {
    var block: LeftoverReason?
    for index in lines.indices {
      let line = lines[index]
      if line.isPage,
        line.reason == .comment || line.reason == .tags && (line.words.isCovered || line.shape.endsWithColon)
      {
        block = line.reason
      } else if block == .tags {
        guard found[index] == .navigation, line.strength == 0, line.shape.words <= 4 else {
          block = nil
          continue
        }
        found[index] = .tags
      } else if line.isPage, line.reason == .related || line.reason == .copyright {
        block = nil
      } else if block == .comment, found[index] == .teaser, line.strength == 0, line.shape.isTerminated {
        found[index] = .comment
      }
    }
  }

  /// `© AGENCY / Doe` between paragraphs says whose the picture is.
  private mutating func nameCredits() {
    guard let last = lines.indices.last(where: { found[$0] == nil && lines[$0].isText }) else { return }
    for index in lines.indices.prefix(last).dropFirst() where found[index] == .copyright && found[index - 1] == nil {
      let line = lines[index]
      if line.words.start == .copyright, line.shape.width <= 48, line.shape.digits < 4, !line.shape.isTerminated {
        found[index] = .credit
      }
    }
  }

  /// A few words between two lines of the page, inside the article: no heading, for those have text below them.
  private mutating func joinNeighbours() {
    guard let first = lines.firstIndex(where: { $0.zone == .article && $0.isProse }) else { return }
    for index in lines.indices.dropLast() where index > first && found[index] == nil && lines[index].isLoose {
      guard lines[index].shape.words <= 4, found[index - 1] != nil, lines[index + 1].isPage else { continue }
      found[index] = lines[index].reason ?? .navigation
    }
  }

  private func tailReason(_ line: Line) -> LeftoverReason {
    if let reason = line.reason, line.strength >= 1 { return reason }
    return line.shape.words >= 4 || line.shape.isTerminated ? .teaser : .navigation
  }

  /// The article's title stands in the page's head, among menus, dates and names: of its last lines the first that
  /// has a title's length; it stays, with what stands between it and the text and says nothing else.
  private mutating func keepTitle() {
    guard let end = lines.firstIndex(where: { $0.zone != .head }), end > 0 else { return }
    let near = max(0, end - 16)..<end
    let first = lines[0]
    let isFirst =
      near.lowerBound == 0 && first.mayBeTitle && end > 1 && first.shape.shouted < 2
      && first.shape.words >= 2 && (lines[1].isPage || lines[1].shape.isTerminated)
    let long = near.filter { lines[$0].mayBeTitle && lines[$0].shape.words >= 4 && lines[$0].shape.width >= 25 }
    // The model knows a title from a masthead; without it the first that is long enough.
    let likely = long.max { (lines[$0].score, -$0) < (lines[$1].score, -$1) }
    let title = isFirst && (likely.map { lines[$0].score <= first.score } ?? true) ? 0 : likely
    // Two lines over the text and nothing of a page: a title, and what is said below it.
    let isAlone = end == 2 && first.mayBeTitle && first.shape.words >= 4 && !first.isPage && !lines[1].isPage
    guard let title = isAlone ? 0 : title ?? near.last(where: { lines[$0].mayBeTitle }) else { return }
    for index in title..<end where lines[index].mayBeTitle || lines[index].isProse {
      let isBelow = index == title + 1 && lines[index].shape.words >= 5 && lines[index].isLoose
      if index > title && lines[index].score < PageModel.headFloor && !lines[index].isProse && !isBelow { continue }
      found[index] = index > title && isName(index) ? .byline : nil
    }
  }

  /// Two or three words with capitals beside a date, a menu's entry or the like: who wrote.
  private func isName(_ index: Int) -> Bool {
    let shape = lines[index].shape
    guard shape.words <= 3, shape.capitalised == shape.words, shape.commas == 0, !shape.isTerminated else {
      return false
    }
    return shape.shouted < shape.words
      && (lines[index - 1].isPage || index + 1 < lines.count && lines[index + 1].isPage)
  }

  /// `Baca juga:` alone announces what stands under it.
  private mutating func spreadHeaders() {
    for index in lines.indices.dropLast() where lines[index].zone != .head && lines[index].opensBlock {
      var next = index + 1
      // Neighbours of one list fare alike, whichever of them the zones have taken already.
      while next < lines.count, found[next] == nil || found[next] == .teaser, lines[next].mayBeTeaser { next += 1 }
      guard next > index + 1 else { continue }
      // The last of several, where an empty line sets it apart, is the heading of the text that follows.
      if next > index + 2, next < lines.count, lines[next].isProse,
        lines[next - 1].blanksBefore > lines[next - 2].blanksBefore || lines[next - 1].shape.words <= 4
      {
        next -= 1
      }
      for teaser in index + 1..<next { found[teaser] = .teaser }
    }
  }
}

extension Line {
  fileprivate var mayBeTitle: Bool {
    !isPage && shape.form == .text && shape.width >= 12 && shape.words >= 2 && shape.separators < 2
  }

  /// A headline below such a line, with a bullet or without.
  fileprivate var mayBeTeaser: Bool {
    guard shape.words >= 3 else { return false }
    return isLoose || shape.hasMarker && !isPage && !shape.isTerminated && !shape.endsWithColon && shape.width < 140
  }

  /// A line of the lexicon's words that announces other stories.
  fileprivate var opensBlock: Bool {
    guard reason == .related || reason == .teaser, strength >= 2 else { return false }
    return words.isCovered || shape.endsWithColon
  }
}
