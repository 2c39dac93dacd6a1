/// What the search reads: for each source token its translations, with likelihood ratios in both directions.
struct Translations: Sendable {
  var rowStarts: [Int32]
  var targets: [Int32] = []
  /// p(target | source) / p(target), above the background.
  var forward: [Float] = []
  /// p(source | target) / p(source), above the background.
  var backward: [Float] = []
  /// The ratio for a target token that is no known translation, for each source token.
  var sourceBackground: [Float]
  /// The ratio for a source token that is no known translation, for each target token.
  var targetBackground: [Float]

  init(sourceCount: Int, targetCount: Int) {
    rowStarts = Array(repeating: 0, count: sourceCount + 1)
    sourceBackground = Array(repeating: 1, count: sourceCount)
    targetBackground = Array(repeating: 1, count: targetCount)
  }
}
