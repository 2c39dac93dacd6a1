import Foundation
import Testing

/// Every link inside the repository leads somewhere: to a file or folder, and to a heading where it names one.
@Suite struct LinkTests {
  static let pages = Tree.files(under: "", ["md"]).filter { !$0.path.hasPrefix(".") }

  @Test(arguments: pages)
  func linksResolve(page: Tree.File) {
    let folder = page.path.split(separator: "/").dropLast().joined(separator: "/")
    for (number, link) in Self.links(in: page) {
      if link.contains(#/^[a-z][a-z0-9+.-]*:/#) { continue }
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let path = parts[0].removingPercentEncoding ?? parts[0]
      let target = path.isEmpty ? page.path : Self.resolve(path, from: folder)
      guard FileManager.default.fileExists(atPath: Tree.root.appending(path: target).path) else {
        Issue.record("\(page.path):\(number): \(link): there is no \(target)")
        continue
      }
      guard parts.count == 2, target.hasSuffix(".md") else { continue }
      let text = target == page.path ? page.text : Self.pages.first { $0.path == target }?.text ?? ""
      #expect(
        Self.anchors(in: text).contains(parts[1]), "\(page.path):\(number): \(target) has no heading #\(parts[1])")
    }
  }

  private static func links(in page: Tree.File) -> [(Int, String)] {
    var inFence = false
    var found: [(Int, String)] = []
    for (index, line) in page.lines.enumerated() {
      if line.hasPrefix("```") { inFence.toggle() }
      if inFence { continue }
      // Code in back-ticks is no link.
      let prose = line.replacing(#/`[^`]*`/#, with: "`")
      for match in prose.matches(of: #/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/#) { found.append((index + 1, String(match.1))) }
    }
    return found
  }

  private static func resolve(_ path: String, from folder: String) -> String {
    var parts = path.hasPrefix("/") ? [] : folder.split(separator: "/").map(String.init)
    for part in path.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }

  /// The anchors of a page's headings, as GitHub makes them.
  private static func anchors(in text: String) -> Set<String> {
    var anchors: Set<String> = []
    for line in text.split(separator: "\n") where line.hasPrefix("#") {
      let title = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
      let kept = title.unicodeScalars.filter {
        $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_ ".unicodeScalars.contains($0)
      }
      anchors.insert(String(String.UnicodeScalarView(kept)).replacing(" ", with: "-"))
    }
    return anchors
  }
}
