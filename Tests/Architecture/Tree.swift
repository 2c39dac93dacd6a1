import Foundation
import Testing

/// The repository, as text.
enum Tree {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().standardizedFileURL

  struct File: Sendable, CustomTestStringConvertible {
    /// Relative to the root, parts joined by `/`.
    let path: String
    let text: String

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    var testDescription: String { path }
  }

  /// Every file under `folder` whose name ends in one of `extensions`, sorted by path; build folders left out.
  static func files(under folder: String, _ extensions: [String]) -> [File] {
    let start = root.appending(path: folder)
    guard let paths = FileManager.default.enumerator(atPath: start.path) else { return [] }
    var found: [File] = []
    for case let path as String in paths {
      let parts = path.split(separator: "/")
      if let first = parts.first, folder.isEmpty, first.hasPrefix(".build") || first == ".venv" || first == "out" {
        if parts.count == 1 { paths.skipDescendants() }
        continue
      }
      guard extensions.contains(where: { path.hasSuffix(".\($0)") }) else { continue }
      guard let text = try? String(contentsOf: start.appending(path: path), encoding: .utf8) else { continue }
      found.append(File(path: folder.isEmpty ? path : "\(folder)/\(path)", text: text))
    }
    return found.sorted { $0.path < $1.path }
  }

  /// The names of the folders in Sources: one a target.
  static func targets() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path)) ?? []
    return names.sorted()
  }
}

extension Tree.File {
  /// Each line without its comment and with its string literals emptied, so that words in prose are no code.
  var code: [(number: Int, text: String)] {
    var inBlock = false
    var inText = false
    return lines.enumerated().map { index, line in
      if line.contains("\"\"\"") {
        let opensAndCloses = line.components(separatedBy: "\"\"\"").count > 2
        defer { if !opensAndCloses { inText.toggle() } }
        return (index + 1, inText ? "" : String(line[..<(line.range(of: "\"\"\"")?.lowerBound ?? line.endIndex)]))
      }
      if inText { return (index + 1, "") }
      return (index + 1, Self.stripped(line, inBlock: &inBlock))
    }
  }

  private static func stripped(_ line: Substring, inBlock: inout Bool) -> String {
    var kept = ""
    var inString = false
    var rest = line[...]
    while let character = rest.first {
      if inBlock {
        if rest.hasPrefix("*/") { inBlock = false }
        rest = rest.dropFirst(rest.hasPrefix("*/") ? 2 : 1)
      } else if inString {
        if character == "\"" { inString = false }
        rest = rest.dropFirst(character == "\\" ? 2 : 1)
      } else if rest.hasPrefix("//") {
        break
      } else {
        if rest.hasPrefix("/*") { inBlock = true }
        if character == "\"" { inString = true }
        kept.append(character)
        rest = rest.dropFirst()
      }
    }
    return kept
  }

  /// What it imports, by line.
  var imports: [(line: Int, module: String)] {
    code.compactMap { line in
      guard
        let match = line.text.firstMatch(
          of: #/^\s*(?:@\w+\s+)*(?:\w+\s+)?import\s+(?:(?:struct|enum|class|func|var|typealias)\s+)?(\w+)/#)
      else { return nil }
      return (line.number, String(match.1))
    }
  }
}
