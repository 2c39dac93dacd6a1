/// The rules that need no model: what they say of a candidate.
enum Verdict {
  /// A sentence ends here.
  case end
  /// What stands left belongs to what follows.
  case bind
}

/// A layer of the decision, as `segment --explain` names it.
public enum Layer: String, Sendable, CaseIterable {
  /// ICU's own verdict (UAX 29, section 5).
  case icu
  /// A number, letter or bullet that begins a sentence: "2. The tenant", "• Bring".
  case listMarker = "list-marker"
  /// A line that begins with a list marker, inside a paragraph of several lines.
  case listLine = "list-line"
  /// A name's initial: "J. Smith".
  case initial
  /// A title before a name: "Dr. Smith".
  case title
  /// An abbreviation that binds to what follows: "No. 5".
  case abbreviation
  /// An abbreviation that may end a sentence, before a word that plainly begins one: "dll. Namun".
  case starter
  /// A number with a period that counts the next word: "12. Juni".
  case ordinal
  /// An opening bracket or quote never ends a sentence.
  case enclosure
  /// The white space between phrases, where a language has no terminators.
  case phrase
  /// The linear model.
  case model
}

/// What the rules found: the verdict, the layer it comes from, and whether the model may overrule it.
struct Ruling {
  var verdict: Verdict
  var layer: Layer
  var isCertain: Bool

  static func certain(_ verdict: Verdict, _ layer: Layer) -> Ruling {
    Ruling(verdict: verdict, layer: layer, isCertain: true)
  }
  static func doubtful(_ verdict: Verdict, _ layer: Layer) -> Ruling {
    Ruling(verdict: verdict, layer: layer, isCertain: false)
  }
}

struct HardRules {
  let knowledge: LanguageKnowledge

  /// The first rule that has something to say of a candidate; else ICU's verdict, which the model may overrule.
  func ruling(_ around: Surroundings, in text: Span<UInt8>) -> Ruling {
    let candidate = around.candidate
    if candidate.kind == .opener { return .certain(.bind, .enclosure) }
    if isListMarker(around, in: text) { return .certain(.bind, .listMarker) }
    if candidate.kind == .period, let ruling = periodRuling(around) { return ruling }
    return .doubtful(candidate.isICU ? .end : .bind, .icu)
  }

  /// A single period after a word: initials, titles, abbreviations, ordinals.
  private func periodRuling(_ around: Surroundings) -> Ruling? {
    let beginsPlainly = around.rightSections.contains(.starters) && around.candidate.nextClass == .upper
    // A closing quote or bracket between: what it ends is over.
    guard around.candidate.end - around.candidate.tail == 1 else { return nil }
    if around.leftSections.contains(.titles) { return .certain(.bind, .title) }
    if let ruling = ordinalRuling(around) { return ruling }
    if around.left.shape == .upperLetter, around.beforeLeft != .apostrophe {
      return isInitial(around) && !beginsPlainly ? .certain(.bind, .initial) : .doubtful(.bind, .initial)
    }
    if around.leftSections.contains(.ends) {
      if beginsPlainly { return .certain(.end, .starter) }
      return .doubtful(around.candidate.isICU ? .end : .bind, .icu)
    }
    if around.leftSections.contains(.abbreviations) {
      return beginsPlainly ? .doubtful(.bind, .abbreviation) : .certain(.bind, .abbreviation)
    }
    return nil
  }

  /// A capital and a period between capitalised words or other initials.
  private func isInitial(_ around: Surroundings) -> Bool {
    guard around.right.shape == .capitalised || around.right.shape == .upperLetter else { return false }
    return around.left2.length == 0 || around.left2.shape == .capitalised || around.left2Tail == .period
  }

  private func ordinalRuling(_ around: Surroundings) -> Ruling? {
    guard knowledge.hasOrdinals, around.left.shape == .number, around.left.length <= 3 else { return nil }
    if !around.rightSections.isDisjoint(with: [.months, .ordinals]) { return .certain(.bind, .ordinal) }
    guard around.left.length <= 2, around.right.shape == .capitalised else { return nil }
    return .doubtful(around.rightSections.contains(.starters) ? .end : .bind, .ordinal)
  }

  /// A marker alone between the sentence's beginning and the candidate: "2.", "(a)", "IV.", "1.2.", "•".
  private func isListMarker(_ around: Surroundings, in text: Span<UInt8>) -> Bool {
    let candidate = around.candidate
    guard candidate.end - around.sentenceStart <= 12, candidate.next > candidate.end else { return false }
    var here = around.sentenceStart
    var letters = 0
    var digits = 0
    var romans = 0
    var marks = 0
    while here < candidate.end {
      let (scalar, length) = Scalar.at(here, in: text)
      let kind = CharacterClass.of(scalar)
      switch kind {
      case .upper, .lower, .letter:
        letters += 1
        if Self.isRoman(scalar) { romans += 1 }
      case .digit: digits += 1
      case .period, .opener, .closer, .colon, .bullet, .dash, .symbol, .fullStop: marks += 1
      default: return false
      }
      here += length
    }
    if letters == 0 && digits == 0 { return candidate.kind == .bullet || candidate.kind == .dash }
    guard marks > 0, candidate.kind != .dash else { return false }
    return letters <= 1 ? digits <= 6 && (digits <= 3 || marks > 1) : letters == romans && letters <= 5 && digits == 0
  }

  private static func isRoman(_ scalar: UInt32) -> Bool {
    switch Scalar.folded(scalar) {
    case 0x69, 0x76, 0x78, 0x6C, 0x63: true
    default: false
    }
  }
}
