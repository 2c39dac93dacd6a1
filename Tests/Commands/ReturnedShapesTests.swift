import Foundation
import Testing

/// Files as tools and people give them back, in shapes that are easily taken for something else.
@Suite struct ReturnedShapesTests {
  let folder: Folder
  /// The IDs of the two sentences.
  let first, second: String

  init() throws {
    folder = try Folder()
    try folder.write("in/a.txt", "Taman itu dibuka pagi tadi.\nMesin itu diterjemahkan di sini.\n")
    let built = try Program.run(
      ["build", "in", "--output", "d", "--lang", "id", "--compression", "none", "--paragraphs", "lines", "--quiet"],
      in: folder)
    #expect(built.code == 0, "\(built.errorText)")
    let ids = try Dataset(folder, "d").records("data").map { $0["id"] as? String ?? "" }
    try #require(ids.count == 2)
    (first, second) = (ids[0], ids[1])
  }

  /// What became of a file: targets in data/ by source ID, and reasons and targets in rejected/, as `reason: target`.
  private func imported(_ name: String, _ text: String) throws -> (data: [String: String], rejected: [String]) {
    try folder.write(name, text)
    let outcome = try Program.run(
      ["import", "d", name, "--lang", "en", "--output", "out", "--replace", "--compression", "none"], in: folder)
    try #require(outcome.code == 0, "\(outcome.errorText)")
    let out = try Dataset(folder, "out")
    var data: [String: String] = [:]
    for pair in try out.records("data") {
      data[(pair["source_ids"] as? [String] ?? []).first ?? ""] = pair["target"] as? String
    }
    let rejected = try out.records("rejected").map { "\($0["reason"] ?? ""): \($0["target"] ?? "")" }
    return (data, rejected)
  }

  private func problem(_ name: String, _ text: String, _ options: [String] = []) throws -> Outcome {
    try folder.write(name, text)
    return try Program.run(
      ["import", "d", name, "--lang", "en", "--output", "refused", "--compression", "none"] + options, in: folder)
  }

  @Test(
    arguments: [
      (#""target":"The garden.""#, "The garden.", nil), (#""target":{"text":"The garden."}"#, "The garden.", nil),
      (#""translation":{"id":"Taman.","en":"The garden."}"#, "The garden.", nil),
      (#""target":["The ","garden."]"#, "The garden.", nil),
      (
        #""result":{"type":"succeeded","message":{"content":[{"type":"thinking","thinking":"Hm."},{"type":"text","text":"The g"},{"type":"text","text":"arden."}],"stop_reason":"end_turn"}}"#,
        "The garden.", nil
      ),
      (
        #""response":{"status_code":200,"body":{"status":"completed","output":[{"type":"reasoning","summary":[]},{"type":"message","content":[{"type":"output_text","text":"The garden."}]}]}}"#,
        "The garden.", nil
      ),
      (
        #""response":{"candidates":[{"content":{"parts":[{"text":"Hm.","thought":true},{"text":"The garden."}]},"finishReason":"STOP"}]}"#,
        "The garden.", nil
      ),
      (
        #""response":{"status_code":200,"body":{"choices":[{"message":{"content":"I cannot."},"finish_reason":"content_filter"}]}}"#,
        nil, "unfinished: I cannot."
      ),
      (
        #""result":{"type":"succeeded","message":{"content":[{"type":"text","text":"I cannot."}],"stop_reason":"refusal"}}"#,
        nil, "unfinished: I cannot."
      ),
      (
        #""response":{"status_code":500,"body":{"choices":[{"message":{"content":"The garden."}}]}}"#, nil,
        "unfinished: {"
      ),
      (#""answer":"The garden.""#, nil, "unfinished: {"),
      (#""source":"Taman itu dibuka pagi tadi.""#, nil, "empty: "),
    ] as [(String, String?, String?)])
  func batchLine(_ fields: String, _ target: String?, _ reason: String?) throws {
    let (data, rejected) = try imported("b.jsonl", #"{"custom_id":"\#(first)",\#(fields)}"# + "\n")
    #expect(data[first] == target)
    #expect(
      rejected.count == (reason == nil ? 0 : 1) && rejected.allSatisfy { $0.hasPrefix(reason ?? "") }, "\(rejected)")
  }

  @Test func twoChoicesAreTwoTranslations() throws {
    let choices = #"[{"message":{"content":"The garden."}},{"message":{"content":"A garden."}}]"#
    let (data, rejected) = try imported(
      "b.jsonl", #"{"custom_id":"\#(first)","response":{"status_code":200,"body":{"choices":\#(choices)}}}"# + "\n")
    #expect(data.isEmpty && Set(rejected) == ["twice: The garden.", "twice: A garden."])
  }

  @Test func rowsWithOtherCells() throws {
    let head = "id\tsource\ttarget\tnote\n"
    let tab = "\(first)\tTaman itu dibuka pagi tadi.\textra\tThe garden.\tx\n"
    let broken = "\(second)\tMesin itu diterjemahkan di sini.\tThe engine is\ntranslated here.\tx\n"
    let (data, rejected) = try imported("t.tsv", head + tab + broken)
    #expect(data.isEmpty)
    #expect(rejected.count == 3 && rejected.contains { $0.hasPrefix("cells: \(first) Taman") }, "\(rejected)")
    #expect(
      rejected.contains("extra: translated here. x") || rejected.contains("cells: translated here. x"), "\(rejected)")
    // What is short because nothing is in its last cells, or long by empty ones, is whole.
    let whole = try imported(
      "w.tsv",
      head
        + "\(first)\tTaman itu dibuka pagi tadi.\tThe garden.\n\(second)\tMesin itu diterjemahkan di sini.\tHere.\tx\t\t\n"
    )
    #expect(whole.data == [first: "The garden.", second: "Here."] && whole.rejected.isEmpty, "\(whole)")
    let csv = try imported("t.csv", "id,target\n\(first),The garden, as they say.\n\(second),Here.\n")
    #expect(csv.data == [second: "Here."] && csv.rejected == ["cells: \(first) The garden as they say."], "\(csv)")
  }

  @Test func nothingToSeeIsEmpty() throws {
    let (data, rejected) = try imported("e.csv", "id,target\n\(first),\u{200B}\n\(second),Here.\n\(second),\n")
    #expect(data == [second: "Here."] && rejected == ["empty: ", "empty: "], "\(data) \(rejected)")
    let errors = ["#WERT!", "#NOM?", "#ИМЯ?", "#DIV/0!", "#N/A"]
    for error in errors {
      let (data, rejected) = try imported("f.csv", "id,target\n\(first),\(error)\n")
      #expect(data.isEmpty && rejected == ["formula: \(error)"], "\(rejected)")
    }
    #expect(try imported("f.csv", "id,target\n\(first),#Great!\n").data == [first: "#Great!"])
  }

  @Test func pluralsAndCharsetsOfGettext() throws {
    let message = "msgctxt \"\(first)\"\nmsgid \"Taman itu dibuka pagi tadi.\"\n"
    let plural = try imported(
      "p.po", message + "msgid_plural \"x\"\nmsgstr[0] \"The garden.\"\nmsgstr[1] \"The gardens.\"\n")
    #expect(plural.data.isEmpty && Set(plural.rejected) == ["twice: The garden.", "twice: The gardens."])
    let header = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=ISO-8859-1\\n\"\n\n"
    let latin = try #require((header + message + "msgstr \"Le jardin fut créé.\"\n").data(using: .isoLatin1))
    try folder.write("latin.po", [UInt8](latin))
    let outcome = try Program.run(
      ["import", "d", "latin.po", "--lang", "fr", "--output", "fr", "--compression", "none"], in: folder)
    #expect(outcome.code == 0, "\(outcome.errorText)")
    #expect(try Dataset(folder, "fr").records("data").first?["target"] as? String == "Le jardin fut créé.")
  }

  @Test func halfASentenceIsNone() throws {
    func segment(_ source: String, _ target: String) -> String {
      "<segment id=\"\(first)\"><source>\(source)</source>\(target.isEmpty ? "" : "<target>\(target)</target>")</segment>"
    }
    func file(_ targets: [String]) -> String {
      """
      <xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="id" trgLang="en"><file id="f"><unit id="u">
      \(segment("Taman itu", targets[0]))\(segment("dibuka pagi tadi.", targets[1]))</unit></file></xliff>
      """
    }
    let half = try imported("h.xlf", file(["The garden", ""]))
    #expect(half.data.isEmpty && Set(half.rejected) == ["empty: The garden", "empty: "], "\(half)")
    let whole = try imported("h.xlf", file(["The garden", "was opened."]))
    #expect(whole.data == [first: "The garden was opened."] && whole.rejected.isEmpty, "\(whole)")
  }

  @Test func otherLanguagesThanAskedFor() throws {
    let tmx = """
      <tmx version="1.4"><header srclang="id"/><body><tu tuid="\(first)"><tuv xml:lang="id"><seg>Taman itu dibuka pagi \
      tadi.</seg></tuv><tuv xml:lang="de"><seg>Der Garten.</seg></tuv></tu></body></tmx>
      """
    let (data, rejected) = try imported("l.tmx", tmx)
    #expect(data.isEmpty && rejected == ["language: Der Garten."], "\(rejected)")
    let unit = "<trans-unit id=\"\(first)\"><source>x</source><target>y</target></trans-unit>"
    let refused = [
      ("a.xlf", "<xliff version=\"1.2\"><file target-language=\"de\"><body>\(unit)</body></file></xliff>", "“de”"),
      ("b.xlf", "<xliff version=\"2.0\" trgLang=\"de-AT\"></xliff>", "“de-AT”"),
      ("c.xlf", "<xliff version=\"3.0\"></xliff>", "no XLIFF"), ("d.tmx", "<html></html>", "no TMX"),
      ("e.tsv", "id\ttarget\r\(first)\tThe garden.\r", "CR alone"),
      ("e.csv", "id,target\r\(first),The garden.\r", "CR alone"),
    ]
    for (name, text, said) in refused {
      let outcome = try problem(name, text)
      #expect(outcome.code == 2 && outcome.errorText.contains(said), "\(name): \(outcome.errorText)")
    }
    #expect(folder.names().contains("refused") == false)
  }

  /// `--replace` does not take away what the bitext is made of.
  @Test func inputsAreNotReplaced() throws {
    let before = try Dataset(folder, "d").contentSHA256
    let outcome = try problem("r.csv", "id,target\n\(first),The garden.\n", ["--output", "./d", "--replace"])
    #expect(outcome.code == 64 && outcome.errorText.contains("made of"), "\(outcome.errorText)")
    let aligned = try Program.run(["align", "d", "in", "--output", "d", "--replace"], in: folder)
    #expect(aligned.code == 64 && aligned.errorText.contains("made of"), "\(aligned.errorText)")
    #expect(try Dataset(folder, "d").contentSHA256 == before)
  }
}
