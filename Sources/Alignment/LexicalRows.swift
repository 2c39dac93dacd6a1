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
  private var sourceBackground: [Double]
  private var targetBackground: [Double]
  private var rows: [Row] = Array(repeating: Row(), count: BeadShape.reach)
  private var accumulated: [Float] = []
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
    /// Backward sums by last target sentence and number of target sentences.
    var backward: [Double] = []
  }

  init(_ pair: PreparedPair, _ translations: Translations, band: Band, emptyShare: Double, window: consuming TokenWindow) {
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

  /// The backward sum of source sentence `x` (one of the last four read) given the `count` target sentences before `end`.
  @inline(__always) func backward(_ x: Int, count: Int, end: Int) -> Double {
    let slot = x & 3
    return rows[slot].backward[(end - 1 - rows[slot].low) * BeadShape.reach + count - 1]
  }

  /// Target sentences that the row of source sentence `x` covers.
  @inline(__always) func range(_ x: Int) -> (low: Int, high: Int) { (rows[x & 3].low, rows[x & 3].high) }

  private mutating func readRow(_ x: Int, low: Int, high: Int) {
    let slot = x & 3
    let tokens = source.tokenRange(x)
    let size = tokens.count
    window.move(to: low..<high, of: target)
    window.link(source.tokens[tokens], translations)
    rows[slot].low = low
    rows[slot].high = high
    let firstToken = Int(target.starts[low]), tokenCount = Int(target.starts[high]) - firstToken
    var forward: [Float] = []
    swap(&forward, &rows[slot].forward)
    forward.reset(count: tokenCount)
    var ratios = [Float](repeating: 0, count: (high - low) * size)
    window.gather(low..<high, of: target, size: size, forward: &forward, backward: &ratios)
    window.unlink()
    swap(&forward, &rows[slot].forward)
    sumBackward(ratios, size: size, slot: slot)
  }

  private mutating func sumBackward(_ ratios: [Float], size: Int, slot: Int) {
    let low = rows[slot].low, high = rows[slot].high
    var sums: [Double] = []
    swap(&sums, &rows[slot].backward)
    sums.reset(count: (high - low) * BeadShape.reach)
    accumulated.reset(count: size)
    for y in low..<high {
      for k in 0..<size { accumulated[k] = 0 }
      for count in 1...BeadShape.reach {
        let first = y + 1 - count
        if first < low { break }
        let base = (first - low) * size
        for k in 0..<size { accumulated[k] += ratios[base + k] }
        let tokenCount = target.tokenCount(first..<y + 1)
        if tokenCount == 0 { continue }
        let scale = (1 - empty) / Double(tokenCount)
        let background = empty + scale * (targetBackground[y + 1] - targetBackground[first])
        sums[(y - low) * BeadShape.reach + count - 1] = LogProduct.sum(
          accumulated.span, from: 0, count: size, background: background, scale: scale)
      }
    }
    swap(&sums, &rows[slot].backward)
  }

  /// Forward sums for runs of one to four source sentences that end at `end`.
  private mutating func sumForward(_ end: Int) {
    let low = Int(band.low[end - 1])
    for count in 1...BeadShape.reach {
      let x = end - count
      if x < 0 {
        forwardHigh[count - 1] = low
        forwardLow[count - 1] = low
        continue
      }
      let high = rows[x & 3].high
      forwardLow[count - 1] = low
      forwardHigh[count - 1] = max(low, high)
      let firstToken = Int(target.starts[low])
      let size = max(0, Int(target.starts[max(low, high)]) - firstToken)
      addForward(x, firstToken: firstToken, size: size, isFirst: count == 1)
      let tokenCount = source.tokenCount(x..<end)
      let scale = tokenCount == 0 ? 0 : (1 - empty) / Double(tokenCount)
      let background = empty + scale * (sourceBackground[end] - sourceBackground[x])
      var sums: [Double] = []
      swap(&sums, &forwardSums[count - 1])
      sums.reset(count: max(0, high - low) + 1)
      var sum = 0.0
      for y in low..<max(low, high) {
        let range = target.tokenRange(y)
        if tokenCount > 0 {
          sum += LogProduct.sum(
            accumulated.span, from: range.lowerBound - firstToken, count: range.count, background: background, scale: scale)
        }
        sums[y - low + 1] = sum
      }
      swap(&sums, &forwardSums[count - 1])
    }
  }

  private mutating func addForward(_ x: Int, firstToken: Int, size: Int, isFirst: Bool) {
    if isFirst { accumulated.reset(count: size) }
    let offset = firstToken - Int(target.starts[rows[x & 3].low])
    let ratios = rows[x & 3].forward
    let span = ratios.span
    var out = accumulated.mutableSpan
    for index in 0..<size { out[index] += span[offset + index] }
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
