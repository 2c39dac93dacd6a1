/// A layer of the decision, as `segment --explain` names it.
public enum Layer: String, Sendable, CaseIterable {
  /// ICU's own verdict (UAX 29, section 5).
  case icu
  /// A number, letter or bullet that begins a sentence: "2. The tenant", "• Bring".
  case listMarker = "list-marker"
  /// The next item of a list, inside a paragraph: "1. Cups 2. Plates", a line that begins with "•".
  case listItem = "list-item"
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
  /// A note's mark belongs to the sentence before it: "in 1805. [6] An".
  case noteMark = "note-mark"
  /// An emoji belongs to the sentence before it: "Tomorrow. 👋 Bye".
  case emoji
  /// The sentence goes on after what was said: "Run!" she shouted.
  case reporting
  /// A terminator of its own kind: "?" before a capital, a period after a word that is no abbreviation.
  case terminator
  /// An opening bracket or quote never ends a sentence.
  case enclosure
  /// The white space between phrases, where a language has no terminators.
  case phrase
  /// The linear model.
  case model
}

/// What a rule says of a candidate.
enum Verdict {
  /// A sentence ends here.
  case end
  /// What stands left belongs to what follows.
  case bind
}

/// What the rules found: the verdict, the layer it comes from, and whether the model may overrule it.
struct Ruling {
  var verdict: Verdict
  var layer: Layer
  var isCertain: Bool
  /// Certain, for the model was asked often enough: in training it is asked still, for what it learns here serves elsewhere.
  var isLearned = false

  static func certain(_ verdict: Verdict, _ layer: Layer) -> Ruling {
    Ruling(verdict: verdict, layer: layer, isCertain: true)
  }
  static func learned(_ verdict: Verdict, _ layer: Layer) -> Ruling {
    Ruling(verdict: verdict, layer: layer, isCertain: true, isLearned: true)
  }
  static func doubtful(_ verdict: Verdict, _ layer: Layer) -> Ruling {
    Ruling(verdict: verdict, layer: layer, isCertain: false)
  }
}
