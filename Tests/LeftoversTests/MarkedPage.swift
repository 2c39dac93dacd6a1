import Foundation

/// A page of Tests/Cases/Leftovers/pages: its text, and the label of every byte of it.
struct MarkedPage {
  static let kinds: Set<String> = ["title", "heading", "body", "item", "caption", "dateline"]
  let name: String
  let text: String
  private let labels: [String]

  static func all() throws -> [MarkedPage] {
    let folder = repository.appending(path: "Tests/Cases/Leftovers/pages")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return try files.filter { $0.pathExtension == "txt" }.sorted { $0.path < $1.path }.map { try MarkedPage($0) }
  }

  private init(_ file: URL) throws {
    name = file.deletingPathExtension().lastPathComponent
    var text = ""
    var labels: [String] = []
    for piece in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "⟦").dropFirst() {
      let parts = piece.components(separatedBy: "⟧")
      guard parts.count == 2 else { throw CocoaError(.fileReadCorruptFile) }
      text += parts[1]
      labels += Array(repeating: parts[0], count: parts[1].utf8.count)
    }
    self.text = text
    self.labels = labels
  }

  var language: String { String(name.prefix { $0 != "-" }) }
  var isClean: Bool { labels.allSatisfy { Self.kinds.contains($0) } }

  /// The label of most of the sentence's bytes; a tie goes to the kind.
  func label(_ start: Int, _ end: Int) -> String {
    var counts: [String: Int] = [:]
    for label in labels[start..<end] { counts[label, default: 0] += 1 }
    let most = counts.max {
      ($0.value, Self.kinds.contains($0.key) ? 1 : 0) < ($1.value, Self.kinds.contains($1.key) ? 1 : 0)
    }
    return most?.key ?? ""
  }
}
