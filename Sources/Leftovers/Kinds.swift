/// Names what the lines that stay are: title, heading, caption, item, dateline, body.
struct Kinds {
  private let lines: [Line]
  private let reasons: [LeftoverReason?]
  /// By line; `.other` where it goes.
  private(set) var found: [Kind]

  /// - Parameter reasons: by line, nil where it stays.
  init(lines: [Line], reasons: [LeftoverReason?]) {
    self.lines = lines
    self.reasons = reasons
    found = reasons.map { $0 == nil ? .body : .other }
    // In verse, laws and lists short lines without an end are the rule: they say nothing.
    let kept = lines.indices.filter { reasons[$0] == nil }
    let all = kept.reduce(0) { $0 + lines[$1].length }
    let prose = kept.reduce(0) { $0 + (lines[$1].isRunning ? lines[$1].length : 0) }
    guard let first = kept.first(where: { lines[$0].isRunning }) else {
      nameTitle(kept, before: lines.count)
      return
    }
    nameTitle(kept, before: first)
    guard prose * 2 >= all else { return }
    nameCaptions()
    nameDateline(before: first)
    nameHeadings(kept)
    nameItems(kept)
  }

  /// The first line that stays, where text follows: of several the one that has a title's length.
  private mutating func nameTitle(_ kept: [Int], before text: Int) {
    let head = kept.prefix { $0 < text }.filter { lines[$0].mayNameArticle }
    guard let top = head.first, kept.count > 1 else { return }
    if text == lines.count {
      guard top == kept[0], top + 1 < lines.count, lines[top + 1].blanksBefore > 0 || reasons[top + 1] != nil else {
        return
      }
      found[top] = .title
      return
    }
    let long = head.filter { lines[$0].shape.words >= 4 && !lines[$0].mayBeDateline }
    // Where the model was asked it knows a masthead; else the first.
    let likely = long.first { lines[$0].score >= 0 } ?? long.max { (lines[$0].score, -$0) < (lines[$1].score, -$1) }
    found[likely ?? top] = .title
  }

  /// A short text beside the line that says whose the picture is.
  private mutating func nameCaptions() {
    // Behind the article's last text stands its source, not a picture's.
    let last = lines.indices.last { reasons[$0] == nil && lines[$0].isRunning } ?? lines.count
    for index in lines.indices where found[index] == .body && reasons[index] == nil && index < last {
      guard lines[index].shape.width <= 240, lines[index].sentences.count <= 2 else { continue }
      if index + 1 < lines.count, reasons[index + 1] == .credit, lines[index + 1].shape.width <= 80 {
        found[index] = .caption
      } else if lines[index].reason == .credit, lines[index].strength >= 1, lines[index].shape.width <= 200 {
        found[index] = .caption
      }
    }
  }

  private mutating func nameDateline(before first: Int) {
    guard first > 0, found[first - 1] == .body, lines[first - 1].mayBeDateline else { return }
    found[first - 1] = .dateline
  }

  /// A few words over running text, or of what the article itself calls its parts.
  private mutating func nameHeadings(_ kept: [Int]) {
    for (place, index) in kept.enumerated() where found[index] == .body && place + 1 < kept.count {
      let shape = lines[index].shape
      guard !lines[index].isRunning, shape.form == .text, shape.width <= 100, !shape.isTerminated || shape.isQuestion,
        !lines[index].words.beginsWithQuote, !shape.hasMarker || shape.words <= 8
      else { continue }
      let next = lines[kept[place + 1]]
      let isOver = next.isRunning || next.shape.hasMarker || next.shape.endsWithColon
      let isApart = place == 0 || lines[kept[place - 1]].isRunning || lines[kept[place - 1]].shape.hasMarker
      if shape.endsWithColon || shape.isQuestion && shape.hasMarker { continue }
      // One of a list.
      if shape.hasMarker, shape.beginsWithDash || next.shape.hasMarker { continue }
      let isNamed = lines[index].words.has(.heading) && lines[index].words.covered == lines[index].words.total
      if isNamed || isOver && isApart && place > 0 && !shape.isQuestion { found[index] = .heading }
    }
  }

  /// What has a bullet or a number, and short lines in a row.
  private mutating func nameItems(_ kept: [Int]) {
    for (place, index) in kept.enumerated() where found[index] == .body {
      let shape = lines[index].shape
      if shape.hasMarker, !shape.beginsWithDash || !shape.isTerminated {
        found[index] = .item
      } else if !lines[index].isRunning, !shape.isTerminated, !shape.endsWithColon, shape.width <= 100 {
        let before = place > 0 ? found[kept[place - 1]] : .body
        let hasNeighbour = place + 1 < kept.count && lines[kept[place + 1]].isListed
        if before == .item
          || (before == .heading || place > 0 && lines[kept[place - 1]].shape.endsWithColon) && hasNeighbour
        {
          found[index] = .item
        }
      }
    }
  }
}

extension Line {
  /// Running text, whatever its words say.
  var isRunning: Bool { shape.isTerminated && shape.width >= 40 && !(shape.hasMarker && !shape.beginsWithDash) }
  /// A short line without an end.
  fileprivate var isListed: Bool { !shape.isTerminated && !shape.endsWithColon && shape.width <= 100 }
  fileprivate var mayNameArticle: Bool {
    !(shape.isTerminated && !shape.isQuestion) && !shape.endsWithColon && shape.form == .text && shape.width <= 180
      && shape.letters >= 4 && strength < 2 && reason != .credit
  }
}
