/// Sums of log likelihood ratios between runs of sentences, row by row of the search.
///
/// A bead of source sentences R and target sentences Q has the forward sum over the tokens of Q given R and the backward
/// sum over the tokens of R given Q. The sum over a target sentence y given R depends on R and y alone, so it is made
/// once for each (R, y) and not once for each bead that has them; backward likewise.
struct LexicalRows {
  private let source: Side
  private let target: Side
  private let translations: Translations
  private let band: Band
  private let empty: Double
  /// The most sentences on one side of the beads that are asked for.
  private let reach: Int
  private var sourceBackground: [Double]
  private var targetBackground: [Double]
  private var rows: [Row] = Array(repeating: Row(), count: BeadShape.reach)
  private var accumulated: [Float] = []
  private var ratios: [Float] = []
  private var linkedAny: [Bool] = []
  private var window: TokenWindow
  /// Prefix sums over target sentences of the forward sums, for each number of source sentences that end here.
  private(set) var forwardSums: [[Double]] = Array(repeating: [], count: BeadShape.reach)
  private(set) var forwardLow = [Int](repeating: 0, count: BeadShape.reach)
  private(set) var forwardHigh = [Int](repeating: 0, count: BeadShape.reach)

  /// What is kept of one source sentence.
  private struct Row {
    var low = 0
    var high = 0
    /// Ratios given this sentence of every target token in the row's range.
    var forward: [Float] = []
    /// Whether this sentence has any translation in each target sentence of the range.
    var isLinked: [Bool] = []
    /// Backward sums by last target sentence and number of target sentences.
    var backward: [Double] = []
  }

  init(
    _ pair: PreparedPair, _ translations: Translations, band: Band, emptyShare: Double, reach: Int,
    window: consuming TokenWindow
  ) {
    self.reach = reach
    source = pair.source
    target = pair.target
    self.translations = translations
    self.band = band
    self.window = window
    empty = emptyShare
    sourceBackground = Self.sums(source, translations.sourceBackground)
    targetBackground = Self.sums(target, translations.targetBackground)
  }

  /// Gives the window back, for the next document.
  consuming func takeWindow() -> TokenWindow { window }

  private static func sums(_ side: Side, _ background: [Float]) -> [Double] {
    var sums = [0.0]
    sums.reserveCapacity(side.count + 1)
    for sentence in 0..<side.count {
      var sum = sums[sentence]
      for token in side.tokenRange(sentence) { sum += Double(background[Int(side.tokens[token])]) }
      sums.append(sum)
    }
    return sums
  }

  /// Goes on to the row where `end` source sentences are done (1 …): reads sentence `end - 1`.
  mutating func advance(to end: Int) {
    let x = end - 1
    let low = Int(band.low[x]), high = Int(band.high[end])
    readRow(x, low: low, high: high)
    sumForward(end)
  }

  /// Backward sums of source sentence `x` (one of the last four read): for each last target sentence from `low(x)` on,
  /// those given the one to four target sentences that end with it.
  func backward(_ x: Int) -> [Double] { rows[x & 3].backward }

  /// The first target sentence that the row of source sentence `x` covers.
  func low(_ x: Int) -> Int { rows[x & 3].low }

  private mutating func readRow(_ x: Int, low: Int, high: Int) {
    let slot = x & 3
    let tokens = source.tokenRange(x)
    let size = tokens.count
    window.move(to: low..<high, of: target)
    window.link(source.tokens[tokens], translations)
    let firstToken = Int(target.starts[low]), tokenCount = Int(target.starts[high]) - firstToken
    // Taken out for the call, so that what is written to is held once and is not copied.
    var row = Row()
    swap(&row, &rows[slot])
    row.low = low
    row.high = high
    row.forward.reset(count: tokenCount)
    row.isLinked.removeAll(keepingCapacity: true)
    ratios.reset(count: (high - low) * size)
    window.gather(
      low..<high, of: target, size: size, forward: &row.forward, backward: &ratios, isLinked: &row.isLinked)
    window.unlink()
    sumBackward(&row, size: size)
    swap(&row, &rows[slot])
  }

  private mutating func sumBackward(_ row: inout Row, size: Int) {
    var sums: [Double] = [], totals: [Float] = []
    swap(&sums, &row.backward)
    swap(&totals, &accumulated)
    sums.reset(count: (row.high - row.low) * BeadShape.reach)
    totals.reset(count: size)
    fillBackward(row, size: size, sums: &sums, totals: &totals)
    swap(&sums, &row.backward)
    swap(&totals, &accumulated)
  }

  private func fillBackward(_ row: Row, size: Int, sums: inout [Double], totals: inout [Float]) {
    let low = row.low
    let ratios = ratios.span, isLinked = row.isLinked.span, starts = target.starts.span
    let backgrounds = targetBackground.span
    var out = sums.mutableSpan
    var total = totals.mutableSpan
    for y in low..<row.high {
      var any = false
      for count in 1...reach {
        let first = y + 1 - count
        if first < low { break }
        if isLinked[first - low] {
          let base = (first - low) * size
          for k in 0..<size { total[k] = any ? total[k] + ratios[base + k] : ratios[base + k] }
          any = true
        }
        let tokenCount = starts[y + 1] - starts[first]
        if tokenCount == 0 { continue }
        let scale = (1 - empty) / Double(tokenCount)
        let background = empty + scale * (backgrounds[y + 1] - backgrounds[first])
        out[(y - low) * BeadShape.reach + count - 1] =
          any
          ? LogProduct.sum(total.span, from: 0, count: size, background: background, scale: scale)
          : Double(size) * Logarithm.natural(background)
      }
    }
  }

  /// Forward sums for runs of one to four source sentences that end at `end`.
  private mutating func sumForward(_ end: Int) {
    let low = Int(band.low[end - 1])
    let firstToken = Int(target.starts[low])
    linkedAny.removeAll(keepingCapacity: true)
    for count in 1...reach {
      let x = end - count
      forwardLow[count - 1] = low
      forwardHigh[count - 1] = x < 0 ? low : max(low, rows[x & 3].high)
      if x < 0 { continue }
      addForward(x, low: low, high: forwardHigh[count - 1], firstToken: firstToken, isFirst: count == 1)
      var sums: [Double] = []
      swap(&sums, &forwardSums[count - 1])
      sums.reset(count: forwardHigh[count - 1] - low + 1)
      fillForward(x..<end, low: low, high: forwardHigh[count - 1], sums: &sums)
      swap(&sums, &forwardSums[count - 1])
    }
  }

  private func fillForward(_ sentences: Range<Int>, low: Int, high: Int, sums: inout [Double]) {
    let tokenCount = source.tokenCount(sentences)
    if tokenCount == 0 { return }
    let scale = (1 - empty) / Double(tokenCount)
    let background =
      empty + scale * (sourceBackground[sentences.upperBound] - sourceBackground[sentences.lowerBound])
    let logBackground = Logarithm.natural(background)
    let values = accumulated.span, starts = target.starts.span, linked = linkedAny.span
    var out = sums.mutableSpan
    let firstToken = Int(starts[low])
    var sum = 0.0
    for y in low..<high {
      let from = Int(starts[y]) - firstToken, size = Int(starts[y + 1] - starts[y])
      sum +=
        linked[y - low]
        ? LogProduct.sum(values, from: from, count: size, background: background, scale: scale)
        : Double(size) * logBackground
      out[y - low + 1] = sum
    }
  }

  private mutating func addForward(_ x: Int, low: Int, high: Int, firstToken: Int, isFirst: Bool) {
    let size = Int(target.starts[high]) - firstToken
    let row = rows[x & 3]
    let offset = firstToken - Int(target.starts[row.low])
    let ratios = row.forward.span, isLinked = row.isLinked.span
    if isFirst {
      accumulated.removeAll(keepingCapacity: true)
      accumulated.append(contentsOf: row.forward[offset..<offset + size])
      linkedAny.append(contentsOf: row.isLinked[(low - row.low)..<(high - row.low)])
      return
    }
    var out = accumulated.mutableSpan
    for index in 0..<size { out[index] += ratios[offset + index] }
    for y in low..<high where isLinked[y - row.low] { linkedAny[y - low] = true }
  }
}

extension Array where Element: ExpressibleByIntegerLiteral {
  /// `count` zeros, in the storage there is.
  mutating func reset(count: Int) {
    removeAll(keepingCapacity: true)
    append(contentsOf: repeatElement(0, count: count))
  }
}

/// Sums of logarithms, taken as logarithms of products.
enum LogProduct {
  /// Σ log(background + scale · value). Products of 16 stay within a Double: a factor is at least the empty share.
  @inline(__always) static func sum(
    _ values: Span<Float>, from: Int, count: Int, background: Double, scale: Double
  ) -> Double {
    var sum = 0.0
    var index = from
    let end = from + count
    while index < end {
      let stop = min(end, index + 32)
      var even = 1.0, odd = 1.0
      while index + 1 < stop {
        even *= background + scale * Double(values[index])
        odd *= background + scale * Double(values[index + 1])
        index += 2
      }
      if index < stop {
        even *= background + scale * Double(values[index])
        index += 1
      }
      sum += Logarithm.natural(even * odd)
    }
    return sum
  }
}
