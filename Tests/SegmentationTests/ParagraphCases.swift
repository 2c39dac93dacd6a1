import Foundation
import Segmentation
import Testing

/// Tests/Cases/Paragraphs: ⟦ before a paragraph's first character, ⟧ after its last; the mode `auto` must find just these.
@Suite struct ParagraphCases {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Cases/Paragraphs")
  static let names: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".txt") }.sorted()
  }()

  @Test(arguments: names) func auto(_ name: String) throws {
    let wanted = Array(try Data(contentsOf: Self.folder.appendingPathComponent(name)))
    let (open, close) = (Array("⟦".utf8), Array("⟧".utf8))
    var plain: [UInt8] = []
    var here = 0
    while here < wanted.count {
      if wanted[here...].starts(with: open) || wanted[here...].starts(with: close) {
        here += open.count
      } else {
        plain.append(wanted[here])
        here += 1
      }
    }
    var found: [UInt8] = []
    var last = 0
    for paragraph in ParagraphMode.auto.paragraphs(of: plain.span) {
      found += plain[last..<paragraph.start] + open + plain[paragraph.start..<paragraph.end] + close
      last = paragraph.end
    }
    found += plain[last...]
    #expect(String(decoding: found, as: UTF8.self) == String(decoding: wanted, as: UTF8.self))
  }

  @Test func thereAreCases() { #expect(Self.names.count >= 25) }

  @Test func wrappedLinesCountAsBlankLinesMode() {
    let wrapped = Array(
      "This text was wrapped at about forty\ncolumns by hand, so that every line of\nit but the last is full to the\nmargin.\n"
        .utf8)
    #expect(ParagraphMode.auto.resolved(for: wrapped.span) == .blankLines)
    let lines = Array("Short.\nAnother one that is rather long, and ends.\nShort again.\n".utf8)
    #expect(ParagraphMode.auto.resolved(for: lines.span) == .lines)
  }
}
