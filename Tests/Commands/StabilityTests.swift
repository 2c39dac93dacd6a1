import Foundation
import Testing

/// An ID never comes to mean other text, and an edit adds and takes only the IDs of the texts that it adds and takes.
@Suite struct StabilityTests {
  /// Sentences that come back (`Ya.`) beside those that do not.
  private static func sentence(_ generator: inout SeededGenerator) -> String {
    if Int.random(in: 0..<5, using: &generator) == 0 {
      return ["Ya.", "Tidak.", "Mungkin."].randomElement(using: &generator) ?? "Ya."
    }
    return "Kalimat nomor \(Int.random(in: 0..<100_000, using: &generator)) ditulis di sini."
  }

  private static func build(_ articles: [String: [String]], in folder: Folder) throws -> [String: String] {
    if folder.exists("articles") { try folder.remove("articles") }
    for (name, sentences) in articles { try folder.write("articles/\(name)", sentences.joined(separator: " ") + "\n") }
    let outcome = try Program.run(
      [
        "build", "articles", "--output", "out", "--replace", "--compression", "none", "--lang", "id", "--paragraphs",
        "lines", "--leftovers", "off", "--quiet",
      ], in: folder)
    try #require(outcome.code == 0, "\(outcome.errorText)")
    return try Dataset(folder, "out").texts()
  }

  /// How often each text of each article stands, by "doc_id text".
  private static func counts(_ texts: [String: String]) -> [String: Int] {
    Dictionary(texts.values.map { ($0, 1) }, uniquingKeysWith: +)
  }

  @Test func randomEditsAddAndTakeOnlyTheirOwnIDs() throws {
    let folder = try Folder()
    var generator = SeededGenerator(seed: 3)
    var articles: [String: [String]] = [:]
    for article in 0..<12 { articles["a\(article).txt"] = (0..<30).map { _ in Self.sentence(&generator) } }
    var before = try Self.build(articles, in: folder)
    var (kept, all, changedMeaning) = (0, 0, 0)
    for step in 0..<(isSoak ? 300 : 24) {
      let name = try #require(articles.keys.sorted().randomElement(using: &generator))
      var sentences = articles[name] ?? []
      let place = Int.random(in: 0..<max(sentences.count, 1), using: &generator)
      switch step % 5 {
      case 0: sentences.insert(Self.sentence(&generator), at: place)
      case 1: sentences[place] = Self.sentence(&generator)
      case 2: sentences.remove(at: place)
      case 3: articles["new\(step).txt"] = (0..<10).map { _ in Self.sentence(&generator) }
      default: articles[name] = nil
      }
      if step % 5 < 3 { articles[name] = sentences }
      let after = try Self.build(articles, in: folder)
      changedMeaning += before.filter { id, text in after[id].map { $0 != text } ?? false }.count
      kept += before.keys.filter { after[$0] != nil }.count
      all += before.count
      // Exactly as many IDs of each text come and go as texts do.
      let (old, new) = (Self.counts(before), Self.counts(after))
      let added = Self.counts(after.filter { before[$0.key] == nil })
      let taken = Self.counts(before.filter { after[$0.key] == nil })
      for text in Set(old.keys).union(new.keys) {
        let change = (new[text] ?? 0) - (old[text] ?? 0)
        #expect(added[text] ?? 0 == max(change, 0), "step \(step): \(text)")
        #expect(taken[text] ?? 0 == max(-change, 0), "step \(step): \(text)")
      }
      before = after
    }
    #expect(changedMeaning == 0)
    print("IDs kept over edits: \(kept) of \(all), \(1000 * kept / all) ‰; came to mean other text: \(changedMeaning)")
    #expect(kept < all && kept * 100 > all * 90)
  }

  /// docs/FORMAT.md's worked example.
  @Test func workedExample() throws {
    let folder = try Folder()
    let outcome = try Program.run(
      ["build", Repository.corpus, "--output", "out", "--compression", "none", "--shards", "4", "--quiet"], in: folder)
    try #require(outcome.code == 0, "\(outcome.errorText)")
    let dataset = try Dataset(folder, "out")
    let document = try #require(
      try dataset.records("documents").first { $0["key"] as? String == "id-viva-2025-11-04.txt" })
    #expect(document["doc_id"] as? String == "db826269i8q00mhol")
    let texts = try dataset.texts()
    #expect(texts["sb826re0lrk40k9r004c5"] == "db826269i8q00mhol 5 hours ago")
    #expect(try folder.text("out/documents/train-00001-of-00004.jsonl").contains("db826269i8q00mhol"))
  }

  /// An edited article rewrites one shard of each kind.
  @Test func editTouchesOneShardOfEachKind() throws {
    let folder = try Folder()
    var generator = SeededGenerator(seed: 4)
    for article in 0..<40 {
      try folder.write(
        "articles/a\(article).txt", (0..<5).map { _ in Self.sentence(&generator) }.joined(separator: " "))
    }
    let arguments = ["build", "articles", "--shards", "8", "--lang", "id", "--quiet", "--output"]
    try #require(try Program.run(arguments + ["before"], in: folder).code == 0)
    try folder.write("articles/a7.txt", "Kalimat lain sama sekali. Dan satu lagi.")
    try #require(try Program.run(arguments + ["after"], in: folder).code == 0)
    let (before, after) = (try Dataset.tree(folder, "before"), try Dataset.tree(folder, "after"))
    for kind in ["data", "documents"] {
      let changed = before.keys.filter { $0.hasPrefix("\(kind)/") && before[$0] != after[$0] }
      #expect(changed.count == 1, "\(kind): \(changed)")
    }
  }
}
