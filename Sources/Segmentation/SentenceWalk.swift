/// Runs ICU's automaton over one paragraph after another of an article, around the hits only.
struct SentenceWalk: ~Escapable {
  private let bytes: Span<UInt8>
  private let step: Span<UInt8>
  private let blocks: Span<UInt16>
  private let categories: Span<UInt8>
  private let outcomes: Span<UInt16>
  private let startState: Int

  /// Up to here all is decided: the automaton is in `state`, which is quiet, and has read everything before.
  private(set) var floor = 0
  private var state: Int
  /// The paragraph's end.
  private(set) var limit = 0
  /// The boundary found last.
  private var lastBoundary = -1

  @_lifetime(copy bytes, borrow table)
  init(bytes: Span<UInt8>, table: borrowing SentenceTable) {
    self.bytes = bytes
    step = table.step.span
    blocks = table.blocks.span
    categories = table.categories.span
    outcomes = table.outcomes.span
    startState = table.startState
    state = startState
  }

  /// Begins a paragraph.
  mutating func begin(_ paragraph: Paragraph) {
    floor = paragraph.start
    limit = paragraph.end
    state = startState
  }

  /// Ends the paragraph: its end is its last boundary.
  mutating func finish(_ boundaries: inout [Int]) {
    if lastBoundary != limit { boundaries.append(limit) }
    lastBoundary = limit
  }

  /// Looks at the hit at `place`, which is at least `floor` and below `limit`.
  @inline(__always)
  mutating func visit(_ place: Int, _ boundaries: inout [Int]) {
    var here = place
    let category = readCategory(&here)
    // At the paragraph's end it is the boundary that the end is anyway.
    guard step[category] == SentenceTable.hot, here < limit else { return }
    let reached = Int(step[stateBefore(place) << 5 | category])
    // Eight bytes hold any two code points.
    if here + 8 <= limit {
      var afterFirst = here
      let first = readCategory(&afterFirst)
      var afterSecond = afterFirst
      var outcome = outcomes[reached << 10 | first << 5]
      if outcome == SentenceTable.Outcome.unknown {
        let second = readCategory(&afterSecond)
        outcome = outcomes[(reached << 5 | first) << 5 | second]
      }
      if outcome != SentenceTable.Outcome.unknown {
        let read = outcome >> SentenceTable.Outcome.scalarShift
        floor = read == 0 ? here : read == 1 ? afterFirst : afterSecond
        state = Int(outcome & 0xFF)
        if outcome & SentenceTable.Outcome.boundary != 0 { append(floor, to: &boundaries) }
        return
      }
    }
    run(from: here, in: reached, &boundaries)
  }

  /// Runs the automaton from `place` until it stops or is quiet again.
  private mutating func run(from place: Int, in reached: Int, _ boundaries: inout [Int]) {
    var here = place
    var current = reached
    var accepted = place
    while step[current << 5] & SentenceTable.finished == 0 {
      if step[current << 5] & SentenceTable.quiet != 0 {
        floor = here
        state = current
        return
      }
      if here >= limit {
        current = Int(step[current << 5 | SentenceTable.endCategory])
        if step[current << 5] & SentenceTable.accepting != 0 { accepted = limit }
        break
      }
      current = Int(step[current << 5 | readCategory(&here)])
      if step[current << 5] & SentenceTable.accepting != 0 { accepted = here }
    }
    floor = accepted
    state = startState
    append(accepted, to: &boundaries)
  }

  @inline(__always)
  private mutating func append(_ boundary: Int, to boundaries: inout [Int]) {
    boundaries.append(boundary)
    lastBoundary = boundary
  }

  /// The state before `place`; from `floor` to there no category is hot.
  @inline(__always)
  private func stateBefore(_ place: Int) -> Int {
    if place == floor { return state }
    // Mostly the code point before is a reset already.
    let last = bytes[place - 1]
    let category: Int
    if last < 0x80 {
      category = Int(categories[Int(last)])
    } else {
      var before = place - 2
      if bytes[before] & 0xC0 == 0x80 { before -= bytes[before - 1] & 0xC0 == 0x80 ? 2 : 1 }
      category = readCategory(&before)
    }
    let reset = step[category]
    return reset != 0 ? Int(reset) : stateBeforeFromReset(place)
  }

  /// The state before `place`, from the nearest reset before it.
  private func stateBeforeFromReset(_ place: Int) -> Int {
    var start = place
    var current = state
    while start > floor {
      var before = start - 1
      while bytes[before] & 0xC0 == 0x80 { before -= 1 }
      var after = before
      let reset = step[readCategory(&after)]
      if reset != 0 {
        current = Int(reset)
        break
      }
      start = before
    }
    while start < place { current = Int(step[current << 5 | readCategory(&start)]) }
    return current
  }

  /// The category of the code point at `place`, which moves past it.
  @inline(__always)
  private func readCategory(_ place: inout Int) -> Int {
    let lead = bytes[place]
    if lead < 0x80 {
      place += 1
      return Int(categories[Int(lead)])
    }
    let block: Int
    if lead < 0xE0 {
      block = Int(lead & 0x1F)
      place += 2
    } else if lead < 0xF0 {
      block = Int(lead & 0x0F) << 6 | Int(bytes[place + 1] & 0x3F)
      place += 3
    } else {
      block = Int(lead & 0x07) << 12 | Int(bytes[place + 1] & 0x3F) << 6 | Int(bytes[place + 2] & 0x3F)
      place += 4
    }
    return Int(categories[Int(blocks[block]) << 6 | Int(bytes[place - 1] & 0x3F)])
  }
}
