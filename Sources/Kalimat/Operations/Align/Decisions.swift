internal import Alignment

/// Beads that a person has set, a line each: `[3, 4]:[5]`, or `SOURCE<tab>[3, 4]:[5]` where there are several pairs;
/// `[3]:[]` says that a line has no counterpart. Empty lines and lines that begin with # say nothing.
struct Decisions {
  /// The beads of each pair.
  private(set) var beads: [[Bead]]
  /// The line in the file of each of them.
  private(set) var lines: [[Int]]

  init(_ path: String, pairs: [LinePair]) throws(Problem) {
    beads = Array(repeating: [], count: pairs.count)
    lines = Array(repeating: [], count: pairs.count)
    for (index, line) in try LineFile(path).lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
      let place = Problem.Place(file: path, line: index + 1)
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard let last = fields.last, fields.count <= 2, let bead = BeadText.bead(last) else {
        throw Problem(
          "no bead", at: place, expected: "a bead such as [3, 4]:[5], its source file and a tab before it")
      }
      var pair = 0
      if fields.count == 2 {
        guard let found = pairs.firstIndex(where: { $0.source == fields[0] }) else {
          throw Problem("a source file that is not aligned here: \(fields[0])", at: place)
        }
        pair = found
      } else if pairs.count != 1 {
        throw Problem(
          "a bead without its source file", at: place,
          expected: "SOURCE, a tab and the bead, as there are several pairs")
      }
      beads[pair].append(bead)
      lines[pair].append(index + 1)
    }
  }
}
