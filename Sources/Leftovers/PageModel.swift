internal import CKernels
internal import Segmentation

/// The trees that weigh a line's features: above 0 the article's, below 0 the page's.
///
/// A tree asks the same questions of every line (`feature > threshold`), and the answers, read as a binary number, name
/// the leaf. The file (docs/LEFTOVERS.md, "The model"): a tree a line, `feature:threshold` as often as it is deep, then
/// its leaves.
package struct PageModel: Sendable {
  package struct Tree: Sendable {
    package var questions: [(feature: Int, threshold: Int16)]
    package var leaves: [Int32]
    package init(questions: [(feature: Int, threshold: Int16)], leaves: [Int32]) {
      self.questions = questions
      self.leaves = leaves
    }
  }

  /// Questions that a tree asks at most.
  package static let deepest = 4
  package private(set) var trees: [Tree] = []
  /// The same for `kk_sum_trees`: four questions a tree, and its sixteen leaves, end to end.
  private var features: [UInt16] = []
  private var thresholds: [Int16] = []
  private var leaves: [Int32] = []
  package init() {}

  /// - Parameter tree: of `deepest` questions at most, on numbers that a row has, and a leaf for each of their answers.
  package mutating func append(_ tree: Tree) {
    trees.append(tree)
    let spare = Self.deepest - tree.questions.count
    // A question that nobody says yes to stands for each that is not asked.
    let questions = Array(repeating: (feature: 0, threshold: Int16.max), count: spare) + tree.questions
    features += questions.map { UInt16($0.feature) }
    thresholds += questions.map(\.threshold)
    leaves += tree.leaves + [Int32](repeating: 0, count: 16 - tree.leaves.count)
  }

  /// The weights that are built in.
  package static let shipped = PageModel(file: BuiltInFile.pageWeights.contents())

  /// Reads a file of trees; a line that is none ends it.
  package init(file: [UInt8]) {
    for line in file.split(separator: 0x0A) {
      var questions: [(feature: Int, threshold: Int16)] = []
      var leaves: [Int32] = []
      for word in line.split(separator: 0x20) {
        let parts = word.split(separator: 0x3A).map { String(decoding: $0, as: UTF8.self) }
        if parts.count == 2, let feature = Int(parts[0]), let threshold = Int16(parts[1]) {
          questions.append((feature, threshold))
        } else if parts.count == 1, let leaf = Int32(parts[0]) {
          leaves.append(leaf)
        }
      }
      guard questions.count <= Self.deepest, leaves.count == 1 << questions.count,
        questions.allSatisfy({ $0.feature >= 0 && $0.feature < PageFeatures.count })
      else { return }
      append(Tree(questions: questions, leaves: leaves))
    }
  }

  /// For each row of `PageFeatures.count` numbers the sum of the leaves that its answers name.
  package func scores(of rows: [Int16]) -> [Int] {
    let count = rows.count / PageFeatures.count
    let padded = (count + 15) / 16 * 16
    var columns = [Int16](repeating: 0, count: padded * PageFeatures.count)
    // Unsafe because checks of bounds cost here: rows are within `rows`, and a column has room for all of them.
    unsafe rows.withUnsafeBufferPointer { rows in
      unsafe columns.withUnsafeMutableBufferPointer { columns in
        for feature in 0..<PageFeatures.count {
          for row in 0..<count {
            unsafe columns[feature &* padded &+ row] = rows[row &* PageFeatures.count &+ feature]
          }
        }
      }
    }
    var sums = [Int32](repeating: 0, count: padded)
    // Unsafe because C takes pointers: the arrays have the sizes that the header asks for, and no pointer outlives it.
    unsafe kk_sum_trees(columns, padded, features, thresholds, leaves, leaves.count / 16, &sums)
    return sums[..<count].map(Int.init)
  }
}

extension Page {
  /// Lets the model correct the zones: of a dump it decides alone, of a copied page where it is sure.
  mutating func ask(_ model: PageModel, _ text: Span<UInt8>) {
    guard !model.trees.isEmpty else { return }
    let rows = features(text).rows
    for (index, score) in model.scores(of: rows).enumerated() { lines[index].score = score }
    let text = lines.indices.filter { lines[$0].isText && lines[$0].score > 0 }
    let (first, last) = (text.first ?? lines.count, text.last ?? -1)
    var keeps = lines.indices.map { index in
      let line = lines[index]
      if index + 1 == first, line.mayBeDateline, !isDump || line.score > PageModel.dateLimit { return true }
      if isDump { return line.score > (line.isProse ? PageModel.dumpLimit : 0) }
      if line.words.has(.heading) && line.words.covered == line.words.total && line.strength == 0 {
        return line.score > PageModel.headingLimit
      }
      if line.zone == .tail { return line.score > (line.isProse ? PageModel.proseRescue : PageModel.rescue) }
      if line.zone == .head && !line.isLoose { return line.score > PageModel.headRescue }
      if line.zone == .head { return line.score > PageModel.looseRescue }
      if asks(line) { return line.score > PageModel.askLimit }
      if line.shape.isTerminated || line.shape.width > 90 { return line.score > PageModel.proseLimit }
      if mayBeHeading(index) {
        return line.score > PageModel.headingLimit
      }
      return line.score > (index < first ? PageModel.headLimit : index > last ? PageModel.tailLimit : PageModel.limit)
    }
    keepLastWords(&keeps)
    keepBehindInsert(&keeps)
    keepPlainEnd(&keeps)
    keepBetweenText(&keeps)
    for index in lines.indices {
      lines[index].zone = keeps[index] ? .article : index < first ? .head : .tail
    }
  }
}

extension Page {
  /// A short sentence right behind running text that stays ends the article; it has nothing of a page.
  private func keepLastWords(_ keeps: inout [Bool]) {
    for index in lines.indices.dropFirst() where !keeps[index] && keeps[index - 1] {
      let line = lines[index]
      guard line.shape.isTerminated, line.strength == 0 || line.strength == 1 && line.sentences.count > 1,
        line.words.cues <= 1, line.score > PageModel.lastLimit,
        lines[index - 1].shape.isTerminated, !lines[index - 1].isPage
      else { continue }
      keeps[index] = true
    }
  }

  /// An insert of other stories or an ask, a paragraph, and what ends an article behind it (who wrote, tags, notes): the
  /// paragraph is the article's last, and no summary of another story.
  private func keepBehindInsert(_ keeps: inout [Bool]) {
    for last in lines.indices.dropLast(2) where keeps[last] && !keeps[last + 1] && lines[last + 1].isInsert {
      guard lines[last].shape.isTerminated, !lines[last].isPage else { continue }
      var next = last + 1
      var loose = 0
      while next < lines.count, next <= last + 6, lines[next].isPage || lines[next].isLoose {
        loose += lines[next].isLoose ? 1 : 0
        next += 1
      }
      var end = next
      while end < lines.count, lines[end].shape.isTerminated, lines[end].strength == 0, !lines[end].isPage { end += 1 }
      guard loose <= 3, end > next, end < lines.count, lines[end].endsArticle else { continue }
      for index in next..<end where lines[index].score > PageModel.lastLimit { keeps[index] = true }
    }
  }

  /// Lines between two paragraphs of the article that stay, none of which has a sign of the page: a list, a verse, a
  /// letter, short answers. What pages put into an article says what it is, or follows a line that does.
  private func keepBetweenText(_ keeps: inout [Bool]) {
    var last: Int? = nil
    for index in lines.indices where keeps[index] && lines[index].isText {
      if let last, lines[(last + 1)..<index].allSatisfy(\.isPlain) {
        for between in (last + 1)..<index { keeps[between] = true }
      }
      last = index
    }
  }

  /// The same right behind a paragraph that stays, up to the last line that ends as a sentence does: an article's end.
  private func keepPlainEnd(_ keeps: inout [Bool]) {
    for first in lines.indices.dropFirst() where !keeps[first] && keeps[first - 1] && lines[first - 1].isText {
      let run = lines[first...].prefix { $0.isPlain && $0.words.cues <= 1 && $0.score > PageModel.lastLimit }
      guard let last = run.lastIndex(where: \.shape.isTerminated) else { continue }
      for index in first...last { keeps[index] = true }
    }
  }

  /// Some words of the page's asks and notes in a line that is not long.
  private func asks(_ line: Line) -> Bool {
    guard line.strength >= 1, line.shape.width <= 260, !line.words.beginsWithQuote else { return false }
    switch line.reason {
    case .newsletter, .notice, .share, .advertisement, .related, .copyright, .publisher, .comment: return true
    default: return false
    }
  }

  /// A short line between running text, or the title's among the first lines.
  private func mayBeHeading(_ index: Int) -> Bool {
    guard lines[index].isLoose, lines[index].strength == 0, index + 1 < lines.count else { return false }
    let next = lines[index + 1]
    return next.isText && next.score > 0 && (index == 0 || lines[index - 1].shape.isTerminated)
  }
}

extension Line {
  /// Nothing in it is of a page.
  fileprivate var isPlain: Bool { strength == 0 && !isEcho && !opensCard }

  /// Stands between an article's paragraphs too.
  fileprivate var isInsert: Bool {
    guard isPage else { return false }
    switch reason {
    case .related, .teaser, .newsletter, .advertisement, .share, .notice: return true
    default: return false
    }
  }

  /// Stands behind an article's last paragraph rather than in a list of other stories.
  fileprivate var endsArticle: Bool {
    guard isPage || strength >= 1 && !shape.isTerminated else { return false }
    switch reason {
    case .byline, .tags, .notice, .newsletter, .share, .copyright: return true
    default: return false
    }
  }

  /// A place over the text: capitals alone, or names with a comma or a bracket.
  var mayBeDateline: Bool {
    isLoose && strength <= 1 && shape.words <= 5 && shape.letters > 3 && shape.separators == 0
      && (shape.shouted * 2 >= shape.words || shape.commas == 1 || shape.endsWithBracket)
  }
}

extension PageModel {
  /// Scores that a line of a copied page must be over to stay: what stands outside the article for the rules,
  /// running text, and other lines.
  /// Lines that say themselves that they are a page's: with fewer the text may well have no page round it.
  static let leastPlain = 3
  static let dumpLimit = -250
  static let headFloor = -300
  static let looseRescue = 200
  static let headRescue = -300
  static let proseRescue = -200
  static let rescue = 1200
  static let proseLimit = -900
  static let askLimit = 0
  static let dateLimit = -900
  static let lastLimit = -900
  static let headingLimit = -1000
  static let headLimit = 0
  static let tailLimit = 0
  static let limit = -450
}
