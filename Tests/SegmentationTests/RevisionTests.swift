import Foundation
import ICU
import Segmentation
import Testing

/// `RuleBytes.revision` stands in manifests for what the program decides beside its files. Tests/Cases/revision.txt
/// keeps it with digests of those files, of the cases' text, and of what was decided about it: where decisions
/// changed and nothing else did, a rule changed and the revision was not raised.
@Suite struct RevisionTests {
  private static let file = LanguageCases.folder.deletingLastPathComponent().appendingPathComponent("revision.txt")
  private static let command = "KALIMAT_ACCEPT=1 swift test --filter RevisionTests"

  @Test func theRevisionIsRaisedWithTheRules() throws {
    var files = Digest()
    RuleBytes.forEach { name, bytes in if name != "revision" { files.add(bytes) } }
    var texts = Digest()
    var decisions = Digest()
    for language in LanguageCases.languages {
      for rules in [RuleSet.rules, .full] {
        var segmenter = try Segmenter(language: language, rules: rules)
        for line in try LanguageCases.lines(language) {
          let bytes = Array(line.utf8.filter { $0 != 0x7E })
          texts.add(bytes)
          for sentence in try segmenter.sentences(of: bytes.span, paragraphs: .lines) {
            decisions.add(Array("\(sentence.start) \(sentence.end) \(sentence.rule) ".utf8))
          }
        }
      }
    }
    let now = [Versions.icu, RuleBytes.revision, files.text, texts.text, decisions.text]
    if ProcessInfo.processInfo.environment["KALIMAT_ACCEPT"] != nil {
      try Data((now.joined(separator: "\n") + "\n").utf8).write(to: Self.file)
      return
    }
    let kept = try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n").map(String.init)
    // Another ICU finds other boundaries: the file is of the one that was there.
    guard kept.count == now.count, kept[0] == now[0] else { return }
    if kept[1...3] == now[1...3] {
      #expect(kept[4] == now[4], "a rule decides otherwise: raise RuleBytes.revision, then \(Self.command)")
    } else {
      #expect(kept == now, "files, cases or the revision changed: \(Self.command)")
    }
  }
}

/// FNV-1a.
private struct Digest {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325
  var text: String { String(state, radix: 16) }

  mutating func add(_ bytes: [UInt8]) {
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  }
}
