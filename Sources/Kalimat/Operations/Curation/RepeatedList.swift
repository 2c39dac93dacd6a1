internal import Segmentation
internal import Synchronization

/// The list that `kalimat repeated` writes and a person may edit: lines that stand on many pages of one source.
public final class RepeatedList: Sendable {
  /// SHA-256 of the file.
  public let digest: String
  private let entries: [Entry]
  /// Entries by the hash of their line.
  private let byHash: [UInt64: [Int]]
  private let used = Mutex<Set<Int>>([])

  private struct Entry: Sendable {
    var source: [UInt8]
    var line: [UInt8]
    /// The source is `*`: every one.
    var isEverywhere: Bool
  }

  /// - Throws: a `Problem` with file and line where the list is not as `kalimat repeated` writes it.
  public init(_ path: String) throws(Problem) {
    let file = try ListFile(path)
    var entries: [Entry] = []
    for line in file.lines {
      guard line.columns.count == 4, Self.isCount(line.columns[0]), Self.isCount(line.columns[1]) else {
        throw Problem(
          "a line of \(line.columns.count) columns" + (line.columns.count == 4 ? " without counts" : ""),
          at: file.place(line),
          expected: "how many articles have the line, of how many, the source, and the line, with tabs between them",
          advice: "Begin a line with # to switch it off.")
      }
      let text = Self.trimmed(line.columns[3])
      guard !text.isEmpty else {
        throw Problem("an empty text", at: file.place(line), expected: "the line that stands on many pages")
      }
      entries.append(
        Entry(source: line.columns[2], line: text, isEverywhere: line.columns[2].elementsEqual("*".utf8)))
    }
    digest = file.digest
    var byHash: [UInt64: [Int]] = [:]
    for (index, entry) in entries.enumerated() { byHash[Mixing.hash(entry.line.span), default: []].append(index) }
    self.entries = entries
    self.byHash = byHash
  }

  private static func isCount(_ column: [UInt8]) -> Bool {
    !column.isEmpty && column.count < 19 && column.allSatisfy { 0x30...0x39 ~= $0 }
  }

  private static func trimmed(_ text: [UInt8]) -> [UInt8] {
    let start = WhiteSpace.skip(in: text.span, from: 0, to: text.count)
    return Array(text[start..<WhiteSpace.skipBack(in: text.span, from: text.count, to: start)])
  }

  /// Which of `sentences` stand in listed lines of `source` alone, in order; empty where none does.
  ///
  /// - Complexity: O(n) in the bytes of `text`.
  func flags(of sentences: [Sentence], in text: Span<UInt8>, source: [UInt8]) -> [Bool] {
    var flags: [Bool] = []
    var lines = TextLines()
    for (index, sentence) in sentences.enumerated() {
      var isListed = true
      while isListed {
        guard let line = lines.line(reaching: sentence.start, in: text) else { break }
        isListed = holds(text.extracting(line), of: source)
        if line.upperBound >= sentence.end { break }
        lines.pass()
      }
      if isListed && flags.isEmpty { flags = [Bool](repeating: false, count: sentences.count) }
      if isListed { flags[index] = true }
    }
    return flags
  }

  private func holds(_ line: Span<UInt8>, of source: [UInt8]) -> Bool {
    guard let candidates = byHash[Mixing.hash(line)] else { return false }
    var isListed = false
    for index in candidates where Kernels.equal(line, entries[index].line) {
      guard entries[index].isEverywhere || entries[index].source == source else { continue }
      isListed = true
      used.withLock { _ = $0.insert(index) }
    }
    return isListed
  }

  /// What no article had, in words; nil where all lines were found.
  var unusedNote: String? {
    let count = entries.count - used.withLock { $0.count }
    return count == 0 ? nil : "\(count) of \(entries.count) lines of --repeated stand in no article of their source."
  }
}

/// The lines of a text that are not blank, trimmed, one after another.
struct TextLines {
  private var current: Range<Int>? = nil
  private var next = 0

  /// The first line that ends behind `offset` and was not passed; nil at the end.
  mutating func line(reaching offset: Int, in text: Span<UInt8>) -> Range<Int>? {
    while true {
      if let current, current.upperBound > offset { return current }
      guard advance(in: text) else { return nil }
    }
  }

  /// Leaves the line at hand.
  mutating func pass() { current = nil }

  /// Goes to the next line that is not blank.
  mutating func advance(in text: Span<UInt8>) -> Bool {
    while next < text.count {
      let end = WhiteSpace.nextLineEnd(in: text, from: next)
      let start = WhiteSpace.skip(in: text, from: next, to: end)
      let last = WhiteSpace.skipBack(in: text, from: end, to: start)
      next = end < text.count ? end + WhiteSpace.lineEndLength(in: text, at: end) : end
      if last > start {
        current = start..<last
        return true
      }
    }
    current = nil
    return false
  }

  /// Gives every line to `take`.
  static func forEach(in text: Span<UInt8>, _ take: (Range<Int>) -> Void) {
    var lines = TextLines()
    while lines.advance(in: text) {
      if let line = lines.current { take(line) }
    }
  }
}
