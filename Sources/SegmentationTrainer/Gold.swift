internal import Foundation

/// A file of ../shared/gold/segmentation: its text, its paragraphs, its sentences' ends (gold/README.md).
struct GoldSet {
  var name: String
  var language: String
  /// Paragraphs as bytes, and in each the offsets after its inner sentences, rising.
  var paragraphs: [(text: [UInt8], ends: [Int])] = []

  private struct Layout: Decodable {
    var ends: [Int]
    var pars: [[Int]]
  }

  init(name: String, folder: String) throws {
    self.name = name
    language = String(name.prefix { $0 != "-" })
    let base = URL(fileURLWithPath: folder).appendingPathComponent(name)
    let layout = try JSONDecoder().decode(Layout.self, from: Data(contentsOf: base.appendingPathExtension("json")))
    let text = Array(
      String(decoding: try Data(contentsOf: base.appendingPathExtension("txt")), as: UTF8.self).unicodeScalars)
    for (start, end) in Self.paragraphs(layout) {
      append(text, layout.ends.filter { $0 > start && $0 <= end }, start, end)
    }
  }

  /// As gold/README.md wants: pseudo-paragraphs of five sentences where the treebank knows no paragraphs, or where
  /// each is one sentence (then the set would have no inner boundary).
  private static func paragraphs(_ layout: Layout) -> [(Int, Int)] {
    guard layout.pars.count == 1 || layout.pars.count == layout.ends.count else {
      return layout.pars.map { ($0[0], $0[1]) }
    }
    var found: [(Int, Int)] = []
    var start = 0
    for index in layout.ends.indices where index % 5 == 4 || index == layout.ends.count - 1 {
      found.append((start, layout.ends[index]))
      start = layout.ends[index]
    }
    return found
  }

  private mutating func append(_ text: [Unicode.Scalar], _ ends: [Int], _ start: Int, _ end: Int) {
    var bytes: [UInt8] = []
    var offsets: [Int] = []
    var next = 0
    for index in start..<end {
      let scalar = text[index]
      if !(bytes.isEmpty && scalar.properties.isWhitespace) {
        bytes.append(contentsOf: Array(String(scalar).utf8).map { $0 < 0x20 ? 0x20 : $0 })
      }
      if next < ends.count && ends[next] == index + 1 {
        offsets.append(bytes.count)
        next += 1
      }
    }
    while bytes.last == 0x20 { bytes.removeLast() }
    paragraphs.append((bytes, offsets.filter { $0 < bytes.count }))
  }

  /// The text in capitals, each of as many bytes as the letter it stands for; nil where nothing changes.
  static func capitals(_ text: [UInt8]) -> [UInt8]? {
    var bytes: [UInt8] = []
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      let plain = Array(String(scalar).utf8)
      let upper = Array(scalar.properties.uppercaseMapping.utf8)
      bytes += upper.count == plain.count ? upper : plain
    }
    return bytes == text ? nil : bytes
  }
}
