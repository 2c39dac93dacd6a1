import Foundation
import Testing

/// Sentences in another language than their article's, and `--languages`.
@Suite struct LanguageTests {
  static let indonesian =
    "Menteri Pendidikan mengatakan bahwa kebijakan tersebut akan berlaku mulai tahun depan, dan semua sekolah negeri di "
    + "seluruh Indonesia wajib mengikuti peraturan yang telah ditetapkan oleh pemerintah pusat bersama dengan pemerintah "
    + "daerah masing-masing."
  static let malay =
    "Menteri Pendidikan berkata bahawa dasar berkenaan akan dikuatkuasakan mulai tahun hadapan, dan kesemua sekolah "
    + "kerajaan di seluruh Malaysia wajib mematuhi peraturan yang telah ditetapkan oleh kerajaan persekutuan bersama-sama "
    + "dengan kerajaan negeri."
  static let english =
    "The minister of education said on Monday that the new policy would take effect from the beginning of next year, and "
    + "that all of the public schools in the country would have to follow the rules laid down by the central government."
  static let short = "The minister said so on Monday."
  static let russian =
    "Министр образования заявил в понедельник, что новые правила вступят в силу с начала следующего года и что все школы "
    + "страны должны будут их соблюдать без каких-либо исключений."

  private func build(_ folder: Folder, _ options: [String], language: String = "id", to name: String = "out") throws
    -> Dataset
  {
    let outcome = try Program.run(
      [
        "build", "a.txt", "--output", name, "--compression", "none", "--quiet", "--leftovers", "off", "--lang",
        language,
      ] + options,
      in: folder)
    try #require(outcome.code == 0, "\(outcome.errorText)")
    let validated = try Program.run(["validate", name, "--source", "a.txt"], in: folder)
    #expect(validated.code == 0, "\(validated.outputText)")
    return try Dataset(folder, name)
  }

  private func languages(_ records: [[String: Any]]) -> [String] { records.compactMap { $0["lang"] as? String } }

  private func article() throws -> Folder {
    let folder = try Folder()
    let paragraphs = [Self.indonesian, Self.malay, Self.english, Self.short, Self.russian, "Demikian kata beliau."]
    try folder.write("a.txt", paragraphs.joined(separator: "\n\n") + "\n")
    return folder
  }

  @Test func onlyLongSentencesOfLanguagesFarOffDiffer() throws {
    let folder = try article()
    let dataset = try build(folder, [])
    #expect(languages(try dataset.records("documents")) == ["id"])
    #expect(languages(try dataset.records("data")) == ["id", "id", "en", "id", "ru", "id"])
    let totals = dataset.manifest["totals"] as? [String: Any]
    let counted = totals?["languages"] as? [String: [String: Int]]
    #expect(
      counted == [
        "id": ["documents": 1, "sentences": 4], "en": ["documents": 0, "sentences": 1],
        "ru": ["documents": 0, "sentences": 1],
      ])
  }

  @Test func languagesRejectsOthers() throws {
    let folder = try article()
    let dataset = try build(folder, ["--languages", "id,en"])
    #expect(languages(try dataset.records("data")) == ["id", "id", "en", "id", "id"])
    let rejected = try dataset.records("rejected")
    #expect(languages(rejected) == ["ru"])
    #expect(rejected.compactMap { $0["reason"] as? String } == ["language"])
    let none = try build(folder, ["--languages", "de"], to: "none")
    #expect(try none.records("data").isEmpty)
    #expect(try none.records("rejected").count == 6)
    // Boundaries and IDs are the same whatever is kept.
    #expect(try none.texts() == dataset.texts())
  }

  @Test func aTagStandsForItsKinds() throws {
    let folder = try Folder()
    try folder.write("a.txt", "這是第一句話。這是第二句話。\n")
    let dataset = try build(folder, ["--languages", "zh"], language: "zh-Hant")
    #expect(languages(try dataset.records("data")) == ["zh-Hant", "zh-Hant"])
    #expect(try build(folder, ["--languages", "zh-Hant"], language: "zh", to: "b").records("data").isEmpty)
  }

  @Test func aWrongTagIsWrongUsage() throws {
    let folder = try article()
    let outcome = try Program.run(
      ["build", "a.txt", "--output", "out", "--languages", "id,not a tag"], in: folder)
    #expect(outcome.code == 64)
    #expect(outcome.errorText.contains("\"not a tag\" is no language tag"))
    #expect(!folder.exists("out"))
  }

  /// A lang that a sentence cannot have is found, though every digest was made to fit.
  @Test(arguments: [
    ("\"lang\":\"id\"", "\"lang\":\"fr\"", "of a short sentence"),
    ("\"lang\":\"en\"", "\"lang\":\"ru\"", "one of config.languages: id, en"),
  ])
  func validateKnowsWhichLanguagesMayStand(_ old: String, _ new: String, _ message: String) throws {
    let folder = try article()
    let dataset = try build(folder, ["--languages", "id,en"])
    let shard = try #require(dataset.shards("data").first)
    let lines = try folder.text("out/\(shard)").split(separator: "\n").map(String.init)
    let index = try #require(
      lines.firstIndex { $0.contains(old) && (old != "\"lang\":\"id\"" || $0.contains("Demikian")) })
    var changed = lines
    changed[index] = changed[index].replacingOccurrences(of: old, with: new)
    try folder.write("out/\(shard)", changed.joined(separator: "\n") + "\n")
    let outcome = try Program.run(["validate", "out"], in: folder)
    #expect(outcome.code == 1)
    #expect(
      outcome.outputText.contains(message) || outcome.errorText.contains(message),
      "\(outcome.outputText)\(outcome.errorText)")
  }
}
