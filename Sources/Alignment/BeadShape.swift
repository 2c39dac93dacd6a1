/// The shapes of beads with two sides: up to four sentences on a side and five in all.
enum BeadShape {
  static let sources: [Int] = [1, 1, 2, 2, 1, 3, 2, 3, 1, 4]
  static let targets: [Int] = [1, 2, 1, 2, 3, 1, 3, 2, 4, 1]
  static let count = 10
  /// The first of them have at most two sentences on a side: enough for the first pass.
  static let smallCount = 4
  /// The most sentences on one side.
  static let reach = 4

  /// The number of the shape that `bead` has, nil where there is none.
  static func number(_ bead: Bead) -> Int? {
    (0..<count).first { sources[$0] == bead.source.count && targets[$0] == bead.target.count }
  }

}

/// How likely each shape of bead is, against 1-1; and a sentence without counterpart, and a further one after it.
struct BeadPriors: Sendable {
  private(set) var shapes: [Float]
  private(set) var gapStart: Float
  private(set) var gapMore: Float

  /// What holds before anything is aligned.
  init(_ parameters: AlignmentParameters) {
    shapes = (0..<BeadShape.count).map { shape in
      switch (BeadShape.sources[shape], BeadShape.targets[shape]) {
      case (1, 1): 0
      case (1, 2), (2, 1): Float(parameters.prior12)
      case (2, 2): Float(parameters.prior22)
      case (1, 3), (3, 1), (1, 4), (4, 1): Float(parameters.prior13)
      default: Float(parameters.priorLarger)
      }
    }
    gapStart = Float(parameters.deletionStart)
    gapMore = Float(parameters.deletionMore)
  }

  /// Those priors moved towards what the paths show: as if `priorBeads` beads had been seen that follow them.
  init(_ paths: [[Bead]], parameters: AlignmentParameters) {
    self.init(parameters)
    var counts = [Double](repeating: 0, count: BeadShape.count)
    var gapStarts = 0.0, gapMores = 0.0
    for path in paths {
      var last: Bead? = nil
      for bead in path {
        defer { last = bead }
        if bead.source.isEmpty || bead.target.isEmpty {
          let goesOn = last.map { bead.source.isEmpty ? $0.source.isEmpty : $0.target.isEmpty } ?? false
          if goesOn { gapMores += 1 } else { gapStarts += 1 }
        } else if let shape = BeadShape.number(bead) {
          counts[shape] += 1
        }
      }
    }
    let weight = parameters.priorBeads
    func mixed(_ count: Double, _ prior: Float) -> Float {
      Float(Logarithm.natural((count + weight * Logarithm.exponential(Double(prior))) / (counts[0] + weight)))
    }
    for shape in 1..<BeadShape.count { shapes[shape] = mixed(counts[shape], shapes[shape]) }
    // A gap opens on either side: each has half of them.
    gapStart = mixed(gapStarts / 2, gapStart)
    let more = Logarithm.exponential(Double(gapMore))
    gapMore = Float(Logarithm.natural((gapMores + weight * 0.2 * more) / (gapStarts + gapMores + weight * 0.2)))
  }
}
