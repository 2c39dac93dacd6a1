import Foundation
import Testing

/// What import, diff and validate say of translations, with the real program.
@Suite struct ExchangeReportsTests {
  let folder: Folder
  /// IDs by the first word of the text.
  let ids: [String: String]
  private static let texts = [
    "Ya.", "Taman itu dibuka.", "Pasar tetap buka.", "Ya.", "Hujan turun.", "Jalan tergenang.", "Mobil lewat.", "Ya.",
  ]

  init() throws {
    folder = try Folder()
    try folder.write("in/a.txt", Self.texts.joined(separator: "\n") + "\n")
    let built = try Program.run(
      ["build", "in", "--output", "d", "--lang", "id", "--compression", "none", "--paragraphs", "lines", "--quiet"],
      in: folder)
    #expect(built.code == 0, "\(built.errorText)")
    ids = Dictionary(
      try Dataset(folder, "d").records("data").map { record in
        let text = record["text"] as? String ?? ""
        return (String(text.prefix { $0 != " " }), record["id"] as? String ?? "")
      }, uniquingKeysWith: { first, _ in first })
  }

  private func run(_ arguments: [String], code: Int32 = 0) throws -> String {
    let outcome = try Program.run(arguments, in: folder)
    #expect(outcome.code == code, "\(arguments): \(outcome.code) \(outcome.errorText)")
    return outcome.outputText + outcome.errorText
  }

  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  /// A language or split that the dataset has not would hide all that is missing.
  @Test(arguments: ["lang=fr", "split=dev"]) func conditionsThatNothingMeets(_ condition: String) throws {
    try folder.write("a.csv", "id,target\n\(ids["Taman"] ?? ""),The garden is open.\n")
    let said = try run(["import", "d", "a.csv", "--lang", "en", "--output", "b", "--where", condition], code: 64)
    #expect(said.contains("--where \(condition), which the dataset has not"), "\(said)")
    #expect(!folder.names().contains("b"))
    #expect(
      try run(["import", "d", "a.csv", "--lang", "en", "--output", "b", "--where", "lang=id"]).contains("missing: 7"))
  }

  @Test func diffOfPairsNamesTheirSource() throws {
    let id = try #require(ids["Pasar"])
    for (name, target) in [("one", "The market is open."), ("two", "The market stays open.")] {
      try folder.write("\(name).csv", "id,target\n\(id),\(target)\n")
      _ = try run(["import", "d", "\(name).csv", "--lang", "en", "--output", name, "--quiet"])
    }
    let differences = try objects(run(["diff", "one", "two", "--json"], code: 1))
    #expect(differences.count == 1 && differences[0]["source"] as? String == "Pasar tetap buka.", "\(differences)")
    #expect(
      differences.first?["field"] as? String == "" && differences.first?["new"] as? String == "The market stays open.")
    #expect(try run(["diff", "one", "two"], code: 1).contains(" ← Pasar tetap buka.\n"))
  }

  /// A letter more in a text: what of the totals differs is named, and nothing else of them.
  @Test func totalsThatDiffer() throws {
    try folder.write("a.csv", "id,target\n\(ids["Hujan"] ?? ""),It rains.\n")
    _ = try run(["import", "d", "a.csv", "--lang", "en", "--output", "b", "--compression", "none", "--quiet"])
    let shard = try #require(try Dataset(folder, "b").shards("data").first)
    let text = try folder.text("b/\(shard)").replacingOccurrences(of: "It rains.", with: "It rains!!")
    try folder.write("b/\(shard)", text)
    let said = try objects(run(["validate", "b", "--json"], code: 1)).flatMap { object in
      (object["findings"] as? [[String: Any]] ?? [object]).compactMap { $0["found"] as? String }
    }
    let totals = said.filter { $0.hasPrefix("totals.") }.map { $0.prefix { $0 != " " } }
    #expect(totals == ["totals.characters", "totals.bytes"], "\(said)")
  }

  /// Excel's "Unicode Text": UTF-16, tabs, a row of names, and the name of a text file.
  @Test func tablesInTextFiles() throws {
    let table = "id\ttarget\r\n\(ids["Mobil"] ?? "")\tA car \\n passes.\r\n"
    try folder.write("t.txt", [0xFF, 0xFE] + table.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    let arguments = ["import", "d", "t.txt", "--lang", "en", "--output", "b", "--compression", "none"]
    let said = try run(arguments, code: 64)
    #expect(said.contains("--format csv"), "\(said)")
    _ = try run(arguments + ["--format", "csv"])
    #expect(try Dataset(folder, "b").records("data").map { $0["target"] as? String } == ["A car \\n passes."])
    try folder.write("u.txt", "A car passes.\n")
    let plain = try run(["import", "d", "u.txt", "--lang", "en", "--output", "c"], code: 64)
    #expect(plain.contains("--ids FILE") && !plain.contains("--format csv"), "\(plain)")
  }

  /// Without IDs: what came back by its text is not missing, and all that is missing is told up to the limit, in order.
  @Test func missingPlacesAreTold() throws {
    try folder.write(
      "a.csv", "source,target\nTaman itu dibuka.,The garden is open.\nHujan turun.,It rains.\nYa.,Yes.\n")
    let said = try run(["import", "d", "a.csv", "--lang", "en", "--output", "b", "--limit", "4", "--jobs", "1"])
    #expect(said.contains("missing: 6\n") && said.contains("ambiguous: 1\n"), "\(said)")
    let told = said.split(separator: "\n").filter { $0.hasSuffix("”") }.map { $0.drop { $0 != "“" } }
    #expect(told == ["“Ya.”", "“Pasar tetap buka.”", "“Ya.”", "“Jalan tergenang.”"], "\(said)")
    #expect(said.contains("… and 2 more (--limit)"), "\(said)")
  }

  /// Places are the first of their file, whatever the order in which sentences are looked at.
  @Test func placesAreTheFirstOfTheFile() throws {
    var rows = ["id,source,target"]
    for text in Self.texts where text != "Ya." {
      let id = ids[String(text.prefix { $0 != " " })] ?? ""
      rows.append("\(id),\(text),\(text.count) things")
    }
    rows.append("x1,Ya.,1 thing")
    try folder.write("b.csv", ([rows[0]] + rows.dropFirst().reversed()).joined(separator: "\n") + "\n")
    for jobs in ["1", "3"] {
      let report = try objects(
        run([
          "import", "d", "b.csv", "--lang", "en", "--output", "b\(jobs)", "--json", "--jobs", jobs, "--limit", "3",
        ]))
      let places = (report.first?["places"] as? [String: Any])?["numbers"] as? [[String: Any]] ?? []
      #expect(places.compactMap { $0["line"] as? Int } == [3, 4, 5], "\(places)")
    }
  }
}
