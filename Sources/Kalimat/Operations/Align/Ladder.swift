internal import Alignment

/// Two texts beside their beads, for a person to read.
public enum Ladder {
  /// For each bead a line with its score and shape, then its lines: `<` source, `>` target, each with its number.
  /// What is under `doubt` is marked with `?`, what a person has set with `=`.
  public static func text(_ aligned: AlignedPair, doubt: Float = 0.5) -> String {
    text(
      title: "\(aligned.pair.source) ↔ \(aligned.pair.target)", aligned.beads, doubt: doubt,
      source: { "\($0) \(aligned.source[$0])" }, target: { "\($0) \(aligned.target[$0])" })
  }

  /// The same of two articles; sentences have their IDs, which a decision names.
  static func text(_ beads: [ScoredBead], _ source: StoredArticle, _ target: StoredArticle) -> String {
    func line(_ sentence: StoredSentence) -> String {
      String(decoding: sentence.id + [0x20] + sentence.text, as: UTF8.self)
    }
    return text(
      title: String(decoding: source.source, as: UTF8.self) + " ↔ " + String(decoding: target.source, as: UTF8.self),
      beads, doubt: 0.5, source: { line(source.sentences[$0]) }, target: { line(target.sentences[$0]) })
  }

  private static func text(
    title: String, _ beads: [ScoredBead], doubt: Float, source: (Int) -> String, target: (Int) -> String
  ) -> String {
    var text = title + "\n"
    for scored in beads {
      let bead = scored.bead
      let mark = scored.isDecided ? "=" : scored.confidence < doubt ? "?" : " "
      text += "\(mark) \(BeadText.score(scored.confidence)) \(bead.source.count)-\(bead.target.count)\n"
      for line in bead.source { text += "    < \(source(line))\n" }
      for line in bead.target { text += "    > \(target(line))\n" }
    }
    return text
  }
}
