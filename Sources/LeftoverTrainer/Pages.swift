internal import Foundation
internal import Leftovers
internal import Segmentation

/// A page with what is known of its lines.
struct TrainingPage {
  var name: String
  var language: String
  var bytes: [UInt8]
  var sentences: [Sentence]
  /// Which lines' words are forgotten: so many percent, by a throw that `seed` decides.
  var hidden = 0
  var seed: UInt64 = 0
  var sample: PageSample
  /// By line: 1 the article's, -1 the page's, 0 unknown; and how much it counts.
  var labels: [Double] = []
  var weights: [Double] = []
  /// Of a dump: pieces that must be found in what is kept, and those that must not, white space collapsed.
  var wanted: [[UInt8]] = []
  var unwanted: [[UInt8]] = []
  /// Of a marked page: the label of each sentence.
  var marks: [String] = []

  init(
    name: String, language: String, bytes: [UInt8], sentences: [Sentence], hidden: Int = 0, seed: UInt64 = 0
  ) {
    (self.name, self.language, self.bytes, self.sentences) = (name, language, bytes, sentences)
    (self.hidden, self.seed) = (hidden, seed)
    sample = PageSample(sentences: sentences, of: bytes.span, language: language) {
      Self.hides($0, hidden, seed)
    }
  }

  private static func hides(_ line: Int, _ hidden: Int, _ seed: UInt64) -> Bool {
    var bits = (seed &+ UInt64(line)) &* 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return (bits ^ bits >> 31) >> 8 % 100 < UInt64(hidden)
  }

  /// What the classifier says of its sentences with a model.
  func verdicts(_ model: PageModel) -> [Verdict] {
    LeftoverClassifier(model: model).verdicts(for: sentences, of: bytes.span, language: language) {
      Self.hides($0, hidden, seed)
    }
  }

  func text(_ index: Int) -> String {
    String(decoding: bytes[sentences[index].start..<sentences[index].end], as: UTF8.self)
  }
}

/// Reads the marked pages of Tests/Cases/Leftovers/pages and the dumps of gold/leftovers.
struct PageReader {
  static let kinds: Set<String> = ["title", "heading", "body", "item", "caption", "dateline"]
  private var segmenters: [String: Box] = [:]

  private final class Box {
    var segmenter: Segmenter
    init(_ language: String) throws { segmenter = try Segmenter(language: language) }
  }

  private mutating func sentences(_ bytes: [UInt8], _ language: String) throws -> [Sentence] {
    if segmenters[language] == nil { segmenters[language] = try Box(language) }
    return try segmenters[language]?.segmenter.sentences(of: bytes.span, paragraphs: .auto) ?? []
  }

  /// A marked page; of `hidden` percent of its lines the words are forgotten, by a throw that `seed` decides.
  mutating func marked(_ file: URL, hidden: Int, seed: UInt64) throws -> TrainingPage {
    var bytes: [UInt8] = []
    var labels: [String] = []
    for piece in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "⟦").dropFirst() {
      let parts = piece.components(separatedBy: "⟧")
      bytes += Array(parts[1].utf8)
      labels += [String](repeating: parts[0], count: parts[1].utf8.count)
    }
    let language = String(file.lastPathComponent.prefix { $0 != "-" })
    var page = TrainingPage(
      name: file.lastPathComponent, language: language, bytes: bytes, sentences: try sentences(bytes, language),
      hidden: hidden, seed: seed)
    for line in page.sample.lines {
      page.labels.append(labels[line].count(where: { Self.kinds.contains($0) }) * 2 >= line.count ? 1 : -1)
      page.weights.append(1)
    }
    page.marks = page.sentences.map { Self.most(labels[$0.start..<$0.end]) }
    return page
  }

  /// The label of most of the bytes; of two that have as many, the kind.
  private static func most(_ labels: ArraySlice<String>) -> String {
    var counts: [String: Int] = [:]
    for label in labels { counts[label, default: 0] += 1 }
    let most = counts.max { ($0.value, kinds.contains($0.key) ? 1 : 0) < ($1.value, kinds.contains($1.key) ? 1 : 0) }
    return most?.key ?? ""
  }

  private struct Entry: Decodable {
    var file: String
    var lang: String
    var with: [String]
    var without: [String]
  }

  /// The dumps, in the order of pages.json.
  mutating func dumps(_ folder: URL) throws -> [TrainingPage] {
    let entries = try JSONDecoder().decode([Entry].self, from: Data(contentsOf: folder.appending(path: "pages.json")))
    return try entries.map { entry in
      let bytes = Array(try Data(contentsOf: folder.appending(path: "pages/\(entry.file)")))
      let language = entry.lang.isEmpty ? "und" : String(entry.lang.lowercased().prefix { $0 != "-" })
      var page = TrainingPage(
        name: entry.file, language: language, bytes: bytes, sentences: try sentences(bytes, language))
      page.findPieces(with: entry.with, without: entry.without)
      return page
    }
  }
}

extension TrainingPage {
  /// Where the pieces stand, white space collapsed, and what that says of the lines.
  fileprivate mutating func findPieces(with: [String], without: [String]) {
    var text: [UInt8] = []
    var starts: [Int] = []
    for line in sample.lines {
      starts.append(text.count)
      text += Self.collapsed(String(decoding: bytes[line], as: UTF8.self)) + [0x20]
    }
    labels = [Double](repeating: 0, count: starts.count)
    weights = labels
    let data = Data(text)
    func places(_ piece: [UInt8]) -> [ClosedRange<Int>] {
      let wanted = Data(piece)
      var found: [ClosedRange<Int>] = []
      var from = 0
      while !wanted.isEmpty, let range = data.range(of: wanted, in: from..<data.count) {
        found.append(line(range.lowerBound, starts)...line(range.upperBound - 1, starts))
        from = range.lowerBound + 1
      }
      return found
    }
    wanted = with.map(Self.collapsed)
    unwanted = without.map(Self.collapsed)
    for (pieces, label) in [(unwanted, -1.0), (wanted, 1.0)] {
      for piece in pieces.map(places) {
        let count = piece.reduce(0) { $0 + $1.count }
        for place in piece {
          for line in place {
            labels[line] = label
            weights[line] = max(weights[line], 1 / Double(count))
          }
        }
      }
    }
  }

  static func collapsed(_ text: String) -> [UInt8] {
    Array(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").utf8)
  }

  private func line(_ offset: Int, _ starts: [Int]) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
