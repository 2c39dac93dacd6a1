import Foundation
import Testing

/// Lists that a command writes and a build obeys: repeated lines, duplicates, decisions.
@Suite struct CurationTests {
  /// Pages of two sites with furniture of their own, and one without a site.
  static func pages(_ folder: Folder) throws {
    var lines: [String] = []
    for number in 0..<12 {
      let site = number < 7 ? "a.example" : "b.example"
      let text = """
        Ikuti kanal kami di mana saja\\n
        Kabar nomor \(number) datang dari kota yang ke-\(number). Warga di sana menyambutnya dengan gembira.\\n\\tKembali  ke atas \\nTutup
        """.replacing("\n", with: "")
      lines.append(#"{"id":"\#(number)","url":"https://\#(site)/\#(number)","lang":"id","text":"\#(text)"}"#)
    }
    try folder.write("pages.jsonl", lines.joined(separator: "\n") + "\n")
    // The same lines in another order: nothing may hang on it.
    try folder.write("reversed.jsonl", lines.reversed().joined(separator: "\n") + "\n")
  }

  static let plain = ["--leftovers", "off", "--compression", "none", "--quiet"]

  static func run(_ arguments: [String], in folder: Folder, code: Int32 = 0) throws {
    let outcome = try Program.run(arguments, in: folder)
    try #require(outcome.code == code, "\(arguments): \(outcome.errorText)")
  }

  @Test func repeatedLinesAreCountedBySource() throws {
    let folder = try Folder()
    try Self.pages(folder)
    try Self.run(["repeated", "pages.jsonl", "--output", "list", "--quiet"], in: folder)
    let list = try folder.text("list").split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(
      list == [
        "7\t7\ta.example\tIkuti kanal kami di mana saja", "7\t7\ta.example\tKembali  ke atas", "7\t7\ta.example\tTutup",
        "5\t5\tb.example\tIkuti kanal kami di mana saja", "5\t5\tb.example\tKembali  ke atas", "5\t5\tb.example\tTutup",
      ])
    for options in [["--jobs", "1"], ["--jobs", "3", "--memory", "64K"]] {
      for file in ["pages.jsonl", "reversed.jsonl"] {
        try Self.run(["repeated", file, "--output", "other", "--replace", "--quiet"] + options, in: folder)
        #expect(try folder.bytes("other") == folder.bytes("list"), "\(options) \(file)")
      }
    }
    // An article that is read twice counts once.
    try Self.run(
      ["repeated", "pages.jsonl", "reversed.jsonl", "--output", "twice", "--quiet"], in: folder)
    #expect(try folder.bytes("twice") == folder.bytes("list"))
    try Self.run(["repeated", "pages.jsonl", "--output", "six", "--min-articles", "6", "--quiet"], in: folder)
    #expect(!(try folder.text("six").contains("b.example")))
  }

  /// A slip of the hand takes no articles away.
  @Test(arguments: ["repeated", "duplicates"])
  func listsAreNotWrittenOverArticles(_ command: String) throws {
    let folder = try Folder()
    try Self.pages(folder)
    let outcome = try Program.run([command, "pages.jsonl", "--output", "./pages.jsonl"], in: folder)
    #expect(outcome.code == 64 && outcome.errorText.contains("is what is read"), "\(outcome.errorText)")
    try Self.run(["repeated", "pages.jsonl", "--output", "list", "--quiet"], in: folder)
    #expect(folder.names().contains("list"))
  }

  /// What somebody switched off stays off until he says otherwise; and what is no list is never replaced.
  @Test(arguments: ["repeated", "duplicates"])
  func listsAreNotReplacedUnasked(_ command: String) throws {
    let folder = try Folder()
    try Self.pages(folder)
    let options = [command, "pages.jsonl", "--output", "list", "--quiet"]
    try Self.run(options, in: folder)
    let list = try folder.text("list")
    try folder.write("list", list + "# edited\n")
    let refused = try Program.run(options, in: folder)
    #expect(
      refused.code == 2 && refused.errorText.contains("list: the output is there already"), "\(refused.errorText)")
    #expect(try folder.text("list") == list + "# edited\n")
    try Self.run(options + ["--replace"], in: folder)
    #expect(try folder.text("list") == list)
    try folder.write("list", "notes of mine\n")
    let other = try Program.run(options + ["--replace"], in: folder)
    #expect(other.code == 2 && other.errorText.contains("no list"), "\(other.errorText)")
    #expect(try folder.text("list") == "notes of mine\n")
    let nowhere = try Program.run([command, "pages.jsonl", "--output", "no/list"], in: folder)
    #expect(nowhere.code == 2 && nowhere.outputText.isEmpty)
  }

  @Test func buildRejectsRepeatedLines() throws {
    let folder = try Folder()
    try Self.pages(folder)
    try Self.run(["repeated", "pages.jsonl", "--output", "list", "--quiet"], in: folder)
    var text = try folder.text("list")
    // Somebody switches a line off, and names another for every source.
    text.replace("7\t7\ta.example\tTutup", with: "-7\t7\ta.example\tTutup")
    text += "1\t1\t*\tKabar nomor 3 datang dari kota yang ke-3. Warga di sana menyambutnya dengan gembira.\n"
    try folder.write("list", text)
    try Self.run(["build", "pages.jsonl", "--output", "out", "--repeated", "list"] + Self.plain, in: folder)
    let built = try Dataset(folder, "out")
    let rejected = try built.records("rejected")
    #expect(rejected.allSatisfy { $0["reason"] as? String == "repeated" && $0["kind"] as? String == "body" })
    // Two lines of seven pages, three of five, and both sentences of the line that every source has.
    #expect(rejected.count == 31)
    #expect(try built.records("data").count { $0["text"] as? String == "Tutup" } == 7)
    try Self.run(["validate", "out", "--quiet"], in: folder)
    try Self.run(["validate", "out", "--source", "pages.jsonl", "--repeated", "list", "--quiet"], in: folder)
    try Self.run(["validate", "out", "--source", "pages.jsonl", "--quiet"], in: folder, code: 64)
    try folder.write("list", text + "# another file\n")
    try Self.run(
      ["validate", "out", "--source", "pages.jsonl", "--repeated", "list", "--quiet"], in: folder, code: 2)
  }

  /// Articles that say the same in part.
  static func articles(_ folder: Folder) throws {
    let words = (0..<400).map { "kata\($0)" }
    func text(_ words: [String]) -> String {
      stride(from: 0, to: words.count, by: 10)
        .map { "K" + words[$0..<min($0 + 10, words.count)].joined(separator: " ") + "." }.joined(separator: " ")
    }
    var changed = words
    changed[200] = "lain"
    try folder.write("in/first.txt", text(words))
    try folder.write("in/copy.txt", text(words) + "\n\n")
    try folder.write("in/near.txt", text(changed))
    try folder.write("in/half.txt", text(Array(words[200...]) + (0..<200).map { "beda\($0)" }))
    try folder.write("in/zh.txt", Self.ideographs(0..<300) + "。")
    try folder.write("in/zh2.txt", Self.ideographs(1..<300) + "。")
  }

  private static func ideographs(_ numbers: Range<UInt32>) -> String {
    numbers.compactMap { UnicodeScalar(0x4E00 + $0 * 7) }.map { String($0) }.joined()
  }

  @Test func duplicatesAreFoundAndRejected() throws {
    let folder = try Folder()
    try Self.articles(folder)
    let build = ["build", "in", "--lang", "id"] + Self.plain
    try Self.run(build + ["--output", "base"], in: folder)
    try Self.run(["duplicates", "base", "--output", "list", "--quiet"], in: folder)
    let rows = try folder.text("list").split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: "\t").map(String.init) }
    #expect(rows.map { $0[0] } == rows.map { $0[0] }.sorted())
    let ids = Dictionary(
      uniqueKeysWithValues: try Dataset(folder, "base").records("documents").map {
        ($0["key"] as? String ?? "", $0["doc_id"] as? String ?? "")
      })
    let alike = try ["first.txt", "copy.txt", "near.txt"].map { try #require(ids[$0]) }
    let chinese = try ["zh.txt", "zh2.txt"].map { try #require(ids[$0]) }
    let articles = rows.filter { $0[0].hasPrefix("d") }
    #expect(articles.count == 3)
    for row in articles {
      let family = alike.contains(row[0]) ? alike : chinese
      #expect(row[2] == family.min(), "\(row)")
      #expect(row[1] == "exact" || row[1] == "near")
    }
    // half.txt has 20 sentences of the first one, and one less of that which was changed.
    let shared = alike.min() == ids["near.txt"] ? 19 : 20
    #expect(rows.count { $0[1] == "sentence" } == shared)

    for options in [["--jobs", "1"], ["--jobs", "3", "--memory", "64K"]] {
      try Self.run(["duplicates", "base", "--output", "other", "--replace", "--quiet"] + options, in: folder)
      #expect(try folder.bytes("other") == folder.bytes("list"))
    }
    try Self.run(
      ["duplicates", "in", "--lang", "id", "--leftovers", "off", "--output", "articles", "--quiet"], in: folder)
    #expect(try folder.bytes("articles") == folder.bytes("list"))

    try Self.run(build + ["--output", "out", "--duplicates", "list"], in: folder)
    let kept = Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[2]) })
    for record in try Dataset(folder, "out").records("rejected") {
      let (id, document) = (record["id"] as? String ?? "", record["doc_id"] as? String ?? "")
      #expect(record["reason"] as? String == "duplicate")
      #expect(record["kept"] as? String == kept[document] ?? kept[id], "\(record)")
    }
    let left = try Dataset(folder, "out").records("data").count
    #expect(left == 81 - shared)
    try Self.run(["validate", "out", "--quiet"], in: folder)
    try Self.run(
      ["validate", "out", "--source", "in", "--duplicates", "list", "--quiet"], in: folder)
    try Self.run(["duplicates", "out", "--output", "again", "--quiet"], in: folder, code: 2)
  }

  /// A list of the whole corpus, and a build of a part of it that lacks what is kept: told, and found.
  @Test func whatIsKeptAndNotThere() throws {
    let folder = try Folder()
    for (name, text) in [("a", "Satu dua tiga."), ("b", "Satu dua tiga."), ("c", "Empat lima. Enam tujuh.")] {
      try folder.write("in/\(name).txt", text)
    }
    let build = ["build", "in", "--lang", "id", "--leftovers", "off", "--compression", "none"]
    try Self.run(build + ["--output", "base", "--quiet"], in: folder)
    try Self.run(["duplicates", "base", "--find", "exact", "--output", "list", "--quiet"], in: folder)
    let row = try #require(try folder.text("list").split(separator: "\n").last).split(separator: "\t").map(String.init)
    let whole = try Program.run(build + ["--output", "whole", "--duplicates", "list"], in: folder)
    #expect(whole.code == 0 && !whole.outputText.contains("in favour of"), "\(whole.outputText)")
    let shown = try Program.run(["show", row[0], "--dataset", "whole"], in: folder)
    #expect(shown.outputText.contains("duplicate of \(row[2])]"), "\(shown.outputText)")

    // The one that is kept was decided against: that is told, and is as it was wanted.
    let sentence = try #require(
      try Dataset(folder, "whole").records("data").first { $0["doc_id"] as? String == row[2] }?["id"] as? String)
    try folder.write("decisions", "reject\t\(sentence)\n")
    let against = try Program.run(
      build + ["--output", "against", "--duplicates", "list", "--decisions", "decisions"], in: folder)
    #expect(
      against.outputText.contains(
        "duplicates were rejected in favour of what was rejected itself (decision): records: 1, kept IDs: 1, the first \(row[2])."
      ), "\(against.outputText)")
    try Self.run(["validate", "against", "--quiet"], in: folder)

    let kept = try #require(
      try Dataset(folder, "base").records("documents").first { $0["doc_id"] as? String == row[2] }?["key"] as? String)
    try FileManager.default.removeItem(atPath: "\(folder.path)/in/\(kept)")
    let part = try Program.run(build + ["--output", "part", "--duplicates", "list"], in: folder)
    #expect(
      part.code == 0
        && part.outputText.contains("what this dataset has not: records: 1, kept IDs: 1, the first \(row[2])."),
      "\(part.outputText)")
    let found = try Program.run(["validate", "part"], in: folder)
    #expect(
      found.code == 1 && found.outputText.contains(": kept \(row[2]), of which the dataset has no record"),
      "\(found.outputText)")
  }

  @Test func decisionsAreObeyed() throws {
    let folder = try Folder()
    try folder.write(
      "in/a.txt", "Satu dua tiga. Empat lima.  Enam tujuh delapan.\nSembilan. Sembilan. Sepuluh.\n\n5 hours ago\n")
    let build = ["build", "in", "--lang", "id", "--compression", "none", "--quiet"]
    try Self.run(build + ["--output", "base"], in: folder)
    let base = try Dataset(folder, "base")
    let records = try (base.records("data") + base.records("rejected")).sorted {
      ($0["seq"] as? Int ?? 0) < ($1["seq"] as? Int ?? 0)
    }
    let ids = records.compactMap { $0["id"] as? String }
    try #require(ids.count == 7)
    let joined = """
      # as kalimat review writes it
      join\t\(ids[0])\t\(ids[1])\ttext for people
      split\t\(ids[2])\t5\t
      reject\t\(ids[3])\t\t
      keep\t\(ids[6])
      right\t\(ids[4])\t\t
      join\t\(ids[2])\t\(ids[3])\tover the end of a paragraph: cannot be
      """
    try folder.write("decisions", joined + "\n")
    let outcome = try Program.run(
      ["build", "in", "--lang", "id", "--compression", "none", "--output", "out", "--decisions", "decisions"],
      in: folder)
    #expect(outcome.code == 0)
    #expect(
      outcome.outputText.contains(
        "Note: 1 of 5 decisions met no record of their ID, or not the place they name: join \(ids[2]) (line 7)."))
    let built = try Dataset(folder, "out")
    #expect(
      try built.records("data").map { "\($0["text"] ?? "") \($0["rule"] ?? "")" } == [
        "Satu dua tiga. Empat lima. icu", "Enam decision", "tujuh delapan. paragraph", "Sembilan. icu",
        "Sepuluh. paragraph", "5 hours ago text-end",
      ])
    #expect(try built.records("rejected").map { "\($0["text"] ?? "") \($0["reason"] ?? "")" } == ["Sembilan. decision"])
    try Self.run(["validate", "out", "--quiet"], in: folder)
    try Self.run(["validate", "out", "--source", "in", "--decisions", "decisions", "--quiet"], in: folder)

    // A decision may be about what another one made.
    let whole = try #require(try built.records("data").first?["id"] as? String)
    try folder.write("decisions", joined + "\nsplit\t\(whole)\t5\t\nkeep\t\(ids[3])\t\t\n")
    try Self.run(build + ["--output", "out", "--replace", "--decisions", "decisions"], in: folder)
    #expect(
      try Dataset(folder, "out").records("data").prefix(3).map { $0["text"] as? String } == [
        "Satu", "dua tiga. Empat lima.", "Enam",
      ])
    #expect(try Dataset(folder, "out").lines("rejected").isEmpty)
  }

  /// The wording of what is wrong with a list.
  @Test func badLists() throws {
    let folder = try Folder()
    try folder.write("a.txt", "Satu.")
    var text = ""
    let bad: [(option: String, list: String)] = [
      ("--repeated", "# list\n5\t7\tsumber\n"), ("--repeated", "x\t7\t\tTutup\n"), ("--repeated", "5\t7\t\t \n"),
      ("--repeated", "5\t7\t\tsatu\\qdua\n"), ("--duplicates", "\nTutup\n"),
      (
        "--duplicates",
        "dgpoabg21i64t3jaa\tnear\tdb826269i8q00mhol\t90\ndb826269i8q00mhol\tnear\tdgpoabg21i64t3jaa\t90\n"
      ),
      (
        "--duplicates",
        "db826269i8q00mhol\tnear\tdgpoabg21i64t3jaa\t90\ndb826269i8q00mhol\tnear\tdgpoabg21i64t3jaa\t90\n"
      ),
      ("--duplicates", "db826269i8q00mhol\texact\tdb826269i8q00mhol\t100\n"),
      (
        "--duplicates",
        "db826269i8q00mhol\tnear\tdgpoabg21i64t3jaa\t90\ndgpoabg21i64t3jaa\tnear\tdb826269i8q00mhol\t90\n"
      ),
      ("--decisions", "keep\tdb826269i8q00mhol\t\t\n"), ("--decisions", "keep\tsb826p7soi908tett40fp\t5\t\n"),
      ("--decisions", "split\tsb826p7soi908tett40fp\t0\t\n"), ("--decisions", "drop\tsb826p7soi908tett40fp\t\t\n"),
    ]
    for (option, list) in bad {
      try folder.write("list", list)
      text += try GoldenTests.transcript(
        ["build", "a.txt", "--output", "out", "--quiet", option, "list"], in: folder)
    }
    text += try GoldenTests.transcript(["repeated", "a.txt", "--output", "list", "--min-share", "2"], in: folder)
    text += try GoldenTests.transcript(["repeated", "a.txt", "--output", "list", "--min-articles", "1"], in: folder)
    text += try GoldenTests.transcript(["duplicates", "a.txt", "--output", "list", "--threshold", "0.5"], in: folder)
    text += try GoldenTests.transcript(["review", "nothing", "--decisions", "list"], in: folder)
    try GoldenTests.compare(text, with: "curation")
  }
}
