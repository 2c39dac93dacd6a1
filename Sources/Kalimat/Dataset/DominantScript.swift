internal import ICU

/// The script that most of a text's scalars have.
enum DominantScript {
  /// Its ISO 15924 code: Common and Inherited apart, ties to the first seen, else Zyyy.
  static func code(of text: Span<UInt8>) -> String {
    var counts: [(script: Int32, scalar: UInt32, count: Int)] = []
    var here = 0
    while here < text.count {
      let (scalar, length) = UTF8Scalar.decode(text, at: here)
      here += length
      let script = ScalarProperties.script(scalar)
      if script <= 1 { continue }  // USCRIPT_COMMON, USCRIPT_INHERITED
      if let i = counts.firstIndex(where: { $0.script == script }) {
        counts[i].count += 1
      } else {
        counts.append((script, scalar, 1))
      }
    }
    var best: (scalar: UInt32, count: Int)? = nil
    for entry in counts where entry.count > best?.count ?? 0 { best = (entry.scalar, entry.count) }
    return best.map { ScalarProperties.scriptCode(of: $0.scalar) } ?? "Zyyy"
  }
}
