/// Why a sentence ends where it ends; the layer that proposed the boundary (docs/FORMAT.md, `rule`).
public enum Rule: UInt8, Sendable, CaseIterable {
  /// The article's last record.
  case textEnd
  /// The last of every other paragraph.
  case paragraph
  /// ICU's sentence break iterator (UAX 29, section 5).
  case icu
  /// After a colon.
  case colon
  /// After a semicolon.
  case semicolon
  /// After a closing quote or bracket.
  case closer
  /// After a terminator, before a lower-case letter.
  case lowercase
  /// At white space: between the phrases of a language without terminators, or in text without paragraphs.
  case space
  /// At a list marker.
  case list
  /// A person decided so, in a decisions file.
  case decision

  /// As it stands in a record, e.g. `text-end`.
  public var name: String {
    switch self {
    case .textEnd: "text-end"
    case .paragraph: "paragraph"
    case .icu: "icu"
    case .colon: "colon"
    case .semicolon: "semicolon"
    case .closer: "closer"
    case .lowercase: "lowercase"
    case .space: "space"
    case .list: "list"
    case .decision: "decision"
    }
  }
}

/// A sentence of an article: a slice of its UTF-8 that neither begins nor ends with White_Space.
public struct Sentence: Sendable, Equatable {
  /// Byte offset of its first byte in the article.
  public var start: Int
  /// Byte offset after its last byte.
  public var end: Int
  /// Its paragraph's number in the article, from 0.
  public var paragraph: Int
  public var rule: Rule

  public init(start: Int, end: Int, paragraph: Int, rule: Rule) {
    self.start = start
    self.end = end
    self.paragraph = paragraph
    self.rule = rule
  }
}

/// A paragraph of an article, by byte offsets; its first and last scalars are not White_Space.
public struct Paragraph: Sendable, Equatable {
  public var start: Int
  public var end: Int

  public init(start: Int, end: Int) {
    self.start = start
    self.end = end
  }
}

/// What segmentation can't do, in its own words; Kalimat turns it into a `Problem` with its place.
public enum SegmentationError: Error, Sendable, Equatable {
  /// ICU refused to open or to run its iterator; ICU's own name of the error.
  case icu(String)
}
