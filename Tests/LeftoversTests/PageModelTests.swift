import Testing

@testable import Leftovers

/// The model of pages: its trees at once for all rows, and one after another.
@Suite struct PageModelTests {
  @Test("Scores are the sums of the leaves that the answers name", arguments: [0, 1, 15, 16, 17, 40])
  func scores(rowCount: Int) {
    var random = SystemRandomNumberGenerator()
    let rows = (0..<rowCount * PageFeatures.count).map { _ in Int16.random(in: -20...20, using: &random) }
    let shipped = PageModel.shipped
    #expect(shipped.trees.count > 50)
    for model in [shipped, Self.shallow] {
      let expected = (0..<rowCount).map { row in
        model.trees.reduce(0) { sum, tree in
          let leaf = tree.questions.reduce(0) { leaf, question in
            leaf << 1 | (rows[row * PageFeatures.count + question.feature] > question.threshold ? 1 : 0)
          }
          return sum + Int(tree.leaves[leaf])
        }
      }
      #expect(model.scores(of: rows) == expected)
    }
  }

  /// Trees of fewer questions than the most.
  private static var shallow: PageModel {
    var model = PageModel()
    model.append(PageModel.Tree(questions: [], leaves: [7]))
    model.append(
      PageModel.Tree(questions: [(feature: 3, threshold: 0), (feature: 70, threshold: 5)], leaves: [1, 20, 300, -4]))
    return model
  }
}
