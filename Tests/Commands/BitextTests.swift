import Foundation
import Testing

/// What can be asked of a bitext dataset, with the real program.
@Suite struct BitextTests {
  let folder: Folder
  let ids: [String]

  init() throws {
    folder = try Folder()
    try folder.write("in/a.txt", "Hujan turun sejak pagi.\nJalan utama tergenang air.\n")
    try folder.write("in/b.txt", "Pasar tetap buka.\n")
    let built = try Program.run(
      ["build", "in", "--output", "d", "--lang", "id", "--compression", "none", "--paragraphs", "lines", "--quiet"],
      in: folder)
    #expect(built.code == 0, "\(built.errorText)")
    let records = try Dataset(folder, "d").records("data")
    func id(_ word: String) -> String {
      records.first { ($0["text"] as? String ?? "").hasPrefix(word) }?["id"] as? String ?? "?"
    }
    ids = [id("Hujan"), id("Jalan"), id("Pasar")]
    let head = "id\ttarget\n"
    try folder.write(
      "one.tsv", head + "\(ids[0])\tIt has rained since morning.\n\(ids[1])\tThe main road is flooded.\n\(ids[2])\t\n")
    try folder.write("two.tsv", head + "\(ids[0])\tIt has rained since dawn.\n\(ids[2])\tThe market stays open.\n")
    for name in ["one", "two"] {
      let outcome = try Program.run(
        ["import", "d", "\(name).tsv", "--lang", "en", "--output", name, "--compression", "none", "--quiet"], in: folder
      )
      #expect(outcome.code == 0, "\(outcome.errorText)")
    }
  }

  private func run(_ arguments: [String], code: Int32 = 0) throws -> String {
    let outcome = try Program.run(arguments, in: folder)
    #expect(outcome.code == code, "\(arguments): \(outcome.code) \(outcome.errorText)")
    return outcome.outputText + outcome.errorText
  }

  @Test func stats() throws {
    let text = try run(["stats", "one"])
    #expect(text.hasPrefix("1 article, 2 pairs, 1 rejected\n"), "\(text)")
    #expect(text.contains("id-en") && text.contains("imported") && text.contains("empty"), "\(text)")
    let json = try JSONSerialization.jsonObject(with: Data(run(["stats", "one", "--json"]).utf8)) as? [String: Any]
    #expect(json?["beads"] as? [String: Int] == ["1-1": 2] && json?["reasons"] as? [String: Int] == ["empty": 1])
    let whole = json?["whole"] as? [String: Int]
    #expect(whole?["source_characters"] == 49 && whole?["target_characters"] == 53, "\(whole ?? [:])")
  }

  @Test func show() throws {
    let records = try Dataset(folder, "one").records("data")
    let first = try #require(records.first { ($0["source"] as? String ?? "").hasPrefix("Hujan") })
    let (pair, document) = (first["id"] as? String ?? "", first["doc_id"] as? String ?? "")
    for id in [ids[0], pair, document] {
      let text = try run(["show", id, "--dataset", "one", "--context", "0"])
      #expect(text.contains("id  Hujan turun sejak pagi.  \(ids[0])\n"), "\(id): \(text)")
      #expect(text.contains("en  It has rained since morning.\n"), "\(id): \(text)")
      #expect(text.contains("Jalan") == (id == document), "\(id): \(text)")
    }
    let rejected = try run(["show", ids[2], "--dataset", "one"])
    #expect(rejected.contains("✗") && rejected.contains("empty"), "\(rejected)")
    let lines = try run(["show", document, "--dataset", "one", "--json"]).split(separator: "\n").map(String.init)
    #expect(try lines == Dataset(folder, "one").lines("data").filter { $0.contains(document) })
    #expect(
      try run(["show", "b" + String(repeating: "0", count: 20), "--dataset", "one"], code: 2).contains(
        "one has no b000"))
    #expect(try run(["show", "x", "--dataset", "one"], code: 64).contains("is no ID"))
  }

  @Test func manifest() throws {
    let lines = try run(["manifest", "two"]).split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let records = try Dataset(folder, "two").records("data")
    #expect(lines.compactMap { $0["id"] as? String } == records.compactMap { $0["id"] as? String })
    for line in lines {
      let shard = try folder.bytes("two/\(line["shard"] as? String ?? "")")
      let (offset, length) = (line["offset"] as? Int ?? 0, line["length"] as? Int ?? 0)
      let own = String(decoding: shard[offset..<offset + length], as: UTF8.self)
      #expect(own.contains("\"id\":\"\(line["id"] ?? "")\"") && own.hasSuffix("}") && shard[offset + length] == 0x0A)
    }
  }

  @Test func diff() throws {
    let text = try run(["diff", "one", "two"], code: 1)
    #expect(text.contains("It has rained since [-morning.-] {+dawn.+} ← Hujan turun sejak pagi."), "\(text)")
    #expect(text.contains("  - ") && text.contains("The main road is flooded. ← Jalan"), "\(text)")
    #expect(text.contains("  + ") && text.contains("The market stays open. ← Pasar"), "\(text)")
    let kinds = try run(["diff", "one", "two", "--json"], code: 1).split(separator: "\n").compactMap {
      (try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["change"] as? String
    }
    #expect(kinds.sorted() == ["added", "edited", "removed"])
    #expect(try run(["diff", "one", "one"]) == "no difference\n")
    #expect(try run(["diff", "one", "d"], code: 64).contains("one is a bitext dataset, and d is none"))
  }

  @Test func export() throws {
    #expect(try run(["export", "two", "--to", "tsv"]).split(separator: "\n").count == 3)
    #expect(try run(["export", "two", "--to", "moses", "--output", "m"]).contains("2 sentences in m"))
    #expect(try folder.text("m.id").split(separator: "\n").count == 2 && folder.text("m.en").contains("market"))
    #expect(try run(["export", "two", "--to", "csv", "--target-lang", "en"], code: 64).contains("gives out no pairs"))
    #expect(try run(["export", "two", "--to", "tsv", "--where", "kind=body"], code: 64).contains("a pair has no kind"))
    #expect(try run(["export", "two", "--to", "tsv", "--where", "split=dev"], code: 64).contains("split=dev"))
    #expect(try run(["export", "two", "--to", "tsv", "--new-since", "one"], code: 64).contains("--new-since"))
  }
}
