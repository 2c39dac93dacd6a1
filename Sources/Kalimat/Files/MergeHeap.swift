/// What several sorted runs are merged by: a binary heap of cursors, the one whose entry comes next in front.
struct MergeHeap<Cursor> {
  private var cursors: [Cursor]
  private let precedes: (Cursor, Cursor) -> Bool

  /// - Parameters:
  ///   - cursors: each stands at an entry.
  ///   - precedes: whether the entry of the one comes before that of the other.
  init(_ cursors: [Cursor], by precedes: @escaping (Cursor, Cursor) -> Bool) {
    self.cursors = cursors
    self.precedes = precedes
    for i in stride(from: cursors.count / 2 - 1, through: 0, by: -1) { sink(i) }
  }

  /// The cursor whose entry comes next; nil where all have ended.
  var first: Cursor? { cursors.first }

  /// Puts the first cursor, which has moved on, into its place, or takes it out.
  mutating func settleFirst(hasEnded: Bool) {
    if hasEnded {
      let last = cursors.removeLast()
      if cursors.isEmpty { return }
      cursors[0] = last
    }
    sink(0)
  }

  private mutating func sink(_ start: Int) {
    var parent = start
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < cursors.count && precedes(cursors[child], cursors[least]) { least = child }
      if least == parent { return }
      cursors.swapAt(parent, least)
      parent = least
    }
  }
}
