public import Segmentation

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

/// What the classifier says of one sentence.
public struct Verdict: Sendable, Equatable {
  public var kind: Kind
  /// Nil where the sentence belongs to the article.
  public var reason: LeftoverReason?

  public init(kind: Kind, reason: LeftoverReason? = nil) {
    self.kind = kind
    self.reason = reason
  }
}

/// Tells an article's sentences from what the page round it left behind.
public struct LeftoverClassifier: Sendable {
  public init() {}

  /// One verdict for each of `sentences`, which are all of the article `text`, in order.
  public func verdicts(for sentences: [Sentence], of text: Span<UInt8>, language: String) -> [Verdict] {
    sentences.map { _ in Verdict(kind: .body) }
  }
}
