/// What the words of a lexicon say of one line.
struct Words: Equatable {
  /// Bytes of words of the line, and those of them that stand in phrases of the lexicon.
  var total = 0
  var covered = 0
  var numbers = 0
  /// The sections of the phrases found (`Section.bit`), and the one that covers most.
  var sections: UInt32 = 0
  var longest: Section?
  /// What the line begins with, how much it says (1 to 3), and whether a colon or the line's end follows.
  var start: Section?
  var startWeight: UInt8 = 0
  var startColon = false
  /// A whole phrase that the line begins with: `By`, `Foto`.
  var label: Section?
  /// What stands at the line's end or anywhere in it.
  var inside: Section?
  var insideWeight: UInt8 = 0
  var beginsWithQuote = false
  /// Words of `Section.cue` and of the sections like it; which of them (`Section.bit`); those of `Section.role`.
  var cues = 0
  var cueKinds: UInt32 = 0
  var roles = 0

  /// Whether the line is made of the lexicon's phrases, numbers and punctuation alone.
  var isCovered: Bool { covered == total && sections & ~(Section.filler.bit | Section.heading.bit) != 0 }
  func has(_ section: Section) -> Bool { sections & section.bit != 0 }
  func hints(_ section: Section) -> Bool { cueKinds & section.bit != 0 }
}
