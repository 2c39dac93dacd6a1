import Foundation
import Segmentation
import Testing

/// Tests/Cases/Segmentation/xx.txt: a paragraph a line, ‖ where a sentence ends inside it. A line that begins with `~`
/// is wanted and not met yet; once it is met, the mark has to go.
@Suite struct LanguageCases {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Cases/Segmentation")
  static let languages: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
  }()

  static func lines(_ language: String) throws -> [String] {
    try String(contentsOf: folder.appendingPathComponent("\(language).txt"), encoding: .utf8)
      .split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
  }

  @Test(arguments: languages) func cases(of language: String) throws {
    var segmenter = try Segmenter(language: language)
    for line in try Self.lines(language) {
      let isUnmet = line.hasPrefix("~ ")
      let wanted = isUnmet ? String(line.dropFirst(2)) : line
      let found = try marked(wanted.replacingOccurrences(of: "‖", with: ""), &segmenter)
      if isUnmet {
        #expect(found != wanted, "met now: take the ~ off")
      } else {
        #expect(found == wanted)
      }
    }
  }

  @Test func thereAreEnoughLanguages() { #expect(Self.languages.count >= 12) }

  private func marked(_ text: String, _ segmenter: inout Segmenter) throws -> String {
    let bytes = Array(text.utf8)
    var marked: [UInt8] = []
    var last = 0
    for sentence in try segmenter.sentences(of: bytes.span, paragraphs: .lines).dropLast() {
      marked += bytes[last..<sentence.end] + Array("‖".utf8)
      last = sentence.end
    }
    return String(decoding: marked + bytes[last...], as: UTF8.self)
  }
}

/// The language files themselves: what a linguist edits must say what it means.
@Suite struct LanguageFileTests {
  static let known: Set = [
    "[abbreviations]", "[titles]", "[ends]", "[units]", "[months]", "[starters]", "[numeric]", "[reporting]",
    "[ordinal-words]", "[ordinal-months]", "[options]",
  ]

  @Test func everyFileIsListedAndWellFormed() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/Segmentation/Languages")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }
    #expect(names.map { String($0.dropLast(4)) }.sorted() == BuiltInFile.segmentation.map(\.name))
    for file in BuiltInFile.segmentation {
      var section: Substring? = nil
      let text = String(decoding: file.contents(), as: UTF8.self)
      for line in text.split(separator: "\n") {
        let content = line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
        if content.isEmpty { continue }
        if content.hasPrefix("[") {
          section = Substring(content)
          #expect(Self.known.contains(content), "\(file.name).txt has the unknown section \(content)")
        } else {
          #expect(section != nil, "\(file.name).txt: \(content) stands in no section")
          if section == "[options]" { #expect(content.contains("="), "\(file.name).txt: \(content)") }
        }
      }
    }
  }
}
