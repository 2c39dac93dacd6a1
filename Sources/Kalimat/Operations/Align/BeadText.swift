public import Alignment

/// Beads as vecalign writes them: `[0, 1]:[2]:0.9731`, line numbers from 0; the score is here the confidence.
public enum BeadText {
  /// One line for each bead, each with its LF.
  public static func text(_ beads: [ScoredBead]) -> String {
    var text = ""
    for scored in beads {
      text += "\(list(scored.bead.source)):\(list(scored.bead.target)):\(score(scored.confidence))\n"
    }
    return text
  }

  /// Four decimals, rounded.
  public static func score(_ confidence: Float) -> String {
    let rounded = Int((confidence * 10_000).rounded())
    let digits = String(rounded % 10_000)
    return "\(rounded / 10_000)." + String(repeating: "0", count: 4 - digits.count) + digits
  }

  private static func list(_ numbers: Range<Int>) -> String {
    "[" + numbers.map { String($0) }.joined(separator: ", ") + "]"
  }

  /// Reads a bead, with or without a score behind it; nil where it is none. Line numbers must follow each other.
  static func bead(_ text: Substring) -> Bead? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, let source = range(parts[0]), let target = range(parts[1]),
      !(source.isEmpty && target.isEmpty)
    else { return nil }
    return Bead(source: source, target: target)
  }

  private static func range(_ text: Substring) -> Range<Int>? {
    let trimmed = String(text.filter { $0 != " " })
    guard trimmed.hasPrefix("["), trimmed.hasSuffix("]") else { return nil }
    let inner = trimmed.dropFirst().dropLast()
    if inner.isEmpty { return 0..<0 }
    let numbers = inner.split(separator: ",", omittingEmptySubsequences: false).map { Int(String($0)) }
    guard let first = numbers[0], first >= 0, first < Int(Int32.max) else { return nil }
    for (index, number) in numbers.enumerated() where number != first + index { return nil }
    return first..<first + numbers.count
  }
}
