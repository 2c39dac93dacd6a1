internal import CKernels
internal import ICU

/// Finds ICU's sentence boundaries (UAX 29, section 5), exactly those of ubrk, many times faster: it runs ICU's own compiled
/// table, on UTF-8, and only around the code points that can change the outcome.
///
/// Where the installed ICU's table is not of the kind this knows, ubrk itself does the work.
public struct SentenceScanner: ~Copyable {
  /// What finds the boundaries; all of them find the same.
  public enum Engine: String, Sendable, CaseIterable {
    /// ICU's table, hits found with AVX2.
    case avx2
    /// ICU's table, hits found with byte tables.
    case portable
    /// ICU's iterator.
    case ubrk
  }

  /// The engine at work.
  public let engine: Engine
  private let tables: SentenceTables?
  private var iterator: SentenceBreakIterator?
  private var hits: [UInt32]
  private var joined: [UInt8] = []
  private var relative: [Int] = []

  /// Bytes searched for hits at once: the hits then stay in the first cache.
  private static let window = 8192

  /// - Parameters:
  ///   - language: a BCP 47 tag; `und` for ICU's root rules.
  ///   - engine: the engine to take, for tests. By default the environment variable KALIMAT_ENGINE (`avx2`, `portable`,
  ///     `ubrk`) decides, and without it the fastest that CPU and rules allow. One that can't be had gives the next.
  public init(language: String, engine wanted: Engine? = nil) throws(SegmentationError) {
    let wanted = wanted ?? Self.wantedByEnvironment ?? .avx2
    let table: Engine = wanted == .avx2 && kk_has_avx2() != 0 ? .avx2 : .portable
    let found = wanted == .ubrk ? nil : try SentenceTables.of(language: language, usesAVX2: table == .avx2)
    iterator = try Self.iterator(for: language, needed: found == nil)
    tables = found
    engine = found == nil ? .ubrk : table
    hits = found == nil ? [] : [UInt32](repeating: 0, count: Self.window + 4)
  }

  private static func iterator(
    for language: String, needed: Bool
  ) throws(SegmentationError) -> SentenceBreakIterator? {
    guard needed else { return nil }
    do { return try SentenceBreakIterator(locale: language) } catch { throw .icu(error.name) }
  }

  private static var wantedByEnvironment: Engine? {
    guard let value = unsafe kk_engine_wanted() else { return nil }
    return unsafe Engine(rawValue: String(cString: value))
  }

  /// Appends the byte offset after each of ICU's sentences in `text` (valid UTF-8); the last is its length.
  ///
  /// - Complexity: O(n) in the bytes of `text`.
  public mutating func appendBoundaries(of text: Span<UInt8>, to boundaries: inout [Int]) throws(SegmentationError) {
    if let tables {
      guard text.count > 0 else { return }
      let whole: [1 of Paragraph] = [Paragraph(start: 0, end: text.count)]
      scan(whole.span, in: text, table: tables.plain, to: &boundaries)
    } else {
      try runIterator(over: text, to: &boundaries)
    }
  }

  /// Appends the boundaries of an article's paragraphs, each for itself, as byte offsets in the article, ascending; a
  /// paragraph's end is its last one. A line end within a paragraph counts as spaces, as many as it has bytes: ICU would
  /// break at "hard\nwrapped".
  ///
  /// - Parameters:
  ///   - paragraphs: in order, not empty, apart from each other.
  ///   - article: valid UTF-8.
  /// - Complexity: O(n) in the bytes of `article`; nothing is allocated but `boundaries`.
  public mutating func appendBoundaries(
    of paragraphs: Span<Paragraph>, in article: Span<UInt8>, to boundaries: inout [Int]
  ) throws(SegmentationError) {
    if let tables {
      scan(paragraphs, in: article, table: tables.joining, to: &boundaries)
      return
    }
    for index in paragraphs.indices {
      let paragraph = paragraphs[index]
      // Taken out for the call: the iterator borrows it while the boundaries are written.
      var copy: [UInt8] = []
      swap(&copy, &joined)
      paragraph.joinLines(of: article, to: &copy)
      relative.removeAll(keepingCapacity: true)
      var found: [Int] = []
      swap(&found, &relative)
      try runIterator(over: copy.span, to: &found)
      for boundary in found { boundaries.append(paragraph.start + boundary) }
      swap(&found, &relative)
      swap(&copy, &joined)
    }
  }

  private mutating func runIterator(over text: Span<UInt8>, to boundaries: inout [Int]) throws(SegmentationError) {
    do { try iterator?.appendBoundaries(of: text, to: &boundaries) } catch { throw .icu(error.name) }
  }

  private mutating func scan(
    _ paragraphs: Span<Paragraph>, in article: Span<UInt8>, table: SentenceTable, to boundaries: inout [Int]
  ) {
    guard paragraphs.count > 0 else { return }
    var walk = SentenceWalk(bytes: article, table: table)
    var number = 0
    walk.begin(paragraphs[0])
    var from = paragraphs[0].start
    let end = paragraphs[paragraphs.count - 1].end
    while from < end {
      let to = min(from + Self.window, end)
      let count = table.hotBytes.find(in: article, from: from, to: to, hits: &hits)
      let found = hits.span.extracting(first: count)
      for index in found.indices {
        let place = from + Int(found[index])
        while place >= walk.limit {
          walk.finish(&boundaries)
          number += 1
          walk.begin(paragraphs[number])
        }
        if place >= walk.floor { walk.visit(place, &boundaries) }
      }
      from = to
    }
    walk.finish(&boundaries)
    for number in (number + 1)..<paragraphs.count {
      walk.begin(paragraphs[number])
      walk.finish(&boundaries)
    }
  }
}

extension Paragraph {
  /// The paragraph with each line end made as many spaces as it has bytes.
  func joinLines(of text: Span<UInt8>, to joined: inout [UInt8]) {
    joined.removeAll(keepingCapacity: true)
    joined.reserveCapacity(end - start)
    var here = start
    while here < end {
      let lineEnd = WhiteSpace.lineEndLength(in: text, at: here)
      if lineEnd == 0 {
        joined.append(text[here])
        here += 1
      } else {
        // A paragraph may end within a CRLF, whose LF is then not its own.
        let length = min(lineEnd, end - here)
        for _ in 0..<length { joined.append(0x20) }
        here += length
      }
    }
  }
}
