/// A pair that fits in all that can be asked of it alone.
struct FittingPair {
  var file: Int
  var number: Int
  var line: Int
  var ratio: Int?
  var split: String
  var language: String
  var key: [UInt8]
  var packed: [UInt8]
}

/// Pairs that fit, on disk until what can only be asked of all together is known: the range of lengths, and whether rows
/// were shifted.
final class FittingPairs {
  /// Pairs in the order in which they came, and their rows in that of the files.
  private let pairs: KeyedRuns
  private let rows: KeyedRuns
  private(set) var lengths = LengthRange()
  /// Splits and languages by a small number.
  private var profiles: [(split: String, language: String)] = []

  init(pairs: KeyedRuns, rows: KeyedRuns) {
    self.pairs = pairs
    self.rows = rows
  }

  var isEmpty: Bool { pairs.count == 0 }

  func add(_ pair: MadePair) throws(Problem) {
    if let ratio = pair.ratio { lengths.add(ratio) }
    var fields = PackedFields()
    for number in [
      pair.entry.file, pair.entry.number, pair.entry.line, pair.ratio ?? -1,
      profile(pair.bead.split, pair.bead.sourceLanguage),
    ] {
      fields.append(number)
    }
    try pairs.add(key: Self.key([pairs.count]), payload: fields.bytes + pair.key + pair.packed)
    if pair.bead.sourceIDs.count > 1 { return }
    var row = PackedFields()
    row.append(pair.entry.line)
    try rows.add(key: Self.key([pair.entry.file, pair.entry.number]), payload: row.bytes + pair.row.packed())
  }

  /// Big-endian, so that bytes sort as numbers do.
  private static func key(_ numbers: [Int]) -> [UInt8] {
    numbers.flatMap { number in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
    }
  }

  private func profile(_ split: String, _ language: String) -> Int {
    if let known = profiles.firstIndex(where: {
      $0.split.utf8.elementsEqual(split.utf8) && $0.language.utf8.elementsEqual(language.utf8)
    }) {
      return known
    }
    profiles.append((split, language))
    return profiles.count - 1
  }

  /// Rows whose translations are those of other rows.
  func shiftedRanges() throws(Problem) -> [ShiftedRange] {
    var found: [ShiftedRange] = []
    var finder = ShiftFinder(file: 0)
    let cursor = try rows.cursor()
    while cursor.hasEntry {
      let numbers = cursor.key.reduce(into: (0, 0, 0)) { sum, byte in
        sum = sum.2 < 8 ? (sum.0 << 8 | Int(byte), sum.1, sum.2 + 1) : (sum.0, sum.1 << 8 | Int(byte), sum.2 + 1)
      }
      if numbers.0 != finder.file {
        finder.look()
        found += finder.ranges
        finder = ShiftFinder(file: numbers.0)
      }
      var fields = PackedFields(cursor.payload)
      let line = fields.numberField()
      finder.add((numbers.1, line, TableRow(&fields)))
      try cursor.advance()
    }
    finder.look()
    return found + finder.ranges
  }

  /// Gives each pair, in the order in which it came.
  func forEach(_ take: (FittingPair) throws(Problem) -> Void) throws(Problem) {
    let cursor = try pairs.cursor()
    while cursor.hasEntry {
      let payload = cursor.payload
      var fields = PackedFields(Array(payload.prefix(40)))
      let (file, number, line) = (fields.numberField(), fields.numberField(), fields.numberField())
      let (ratio, profile) = (fields.numberField(), profiles[fields.numberField()])
      let keyEnd = 40 + BitextBead.sortKeyLength
      try take(
        FittingPair(
          file: file, number: number, line: line, ratio: ratio < 0 ? nil : ratio, split: profile.split,
          language: profile.language, key: Array(payload[40..<keyEnd]), packed: Array(payload[keyEnd...])))
      try cursor.advance()
    }
  }

  func removeAll() throws(Problem) {
    try pairs.removeAll()
    try rows.removeAll()
  }
}
