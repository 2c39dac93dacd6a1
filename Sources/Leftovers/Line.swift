internal import Segmentation

/// A paragraph of the article, with what its shape and its words say of it.
struct Line {
  /// Its sentences' indices.
  var sentences: Range<Int>
  var start: Int
  var end: Int
  /// Empty lines before it.
  var blanksBefore = 0
  var shape = Shape()
  /// Wide gaps in it, where it may be a menu: two spaces or more, a tab, or U+3000.
  var gaps = 0
  var words = Words()
  /// The reason that its own signs speak for, and how loudly: 0 nothing, 1 a hint, 2 likely, 3 plain.
  var reason: LeftoverReason?
  var strength = 0
  var signals: Signals = []
  /// Units of evidence (see `Weights`) that it is the article's, and that it is the page's.
  var article = 0
  var page = 0
  /// A headline of another story, with its summary and its age below.
  var opensCard = false
  var zone = Zone.article
  /// What `PageModel` says: above 0 the article's.
  var score = 0
  /// Part of the teaser that stands last (`Page.findEcho`).
  var isEcho = false

  /// A line of running text: it ends as a sentence does and has some length.
  var isProse: Bool { shape.isTerminated && shape.width >= 40 && strength < 3 }
  /// Running text that does not say that it is the page's.
  var isText: Bool { isProse && !isPage }
  /// A paragraph that one sentence of the page does not make the page's.
  var isLong: Bool { shape.isTerminated && shape.width > 160 && !(strength >= 3 && signals.contains(.asking)) }
  var length: Int { end - start }

  /// How sure the verdict is: the model's score where it was asked; else, of a line that goes for its own signs, how much
  /// they say, and of what stays the evidence of the zones.
  func margin(isPage: Bool) -> Int {
    if score != 0 { return score }
    guard isPage else { return article - page }
    let said = Int(max(words.startWeight, words.insideWeight))
    let whole = words.isCovered ? 60 : words.startColon ? 40 : 0
    return -(strength * 100 + said * 30 + whole + max(0, 60 - shape.width / 4))
  }
}

/// Where a line stands: before the article, in it, after it.
enum Zone: UInt8 {
  case head, article, tail
}

extension Line {
  /// Says when, where or how many, and nothing else.
  var isMeta: Bool {
    switch reason {
    case .date, .relativeTime, .counter: strength >= 1 && !shape.isTerminated
    case .publisher, .byline: strength >= 2 && !shape.isTerminated
    default: false
    }
  }
}
