import CUBRK
import Foundation
import Segmentation

/// `Boundaries start LANGUAGE`: what it costs to open the first scanner of a process.
/// `Boundaries METHOD LANGUAGE FILE.jsonl BYTES`: finds the boundaries of the first BYTES of articles, once for each line on
/// standard input, and answers with the CPU seconds it took, the boundaries found and the bytes read.
///
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
    var method = try Method(arguments[1], language: arguments[2])
    while readLine() != nil {
      let begun = cubrk_seconds()
      let found = try method.run(articles, paragraphs)
      print(cubrk_seconds() - begun, found, total)
      fflush(nil)
    }
  }
}

/// One way to find boundaries. The paragraphs are given to all of them: finding those is not measured, but for `full`.
struct Method: ~Copyable {
  private let name: String
  private var scanner: SentenceScanner
  private var segmenter: Segmenter
  private let ubrk: OpaquePointer?
  private var boundaries: [Int] = []
  private var copy: [UInt8] = []

  init(_ name: String, language: String) throws {
    let engine: SentenceScanner.Engine? = name == "portable" ? .portable : name == "avx2" ? .avx2 : nil
    let scanner = try SentenceScanner(language: language, engine: engine)
    let segmenter = try Segmenter(language: language, rules: name == "full" ? .full : .icu)
    precondition(engine == nil || scanner.engine == engine, "this CPU, or this ICU, does not do \(name)")
    self.name = name
    self.scanner = scanner
    self.segmenter = segmenter
    ubrk = cubrk_open(language, 1 << 26)
  }

  mutating func run(_ articles: [[UInt8]], _ paragraphs: [[Paragraph]]) throws -> Int {
    var found = 0
    for index in articles.indices {
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
