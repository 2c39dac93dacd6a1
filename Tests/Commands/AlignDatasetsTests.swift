import Foundation
import Testing

/// `kalimat align` of datasets and of articles, with the real program.
@Suite struct AlignDatasetsTests {
  private static let pairs = Repository.corpus + "/pairs"

  /// Articles of both sides as JSON Lines; in the target they stand the other way round.
  private func collection() throws -> Folder {
    let folder = try Folder()
    let subjects = [
      (
        "Jembatan Lamandau ditutup 3 Maret 2024. Sebanyak 1250 kendaraan lewat setiap hari. Budi Santoso menunggu.",
        "The Lamandau bridge was closed on 3 March 2024. Some 1250 vehicles pass every day. Budi Santoso is waiting."
      ),
      (
        "Gempa 6,4 mengguncang Lombok pada 2018. Rumah Siti Aminah runtuh. Bantuan 75 ton datang dari Jakarta.",
        "A quake of 6.4 shook Lombok in 2018. The house of Siti Aminah fell. Aid of 75 tons came from Jakarta."
      ),
      (
        "Harga kopi naik 17 persen di Toraja. Petani Yohanes Tandi senang. Ekspor ke Jepang mencapai 480 ton.",
        "Coffee prices rose 17 percent in Toraja. The farmer Yohanes Tandi is glad. Exports to Japan reached 480 tons."
      ),
    ]
    var source = "", target = ""
    for (number, subject) in subjects.enumerated() {
      source += line(number, subject.0, "id")
      target = line(number, subject.1, "en") + target
    }
    try folder.write("id.jsonl", source)
    try folder.write("en.jsonl", target)
    for (number, subject) in subjects.enumerated() {
      try folder.write("id/berita-\(number).txt", subject.0 + "\n")
      try folder.write("en/berita-\(number).txt", subject.1 + "\n")
    }
    return folder
  }

  private func line(_ number: Int, _ text: String, _ language: String) -> String {
    #"{"id":"a\#(number)","url":"https://example.com/\#(number)","text":"\#(text)","x":"\#(language)"}"# + "\n"
  }

  private func align(_ arguments: [String], in folder: Folder) throws -> Outcome {
    try Program.run(["align"] + arguments, in: folder)
  }

  /// `content_sha256` of a bitext dataset.
  private func content(_ name: String, in folder: Folder) throws -> String {
    let manifest = try folder.text("\(name)/manifest.json")
    return try #require(manifest.split(separator: "\n").first { $0.contains("\"content_sha256\"") }.map(String.init))
  }

  private func records(_ name: String, _ kind: String, in folder: Folder) throws -> [[String: Any]] {
    let run = try Program.shell("gzip -dc \(name)/\(kind)/*.jsonl.gz", in: folder)
    return try run.outputText.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test func articlesAreSegmentedOnTheWay() throws {
    let folder = try Folder()
    let direct = try align(["\(Self.pairs)/en", "\(Self.pairs)/id", "--output", "direct"], in: folder)
    #expect(direct.code == 0 && direct.errorText.isEmpty)
    #expect(direct.outputText.hasPrefix("1 pair of articles (1 en-id); 1 of the source and 0 of the target"))
    for language in ["en", "id"] {
      #expect(try Program.run(["build", "\(Self.pairs)/\(language)", "--output", language], in: folder).code == 0)
    }
    #expect(try align(["en", "id", "--output", "built"], in: folder).code == 0)
    #expect(try content("direct", in: folder) == content("built", in: folder))
    for name in ["direct", "built"] { #expect(try Program.run(["validate", name], in: folder).code == 0) }
    // A collection of one pair is aligned nearly whole.
    let data = try records("direct", "data", in: folder), rejected = try records("direct", "rejected", in: folder)
    #expect(data.count >= 25)
    #expect(rejected.count <= 3)
  }

  @Test(arguments: ["name", "url", "id", "content", "file"])
  func pairs(by rule: String) throws {
    let folder = try collection()
    var arguments = ["id.jsonl", "en.jsonl", "--source-lang", "id", "--target-lang", "en"]
    switch rule {
    case "name": arguments = ["id", "en", "--pairs-by", "name"]
    case "file":
      try folder.write("pairs.tsv", "a0\ta0\na2\ta2\n\na1\ta1\n")
      arguments += ["--pairs", "pairs.tsv"]
    case "url":
      for name in ["id", "en"] {
        try folder.write(
          "\(name).jsonl",
          try folder.text("\(name).jsonl").replacingOccurrences(of: #""id":"a"#, with: #""id":"\#(name)"#))
      }
      // With keys of their own on each side, only the addresses are the same.
      for name in ["id", "en"] {
        let run = try Program.run(
          [
            "build", "\(name).jsonl", "--id-field", "id", "--url-field", "url", "--lang", name, "--output", "d-\(name)",
          ],
          in: folder)
        #expect(run.code == 0, "\(run.errorText)")
      }
      arguments = ["d-id", "d-en", "--pairs-by", "url"]
    default: arguments += ["--pairs-by", rule]
    }
    let run = try align(arguments + ["--output", "bitext"], in: folder)
    #expect(run.code == 0, "\(run.errorText)")
    #expect(run.outputText.hasPrefix("3 pairs of articles (3 id-en); 0 of the source and 0 of the target"))
    let data = try records("bitext", "data", in: folder)
    #expect(data.count == 9)
    for record in data {
      let source = try #require(record["source"] as? String), target = try #require(record["target"] as? String)
      for name in ["Lamandau", "Budi Santoso", "Lombok", "Siti Aminah", "Jakarta", "Toraja", "Yohanes Tandi", "480"] {
        #expect(source.contains(name) == target.contains(name), "\(source) / \(target)")
      }
    }
  }

  @Test func decisionsHoldAndAreShown() throws {
    let folder = try collection()
    #expect(try align(["id", "en", "--output", "first"], in: folder).code == 0)
    let records = try records("first", "data", in: folder)
    func ids(_ side: String, _ words: String) throws -> [String] {
      let record = try #require(records.first { ($0["source"] as? String)?.contains(words) == true })
      return try #require(record[side] as? [String])
    }
    let quake = try ids("source_ids", "Gempa"), house = try ids("source_ids", "Siti")
    let both = try ids("target_ids", "Gempa"), waiting = try ids("source_ids", "menunggu")
    try folder.write(
      "decisions", "# by hand\n\((quake + house).joined(separator: " "))\t\(both[0])\n\n\(waiting[0])\t\n")
    let shown = try align(
      ["id", "en", "--decisions", "decisions", "--explain", "--article", "berita-1.txt"], in: folder)
    #expect(shown.code == 0, "\(shown.errorText)")
    #expect(shown.outputText.hasPrefix("berita-1.txt ↔ berita-1.txt\n= 1.0000 2-1\n    < \(quake[0]) Gempa"))
    #expect(!shown.outputText.contains("Toraja"))
    #expect(try align(["id", "en", "--decisions", "decisions", "--output", "second"], in: folder).code == 0)
    let after = try self.records("second", "data", in: folder)
    let bead = try #require(after.first { ($0["source_ids"] as? [String]) == quake + house })
    #expect(bead["target_ids"] as? [String] == both && bead["score"] as? Int == 1000)
    let alone = try self.records("second", "rejected", in: folder).filter { ($0["source_ids"] as? [String]) == waiting }
    #expect(alone.count == 1 && alone[0]["reason"] as? String == "unaligned")
  }

  @Test(arguments: [
    ("s0000000000000000000\t", "d:1: no sentence of the source that is aligned here: s0000000000000000000."),
    ("\t", "d:1: no sentence on either side; expected IDs of sentences."),
    ("one", "d:1: a line of 1 fields; expected IDs of source sentences, a tab, IDs of target sentences."),
  ])
  func decisionsThatCannotHold(_ line: String, _ error: String) throws {
    let folder = try collection()
    try folder.write("d", line + "\n")
    let run = try align(["id", "en", "--decisions", "d", "--output", "bitext"], in: folder)
    #expect(run.code == 2)
    #expect(run.errorText == "kalimat: \(error)\n")
    #expect(!folder.exists("bitext"))
  }

  @Test func lowScoresAreRejected() throws {
    let folder = try Folder()
    let run = try align(
      ["\(Self.pairs)/de", "\(Self.pairs)/fr", "--output", "bitext", "--min-score", "0.9"], in: folder)
    #expect(run.code == 0)
    #expect(run.outputText.contains(" score"))
    for record in try records("bitext", "data", in: folder) { #expect((record["score"] as? Int ?? 0) >= 900) }
    let low = try records("bitext", "rejected", in: folder).filter { $0["reason"] as? String == "score" }
    #expect(!low.isEmpty)
    for record in low { #expect((record["score"] as? Int ?? 1000) < 900) }
    #expect(try Program.run(["validate", "bitext"], in: folder).code == 0)
  }

  @Test func anyNumberOfJobsGivesTheSameBytes() throws {
    let folder = try collection()
    for jobs in ["1", "3"] {
      let run = try align(
        ["id", "en", "--jobs", jobs, "--output", "bitext\(jobs)", "--lexicon", "lexicon\(jobs)"], in: folder)
      #expect(run.code == 0, "\(run.errorText)")
    }
    #expect(folder.files(in: "bitext1") == folder.files(in: "bitext3"))
    for file in folder.files(in: "bitext1") {
      #expect(try folder.bytes("bitext1/\(file)") == folder.bytes("bitext3/\(file)"), "\(file)")
    }
    #expect(try folder.bytes("lexicon1") == folder.bytes("lexicon3"))
    #expect(try folder.text("lexicon1").hasPrefix("kalimat-lexicon 1 stem="))
  }

  @Test func eachPairOfLanguagesIsACollection() throws {
    let folder = try Folder()
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/pairs", withDestinationPath: Self.pairs)
    for (language, name) in [("en", "clock-tower"), ("en", "river-ferry"), ("de", "observatory")] {
      try folder.write("source/\(name).txt", try folder.bytes("pairs/\(language)/\(name).txt"))
    }
    for (language, name) in [("ja", "clock-tower"), ("id", "river-ferry"), ("fr", "observatory")] {
      try folder.write("target/\(name).txt", try folder.bytes("pairs/\(language)/\(name).txt"))
    }
    let run = try align(["source", "target", "--output", "bitext"], in: folder)
    #expect(run.code == 0, "\(run.errorText)")
    #expect(run.outputText.hasPrefix("3 pairs of articles (1 de-fr, 1 en-id, 1 en-ja); 0 of the source and 0"))
    // What one pair is alone, it is among the others.
    #expect(try align(["pairs/en", "pairs/id", "--output", "alone"], in: folder).code == 0)
    let alone = try records("alone", "data", in: folder).compactMap { $0["target"] as? String }
    let among = try records("bitext", "data", in: folder).filter { $0["target_lang"] as? String == "id" }
    #expect(alone == among.compactMap { $0["target"] as? String })
    let one = try align(["source", "target", "--lexicon", "lexicon", "--output", "other"], in: folder)
    #expect(one.code == 64)
    #expect(
      one.errorText
        == "kalimat: pairs of several languages (de-fr, en-id, en-ja), and one dictionary or lexicon; expected one pair of languages. Name --source-lang and --target-lang.\n"
    )
  }

  @Test func whatIsLearnedHelpsTheNextRun() throws {
    let folder = try collection()
    try folder.write("dictionary", "jembatan\tbridge\nkopi\tcoffee\n")
    let arguments = [
      "id", "en", "--lexicon", "lexicon", "--dictionary", "dictionary", "--replace", "--output", "bitext",
    ]
    #expect(try align(arguments, in: folder).code == 0)
    #expect(try folder.text("lexicon").contains("\njemba\t\t1.000\n"))
    #expect(try align(arguments, in: folder).code == 0)
    #expect(try folder.text("lexicon").contains("\njemba\t\t2.000\n"))
  }

  @Test(arguments: [
    ["id", "en"], ["id", "--output", "o"], ["id", "en", "--output", "o", "--explain"],
    ["id", "en", "--output", "o", "--pairs-by", "size"], ["id", "en", "--output", "o", "--list", "l"],
    ["id", "en", "--output", "o", "--pairs", "p", "--pairs-by", "id"],
  ])
  func wrongUsage(_ arguments: [String]) throws {
    let run = try align(arguments, in: try collection())
    #expect(run.code == 64)
    #expect(run.output.isEmpty)
  }

  @Test(arguments: [
    (["none", "en", "--output", "o"], "kalimat: none: "),
    (["id", "nothing", "--output", "o"], "kalimat: no article in what was named: "),
    (
      ["id", "other", "--output", "o"],
      "kalimat: no article of id has its translation in other; expected at least one pair."
    ),
  ])
  func failures(_ arguments: [String], _ error: String) throws {
    let folder = try collection()
    try FileManager.default.createDirectory(atPath: folder.path + "/nothing", withIntermediateDirectories: true)
    try folder.write("other/elsewhere.txt", "Nothing of it is here.\n")
    let run = try align(arguments, in: folder)
    #expect(run.code == 2)
    #expect(run.errorText.hasPrefix(error))
    #expect(!folder.exists("o"))
  }
}
