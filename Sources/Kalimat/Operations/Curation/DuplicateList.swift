/// The list that `kalimat duplicates` writes: articles and sentences that another article says too, and which one is kept.
///
/// It may be larger than memory: it is mapped, sorted by IDs, and looked up by bisection.
public final class DuplicateList: Sendable {
  /// SHA-256 of the file.
  public let digest: String
  private let file: MappedFile

  /// How an article or a sentence is like the one that is kept.
  enum Likeness: String, CaseIterable {
    /// An article of the same sentences.
    case exact
    /// An article that has most of its shingles in common.
    case near
    /// A sentence of the same text.
    case sentence
  }

  /// - Throws: a `Problem` with file and line where the list is not as `kalimat duplicates` writes it.
  public init(_ path: String) throws(Problem) {
    file = try MappedFile(path)
    digest = file.withBytes { SHA256.digest(of: $0).hex }
    try file.withBytes { (bytes: Span<UInt8>) throws(Problem) in
      try Self.check(bytes, path)
      try Self.checkCircles(bytes, path)
    }
  }

  /// Looks whether each text stays somewhere: an ID that is kept in place of itself, through others or not, takes all of
  /// them out. A circle goes up at some place in the order of IDs: only there one is looked for.
  private static func checkCircles(_ bytes: Span<UInt8>, _ path: String) throws(Problem) {
    var number = 0
    var start = 0
    while start < bytes.count {
      number += 1
      let end = lineEnd(in: bytes, from: start)
      let line = bytes.extracting(start..<end)
      start = end + 1
      guard ListLine.isOn(line), let length = id(of: line), let kept = kept(line, length) else { continue }
      let own = line.extracting(0..<length)
      if precedes(kept.span, own) { continue }
      if isCircle(from: kept, to: own, in: bytes) {
        throw Problem(
          Kernels.equal(kept.span, own)
            ? "an ID that is kept in place of itself" : "an ID that is kept in place of one that is kept in its place",
          at: .init(file: path, line: number), expected: "one of them kept, and in no line's first column",
          advice: "Begin a line with # or - to switch it off.")
      }
    }
  }

  private static func isCircle(from kept: [UInt8], to own: Span<UInt8>, in bytes: Span<UInt8>) -> Bool {
    var now = kept
    // A circle that `own` is not part of is found from one of its own lines: here it only must not be walked for ever.
    var landmark = kept
    var steps = 0
    var limit = 2
    while !Kernels.equal(now.span, own) {
      guard let next = listed(now.span, in: bytes), next != landmark else { return false }
      now = next
      steps += 1
      if steps == limit { (landmark, limit) = (now, limit * 2) }
    }
    return true
  }

  private static func check(_ bytes: Span<UInt8>, _ path: String) throws(Problem) {
    var number = 0
    var start = 0
    var previous: Range<Int>? = nil
    while start < bytes.count {
      number += 1
      let end = lineEnd(in: bytes, from: start)
      let line = bytes.extracting(start..<end)
      defer { start = end + 1 }
      guard ListLine.isOn(line) else { continue }
      let place = Problem.Place(file: path, line: number)
      guard let id = self.id(of: line), isEntry(line, id) else {
        throw Problem(
          "no line of a list of duplicates", at: place,
          expected:
            "an article's or a sentence's ID, exact, near or sentence, and the ID of the one that is kept, with tabs between them",
          advice: "Begin a line with # or - to switch it off.")
      }
      let here = start..<start + id
      if let previous {
        if Kernels.equal(bytes.extracting(previous), bytes.extracting(here)) {
          throw Problem("the same ID as the line before", at: place, expected: "each ID once")
        }
        if !precedes(bytes.extracting(previous), bytes.extracting(here)) {
          throw Problem(
            "an ID that sorts before the line above", at: place, expected: "lines sorted by IDs",
            advice: "LC_ALL=C sort FILE puts them in order.")
        }
      }
      previous = here
    }
  }

  /// The length of the ID that a line begins with, 17 or 21; nil where there is none.
  private static func id(of line: Span<UInt8>) -> Int? {
    guard line.count > 22 else { return nil }
    let length = line[0] == 0x64 ? 17 : 21
    guard line[0] == 0x64 || line[0] == 0x73, line[length] == 0x09 else { return nil }
    for i in 1..<length where Base32Hex.value(line[i]) == nil { return nil }
    return length
  }

  private static func isEntry(_ line: Span<UInt8>, _ id: Int) -> Bool {
    guard let tab = Kernels.find(0x09, in: line, from: id + 1, to: line.count) else { return false }
    let word = line.extracting(id + 1..<tab)
    guard Likeness.allCases.contains(where: { Kernels.equal(word, Array($0.rawValue.utf8)) }) else { return false }
    let rest = line.count - tab - 1
    guard rest >= id, line[tab + 1] == line[0] else { return false }
    for i in tab + 2..<tab + 1 + id where Base32Hex.value(line[i]) == nil { return false }
    // What follows, e.g. the likeness in percent, is for people.
    return rest == id || line[tab + 1 + id] == 0x09
  }

  /// The ID of the one that is kept in place of `id`, itself not listed; nil where `id` is not listed.
  ///
  /// - Complexity: O(log n) in the bytes of the list.
  func kept(for id: Span<UInt8>) -> [UInt8]? {
    file.withBytes { bytes in
      guard var kept = Self.listed(id, in: bytes) else { return nil }
      // An exact copy's is near to another, e.g.; there is no circle.
      while let next = Self.listed(kept.span, in: bytes) { kept = next }
      return kept
    }
  }

  /// The ID in the third column of an ID's line.
  private static func listed(_ id: Span<UInt8>, in bytes: Span<UInt8>) -> [UInt8]? {
    // A line that begins before `low` is before it; one that begins at `high` or behind is not.
    var low = 0
    var high = bytes.count
    while low < high {
      guard let line = firstLine(of: bytes, from: low + (high - low) / 2, low: low, high: high) else {
        high = low + (high - low) / 2
        continue
      }
      let own = bytes.extracting(line.lowerBound..<line.lowerBound + id.count)
      if Kernels.equal(own, id) { return kept(bytes.extracting(line), id.count) }
      if precedes(own, id) { low = min(line.upperBound + 1, bytes.count) } else { high = line.lowerBound }
    }
    return nil
  }

  /// The first line that is on and begins at `offset` or behind, before `high`; nil where there is none.
  private static func firstLine(of bytes: Span<UInt8>, from offset: Int, low: Int, high: Int) -> Range<Int>? {
    var start = offset
    if offset > low && bytes[offset - 1] != 0x0A { start = lineEnd(in: bytes, from: offset) + 1 }
    while start < high {
      let end = lineEnd(in: bytes, from: start)
      if ListLine.isOn(bytes.extracting(start..<end)) { return start..<end }
      start = end + 1
    }
    return nil
  }

  private static func kept(_ line: Span<UInt8>, _ id: Int) -> [UInt8]? {
    guard let tab = Kernels.find(0x09, in: line, from: id + 1, to: line.count), tab + 1 + id <= line.count else {
      return nil
    }
    return line.extracting(tab + 1..<tab + 1 + id).copied()
  }

  private static func lineEnd(in bytes: Span<UInt8>, from offset: Int) -> Int {
    Kernels.find(0x0A, in: bytes, from: offset, to: bytes.count) ?? bytes.count
  }

  private static func precedes(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    for i in 0..<min(a.count, b.count) where a[i] != b[i] { return a[i] < b[i] }
    return a.count < b.count
  }
}
