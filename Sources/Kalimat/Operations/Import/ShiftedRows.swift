/// What a pair looks like from afar: enough to see that translations stand beside other sources than their own.
struct TableRow: Sendable {
  /// Of the numbers in a text: 0 where it has none.
  var sourceNumbers: UInt64
  var targetNumbers: UInt64
  /// Its first letters, as a spreadsheet sorts: by them, whatever their case.
  var sourceHead: UInt64
  var targetHead: UInt64
  /// Code points.
  var sourceLength: Int
  var targetLength: Int

  init(_ source: Span<UInt8>, _ sourceParts: TextParts, _ target: Span<UInt8>, _ targetParts: TextParts) {
    sourceNumbers = Self.hash(sourceParts.numbers)
    targetNumbers = Self.hash(targetParts.numbers)
    sourceHead = Self.head(source)
    targetHead = Self.head(target)
    sourceLength = Kernels.characterCount(source)
    targetLength = Kernels.characterCount(target)
  }

  /// FNV-1a.
  private static func hash(_ numbers: [[UInt8]]) -> UInt64 {
    if numbers.isEmpty { return 0 }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for number in numbers {
      for byte in number { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      hash = (hash ^ 0x20) &* 0x100_0000_01B3
    }
    return max(hash, 1)
  }

  private static func head(_ text: Span<UInt8>) -> UInt64 {
    var head: UInt64 = 0
    var count = 0
    for i in text.indices {
      let byte = text[i]
      guard byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) else { continue }
      head = head << 8 | UInt64(byte < 0x80 ? byte | 0x20 : byte)
      count += 1
      if count == 8 { break }
    }
    return head << UInt64(8 * (8 - count))
  }

  func append(to out: inout ByteBuffer) {
    out.append(long: sourceNumbers)
    out.append(long: targetNumbers)
    out.append(long: sourceHead)
    out.append(long: targetHead)
    out.append(word: sourceLength)
    out.append(word: targetLength)
  }

  init(_ bytes: Span<UInt8>, _ cursor: inout PackedCursor) {
    sourceNumbers = cursor.long(bytes)
    targetNumbers = cursor.long(bytes)
    sourceHead = cursor.long(bytes)
    targetHead = cursor.long(bytes)
    sourceLength = cursor.word(bytes)
    targetLength = cursor.word(bytes)
  }
}

/// Rows of a returned file whose translations are those of other rows.
struct ShiftedRange: Sendable, Equatable {
  var file: Int
  /// Entries by their number in the file.
  var numbers: ClosedRange<Int>
  /// Of the first.
  var line: Int
  var detail: String
}

/// Finds a column of translations that was sorted, or moved up or down, by itself. It says that it is so; what belonged to
/// what it does not guess.
///
/// A translation is about as long as its source in its own measure, and has the same numbers. Where that does not hold of
/// rows as they stand, and holds of each source and the translation some rows up or down, the column was moved. Where it
/// does not hold, and the translations alone are in alphabetical order, the column was sorted.
struct ShiftFinder {
  typealias Numbered = (number: Int, line: Int, row: TableRow)

  /// Rows that are looked at together, and how far apart such windows begin.
  private static let window = 48
  private static let step = 16
  /// How far from such a window rows are taken in where no number says that one is right.
  private static let reach = 4 * window
  private static let offsets = [-3, -2, -1, 1, 2, 3]

  let file: Int
  private(set) var ranges: [ShiftedRange] = []
  private var rows: [Numbered] = []

  init(file: Int) { self.file = file }

  mutating func add(_ row: Numbered) {
    rows.append(row)
    if rows.count == 1 << 16 { look() }
  }

  /// Looks at the rows since the last call.
  mutating func look() {
    defer { rows.removeAll(keepingCapacity: true) }
    if rows.count < 24 { return }
    if isSorted {
      return add(0...rows.count - 1, "the translations are in alphabetical order, and their sources are others'")
    }
    var start = 0
    while start < rows.count {
      let end = min(start + Self.window, rows.count)
      if end - start >= 24, let offset = shift(of: start..<end) { add(around: start..<end, offset) }
      if end == rows.count { break }
      start += Self.step
    }
  }

  // MARK: Evidence

  private var isSorted: Bool {
    func rising(_ head: (TableRow) -> UInt64) -> Double {
      var (up, down) = (0, 0)
      for (a, b) in zip(rows, rows.dropFirst()) {
        if head(a.row) < head(b.row) { up += 1 } else if head(a.row) > head(b.row) { down += 1 }
      }
      return up + down < 10 ? 0 : Double(up) / Double(up + down)
    }
    guard rising(\.targetHead) > 0.95, rising(\.sourceHead) < 0.8 else { return false }
    // A table that was sorted whole, by its translations, is in order.
    return agreement(0..<rows.count, 0) < 0.35
  }

  /// How many rows up or down the translations are of; nil where nothing is wrong, or it cannot be told.
  private func shift(of range: Range<Int>) -> Int? {
    let own = agreement(range, 0)
    if own > 0.4 { return nil }
    let best = Self.offsets.map { (offset: $0, agreement: agreement(range, $0)) }.max { $0.agreement < $1.agreement }
    guard let best, best.agreement > 0.7, best.agreement > own + 0.4 else { return nil }
    return best.offset
  }

  /// How well sources and the translations `offset` rows on belong together, 0 to 1: by their numbers, where enough rows
  /// have some, and by their lengths.
  private func agreement(_ range: Range<Int>, _ offset: Int) -> Double {
    let pairs = range.compactMap { i -> (TableRow, TableRow)? in
      range.contains(i + offset) ? (rows[i].row, rows[i + offset].row) : nil
    }
    let numbered = pairs.filter { $0.0.sourceNumbers != 0 }
    let byLength = Self.correlation(pairs.map { (Double($0.0.sourceLength), Double($0.1.targetLength)) })
    guard numbered.count >= 6 else { return byLength }
    let same = numbered.filter { $0.0.sourceNumbers == $0.1.targetNumbers }.count
    return (Double(same) / Double(numbered.count) + byLength) / 2
  }

  /// Pearson's coefficient; what is under 0 is 0.
  private static func correlation(_ pairs: [(Double, Double)]) -> Double {
    let count = Double(max(pairs.count, 1))
    let (meanA, meanB) = (pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count)
    var (a, b, both) = (0.0, 0.0, 0.0)
    for pair in pairs {
      a += (pair.0 - meanA) * (pair.0 - meanA)
      b += (pair.1 - meanB) * (pair.1 - meanB)
      both += (pair.0 - meanA) * (pair.1 - meanB)
    }
    return a > 0 && b > 0 ? max(0, both / (a * b).squareRoot()) : 0
  }

  // MARK: Ranges

  /// Takes the rows in, and those before and behind up to the nearest whose numbers say that they are right: where a shift
  /// begins cannot be told to the row.
  private mutating func add(around range: Range<Int>, _ offset: Int) {
    func isRight(_ i: Int) -> Bool {
      let numbers = rows[i].row.sourceNumbers
      guard numbers != 0, numbers == rows[i].row.targetNumbers else { return false }
      // A year that stands in neighbouring rows says nothing.
      return !rows.indices.contains(i + offset) || rows[i + offset].row.targetNumbers != numbers
    }
    // Numbers agree by chance too: half a window is taken in whatever they say.
    var first = max(0, range.lowerBound - Self.window / 2)
    var last = min(rows.count, range.upperBound + Self.window / 2) - 1
    while first > 0, range.lowerBound - first < Self.reach, !isRight(first - 1) { first -= 1 }
    while last + 1 < rows.count, last + 1 - range.upperBound < Self.reach, !isRight(last + 1) { last += 1 }
    add(
      first...last,
      "the translations are of the rows \(abs(offset)) \(offset > 0 ? "above" : "below") them, by length and numbers")
  }

  private mutating func add(_ indices: ClosedRange<Int>, _ detail: String) {
    let numbers = rows[indices.lowerBound].number...rows[indices.upperBound].number
    let found = ShiftedRange(file: file, numbers: numbers, line: rows[indices.lowerBound].line, detail: detail)
    guard let last = ranges.last, last.numbers.upperBound + 1 >= numbers.lowerBound else {
      return ranges.append(found)
    }
    let start = min(last.numbers.lowerBound, numbers.lowerBound)
    if start < last.numbers.lowerBound { ranges[ranges.count - 1].line = found.line }
    ranges[ranges.count - 1].numbers = start...max(last.numbers.upperBound, numbers.upperBound)
  }
}
