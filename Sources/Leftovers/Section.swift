/// What the words of a section of Languages/xx.txt are evidence of.
enum Section: UInt8, CaseIterable {
  case related, teaser, share, newsletter, notice, advertisement, publisher, copyright, byline, credit, date
  case relativeTime, counter, tags, navigation, comment
  /// Words that dates are made of: months, days of the week, time zones.
  case month
  /// Words that say nothing alone but stand between the words of a bar or a date.
  case filler
  /// What the article itself calls its parts: evidence for it.
  case heading
  /// Words that pages say more often than their articles do: the model counts them.
  case cue
  /// Cues too, which say more where they meet in one line (`Line.asking`): what a page offers (newsletter, app), what it
  /// makes conditions of (subscription, cookies), what it asks the reader to do, how it speaks of itself, and what its
  /// authors are.
  case offer, account, ask, ours, role

  /// As it stands in a language's file, e.g. `relative-time`.
  init?(name: String) {
    guard let section = Section.allCases.first(where: { $0.fileName == name }) else { return nil }
    self = section
  }

  private var fileName: String {
    switch self {
    case .related: "related"
    case .teaser: "teaser"
    case .share: "share"
    case .newsletter: "newsletter"
    case .notice: "notice"
    case .advertisement: "advertisement"
    case .publisher: "publisher"
    case .copyright: "copyright"
    case .byline: "byline"
    case .credit: "credit"
    case .date: "date"
    case .relativeTime: "relative-time"
    case .counter: "counter"
    case .tags: "tags"
    case .navigation: "navigation"
    case .comment: "comment"
    case .month: "months"
    case .filler: "fillers"
    case .heading: "headings"
    case .cue: "cues"
    case .offer: "offers"
    case .account: "accounts"
    case .ask: "asks"
    case .ours: "ours"
    case .role: "roles"
    }
  }

  /// The reason that the section is evidence of.
  var reason: LeftoverReason? {
    switch self {
    case .month: .date
    case .filler, .heading, .cue, .offer, .account, .ask, .ours, .role: nil
    default: LeftoverReason(rawValue: rawValue)
    }
  }

  /// Whether its phrases are only counted, and cover nothing.
  var isCue: Bool { rawValue >= Section.cue.rawValue }

  var bit: UInt32 { 1 << UInt32(rawValue) }
}
