/// Embeddings of sentences and of runs of them: one unit vector a row, of one dimension.
///
/// Memory is four bytes for each number of a row. Whoever fills it decides which rows are needed.
public struct SentenceVectors: Sendable {
  /// Numbers of a vector.
  public let dimension: Int
  /// Rows, each padded with zeros to whole lanes.
  private var lanes: [SIMD8<Float>] = []
  private let laneCount: Int

  /// An empty list of vectors of `dimension` numbers (1 …).
  public init(dimension: Int) {
    self.dimension = dimension
    laneCount = (dimension + 7) / 8
  }

  /// How many vectors there are.
  public var count: Int { lanes.count / laneCount }

  /// Adds a vector of `dimension` numbers, as long as 1; one of zeros stays as it is. Gives back its row.
  public mutating func append(_ values: Span<Float>) -> Int32 {
    let row = count
    for lane in 0..<laneCount {
      var numbers = SIMD8<Float>()
      for index in 0..<min(8, dimension - lane * 8) { numbers[index] = values[lane * 8 + index] }
      lanes.append(numbers)
    }
    scale(row)
    return Int32(row)
  }

  /// Adds the direction of the sum of rows: what stands for a run whose own vector is not known.
  public mutating func append(sumOf rows: [Int32]) -> Int32 {
    let row = count
    for lane in 0..<laneCount {
      lanes.append(rows.reduce(into: SIMD8<Float>()) { $0 += lanes[Int($1) * laneCount + lane] })
    }
    scale(row)
    return Int32(row)
  }

  private mutating func scale(_ row: Int) {
    let length = dot(row, self, row).squareRoot()
    guard length > 0, length.isFinite else { return }
    for lane in row * laneCount..<(row + 1) * laneCount { lanes[lane] /= length }
  }

  /// Cosine of a row and a row of `other`, which has the same dimension.
  @inline(__always) func dot(_ row: Int, _ other: SentenceVectors, _ otherRow: Int) -> Float {
    let here = lanes.span, there = other.lanes.span
    let from = row * laneCount, otherFrom = otherRow * laneCount
    var even = SIMD8<Float>(), odd = SIMD8<Float>()
    var lane = 0
    while lane + 1 < laneCount {
      even += here[from + lane] * there[otherFrom + lane]
      odd += here[from + lane + 1] * there[otherFrom + lane + 1]
      lane += 2
    }
    if lane < laneCount { even += here[from + lane] * there[otherFrom + lane] }
    return (even + odd).sum()
  }

  /// The mean of rows, as the one row of a list of its own. It is no unit vector: its dot product with a vector is the
  /// mean of the cosines.
  fileprivate func mean(of rows: [Int32]) -> SentenceVectors {
    var mean = SentenceVectors(dimension: dimension)
    mean.lanes = Array(repeating: SIMD8<Float>(), count: laneCount)
    for row in rows {
      for lane in 0..<laneCount { mean.lanes[lane] += lanes[Int(row) * laneCount + lane] }
    }
    for lane in 0..<laneCount { mean.lanes[lane] /= Float(max(1, rows.count)) }
    return mean
  }
}

/// What vectors say of beads: cosines against what chance meetings of the collection have (Thompson and Koehn 2019, whose
/// random samples are here the mean over all sentences of the other side, which is the same sum done at once).
struct VectorModel: Sendable {
  private let source: SentenceVectors
  private let target: SentenceVectors
  /// How far each row is from the other side's sentences on average: 1 less the mean cosine.
  private let sourceDistances: [Float]
  private let targetDistances: [Float]
  private let weight: Float
  private let threshold: Float

  /// - Parameters:
  ///   - sourceRows, targetRows: the rows of single sentences, over all documents.
  init(
    _ vectors: (source: SentenceVectors, target: SentenceVectors), sourceRows: [Int32], targetRows: [Int32],
    parameters: AlignmentParameters
  ) {
    source = vectors.source
    target = vectors.target
    sourceDistances = Self.distances(of: source, to: target.mean(of: targetRows))
    targetDistances = Self.distances(of: target, to: source.mean(of: sourceRows))
    weight = Float(parameters.vectorWeight)
    threshold = Float(parameters.vectorThreshold)
  }

  private static func distances(of vectors: SentenceVectors, to mean: SentenceVectors) -> [Float] {
    (0..<vectors.count).map { 1 - vectors.dot($0, mean, 0) }
  }

  /// What two runs' vectors add to a bead's score, for each sentence of the side that has fewer: likeness is 1 where they
  /// are the same, 0 where they are as near as any two sentences.
  @inline(__always) func score(source row: Int32, target otherRow: Int32, sentences: Int) -> Float {
    let chance = 0.5 * (sourceDistances[Int(row)] + targetDistances[Int(otherRow)])
    let distance = 1 - source.dot(Int(row), target, Int(otherRow))
    let likeness = max(-1, 1 - distance / max(0.01, chance))
    return weight * (likeness - threshold) * Float(sentences)
  }
}
