/// The shapes of beads with two sides: up to four sentences on a side and five in all.
enum BeadShape {
  static let sources: [Int] = [1, 1, 2, 2, 1, 3, 2, 3, 1, 4]
  static let targets: [Int] = [1, 2, 1, 2, 3, 1, 3, 2, 4, 1]
  static let count = 10
  /// The most sentences on one side.
  static let reach = 4

  /// Log priors in the order of the shapes.
  static func priors(_ parameters: AlignmentParameters) -> [Float] {
    (0..<count).map { shape in
      switch (sources[shape], targets[shape]) {
      case (1, 1): 0
      case (1, 2), (2, 1): Float(parameters.prior12)
      case (2, 2): Float(parameters.prior22)
      case (1, 3), (3, 1): Float(parameters.prior13)
      case (1, 4), (4, 1): Float(parameters.prior13)
      default: Float(parameters.priorLarger)
      }
    }
  }
}
