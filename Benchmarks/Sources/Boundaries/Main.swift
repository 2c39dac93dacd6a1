import CUBRK
import Foundation
import Segmentation

/// `Boundaries start LANGUAGE`: what it costs to open the first scanner of a process.
/// `Boundaries METHOD LANGUAGE FILE.jsonl BYTES`: finds the boundaries of the first BYTES of articles, once for each line on
/// standard input, and answers with the CPU seconds it took, the boundaries found and the bytes read.
///
/// A batch of 64 KB of articles is read just before it is timed: in a build they come from the decoder, so they are in the
/// cache. A METHOD with `-cold` after it is timed over all of them at once, which for many megabytes means from memory.
/// Reading the file and opening what a method needs is not measured. A benchmark may trap: it is no part of the program.
@main
struct Boundaries {
  struct Line: Decodable { var text: String }

  static func main() throws {
    let arguments = CommandLine.arguments
    if arguments.count == 3, arguments[1] == "start" {
      let begun = cubrk_seconds()
      let scanner = try SentenceScanner(language: arguments[2])
      print((cubrk_seconds() - begun) * 1e3, "ms until the first scanner is there:", scanner.engine)
      return
    }
    guard arguments.count == 5, let limit = Int(arguments[4]) else {
      print("usage: Boundaries METHOD LANGUAGE FILE.jsonl BYTES")
      exit(64)
    }
    var articles: [[UInt8]] = []
    var total = 0
    for line in try Data(contentsOf: URL(filePath: arguments[3])).split(separator: 0x0A) {
      let text = Array(try JSONDecoder().decode(Line.self, from: line).text.utf8)
      articles.append(text)
      total += text.count
      if total >= limit { break }
    }
    let paragraphs = articles.map { ParagraphMode.lines.paragraphs(of: $0.span) }
    var touched: UInt64 = 0
    var method = try Method(arguments[1], language: arguments[2])
    let batches = batches(of: articles, method.isCold ? Int.max : 1 << 16)
    while readLine() != nil {
      var seconds = 0.0
      var found = 0
      for batch in batches {
        if !method.isCold { touched &+= articles[batch].reduce(0) { $0 &+ touch($1) } }
        let begun = cubrk_seconds()
        found += try method.run(articles, paragraphs, batch)
        seconds += cubrk_seconds() - begun
      }
      print(seconds, found, total)
      fflush(nil)
    }
    if touched == 1 { print(touched) }
  }

  /// Runs of articles of about as many bytes.
  static func batches(of articles: [[UInt8]], _ byteCount: Int) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    var size = 0
    for index in articles.indices {
      size += articles[index].count
      if size >= byteCount || index == articles.count - 1 {
        found.append(start..<(index + 1))
        (start, size) = (index + 1, 0)
      }
    }
    return found
  }

  /// Reads a text, so that it is in the cache.
  static func touch(_ text: [UInt8]) -> UInt64 { text.reduce(0) { $0 &+ UInt64($1) } }
}

/// One way to find boundaries. The paragraphs are given to all of them: finding those is not measured, but for `full`.
struct Method: ~Copyable {
  private let name: String
  private var scanner: SentenceScanner
  private var segmenter: Segmenter
  private let ubrk: OpaquePointer?
  private var boundaries: [Int] = []
  private var copy: [UInt8] = []

  let isCold: Bool

  init(_ given: String, language: String) throws {
    isCold = given.hasSuffix("-cold")
    let name = isCold ? String(given.dropLast(5)) : given
    let engine: SentenceScanner.Engine? = name == "portable" ? .portable : name == "avx2" ? .avx2 : nil
    let scanner = try SentenceScanner(language: language, engine: engine)
    let segmenter = try Segmenter(language: language, rules: name == "full" ? .full : .icu)
    precondition(engine == nil || scanner.engine == engine, "this CPU, or this ICU, does not do \(name)")
    self.name = name
    self.scanner = scanner
    self.segmenter = segmenter
    ubrk = cubrk_open(language, 1 << 26)
  }

  mutating func run(_ articles: [[UInt8]], _ paragraphs: [[Paragraph]], _ batch: Range<Int>) throws -> Int {
    var found = 0
    for index in batch {
      let article = articles[index]
      let places = paragraphs[index]
      switch name {
      case "avx2", "portable":
        boundaries.removeAll(keepingCapacity: true)
        try scanner.appendBoundaries(of: places.span, in: article.span, to: &boundaries)
        found += boundaries.count
      case "ubrk-utf16", "ubrk-utf8":
        found += runUBRK(article, places)
      case "full", "icu":
        found += try segmenter.sentences(of: article.span, paragraphs: .lines).count
      case "memcpy":
        copy.removeAll(keepingCapacity: true)
        copy.append(contentsOf: article)
        found += copy.count > 0 ? 1 : 0
      default:
        preconditionFailure("no method \(name)")
      }
    }
    return found
  }

  private func runUBRK(_ article: [UInt8], _ paragraphs: [Paragraph]) -> Int {
    article.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      var found = 0
      for paragraph in paragraphs {
        let (start, count) = (base + paragraph.start, paragraph.end - paragraph.start)
        found += name == "ubrk-utf16" ? cubrk_count_utf16(ubrk, start, count) : cubrk_count_utf8(ubrk, start, count)
      }
      return found
    }
  }
}
