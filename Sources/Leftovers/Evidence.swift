/// Units of evidence; docs/LEFTOVERS.md has the same table in words.
struct Weights {
  /// For the page: a line that says itself what it is; short lines without an end, of up to three words and of more.
  var page: Int
  var few: Int
  var loose: Int
  /// For the article: a line of prose, and one unit more for so many columns, up to so many.
  var prose: Int
  var columns: Int
  var proseMost: Int
  /// For the article: a short line that ends as a sentence does.
  var short: Int
  /// What prose is divided by in a block of comments, below a headline, below the heading of other stories.
  var comments: Int
  var card: Int
  var teasers: Int
  /// What it costs to begin a tail at a line that does not say what it is, and to come back from a tail.
  var enter: Int
  var back: Int

  /// A page as copying gives it: mostly article.
  static let article = Weights(
    page: 2, few: 4, loose: 2, prose: 8, columns: 10, proseMost: 40, short: 4, comments: 3, card: 3, teasers: 2,
    enter: 14, back: 30)
  /// A dump of a whole page: mostly menus and other stories. By random search on ../shared/gold/leftovers.
  static let dump = Weights(
    page: 6, few: 8, loose: 2, prose: 2, columns: 15, proseMost: 100, short: 1, comments: 2, card: 5, teasers: 2,
    enter: 2, back: 50)
}

extension Line {
  /// Reads the line's own signs: sets reason, strength and signals.
  mutating func readSigns() {
    readForm()
    if words.isCovered && !words.beginsWithQuote {
      readCovered()
    } else if let start = words.start, let reason = start.reason {
      take(reason, startStrength(of: start), .startWords)
    }
    if strength < 2, let inside = words.inside?.reason, !words.beginsWithQuote {
      take(inside, insideStrength(of: inside), .insideWords)
    }
    if strength < 3, let (reason, strength) = asking { take(reason, strength, .asking) }
    if strength < 2, isImprint { take(.publisher, 2, .insideWords) }
    if strength < 2, isNamed { take(words.label?.reason ?? .byline, 2, .startWords) }
    if strength < 2, isDated || isStamped { take(.date, 2, .wholeWords) }
    if strength < 2, isBar { take(.navigation, 2, .form) }
    if isProse { signals.insert(.prose) }
  }

  private mutating func take(_ reason: LeftoverReason, _ strength: Int, _ signal: Signals) {
    guard strength > self.strength else { return }
    self.reason = reason
    self.strength = strength
    signals.insert(signal)
  }

  private mutating func readForm() {
    switch shape.form {
    case .number: take(.counter, 1, .form)
    case .clock: take(.date, 1, .form)
    case .date: take(.date, 2, .form)
    case .domain: take(.publisher, 2, .form)
    case .email: take(.byline, 2, .form)
    case .names: take(words.has(.navigation) ? .navigation : .credit, 2, .form)
    case .hashtags: take(.tags, 3, .form)
    case .initials: take(.byline, 3, .form)
    case .text, .empty, .rule: break
    }
  }

  private mutating func readCovered() {
    guard !words.has(.heading) else { return }
    let dates = Section.date.bit | Section.month.bit
    let others = words.sections & ~(dates | Section.filler.bit | Section.heading.bit)
    if words.has(.relativeTime) { return take(.relativeTime, 3, .wholeWords) }
    if others == 0 {
      if words.numbers > 1 && words.has(.month) == false && !shape.isTerminated && !words.has(.date) {
        return take(.date, 2, .wholeWords)
      }
      let isWhole = words.numbers > 0 && words.has(.month) || words.has(.date)
      return take(.date, isWhole && !shape.isTerminated ? 3 : 1, .wholeWords)
    }
    guard let reason = words.longest?.reason else { return }
    // `Saya setuju.` is a button on one page and an answer on another.
    take(reason, shape.isTerminated && reason != .copyright ? 1 : reason == .navigation ? 2 : 3, .wholeWords)
  }

  private func startStrength(of section: Section) -> Int {
    if section == .copyright && words.numbers > 0 && shape.width <= 240 { return 3 }
    var strength = 1
    if words.startColon || words.startWeight >= 3 {
      strength = 3
    } else if words.startWeight == 2 {
      strength = shape.isTerminated && shape.width > 120 ? 2 : 3
    } else if !shape.isTerminated && shape.width <= 100 {
      strength = 2
    }
    if section == .newsletter, shape.isTerminated, !words.has(.newsletter),
      !words.hints(.offer), !words.hints(.ours), !words.hints(.cue)
    {
      // `Sign up for an account and fill in the form.`: nothing that a page sends is named.
      strength = min(strength, 2)
    }
    if isLabel(section) {
      // Who wrote, whose picture, when: ordinary sentences begin with such words too, names alone don't follow them.
      if shape.width > 160 { strength -= 2 } else if shape.isTerminated && shape.width > 80 { strength -= 1 }
      if !shape.isTerminated, shape.width <= 80, shape.capitalised + 1 >= shape.words { strength = max(strength, 2) }
    }
    return max(0, shape.width > 320 ? strength - 1 : strength)
  }

  /// What a page offers, an invitation to the reader and the page's own `our` in one line: an ask, however it is worded.
  private var asking: (LeftoverReason, Int)? {
    guard shape.width <= 320, !words.beginsWithQuote, words.hints(.ask) || words.hints(.ours) else { return nil }
    let isOffer = words.hints(.offer) || words.has(.newsletter)
    let isAccount = words.hints(.account) || words.has(.notice)
    guard isOffer || isAccount else { return nil }
    let isWhole = words.hints(.ask) && words.hints(.ours)
    var strength = isWhole ? isOffer || shape.width <= 200 ? 3 : 2 : words.hints(.ask) && isOffer ? 2 : 1
    if shape.hasQuote { strength -= 1 }
    return strength > 0 ? (isOffer ? .newsletter : .notice, strength) : nil
  }

  /// Names that end in the form of a company.
  private var isImprint: Bool {
    words.inside == .publisher && shape.width <= 72 && shape.words <= 9 && shape.capitalised * 2 >= shape.words
      && (!shape.isTerminated || shape.capitalised + 1 >= shape.words)
  }

  private func isLabel(_ section: Section) -> Bool {
    section == .byline || section == .credit || section == .date || section == .tags
  }

  private func insideStrength(of reason: LeftoverReason) -> Int {
    // In a text that quotes something the phrase may be what it talks of.
    let weight = Int(words.insideWeight) - (shape.hasQuote && shape.isTerminated && shape.width > 80 ? 1 : 0)
    // `The queue on the first day - Getty Images`: a caption, mostly.
    if reason == .credit && shape.words > 7 { return min(1, weight) }
    if shape.width > 400 { return max(0, weight - 2) }
    return shape.isTerminated && shape.width > 160 ? max(1, weight - 1) : min(3, weight)
  }

  /// `By Jane Doe`, `oleh Mas Trisno`, `Foto Surya Dharma/Lensa Desa`: a label or a small word, and names.
  private var isNamed: Bool {
    guard !shape.isTerminated, !shape.endsWithColon else { return false }
    // `By Jane Doe, G7 News — Oldtown`
    if words.label == .byline, shape.commas > 0, shape.beginsWithName, shape.digits < 3, shape.width <= 96 {
      return shape.words <= 12 && shape.capitalised * 3 >= shape.words * 2
    }
    guard shape.digits == 0, shape.width <= 72, shape.words <= 8 else { return false }
    if words.label != nil, shape.words >= 2 {
      return shape.capitalised >= max(1, min(shape.words - 1, shape.words * 3 / 4))
    }
    return shape.beginsWithLowercase && shape.words >= 2 && shape.words <= 4 && shape.capitalised == shape.words - 1
      && shape.commas == 0
  }

  /// Mostly words of dates, with a number.
  private var isDated: Bool {
    words.has(.month) && words.numbers > 0 && !shape.isTerminated && shape.width <= 70
      && words.covered * 2 >= words.total
  }

  /// A date and a time of day in digits, and names behind their labels.
  private var isStamped: Bool {
    let labels = Section.date.bit | Section.byline.bit | Section.credit.bit | Section.publisher.bit
    return words.numbers >= 4 && shape.digits >= 10 && shape.width <= 100 && !shape.isTerminated
      && words.sections & labels != 0
  }

  /// A menu or a path in one line.
  private var isBar: Bool {
    if shape.isTerminated { return false }
    return shape.separators >= 2 && shape.words <= shape.separators * 4 + 4
      || gaps >= 3 && shape.digits == 0 && shape.words <= gaps * 3 + 3
  }
}
