import Foundation
import Testing

@testable import Kalimat

/// What `export` gave out comes back with a translation of each sentence: all of it, each at its sentence.
@Suite struct ImportRoundTripTests {
  let fixture: ImportFixture

  init() throws { fixture = try ImportFixture.shared.get() }

  @Test(arguments: ["tmx", "xliff2", "xliff12", "po", "csv", "tsv", "moses", "wmt", "jsonl"])
  func everyFormatOutAndBack(format: String) throws {
    let path = try fixture.export(format, "out")
    let filled = try fill(String(contentsOfFile: path, encoding: .utf8), format, sidePath: path + ".ids")
    let returned = "\(fixture.scratch.path)/back-\(UUID().uuidString)"
    try filled.write(toFile: returned, atomically: false, encoding: .utf8)
    let (report, data, rejected, output) = try fixture.run(returned) {
      $0.format = ImportFormat.named(format)
      if format == "moses" || format == "wmt" { $0.idsPath = path + ".ids" }
    }
    #expect(report.isPlain, "\(String(decoding: report.json.line, as: UTF8.self))")
    #expect(report.notes.isEmpty)
    #expect(rejected.isEmpty)
    #expect(data.count == fixture.sentences.count)
    let wanted = Dictionary(uniqueKeysWithValues: fixture.entries.map { ($0.id, $0) })
    for record in data {
      let entry = try #require(wanted[String(decoding: record.sourceIDs[0], as: UTF8.self)])
      #expect(String(decoding: record.source, as: UTF8.self) == entry.source)
      #expect(String(decoding: record.target, as: UTF8.self) == entry.target)
    }
    var validation = ValidationRequest(path: output)
    validation.with = [fixture.dataset]
    let findings = try Validate(validation).run()
    #expect(findings.findings.map(\.description) == [])
    #expect(findings.isBitext && findings.totals.sentences == data.count)
  }

  /// The export with a translation in each of its empty places, put in as text.
  private func fill(_ text: String, _ format: String, sidePath: String) throws -> String {
    let target = Dictionary(uniqueKeysWithValues: fixture.entries.map { ($0.id, $0.target) })
    func translation(_ id: Substring) -> String { target[String(id)] ?? "?" }
    switch format {
    case "tmx":
      return text.replacing(#/(<tu tuid="(\w+)"(?s:.*?))<\/tu>/#) { match in
        "\(match.1)<tuv xml:lang=\"en\"><seg>\(ReturnedWriting.xml(translation(match.2)))</seg></tuv>\n</tu>"
      }
    case "xliff2", "xliff12":
      return text.replacing(#/(<(?:segment|trans-unit) id="(\w+)"(?s:.*?)<\/source>)/#) { match in
        "\(match.1)<target>\(ReturnedWriting.xml(translation(match.2)))</target>"
      }
    case "po":
      return text.replacing(#/(msgctxt "(\w+)"\nmsgid .*\nmsgstr )""/#) { match in
        "\(match.1)\"\(translation(match.2).replacingOccurrences(of: "\"", with: "\\\""))\""
      }
    case "csv":
      return text.replacing(#/("(s[0-9a-v]{20})","(?:[^"]|"")*",)""/#) { match in
        "\(match.1)\"\(translation(match.2).replacingOccurrences(of: "\"", with: "\"\""))\""
      }
    case "tsv":
      return text.replacing(#/((s[0-9a-v]{20})\t[^\t]*\t)/#) { match in "\(match.1)\(translation(match.2))" }
    case "jsonl":
      return text.replacing(#/\{"custom_id":"(\w+)",/#) { match in
        "{\"custom_id\":\"\(match.1)\",\"target\":\"\(translation(match.1).replacingOccurrences(of: "\"", with: "\\\""))\","
      }
    case "moses":
      let ids = try String(contentsOfFile: sidePath, encoding: .utf8).split(separator: "\n")
      return ids.map { translation($0) + "\n" }.joined()
    default:
      let rows = try String(contentsOfFile: sidePath, encoding: .utf8).split(separator: "\n").map {
        $0.split(separator: "\t")
      }
      let byDocument = Dictionary(grouping: rows) { $0[0] }
      return text.replacing(#/<doc id="(\w+)"(?s:.*?)<\/src>/#) { match in
        let segments = (byDocument[match.1] ?? []).map {
          "<seg id=\"\($0[1])\">\(ReturnedWriting.xml(translation($0[2])))</seg>"
        }
        return "\(match.0)<ref lang=\"en\">\(segments.joined())</ref>"
      }
    }
  }

  @Test func pairsGoOutAgain() throws {
    let file = try fixture.scratch.write("pairs.jsonl", ReturnedWriting.text(fixture.entries, "jsonl"))
    let (_, data, _, output) = try fixture.run(file)
    for format in ["moses", "tmx", "tsv"] {
      var export = Export(format: try #require(ExportFormat.named(format)))
      let path = "\(fixture.scratch.path)/pairs-\(format)"
      export.output = path
      #expect(try export.run(output) { _ in } == data.count)
      if format == "moses" {
        func lines(_ suffix: String) throws -> [String] {
          try String(contentsOfFile: "\(path).\(suffix)", encoding: .utf8).split(separator: "\n").map(String.init)
        }
        let pairs = Dictionary(uniqueKeysWithValues: data.map { ($0.id, $0) })
        for (id, (source, target)) in zip(try lines("ids"), zip(try lines("id"), try lines("en"))) {
          let record = try #require(pairs[Array(id.utf8)])
          #expect(Array(source.utf8) == record.source && Array(target.utf8) == record.target)
        }
      }
    }
    #expect(
      problemText { _ = try Export(format: #require(ExportFormat.named("po"))).run(output) { _ in } }.contains(
        "gives out no pairs"))
  }

  /// UTF-16, a mark, CRLF, semicolons, `sep=`, other columns: a spreadsheet's CSV is the same entries.
  @Test(arguments: [",", ";", "\t", "|"])
  func spreadsheetsMayMangle(delimiter: String) throws {
    let text = ReturnedWriting.table(fixture.entries, delimiter: delimiter)
    let wide = Data([0xFF, 0xFE]) + (text.data(using: .utf16LittleEndian) ?? Data())
    let variants: [[UInt8]] = [
      Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), [UInt8](wide), Array("sep=\(delimiter)\r\n\(text)".utf8),
      Array(text.replacingOccurrences(of: "\r\n", with: "\n").utf8),
    ]
    var digests: Set<String> = []
    for (index, bytes) in variants.enumerated() {
      let file = try fixture.scratch.write("table-\(delimiter.utf8.first ?? 0)-\(index).csv", bytes)
      let (report, _, _, _) = try fixture.run(file)
      #expect(report.isPlain, "\(index): \(String(decoding: report.json.line, as: UTF8.self))")
      digests.insert(report.contentSHA256)
    }
    #expect(digests.count == 1)
  }
}
