import Foundation
import Testing

/// Sentences given out and taken back by the real program.
@Suite struct ImportTests {
  let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.write(
      "in/a.txt", "Pasar itu buka pukul 7.30 setiap hari.\nHarga ikan naik 12 persen tahun ini.\nTerima kasih.\n")
    try folder.write(
      "in/b.txt",
      "Kapal {name} berangkat dari Tanjung Perak ke Makassar.\nTerima kasih.\nLihat https://contoh.id/jadwal untuk jadwalnya.\n"
    )
    let built = try Program.run(
      ["build", "in", "--output", "d", "--lang", "id", "--compression", "none", "--paragraphs", "lines", "--quiet"],
      in: folder)
    #expect(built.code == 0, "\(built.errorText)")
  }

  /// id, source of each sentence, as the dataset's own shards have them.
  private func sentences() throws -> [(id: String, text: String, document: String)] {
    try Dataset(folder, "d").records("data").map {
      ($0["id"] as? String ?? "", $0["text"] as? String ?? "", $0["doc_id"] as? String ?? "")
    }
  }

  private static let english = [
    "Pasar itu buka pukul 7.30 setiap hari.": "That market opens at 7.30 every day.",
    "Harga ikan naik 12 persen tahun ini.": "The price of fish rose by 12 per cent this year.",
    "Terima kasih.": "Thank you.",
    "Kapal {name} berangkat dari Tanjung Perak ke Makassar.": "The ship {name} leaves Tanjung Perak for Makassar.",
    "Lihat https://contoh.id/jadwal untuk jadwalnya.": "See https://contoh.id/jadwal for its timetable.",
  ]

  /// A table as a translator gives it back.
  private func table(_ change: (inout [[String]]) -> Void = { _ in }) throws -> String {
    var rows = try sentences().map { [$0.id, $0.text, Self.english[$0.text] ?? "?", $0.document] }
    change(&rows)
    let cells = [["id", "source", "target", "doc_id"]] + rows
    return cells.map { $0.joined(separator: "\t") + "\n" }.joined()
  }

  private func importing(_ file: String, _ options: [String] = [], output: String = "pairs") throws -> Outcome {
    try Program.run(
      ["import", "d", file, "--lang", "en", "--output", output, "--compression", "none"] + options, in: folder)
  }

  @Test func whatComesBackWholeIsPlain() throws {
    try folder.write("en.tsv", table())
    let outcome = try importing("en.tsv", ["--strict"])
    #expect(outcome.code == 0, "\(outcome.outputText)\(outcome.errorText)")
    #expect(outcome.outputText.hasPrefix("pairs: 6 pairs of 6 sentences, from 6 entries; 0 rejected.\ncontent_sha256 "))
    let pairs = try Dataset(folder, "pairs").records("data")
    for pair in pairs { #expect(pair["target"] as? String == Self.english[pair["source"] as? String ?? ""]) }
    #expect(pairs.first?["translation"] as? [String: String] != nil)
    let validated = try Program.run(["validate", "pairs", "--with", "d"], in: folder)
    #expect(validated.code == 0, "\(validated.outputText)")
  }

  /// Each thing that can be wrong, in one file: the report word for word (make accept), and what stands in rejected/.
  @Test func everythingIsReported() throws {
    let all = try sentences()
    func id(_ start: String) -> String { all.first { $0.text.hasPrefix(start) }?.id ?? "?" }
    try folder.write(
      "bad.tsv",
      """
      id\tsource\ttarget
      \(id("Pasar"))\tPasar itu buka pukul 7.30 setiap hari.\tThat market opens at 8.30 every day.
      \(id("Harga"))\tHarga ikan naik 12 persen tahun lalu.\tThe price of fish rose by 12 per cent last year.
      \(id("Kapal"))\tKapal {name} berangkat dari Tanjung Perak ke Makassar.\tThe ship leaves Tanjung Perak for Makassar.
      s0000000000000000zzzz\tLihat https://contoh.id/jadwal untuk jadwalnya.\tSee its timetable.
      s0000000000000000aaaa\tTidak pernah ada.\tIt never was.
      nothing\tTerima kasih.\tThank you.

      """)
    let rest = all.filter { $0.text == "Terima kasih." }
    try folder.write("more.csv", "sep=;\r\nid;target\r\n\(rest[0].id);#NAME?\r\n\(rest[1].id);Спасибо всем вам.\r\n")
    var text = ""
    for options in [[], ["--strict"], ["--reject", "numbers,placeholders,urls", "--json"]] {
      text += try GoldenTests.transcript(
        ["import", "d", "bad.tsv", "more.csv", "--lang", "en", "--output", "out", "--replace", "--compression", "none"]
          + options, in: folder)
    }
    try GoldenTests.compare(text, with: "import")
    let rejected = try Dataset(folder, "out").records("rejected")
    let reasons = Dictionary(grouping: rejected) { $0["reason"] as? String ?? "" }.mapValues(\.count)
    #expect(
      reasons == [
        "numbers": 1, "placeholders": 1, "urls": 1, "source-changed": 1, "extra": 1, "ambiguous": 1, "formula": 1,
        "script": 1,
      ], "\(reasons)")
    let changed = try #require(rejected.first { $0["reason"] as? String == "source-changed" })
    #expect(changed["source"] as? String == "Harga ikan naik 12 persen tahun lalu.")
    #expect(changed["source_ids"] as? [String] == [id("Harga")])
    let extra = try #require(rejected.first { $0["reason"] as? String == "extra" })
    #expect(extra["source_ids"] as? [String] == ["s0000000000000000aaaa"] && extra["source_lang"] as? String == "und")
    // Nothing that came back is dropped: seven entries with a line each, and one matched by its text.
    #expect(try Dataset(folder, "out").records("data").count + rejected.count == 8)
  }

  @Test func strictExitsWithOneAndWritesAll() throws {
    try folder.write("less.tsv", try table { $0.removeLast() })
    let lenient = try importing("less.tsv")
    #expect(lenient.code == 0 && lenient.outputText.contains("missing: 1\n"), "\(lenient.outputText)")
    let strict = try importing("less.tsv", ["--strict"], output: "strict")
    #expect(strict.code == 1)
    #expect(try Dataset(folder, "strict").contentSHA256 == Dataset(folder, "pairs").contentSHA256)
  }

  @Test func whatCannotBeDoneLeavesNothing() throws {
    try folder.write("en.tsv", table())
    let cases: [(arguments: [String], code: Int32, said: String)] = [
      (["import", "d", "nowhere.tsv", "--lang", "en", "--output", "o"], 2, "nowhere.tsv: nothing is there"),
      (["import", "d", "en.tsv", "--lang", "no tag", "--output", "o"], 64, "no tag"),
      (["import", "d", "en.tsv", "--lang", "en", "--output", "o", "--reject", "empty"], 64, "\"empty\" is no doubt"),
      (["import", "d", "en.tsv", "--lang", "en", "--output", "in"], 2, "in"),
      (["import", "in", "en.tsv", "--lang", "en", "--output", "o"], 2, "manifest.json"),
      (["import", "d", "d/manifest.json", "--lang", "en", "--output", "o"], 64, "cannot be told by its name"),
      (["import", "d", "en.tsv", "--format", "moses", "--lang", "en", "--output", "o"], 64, "en.tsv.ids"),
      (["import", "d", "en.tsv", "--format", "po", "--lang", "en", "--output", "o"], 2, "en.tsv:1"),
      (
        ["import", "d", "en.tsv", "--format", "csv", "--encoding", "klingon", "--lang", "en", "--output", "o"], 64,
        "klingon"
      ),
    ]
    for (arguments, code, said) in cases {
      let outcome = try Program.run(arguments, in: folder)
      #expect(outcome.code == code, "\(arguments): \(outcome.code) \(outcome.errorText)")
      #expect(outcome.errorText.contains(said), "\(arguments): \(outcome.errorText)")
    }
    #expect(folder.names().filter { $0.hasPrefix("o") } == [])
  }

  /// A spreadsheet's own ways: UTF-16, a mark, CRLF, `sep=`, semicolons, cells in quotes, other columns, blank rows.
  @Test func spreadsheets() throws {
    let rows = try sentences().map { [Self.english[$0.text] ?? "?", "note, “x”", $0.text, $0.id] }
    let table = [["Target", "Remark", "Source", "ID"]] + rows + [["", "", "", ""]]
    func text(_ between: String) -> String {
      table.map { row in
        row.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }.joined(separator: between) + "\r\n"
      }.joined()
    }
    var digests: Set<String> = []
    let comma = [UInt8](text(",").utf8)
    let (wide, big) = (Array(text(";").utf16), Array(text("\t").utf16))
    let files: [(String, [UInt8])] = [
      ("plain.csv", comma), ("mark.csv", [0xEF, 0xBB, 0xBF] + comma),
      ("sep.csv", Array("sep=;\r\n\(text(";"))".utf8)), ("tabs.csv", Array(text("\t").utf8)),
      ("wide.csv", [0xFF, 0xFE] + wide.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }),
      ("big.csv", [0xFE, 0xFF] + big.flatMap { unit -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }),
    ]
    for (name, bytes) in files {
      try folder.write(name, bytes)
      let outcome = try importing(name, ["--strict"], output: "from-\(name)")
      #expect(outcome.code == 0, "\(name): \(outcome.outputText)\(outcome.errorText)")
      digests.insert(try Dataset(folder, "from-\(name)").contentSHA256)
    }
    #expect(digests.count == 1)
  }

  /// What a spreadsheet does to values: numbers in another notation, zeros lost, a text taken for a formula, IDs changed.
  @Test func spreadsheetsChangeValues() throws {
    try folder.write("in2/n.txt", "Kode barang itu 007.\nJumlahnya 100000 buah.\n=SUM adalah sebuah fungsi.\n")
    _ = try Program.run(
      ["build", "in2", "--output", "d2", "--lang", "id", "--compression", "none", "--paragraphs", "lines", "--quiet"],
      in: folder)
    let records = try Dataset(folder, "d2").records("data")
    func id(_ word: String) -> String {
      records.first { ($0["text"] as? String ?? "").contains(word) }?["id"] as? String ?? "?"
    }
    try folder.write(
      "n.csv",
      """
      id,target
      \(id("Kode")),The code of that item is 7.
      \(id("Jumlahnya")),There are 1E+05 of them.
      \(id("SUM")),#NAME?
      1E+05,A row whose ID is gone.

      """)
    let outcome = try Program.run(["import", "d2", "n.csv", "--lang", "en", "--output", "o2", "--json"], in: folder)
    #expect(outcome.code == 0, "\(outcome.errorText)")
    let report = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
    let counts = report["counts"] as? [String: Int] ?? [:]
    #expect(counts["numbers"] == 2 && counts["formula"] == 1 && counts["extra"] == 1, "\(counts)")
  }

  /// A batch of a language model: answers in two shapes, one refused, one with an empty answer, one twice.
  @Test func batches() throws {
    let all = try sentences()
    func answer(_ i: Int) -> String { Self.english[all[i].text] ?? "?" }
    let lines = [
      #"{"custom_id":"\#(all[0].id)","response":{"status_code":200,"body":{"choices":[{"message":{"content":"\#(answer(0))"}}]}},"error":null}"#,
      #"{"custom_id":"\#(all[1].id)","result":{"type":"succeeded","message":{"content":[{"type":"text","text":"\#(answer(1))"}]}}}"#,
      #"{"custom_id":"\#(all[2].id)","result":{"type":"errored","error":{"type":"overloaded"}}}"#,
      #"{"custom_id":"\#(all[3].id)","response":{"status_code":200,"body":{"choices":[{"message":{"content":""}}]}}}"#,
      #"{"custom_id":"\#(all[4].id)","target":"\#(answer(4))\nNote: translated."}"#,
      #"{"custom_id":"\#(all[4].id)","target":"\#(answer(4))"}"#,
    ]
    try folder.write("batch.jsonl", lines.joined(separator: "\n"))
    let outcome = try importing("batch.jsonl", ["--json"])
    let report = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
    let counts = report["counts"] as? [String: Int] ?? [:]
    #expect(counts["empty"] == 1 && counts["unfinished"] == 1, "\(counts)")
    #expect(counts["twice"] == 2 && counts["missing"] == 1, "\(counts)")
    #expect(try Dataset(folder, "pairs").records("data").count == 2)
  }
}
