/// Gives each line of the page its reason; nil for the article's own.
struct Reasons {
  let lines: [Line]
  private(set) var found: [LeftoverReason?]

  init(lines: [Line]) {
    self.lines = lines
    found = [LeftoverReason?](repeating: nil, count: lines.count)
    var index = 0
    while index < lines.count {
      let line = lines[index]
      switch line.zone {
      case .head: found[index] = line.reason ?? .navigation
      case .tail, .insert: found[index] = tailReason(index)
      case .article: if line.strength >= 3 { found[index] = line.reason }
      }
      index += 1
    }
  }

  private func tailReason(_ index: Int) -> LeftoverReason {
    let line = lines[index]
    if let reason = line.reason, line.strength >= 1 { return reason }
    return line.shape.words >= 4 || line.shape.isTerminated ? .teaser : .navigation
  }
}
