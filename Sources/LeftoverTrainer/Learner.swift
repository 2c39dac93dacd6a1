internal import Leftovers

/// A row of features, what it is, and how much it counts.
struct Example {
  var sample: Int
  var row: Int
  /// 1 the article's, -1 the page's.
  var label: Double
  var weight: Double
}

/// Boosting of trees that ask the same question of all rows on a level, on squared hinge loss: sums and quotients
/// alone, in one order, so that the same data give the same bytes.
struct Learner {
  var treeCount = 120
  var depth = 4
  var rate = 0.12
  var ridge = 8.0
  /// A unit of score is a thousandth.
  static let unit = 1000.0

  private let examples: [Example]
  private let samples: [[Int16]]
  /// By feature: the thresholds that are tried, rising.
  private var thresholds: [[Int16]] = []
  /// By feature, then by example: how many thresholds the value is over.
  private var bins: [[UInt8]] = []

  init(examples: [Example], samples: [[Int16]]) {
    self.examples = examples
    self.samples = samples
    for feature in 0..<PageFeatures.count {
      let values = examples.map { samples[$0.sample][$0.row * PageFeatures.count + feature] }
      let sorted = values.sorted()
      var cuts: [Int16] = []
      for step in 1..<40 {
        let value = sorted[sorted.count * step / 40]
        if value != sorted.last, cuts.last != value { cuts.append(value) }
      }
      thresholds.append(cuts)
      bins.append(values.map { value in UInt8(cuts.count(where: { $0 < value })) })
    }
  }

  func model() -> PageModel {
    var model = PageModel()
    var scores = [Int32](repeating: 0, count: examples.count)
    for _ in 0..<treeCount {
      let tree = tree(scores)
      model.append(tree)
      for index in examples.indices {
        var leaf = 0
        let base = examples[index].row * PageFeatures.count
        for question in tree.questions {
          let value = samples[examples[index].sample][base + question.feature]
          leaf = leaf << 1 | (value > question.threshold ? 1 : 0)
        }
        scores[index] += tree.leaves[leaf]
      }
    }
    return model
  }

  private func tree(_ scores: [Int32]) -> PageModel.Tree {
    var gradients = [Double](repeating: 0, count: examples.count)
    var curvatures = gradients
    for (index, example) in examples.enumerated() {
      let margin = example.label * Double(scores[index]) / Self.unit
      if margin < 1 {
        gradients[index] = example.weight * example.label * (1 - margin)
        curvatures[index] = example.weight
      }
    }
    var leaves = [Int](repeating: 0, count: examples.count)
    var questions: [(feature: Int, threshold: Int16)] = []
    for level in 0..<depth {
      guard let best = question(gradients, curvatures, leaves, count: 1 << level) else { break }
      questions.append((best.feature, thresholds[best.feature][best.cut]))
      for index in leaves.indices {
        leaves[index] = leaves[index] << 1 | (Int(bins[best.feature][index]) > best.cut ? 1 : 0)
      }
    }
    var sums = [(gradient: Double, curvature: Double)](repeating: (0, 0), count: 1 << questions.count)
    for index in leaves.indices {
      sums[leaves[index]].gradient += gradients[index]
      sums[leaves[index]].curvature += curvatures[index]
    }
    let values = sums.map { Int32((rate * $0.gradient / ($0.curvature + ridge) * Self.unit).rounded()) }
    return PageModel.Tree(questions: questions, leaves: values)
  }

  /// The question that parts the rows best: most gain over the leaves there are.
  private func question(
    _ gradients: [Double], _ curvatures: [Double], _ leaves: [Int], count: Int
  ) -> (feature: Int, cut: Int)? {
    var best: (feature: Int, cut: Int)?
    var most = 1e-9
    for feature in thresholds.indices where !thresholds[feature].isEmpty {
      let width = thresholds[feature].count + 1
      var gradient = [Double](repeating: 0, count: count * width)
      var curvature = gradient
      for index in leaves.indices {
        let cell = leaves[index] * width + Int(bins[feature][index])
        gradient[cell] += gradients[index]
        curvature[cell] += curvatures[index]
      }
      var gains = [Double](repeating: 0, count: width - 1)
      for leaf in 0..<count {
        let cells = leaf * width..<(leaf + 1) * width
        let all = (gradient[cells].reduce(0, +), curvature[cells].reduce(0, +))
        var low = (0.0, 0.0)
        let parent = all.0 * all.0 / (all.1 + ridge)
        for cut in gains.indices {
          low.0 += gradient[leaf * width + cut]
          low.1 += curvature[leaf * width + cut]
          let high = (all.0 - low.0, all.1 - low.1)
          gains[cut] += low.0 * low.0 / (low.1 + ridge) + high.0 * high.0 / (high.1 + ridge) - parent
        }
      }
      for cut in gains.indices where gains[cut] > most { (most, best) = (gains[cut], (feature, cut)) }
    }
    return best
  }
}
