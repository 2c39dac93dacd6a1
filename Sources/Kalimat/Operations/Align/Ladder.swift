internal import Alignment

/// Two texts beside their beads, for a person to read.
public enum Ladder {
  /// For each bead a line with its score and shape, then its lines: `<` source, `>` target, each with its number.
  /// What is under `doubt` is marked with `?`, what a person has set with `=`.
  public static func text(_ aligned: AlignedPair, doubt: Float = 0.5) -> String {
    var text = "\(aligned.pair.source) ↔ \(aligned.pair.target)\n"
    for scored in aligned.beads {
      let bead = scored.bead
      let mark = scored.isDecided ? "=" : scored.confidence < doubt ? "?" : " "
      text += "\(mark) \(BeadText.score(scored.confidence)) \(bead.source.count)-\(bead.target.count)\n"
      for line in bead.source { text += "    < \(line) \(aligned.source[line])\n" }
      for line in bead.target { text += "    > \(line) \(aligned.target[line])\n" }
    }
    return text
  }
}
