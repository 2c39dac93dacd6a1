import Foundation
import Testing

@testable import Kalimat

@Suite struct BitextWriterTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func bead(_ key: String, _ position: Int, _ sources: [String], _ targets: [String]) -> BitextBead {
    let document = DocumentID(kind: .path, key: Array(key.utf8))
    return BitextBead(
      document: document, split: "train", position: position,
      sourceIDs: sources.map {
        SentenceID(document: document, ordinal: 0, text: Array($0.utf8).span).bytes.span.copied()
      },
      sources: sources.map { Array($0.utf8) }, targets: targets.map { Array($0.utf8) }, sourceLanguage: "id",
      targetLanguage: "en", score: 900, method: .aligned)
  }

  /// The vector of docs/FORMAT.md.
  @Test func idIsTheOneOfTheSpecification() throws {
    let record = BitextRecord(bead("id-viva-2025-11-04.txt", 0, ["Ya."], ["Yes."]), ordinal: 0, sequence: 0)
    #expect(String(decoding: record.sourceIDs[0], as: UTF8.self) == "sb826p7soi908tett40fp")
    #expect(String(decoding: record.id, as: UTF8.self) == "bb826gq0l8umm4nvl0id4")
  }

  private var configuration: BitextConfiguration {
    get throws { BitextConfiguration(source: try DatasetFolder(try ImportFixture.shared.get().dataset)) }
  }

  private var beads: [BitextBead] {
    (0..<60).flatMap { article in
      (0..<5).map { place in
        var one = bead(
          "a\(article)", place, ["Kalimat \(place).", "Lagi."].dropLast(place % 2).map { $0 },
          ["Sentence \(place) of \(article)."])
        if place == 4 { one.reason = .score }
        // A bead that stands twice in its article.
        if place == 3 {
          one.targets = [Array("The same.".utf8)]; one.sourceIDs = []; one.sources = []; one.reason = .unaligned
        }
        return one
      } + [bead("a\(article)", 5, ["Kalimat \(article)."], ["One.", "Two."])]
    }
  }

  private func write(_ beads: [BitextBead], _ name: String, memory: Int = 1 << 20) throws -> (String, Manifest) {
    let path = "\(scratch.path)/\(name)"
    let writer = try BitextWriter(try configuration, output: path, memory: memory, jobs: 2)
    for bead in beads { try writer.add(bead) }
    return (path, try writer.finish(inputs: []))
  }

  @Test func orderAndMemoryDoNotMatter() throws {
    var random = SeededGenerator(state: 11)
    let (path, first) = try write(beads, "one")
    let (_, second) = try write(beads.shuffled(using: &random), "two", memory: 500)
    #expect(first == second)
    #expect(first.totals.sentences == 240 && first.totals.rejected == ["score": 60, "unaligned": 60])
    let report = try Validate(ValidationRequest(path: path)).run()
    #expect(report.findings.map(\.description) == [])
    #expect(report.totals == first.totals)
  }

  @Test func sidesOfSeveralSentencesAreOnOneLineInTranslation() throws {
    let (path, _) = try write([bead("x", 0, ["Satu.", "Dua."], ["一。", "二。"])], "sides")
    let shard = try #require(try BitextFolder(path).shards(of: .data).first { $0.records > 0 })
    var reader = try ShardReader(path: "\(path)/\(shard.path)", format: .gz)
    #expect(try reader.next())
    let line = String(decoding: reader.line.copied(), as: UTF8.self)
    #expect(line.contains(#""source":"Satu.\nDua.","target":"一。\n二。""#), "\(line)")
    #expect(line.hasSuffix(#""translation":{"en":"一。二。","id":"Satu. Dua."}}"#), "\(line)")
  }

  /// Each damage of a bitext dataset is a finding.
  @Test(arguments: [
    ("\"score\":900", "\"score\":901", "content_sha256"),
    ("\"target\":\"Sentence 0", "\"target\":\"Sentence 9", "the id b"),
    ("\"seq\":0", "\"seq\":7", "seq 7"), ("\"bead\":\"1-1\"", "\"bead\":\"2-1\"", "bead \"2-1\""),
    ("\"method\":\"aligned\"", "\"method\":\"guessed\"", "method \"guessed\""),
    ("\",\"doc_id\"", "\", \"doc_id\"", "expected"),
  ])
  func damageIsFound(old: String, new: String, said: String) throws {
    var plain = try configuration
    plain.compression = .none
    let path = "\(scratch.path)/damaged"
    let writer = try BitextWriter(plain, output: path)
    for bead in beads { try writer.add(bead) }
    _ = try writer.finish(inputs: [])
    let shard = try #require(try BitextFolder(path).shards(of: .data).first { $0.records > 0 })
    let file = "\(path)/\(shard.path)"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let range = try #require(text.range(of: old))
    try text.replacingCharacters(in: range, with: new).write(toFile: file, atomically: false, encoding: .utf8)
    let findings = try Validate(ValidationRequest(path: path)).run().findings.map(\.description)
    #expect(findings.contains { $0.contains(said) }, "\(findings)")
    #expect(findings.contains { $0.hasPrefix("fixity: \(shard.path): a SHA-256") })
  }

  @Test func runsSortWhateverTheMemory() throws {
    var random = SeededGenerator(state: 3)
    let keys = (0..<2000).map { _ in (0..<6).map { _ in UInt8.random(in: 0...3, using: &random) } }
    for memory in [1 << 20, 4000, 100] {
      let runs = KeyedRuns(folder: "\(scratch.path)/runs-\(memory)", memoryLimit: memory)
      for key in keys { try runs.add(key: key, payload: Array(key.reversed())) }
      var sorted: [[UInt8]] = []
      let cursor = try runs.cursor()
      while cursor.hasEntry {
        #expect(cursor.payload == Array(cursor.key.reversed()))
        sorted.append(cursor.key)
        try cursor.advance()
      }
      #expect(sorted == keys.sorted { $0.lexicographicallyPrecedes($1) })
      try runs.removeAll()
      #expect(!FileSystem.exists("\(scratch.path)/runs-\(memory)"))
    }
  }
}
