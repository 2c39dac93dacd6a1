/// Why an alignment could not be made. Places (files, lines) are the caller's to add.
public enum AlignmentError: Error, Sendable, Equatable {
  /// ICU could not do a thing: its own error name.
  case icu(String)
  /// The job was stopped from outside.
  case interrupted
  /// A saved lexicon's line is not what `Lexicon` writes; lines count from 1.
  case badLexiconLine(line: Int, found: String, expected: String)
  /// A corrected bead names sentences that are not there, or that another corrected bead has or crosses.
  case badDecision(document: Int, decision: Int, found: String)
}
