/// What a sentence is in its article (docs/FORMAT.md, `kind`).
public enum Kind: UInt8, Sendable, CaseIterable {
  case title, heading, body, item, caption, dateline
  /// A leftover of the page.
  case other

  public var name: String { "\(self)" }
}

/// Why a sentence of the page is none of the article, in the order of precedence (docs/FORMAT.md, `reason`).
public enum LeftoverReason: UInt8, Sendable, CaseIterable {
  case related, teaser, share, newsletter, notice, advertisement, publisher, copyright, byline, credit, date
  case relativeTime, counter, tags, navigation, comment

  public var name: String { self == .relativeTime ? "relative-time" : "\(self)" }
}

/// The small signs that a verdict rests on; named for `segment --explain` and `show`.
public struct Signals: OptionSet, Sendable, Equatable {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The line is made of words of Languages/ alone, begins with them, or has them in it.
  public static let wholeWords = Signals(rawValue: 1 << 0)
  public static let startWords = Signals(rawValue: 1 << 1)
  public static let insideWords = Signals(rawValue: 1 << 2)
  /// A form: a number, date, domain, address, hashtags, initials, or a row of short names between bars.
  public static let form = Signals(rawValue: 1 << 3)
  /// It stands before the article's text, or after it.
  public static let beforeText = Signals(rawValue: 1 << 4)
  public static let afterText = Signals(rawValue: 1 << 5)
  /// It follows a line that opens a block of other stories, tags or comments.
  public static let block = Signals(rawValue: 1 << 6)
  /// It says again what the line before it, or another of the article, says.
  public static let repetition = Signals(rawValue: 1 << 7)
  /// Running text: its end and its length.
  public static let prose = Signals(rawValue: 1 << 8)
  /// The lines round it.
  public static let neighbours = Signals(rawValue: 1 << 9)
  /// An offer, an invitation to the reader and the page's own `our` meet in it.
  public static let asking = Signals(rawValue: 1 << 10)

  /// The names of the signs, e.g. `start-words, before-text`.
  public var names: [String] {
    let all: [(Signals, String)] = [
      (.wholeWords, "whole-words"), (.startWords, "start-words"), (.insideWords, "inside-words"), (.form, "form"),
      (.beforeText, "before-text"), (.afterText, "after-text"), (.block, "block"), (.repetition, "repetition"),
      (.prose, "prose"), (.neighbours, "neighbours"), (.asking, "asking"),
    ]
    return all.compactMap { contains($0.0) ? $0.1 : nil }
  }
}

/// What the classifier says of one sentence.
public struct Verdict: Sendable, Equatable {
  public var kind: Kind
  /// Nil where the sentence belongs to the article.
  public var reason: LeftoverReason?
  /// How sure it is, in the units of docs/LEFTOVERS.md: above 0 the article's, below 0 the page's.
  public var score: Int
  public var signals: Signals

  public init(kind: Kind, reason: LeftoverReason? = nil, score: Int = 0, signals: Signals = []) {
    self.kind = kind
    self.reason = reason
    self.score = score
    self.signals = signals
  }
}
