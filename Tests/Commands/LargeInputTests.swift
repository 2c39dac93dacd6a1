import Foundation
import Testing

/// Shapes of input at which programs break: each becomes a dataset that holds it whole.
@Suite(.serialized) struct LargeInputTests {
  private func dataset(_ name: String, _ bytes: [UInt8], _ options: [String] = []) throws -> Dataset {
    let folder = try Folder()
    try folder.write(name, bytes)
    let outcome = try Program.run(
      ["build", name, "--output", "out", "--compression", "none", "--quiet"] + options, in: folder)
    try #require(outcome.code == 0, "\(outcome.errorText)")
    return try Dataset(folder, "out")
  }

  /// The article, put together again from lead, records and separators.
  private func rebuilt(_ dataset: Dataset) throws -> String {
    let document = try #require(try dataset.records("documents").first)
    let records = try (dataset.records("data") + dataset.records("rejected"))
      .sorted { ($0["seq"] as? Int ?? 0) < ($1["seq"] as? Int ?? 0) }
    var text = document["lead"] as? String ?? ""
    for record in records {
      let raw = record["raw"] as? String ?? ""
      text += raw.isEmpty ? record["text"] as? String ?? "" : raw
      text += record["sep"] as? String ?? ""
    }
    return text
  }

  @Test func nulAndControlsAreText() throws {
    let text = "Satu\0dua. \u{1}Tiga\u{7F} empat\u{85}lima.\u{2028}Enam\u{FEFF}."
    #expect(Array(try rebuilt(dataset("nul.txt", Array(text.utf8))).utf8) == Array(text.utf8))
  }

  @Test func hundredMegabytesOnOneLine() throws {
    let count = isSoak ? 100_000_000 : 10_000_000
    let unit = Array("kata ".utf8)
    let bytes = (0..<count / 5).flatMap { _ in unit }
    let dataset = try dataset("line.txt", bytes, ["--lang", "id"])
    #expect(try rebuilt(dataset).utf8.count == bytes.count)
    let totals = try #require(dataset.manifest["totals"] as? [String: Any])
    #expect((totals["rejected"] as? [String: Int])?["too-long"] == 1)
  }

  @Test func millionBlankLines() throws {
    let bytes = Array("Awal.".utf8) + [UInt8](repeating: 0x0A, count: 1_000_000) + Array("Akhir.".utf8)
    let dataset = try dataset("blank.txt", bytes, ["--lang", "id"])
    #expect(try dataset.records("data").count == 2)
    #expect(Array(try rebuilt(dataset).utf8) == bytes)
  }

  @Test func onlyWhiteSpaceIsADocumentOfLead() throws {
    let text = " \t\n\u{3000}\u{85}\n"
    let dataset = try dataset("white.txt", Array(text.utf8))
    #expect(try dataset.records("data").isEmpty)
    #expect(Array(try rebuilt(dataset).utf8) == Array(text.utf8))
  }

  @Test func twoHundredThousandSentencesOfOneCharacter() throws {
    let text = String(repeating: "a\n", count: 200_000)
    let dataset = try dataset(
      "short.txt", Array(text.utf8), ["--lang", "id", "--paragraphs", "lines", "--leftovers", "off"])
    let lines = try dataset.lines("data")
    #expect(lines.count == 200_000)
    #expect(Set(lines.map { $0.utf8.prefix(28).map { $0 } }).count == 200_000, "every ID stands once")
    #expect(lines.last?.contains(#""seq":199999,"para":199999,"#) == true)
    #expect(lines.last?.contains(#""sep":"\n","start":399998,"end":399999,"rule":"text-end""#) == true)
  }

  /// Random scalars, White_Space and terminators among them, come back byte for byte.
  @Test func randomTextsAreRebuilt() throws {
    let folder = try Folder()
    var generator = SeededGenerator(seed: 5)
    let some: [Unicode.Scalar] = [
      " ", "\n", "\r", "\t", ".", "!", "?", "。", "؟", "\u{85}", "\u{A0}", "\u{2028}", "\u{3000}", "a", "B", "7", "ก",
      "中", "ا",
      "\u{301}", "\u{200D}", "👩", "\u{0}", "\"", "\\", "»",
    ]
    var expected: [String: [UInt8]] = [:]
    var lines = ""
    for article in 0..<(isSoak ? 20_000 : 500) {
      let count = Int.random(in: 1..<120, using: &generator)
      let scalars = (0..<count).map { _ in some.randomElement(using: &generator) ?? " " }
      let text = String(String.UnicodeScalarView(scalars))
      expected["a\(article)"] = Array(text.utf8)
      let json = try JSONSerialization.data(withJSONObject: ["id": "a\(article)", "text": text])
      lines += String(decoding: json, as: UTF8.self) + "\n"
    }
    try folder.write("random.jsonl", lines)
    let outcome = try Program.run(
      ["build", "random.jsonl", "--output", "out", "--compression", "none", "--quiet"], in: folder)
    try #require(outcome.code == 0, "\(outcome.errorText)")
    let dataset = try Dataset(folder, "out")
    var found: [String: [UInt8]] = [:]
    var keys: [String: String] = [:]
    for document in try dataset.records("documents") {
      let id = document["doc_id"] as? String ?? ""
      keys[id] = document["key"] as? String
      found[id] = Array((document["lead"] as? String ?? "").utf8)
    }
    let records = try (dataset.records("data") + dataset.records("rejected"))
      .sorted { ($0["seq"] as? Int ?? 0) < ($1["seq"] as? Int ?? 0) }
    for record in records {
      let raw = record["raw"] as? String ?? ""
      let piece = raw.utf8.isEmpty ? record["text"] as? String ?? "" : raw
      found[record["doc_id"] as? String ?? "", default: []] += Array((piece + (record["sep"] as? String ?? "")).utf8)
    }
    for (id, bytes) in found { #expect(expected[keys[id] ?? ""] == bytes, "\(id)") }
    #expect(found.count == expected.count)
  }
}
