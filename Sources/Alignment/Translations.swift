/// What the search reads: for each source token its translations, with likelihood ratios in both directions.
struct Translations: Sendable {
  var rowStarts: [Int32] = [0]
  var targets: [Int32] = []
  /// p(target | source) / p(target), above the background.
  var forward: [Float] = []
  /// p(source | target) / p(source), above the background.
  var backward: [Float] = []
  /// The ratio for a target token that is no known translation, for each source token.
  var sourceBackground: [Float]
  /// The ratio for a source token that is no known translation, for each target token.
  var targetBackground: [Float]

  init(sourceBackground: [Float], targetBackground: [Float]) {
    self.sourceBackground = sourceBackground
    self.targetBackground = targetBackground
  }

  /// Appends the translations of the next source token.
  mutating func append(_ row: [(target: Int32, forward: Float, backward: Float)]) {
    for entry in row {
      targets.append(entry.target)
      forward.append(entry.forward)
      backward.append(entry.backward)
    }
    rowStarts.append(Int32(targets.count))
  }
}
