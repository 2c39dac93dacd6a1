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

/// A row in its place of its file, as the rows of a whole file are sorted.
struct NumberedRow {
  var file, number, line: Int
  var row: TableRow

  static let byteCount = 8 + 4 + 4 * 8 + 2 * 4

  init(file: Int, number: Int, line: Int, row: TableRow) {
    (self.file, self.number, self.line, self.row) = (file, number, line, row)
  }

  func append(to out: inout ByteBuffer) {
    out.append(sortable: UInt64(file) << 40 | UInt64(number))
    out.append(word: line)
    row.append(to: &out)
  }

  init(key: UInt64, _ payload: Span<UInt8>) {
    (file, number) = (Int(key >> 40), Int(key & 0xFF_FFFF_FFFF))
    var cursor = PackedCursor()
    line = cursor.word(payload)
    row = TableRow(payload, &cursor)
  }
}

/// Plain pairs of a batch, and what the whole corpus must know of each.
struct PlainBatch: Sendable {
  var pairs: [UInt8] = []
  var count = 0
  var ratios: [Int] = []
  /// `NumberedRow`s.
  var rows: [UInt8] = []
  var notes: [(notice: ImportNotice, entry: EntryPlace, detail: String)] = []
}

/// What is known of pairs only when all came back.
struct CorpusChecks: Sendable {
  /// Of one file after another, ascending.
  let shifted: [ShiftedRange]
  let lengths: ClosedRange<Int>?
  let rejectsLength: Bool

  func isShifted(file: Int, number: Int) -> Bool {
    !shifted.isEmpty && shifted.contains { $0.file == file && $0.numbers.contains(number) }
  }

  func isOddLength(_ ratio: Int?) -> Bool {
    guard let ratio, let lengths else { return false }
    return !lengths.contains(ratio)
  }

  /// Why a pair that fits by itself does not fit among all; nil where it does.
  func reason(file: Int, number: Int, ratio: Int?) -> BitextReason? {
    if isShifted(file: file, number: number) { return .shifted }
    return rejectsLength && isOddLength(ratio) ? .length : nil
  }
}

/// Pairs that fit, on disk until what can only be asked of all together is known: the range of lengths, and whether rows
/// were shifted.
final class FittingPairs {
  /// Pairs in the order in which they came, and their rows in that of the files.
  private let pairs: KeyedRuns
  private let rows: KeyedRuns
  /// Plain pairs, in the order of the dataset.
  private let pieces: SpooledPieces
  private(set) var lengths = LengthRange()
  /// Splits and languages by a small number.
  private var profiles: [(split: String, language: String)] = []

  init(pairs: KeyedRuns, rows: KeyedRuns, pieces: SpooledPieces) {
    self.pairs = pairs
    self.rows = rows
    self.pieces = pieces
  }

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
    var row = ByteBuffer(capacity: 64)
    NumberedRow(file: pair.entry.file, number: pair.entry.number, line: pair.entry.line, row: pair.row).append(to: &row)
    try addRows(row.span)
  }

  /// Adds plain pairs of a batch.
  func add(_ plain: PlainBatch) throws(Problem) {
    for ratio in plain.ratios { lengths.add(ratio) }
    try addRows(plain.rows.span)
    try pieces.add(plain.pairs)
  }

  private func addRows(_ packed: Span<UInt8>) throws(Problem) {
    var start = 0
    while start < packed.count {
      let end = start + NumberedRow.byteCount
      try rows.add(
        key: packed.extracting(start..<start + 8), payload: packed.extracting(start + 8..<end))
      start = end
    }
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
    var payload = ByteBuffer(capacity: 64)
    while cursor.hasEntry {
      payload.removeAll()
      cursor.appendPayload(to: &payload)
      let row = NumberedRow(key: cursor.head, payload.span)
      if row.file != finder.file {
        finder.look()
        found += finder.ranges
        finder = ShiftFinder(file: row.file)
      }
      finder.add((row.number, row.line, row.row))
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

  /// Plain pairs, article by article.
  func plainPieces() throws(Problem) -> SpooledPieces.Reader { try pieces.reader() }

  /// Gives each plain pair, and the bytes that it stands in.
  func forEachPlain(_ take: (PlainPair, PlainCursor, [UInt8]) throws(Problem) -> Void) throws(Problem) {
    let reader = try pieces.reader()
    while let piece = try reader.piece() {
      try Interruption.check()
      var cursor = PlainCursor()
      while cursor.nextArticle(piece.span) {
        while let pair = cursor.next(piece.span) { try take(pair, cursor, piece) }
      }
    }
  }

  func removeAll() throws(Problem) {
    try pairs.removeAll()
    try rows.removeAll()
    pieces.removeAll()
  }
}
