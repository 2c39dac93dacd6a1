internal import ICU

/// ICU's sentence automaton laid out for reading UTF-8, and what was derived from it: which code points can change the
/// outcome, and how a hit is mostly decided.
///
/// While the automaton is in a *quiet* state and reads categories that are not *hot* it stays quiet: it accepts after every
/// code point and never stops, so there is no boundary, and only hot code points need be looked at. A category that leads
/// to the same state from every quiet state is a *reset*: it tells the state without what came before.
struct SentenceTable: Sendable {
  /// States and categories are at most these, so that `state << 5 | category` indexes `step`.
  static let stateLimit = 64
  static let categoryLimit = 32

  static let endCategory = BreakRules.endCategory

  let startState: Int
  /// The state after `state << 5 | category`; 0 stops. Two places that the automaton has no use for hold what is asked for
  /// with it, so that the walk has fewer tables to keep at hand: `state << 5` the state's traits (no code point has
  /// category 0), and `category` alone, the stop's row, what the category resets to: `hot`, a state, or 0 for neither.
  let step: [UInt8]
  /// The traits of a state.
  static let accepting: UInt8 = 1
  /// Only the stop follows, at the text's end too.
  static let finished: UInt8 = 2
  static let quiet: UInt8 = 4
  static let hot: UInt8 = 0xFF
  /// The categories of ASCII, and then those of 64 code points a block, at `blocks[scalar >> 6] << 6`.
  let categories: [UInt8]
  let blocks: [UInt16]
  /// What comes of `state` and the two categories after it, at `(state << 5 | first) << 5 | second`; see `Outcome`.
  let outcomes: [UInt16]
  let hotBytes: HotBytes

  /// How an automaton that read a hot code point goes on within two more code points.
  enum Outcome {
    /// Not decided yet.
    static let unknown: UInt16 = 0xFFFF
    /// A boundary, as against quiet again.
    static let boundary: UInt16 = 0x100
    /// Bits 9 and 10: after how many of the two code points. Bits 0 to 7: the state there.
    static let scalarShift: UInt16 = 9
  }

  /// - Parameter joiningLines: whether line ends (LF, CR, U+0085, U+2028, U+2029) count as spaces.
  /// - Returns: nil where what the method rests on does not hold of these rules.
  init?(rules: BreakRules, joiningLines: Bool, usesAVX2: Bool) {
    guard rules.stateCount <= Self.stateLimit, rules.categoryCount <= Self.categoryLimit else { return nil }
    let map = CategoryMap(ranges: rules.ranges, joiningLines: joiningLines)
    if joiningLines && !Self.isIdempotent(map.category(of: 0x20), in: rules) { return nil }
    guard let quietness = Quietness(of: rules) else { return nil }

    var step = [UInt8](repeating: 0, count: rules.stateCount << 5)
    for category in 0..<rules.categoryCount { step[category] = quietness.resets[category] }
    step[0] = Self.finished
    for state in 1..<rules.stateCount {
      step[state << 5] =
        (rules.accepting[state] ? Self.accepting : 0)
        | (rules.isFinished(state) ? Self.finished : 0)
        | (quietness.states.contains(state) ? Self.quiet : 0)
      for category in 1..<rules.categoryCount { step[state << 5 | category] = UInt8(rules.next(state, category)) }
    }
    self.step = step
    startState = rules.startState
    blocks = map.blocks
    categories = map.categories
    outcomes = Self.outcomes(step: step, rules: rules)
    hotBytes = HotBytes(scalars: map.scalars { quietness.resets[Int($0)] == Self.hot }, usesAVX2: usesAVX2)
  }

  /// Whether a second space changes nothing: then U+2028, three bytes, may be one space here and three for ubrk.
  private static func isIdempotent(_ space: UInt8, in rules: BreakRules) -> Bool {
    (1..<rules.stateCount).allSatisfy { state in
      let once = rules.next(state, Int(space))
      return once == 0 || rules.next(once, Int(space)) == once
    }
  }

  private static func outcomes(step: [UInt8], rules: BreakRules) -> [UInt16] {
    var outcomes = [UInt16](repeating: Outcome.unknown, count: rules.stateCount << 10)
    for state in 1..<rules.stateCount {
      for first in BreakRules.firstCategory..<rules.categoryCount {
        outcomes[state << 10 | first << 5] = outcome(
          of: state, [first], step: step, startState: UInt16(rules.startState))
        for second in BreakRules.firstCategory..<rules.categoryCount {
          outcomes[(state << 5 | first) << 5 | second] = outcome(
            of: state, [first, second], step: step, startState: UInt16(rules.startState))
        }
      }
    }
    return outcomes
  }

  /// The state comes from a hot code point and is accepting: the boundary is there at the earliest.
  private static func outcome(
    of state: Int, _ following: [Int], step: [UInt8], startState: UInt16
  ) -> UInt16 {
    var state = state
    var accepted: UInt16 = 0
    var read: UInt16 = 0
    while true {
      if step[state << 5] & finished != 0 {
        return accepted << Outcome.scalarShift | Outcome.boundary | startState
      }
      if step[state << 5] & quiet != 0 { return read << Outcome.scalarShift | UInt16(state) }
      if Int(read) == following.count { return Outcome.unknown }
      state = Int(step[state << 5 | following[Int(read)]])
      read += 1
      if step[state << 5] & accepting != 0 { accepted = read }
    }
  }
}

extension BreakRules {
  /// Whether nothing but the stop follows a state.
  fileprivate func isFinished(_ state: Int) -> Bool {
    next(state, Self.endCategory) == 0
      && (Self.firstCategory..<categoryCount).allSatisfy { next(state, $0) == 0 }
  }
}

/// The quiet states and the hot categories of a rule set.
private struct Quietness {
  var states: Set<Int>
  /// Of each category: `SentenceTable.hot`, the state it resets to, or 0.
  var resets: [UInt8]

  /// By a fixed point: from the start state alone, states are added that categories not yet hot lead to; a category that
  /// leads somewhere unsafe from a quiet state is hot, and then all is done again without it.
  ///
  /// - Returns: nil where the start state is not safe, or a hot category leads where the automaton does not accept.
  init?(of rules: BreakRules) {
    let all = BreakRules.firstCategory..<rules.categoryCount
    // Safe: accepts, and no category stops it.
    let safe = Set(
      (1..<rules.stateCount).filter { state in
        rules.accepting[state] && all.allSatisfy { rules.next(state, $0) != 0 }
      })
    let start = rules.startState
    guard safe.contains(start) else { return nil }
    var hot: Set<Int> = []
    var quiet: Set<Int> = []
    var before = -1
    while before != hot.count {
      before = hot.count
      quiet = [start]
      var open = [start]
      while let state = open.popLast() {
        for category in all where !hot.contains(category) {
          let next = rules.next(state, category)
          if !safe.contains(next) {
            hot.insert(category)
          } else if quiet.insert(next).inserted {
            open.append(next)
          }
        }
      }
    }
    var resets = [UInt8](repeating: 0, count: SentenceTable.categoryLimit)
    for category in all {
      let targets = Set(quiet.map { rules.next($0, category) })
      if hot.contains(category) {
        guard targets.allSatisfy({ rules.accepting[$0] }) else { return nil }
        resets[category] = SentenceTable.hot
      } else if targets.count == 1, let target = targets.first {
        resets[category] = UInt8(target)
      }
    }
    self.states = quiet
    self.resets = resets
  }
}
