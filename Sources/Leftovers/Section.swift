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
    }
  }

  /// The reason that the section is evidence of.
  var reason: LeftoverReason? {
    switch self {
    case .month: .date
    case .filler, .heading, .cue: nil
    default: LeftoverReason(rawValue: rawValue)
    }
  }

  var bit: UInt32 { 1 << UInt32(rawValue) }
}
