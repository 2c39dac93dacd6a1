import Foundation
import Testing

/// Which sentences are given out, and in which order; what changed since, and only that.
@Suite struct ExportTests {
  let folder: Folder

  init() throws {
    folder = try Folder()
    let articles: [(id: String, title: String, text: String, lang: String)] = [
      ("zebra", "Judul satu", "Kalimat pertama di sini. Kalimat kedua di sana.\\n- Butir satu\\n- Butir dua", "id"),
      ("apel", "Judul dua", "Hujan turun sejak pagi. Jalan utama tergenang air.", "id"),
      ("moon", "A title", "The moon rose late. Nobody saw it.", "en"),
    ]
    let lines = articles.map { #"{"id":"\#($0.id)","title":"\#($0.title)","text":"\#($0.text)","lang":"\#($0.lang)"}"# }
    try folder.write("a.jsonl", lines.joined(separator: "\n") + "\n")
    try build("a.jsonl", "d")
  }

  private func build(_ file: String, _ output: String) throws {
    let outcome = try Program.run(
      [
        "build", file, "--output", output, "--compression", "none", "--split", "train=0.5,test=0.5", "--split-salt",
        "1", "--text-field",
        "title,text",
        "--paragraphs", "lines", "--quiet",
      ], in: folder)
    #expect(outcome.code == 0, "\(outcome.errorText)")
  }

  private func export(_ options: [String]) throws -> [String] {
    let outcome = try Program.run(["export", "d", "--to", "txt"] + options, in: folder)
    #expect(outcome.code == 0, "\(options): \(outcome.errorText)")
    return outcome.outputText.split(separator: "\n").map(String.init)
  }

  @Test func conditionsTakeWhatTheySay() throws {
    let dataset = try Dataset(folder, "d")
    let records = try dataset.records("data")
    func texts(_ matches: ([String: Any]) -> Bool) -> [String] {
      records.filter(matches).compactMap { $0["text"] as? String }
    }
    func value(_ record: [String: Any], _ key: String) -> String { record[key] as? String ?? "" }
    let split = Dictionary(
      uniqueKeysWithValues: try dataset.records("documents").map { (value($0, "doc_id"), value($0, "split")) })
    let document = try #require(records.first.map { value($0, "doc_id") })
    var cases: [([String], ([String: Any]) -> Bool)] = [
      ([], { _ in true }), (["--where", "lang=id"], { value($0, "lang") == "id" }),
      (["--where", "lang=id,lang=en"], { _ in true }), (["--where", "kind=item"], { value($0, "kind") == "item" }),
      (["--where", "split=test"], { split[value($0, "doc_id")] == "test" }),
      (["--where", "doc_id=\(document)"], { value($0, "doc_id") == document }),
      (
        ["--where", "lang=id", "--where", "kind=title,kind=body"],
        {
          value($0, "lang") == "id" && ["title", "body"].contains(value($0, "kind"))
        }
      ),
      (
        ["--where", "split=train,lang=en,kind=body"],
        {
          split[value($0, "doc_id")] == "train" && value($0, "lang") == "en" && value($0, "kind") == "body"
        }
      ),
    ]
    let kinds = Set(records.map { value($0, "kind") })
    #expect(kinds.count >= 2, "\(kinds)")
    for kind in kinds { cases.append((["--where", "kind=\(kind)"], { value($0, "kind") == kind })) }
    for (options, matches) in cases { #expect(try export(options).sorted() == texts(matches).sorted(), "\(options)") }
    #expect(Set(split.values).count == 2 && Set(records.map { value($0, "lang") }) == ["id", "en"])
  }

  @Test func conditionsThatTakeNothingAreRefused() throws {
    for (condition, said) in [
      ("lang=fr", "--where lang=fr, which the dataset has not; expected one of en, id"),
      ("split=dev", "--where split=dev, which the dataset has not; expected one of test, train"),
      ("kind=verse", "--where kind=verse; expected one of "), ("colour=red", "--where colour=red; expected split=NAME"),
      ("doc_id=d1", "--where doc_id=d1; expected d and 16 digits"), ("lang", "--where lang; expected"),
    ] {
      let outcome = try Program.run(["export", "d", "--to", "txt", "--where", condition], in: folder)
      #expect(outcome.code == 64 && outcome.errorText.contains(said), "\(condition): \(outcome.errorText)")
    }
  }

  @Test func orderOfTheSource() throws {
    let keys = try Dataset(folder, "d").records("documents").compactMap { $0["key"] as? String }
    let lines = try export(["--order", "source"])
    // By keys: JSON Lines with IDs have no path.
    let firsts = lines.filter { ["Judul dua", "A title", "Judul satu"].contains($0) }
    #expect(firsts == ["Judul dua", "A title", "Judul satu"], "\(lines)")
    #expect(try export([]).sorted() == lines.sorted() && keys.count == 3)
  }

  /// One sentence edited, one added, one article gone, one rejected before and not now: only what is new goes out.
  @Test func onlyWhatIsNewGoesOut() throws {
    let text = try folder.text("a.jsonl").split(separator: "\n").map(String.init)
    let edited = text[0].replacing("Kalimat kedua di sana.", with: "Kalimat kedua di sini. Kalimat ketiga.")
    try folder.write("b.jsonl", edited + "\n" + text[1] + "\n")
    try build("b.jsonl", "e")
    let outcome = try Program.run(["export", "e", "--to", "txt", "--new-since", "d"], in: folder)
    #expect(outcome.outputText.split(separator: "\n").sorted() == ["Kalimat kedua di sini.", "Kalimat ketiga."])
    let again = try Program.run(["export", "e", "--to", "txt", "--new-since", "e"], in: folder)
    #expect(again.code == 0 && again.output.isEmpty)

    try folder.write(
      "r.txt", "Berita utama hari ini.\n\nBagikan\n\nIsi berita yang cukup panjang untuk dibaca orang.\n")
    for (name, leftovers) in [("r1", "reject"), ("r2", "off")] {
      _ = try Program.run(
        ["build", "r.txt", "--output", name, "--lang", "id", "--leftovers", leftovers, "--quiet"], in: folder)
    }
    let given = try Program.run(["export", "r2", "--to", "txt", "--new-since", "r1"], in: folder)
    #expect(given.outputText == "Bagikan\n", "what was a reject was never given out: \(given.outputText)")
  }

  @Test func diffSaysWhatChanged() throws {
    let text = try folder.text("a.jsonl").split(separator: "\n").map(String.init)
    let edited = text[0].replacing("Kalimat kedua di sana.", with: "Kalimat kedua di sini.").replacing(
      "- Butir dua", with: "- Butir dua\\n- Butir tiga")
    let moved = text[1].replacing(
      "Hujan turun sejak pagi. Jalan utama tergenang air.", with: "Jalan utama tergenang air. Hujan turun sejak pagi.")
    try folder.write(
      "b.jsonl", [edited, moved, #"{"id":"new","text":"Baru sama sekali.","lang":"id"}"#].joined(separator: "\n"))
    try build("b.jsonl", "e")
    let human = try Program.run(["diff", "d", "e"], in: folder)
    #expect(human.code == 1)
    for said in [
      "Kalimat kedua di [-sana.-] {+sini.+}", "Butir tiga", "the article, 3 sentences: A title",
      "the article, 1 sentence: Baru sama sekali.",
    ] {
      #expect(human.outputText.contains(said), "\(said): \(human.outputText)")
    }
    let outcome = try Program.run(["diff", "d", "e", "--json"], in: folder)
    #expect(outcome.code == 1)
    let changes = try outcome.outputText.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    func only(_ kind: String) throws -> [String: Any] {
      let found = changes.filter { $0["change"] as? String == kind }
      #expect(found.count == 1, "\(kind): \(found.count)")
      return try #require(found.first)
    }
    let edit = try only("edited")
    let old = try Dataset(folder, "d").records("data").first { $0["text"] as? String == "Kalimat kedua di sana." }
    #expect(
      edit["superseded"] as? String == old?["id"] as? String && edit["old"] as? String == "Kalimat kedua di sana.")
    let words = (edit["words"] as? [[String: String]] ?? []).map { "\($0["change"] ?? "")=\($0["text"] ?? "")" }
    #expect(words == ["kept=Kalimat kedua di", "removed=sana.", "added=sini."])
    #expect(try only("added")["new"] as? String == "- Butir tiga" || only("added")["new"] as? String == "Butir tiga")
    _ = try only("moved")
    _ = try only("document-added")
    _ = try only("document-removed")
    let same = try Program.run(["diff", "d", "d"], in: folder)
    #expect(same.code == 0 && same.outputText == "no difference\n")
  }

  @Test func diffOfMetadataAndSplits() throws {
    let options = ["--output", "one", "--compression", "none", "--title-field", "title", "--quiet"]
    _ = try Program.run(["build", "a.jsonl"] + options, in: folder)
    try folder.write("t.jsonl", try folder.text("a.jsonl").replacing("Judul dua", with: "Judul baru"))
    let again = ["--output", "two", "--compression", "none", "--title-field", "title", "--quiet", "--split", "all=1"]
    _ = try Program.run(["build", "t.jsonl"] + again, in: folder)
    let outcome = try Program.run(["diff", "one", "two"], in: folder)
    #expect(outcome.code == 1)
    #expect(outcome.outputText.contains("title: “Judul dua” → “Judul baru”"), "\(outcome.outputText)")
    #expect(outcome.outputText.components(separatedBy: "split: train → all").count == 4, "\(outcome.outputText)")
  }
}
