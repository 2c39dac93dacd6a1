import Foundation
import Testing

/// `validate`, `show`, `stats` and `manifest` as people run them.
@Suite struct ValidateCommandTests {
  /// A small dataset, uncompressed, in `out`.
  static func built(_ arguments: [String] = []) throws -> Folder {
    let folder = try Folder()
    try folder.write("in/a.txt", "Satu kalimat. Ya. Ya.\n\nPenutup di sini.\n")
    try folder.write("in/b.txt", "Artikel lain. Ya.\n")
    let outcome = try Program.run(
      ["build", "in", "--output", "out", "--compression", "none", "--lang", "id", "--quiet"] + arguments, in: folder)
    #expect(outcome.code == 0, "\(outcome.errorText)")
    return folder
  }

  static let shard = "out/data/train-00000-of-00001.jsonl"

  @Test func nothingFound() throws {
    let outcome = try Program.run(["validate", "out"], in: try Self.built())
    #expect(outcome.code == 0)
    #expect(
      outcome.outputText.hasPrefix(
        "out: nothing found (structure, fixity, records, recompute).\n2 articles put together again"))
  }

  @Test func aPlantedErrorIsNamed() throws {
    let folder = try Self.built()
    let text = try folder.text(Self.shard)
    let at = try #require(text.range(of: "Penutup"))
    let line = text[..<at.lowerBound].utf8.count { $0 == 0x0A } + 1
    try folder.write(Self.shard, text.replacingCharacters(in: at, with: "Pembuka"))
    let outcome = try Program.run(["validate", "out"], in: folder)
    #expect(outcome.code == 1)
    #expect(outcome.outputText.contains("recompute: data/train-00000-of-00001.jsonl:\(line) (byte "))
    #expect(outcome.outputText.contains("fixity: data/train-00000-of-00001.jsonl: a SHA-256 of "))
    let json = try Program.run(["validate", "out", "--json", "--level", "recompute"], in: folder)
    #expect(json.code == 1)
    let findings = try json.outputText.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(findings.allSatisfy { $0["level"] as? String == "recompute" })
    #expect(findings.contains { $0["check"] as? String == "id" && $0["line"] as? Int == line })
    let one = try Program.run(["validate", "out", "--limit", "1", "--quiet"], in: folder)
    #expect(one.code == 1)
    #expect(one.outputText.hasSuffix(" more findings (--limit).\n"))
    #expect(one.outputText.split(separator: "\n").count == 2)
  }

  @Test func exitCodes() throws {
    let folder = try Self.built()
    #expect(try Program.run(["validate", "nowhere"], in: folder).code == 2)
    #expect(try Program.run(["validate", "out", "--level", "all"], in: folder).code == 64)
    #expect(try Program.run(["validate", "out", "--level", "rebuild"], in: folder).code == 64)
    #expect(try Program.run(["validate", "out", "--expect", "abc"], in: folder).code == 64)
    #expect(try Program.run(["validate"], in: folder).code == 64)
    #expect(try Program.run(["validate", "out", "--expect", String(repeating: "0", count: 64)], in: folder).code == 1)
    #expect(try Program.run(["validate", Self.shard], in: folder).code == 0)
    #expect(try Program.run(["validate", "out", "--source", "in"], in: folder).code == 0)
    #expect(try Program.run(["validate", "out", "out", "--jobs", "2", "--quiet"], in: folder).output.isEmpty)
    #expect(try Program.run(["show", "x", "--dataset", "out"], in: folder).code == 64)
    #expect(try Program.run(["show", "d0000000000000000", "--dataset", "out"], in: folder).code == 2)
    #expect(try Program.run(["stats", "in"], in: folder).code == 2)
  }

  @Test func textsThatSplitsShare() throws {
    let folder = try Self.built(["--split", "train=0.5,dev=0.5", "--split-salt", "5"])
    let names = folder.names(in: "out/data")
    try #require(names.count == 2, "the salt splits the two articles")
    #expect(try Program.run(["validate", "out", "--max-shared-texts", "1"], in: folder).code == 0)
    let outcome = try Program.run(["validate", "out", "--max-shared-texts", "0", "--quiet"], in: folder)
    #expect(outcome.code == 1)
    #expect(
      outcome.outputText == "records: out: 1 text that two splits share; expected at most 0, by --max-shared-texts.\n")
  }

  @Test func anArticleAndASentenceAreShown() throws {
    let folder = try Self.built()
    let lines = try folder.text(Self.shard).split(separator: "\n").map { Data($0.utf8) }
    let record = try #require(try JSONSerialization.jsonObject(with: lines[0]) as? [String: Any])
    let (id, document) = (record["id"] as? String ?? "", record["doc_id"] as? String ?? "")
    let article = try Program.run(["show", document, "--dataset", "out"], in: folder)
    #expect(article.code == 0)
    #expect(article.outputText.hasPrefix("\(document)  path "))
    #expect(!article.outputText.contains("\u{1B}"))
    let sentence = try Program.run(["show", id, "--dataset", "out", "--context", "0"], in: folder)
    #expect(sentence.outputText.contains("> ¶ 0  "))
    #expect(sentence.outputText.hasSuffix("\ndata/train-00000-of-00001.jsonl (byte 0, \(id))\n"))
    let raw = try Program.run(["show", id, "--dataset", "out", "--context", "0", "--json"], in: folder)
    #expect(raw.output == Array(lines[0]) + [0x0A])
  }

  @Test func figuresAsJSON() throws {
    let outcome = try Program.run(["stats", "out", "--json"], in: try Self.built())
    let figures = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
    let whole = try #require(figures["whole"] as? [String: Int])
    #expect(whole["documents"] == 2)
    #expect(whole["sentences"] == 6)
    let texts = try #require(figures["texts"] as? [String: Any])
    #expect(texts["repeated"] as? Int == 1)
    #expect(texts["records_of_repeated"] as? Int == 3)
  }

  @Test func aReaderThatGoesIsNoFailure() throws {
    let folder = try Self.built()
    for command in ["manifest out", "stats out", "validate out", "manifest in"] {
      let outcome = try Program.shell("set +o pipefail; $KALIMAT \(command) | true; exit ${PIPESTATUS[0]}", in: folder)
      #expect(outcome.code == 0, "\(command): \(outcome.errorText)")
      #expect(!outcome.errorText.contains("rror"), "\(command)")
    }
  }

  @Test func manifestsOfSentences() throws {
    let folder = try Self.built()
    let dataset = try Program.run(["manifest", "out"], in: folder)
    let articles = try Program.run(["manifest", "in", "--lang", "id"], in: folder)
    func column(_ outcome: Outcome, _ name: String) throws -> [String] {
      try outcome.outputText.split(separator: "\n").map {
        let line = try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        return line[name] as? String ?? ""
      }
    }
    for name in ["id", "doc_id", "text_id", "sha256"] {
      #expect(try column(dataset, name) == column(articles, name))
      #expect(try column(dataset, name).count == 6)
    }
    #expect(Set(try column(articles, "shard")) == ["a.txt", "b.txt"])
    let table = try Program.run(["manifest", "out", "--format", "tsv"], in: folder)
    #expect(table.outputText.hasPrefix("id\tdoc_id\ttext_id\tshard\tline\toffset\tlength\tsha256\tchars\n"))
  }
}
