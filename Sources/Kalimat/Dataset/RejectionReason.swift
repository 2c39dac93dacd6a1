internal import Leftovers

/// Why a text is no sentence of the corpus, in the order of precedence (docs/FORMAT.md, `reason`).
public enum RejectionReason: String, Sendable, CaseIterable {
  case decision
  case tooLong = "too-long"
  case noText = "no-text"
  case duplicate, repeated, language
  // Leftovers of a page.
  case related, teaser, share, newsletter, notice, advertisement, publisher, copyright, byline, credit, date
  case relativeTime = "relative-time"
  case counter, tags, navigation, comment

  init(_ leftover: LeftoverReason) {
    switch leftover {
    case .related: self = .related
    case .teaser: self = .teaser
    case .share: self = .share
    case .newsletter: self = .newsletter
    case .notice: self = .notice
    case .advertisement: self = .advertisement
    case .publisher: self = .publisher
    case .copyright: self = .copyright
    case .byline: self = .byline
    case .credit: self = .credit
    case .date: self = .date
    case .relativeTime: self = .relativeTime
    case .counter: self = .counter
    case .tags: self = .tags
    case .navigation: self = .navigation
    case .comment: self = .comment
    }
  }

  /// Whether it is a leftover of a page: those `--leftovers mark` leaves in data/.
  public var isLeftover: Bool { index >= RejectionReason.related.index }

  /// Its place in the order of precedence, from 0.
  var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// How many records have each reason.
struct ReasonCounts: Sendable, Equatable {
  private var counts = InlineArray<22, Int32>(repeating: 0)

  subscript(reason: RejectionReason) -> Int {
    get { Int(counts[reason.index]) }
    set { counts[reason.index] = Int32(clamping: newValue) }
  }

  static func == (a: ReasonCounts, b: ReasonCounts) -> Bool {
    RejectionReason.allCases.allSatisfy { a[$0] == b[$0] }
  }
}
