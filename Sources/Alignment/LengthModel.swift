/// Lengths of translations (Gale and Church 1993): their ratio, and how far it strays.
struct LengthModel: Sendable {
  /// Target characters for each source character.
  var ratio = 1.0
  /// Variance of the difference for each character.
  var variance = 6.8

  /// What the lengths of a bead's sides add to its score.
  @inline(__always) func score(source: Double, target: Double, bonus: Double, cap: Double) -> Double {
    let scaled = target / ratio
    let difference = source - scaled
    let squared = difference * difference / (0.5 * (source + scaled) * variance + 1e-6)
    return bonus - min(cap, 0.5 * squared)
  }

  /// The ratio of all characters, before anything is aligned.
  init(_ documents: [PreparedPair]) {
    var source = 0.0, target = 0.0
    for document in documents {
      source += document.source.lengthSums.last ?? 0
      target += document.target.lengthSums.last ?? 0
    }
    if source > 0, target > 0 { ratio = target / source }
  }

  /// Ratio and variance again, from the 1-1 beads.
  mutating func learn(_ documents: [PreparedPair], _ paths: [[Bead]]) {
    var source = 0.0, target = 0.0, count = 0.0
    forEachPair(documents, paths) { l, m in
      source += l
      target += m
      count += 1
    }
    guard count > 20, target > 0 else { return }
    ratio = target / source
    var sum = 0.0
    forEachPair(documents, paths) { l, m in
      let scaled = m / ratio
      sum += (l - scaled) * (l - scaled) / (0.5 * (l + scaled) + 1e-6)
    }
    variance = max(2, min(20, sum / count))
  }

  private func forEachPair(_ documents: [PreparedPair], _ paths: [[Bead]], _ body: (Double, Double) -> Void) {
    for (document, path) in zip(documents, paths) {
      for bead in path where bead.source.count == 1 && bead.target.count == 1 {
        body(document.source.length(bead.source), document.target.length(bead.target))
      }
    }
  }
}
