/// Logistic regression by AdaGrad over sparse binary features: in a fixed order, with arithmetic that is the same
/// on every machine (its exponential is its own), so that the weights are the same to the byte.
struct Learner {
  struct Example {
    var features: Range<Int>
    var isBoundary: Bool
    var weight: Double
    /// The set it comes from, and the fold in which that set's block is held out.
    var set: Int
    var fold: Int
  }

  private(set) var examples: [Example] = []
  /// The features of all examples, end to end: their hashes, then (after `number`) dense numbers.
  private(set) var features: [UInt32] = []

  mutating func add(_ hashes: [UInt32], isBoundary: Bool, weight: Double, set: Int, fold: Int) {
    let start = features.count
    features.append(contentsOf: hashes)
    examples.append(
      Example(features: start..<features.count, isBoundary: isBoundary, weight: weight, set: set, fold: fold))
  }

  /// The weights of the features seen at least `Self.floor` times in the examples that `isUsed` admits.
  func train(isUsed: (Example) -> Bool) -> [UInt32: Double] {
    let used = examples.indices.filter { isUsed(examples[$0]) }
    var counts: [UInt32: Int] = [:]
    for index in used { for feature in features[examples[index].features] { counts[feature, default: 0] += 1 } }
    var numbers: [UInt32: Int] = [:]
    var names: [UInt32] = []
    for (feature, count) in counts where count >= Self.floor { names.append(feature) }
    names.sort()
    for (number, name) in names.enumerated() { numbers[name] = number }
    let dense = used.map { index in features[examples[index].features].compactMap { numbers[$0] } }
    let weights = Self.descend(used.map { examples[$0] }, dense, count: names.count)
    var named: [UInt32: Double] = [:]
    for (number, name) in names.enumerated() where weights[number] != 0 { named[name] = weights[number] }
    return named
  }

  /// A feature seen less often than this is left out.
  static let floor = 4
  static let epochs = 8
  static let rate = 0.04
  static let decay = 2e-6
  /// Taken off a weight's size at each step, times the step: what says little becomes nothing.
  static let sparsity = 6e-4

  private static func descend(_ examples: [Example], _ dense: [[Int]], count: Int) -> [Double] {
    var weights = [Double](repeating: 0, count: count)
    var squares = [Double](repeating: 1e-2, count: count)
    var order = Array(examples.indices)
    var random = Generator(state: 0x6B61_6C69_6D61_7431)
    var sums = [Double](repeating: 0, count: count)
    for epoch in 0..<epochs {
      for index in stride(from: order.count - 1, to: 0, by: -1) { order.swapAt(index, random.next(below: index + 1)) }
      for index in order {
        var sum = 0.0
        for feature in dense[index] { sum += weights[feature] }
        let error = (probability(sum) - (examples[index].isBoundary ? 1 : 0)) * examples[index].weight
        for feature in dense[index] {
          let gradient = error + decay * weights[feature]
          squares[feature] += gradient * gradient
          let step = rate / squares[feature].squareRoot()
          let moved = weights[feature] - step * gradient
          let shrink = step * sparsity
          weights[feature] = moved > shrink ? moved - shrink : moved < -shrink ? moved + shrink : 0
        }
      }
      if epoch >= epochs / 2 { for index in 0..<count { sums[index] += weights[index] } }
    }
    return sums.map { $0 / Double(epochs - epochs / 2) }
  }

  static func probability(_ score: Double) -> Double {
    score < 0 ? 1 - 1 / (1 + exponential(score)) : 1 / (1 + exponential(-score))
  }

  /// e to a power of 0 or less: by halving and a series, so that no library's rounding matters.
  private static func exponential(_ power: Double) -> Double {
    if power < -40 { return 0 }
    let small = power / 64
    var term = 1.0
    var sum = 1.0
    for index in 1...9 {
      term *= small / Double(index)
      sum += term
    }
    for _ in 0..<6 { sum *= sum }
    return sum
  }
}

/// SplitMix64.
struct Generator {
  var state: UInt64

  mutating func next(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return Int(truncatingIfNeeded: (mixed ^ mixed >> 31) % UInt64(limit))
  }
}
