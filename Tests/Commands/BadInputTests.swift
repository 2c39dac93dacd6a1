import Foundation
import Testing

/// Input that is bad in every way we know: a Problem that says where, or a dataset that holds it all; never a crash.
@Suite struct BadInputTests {
  /// A file that no dataset can be made of, and what the message must hold.
  struct Bad: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var message: [String]
    var testDescription: String { name }

    init(_ name: String, _ bytes: [UInt8], _ message: String...) {
      self.name = name
      self.bytes = bytes
      self.message = message
    }

    init(_ name: String, _ text: String, _ message: String...) {
      self.init(name, Array(text.utf8))
      self.message = message
    }
  }

  static let bad = [
    Bad("invalid.txt", Array("Satu.\nDua ".utf8) + [0xFF], "invalid.txt:2 (byte 10)", "0xFF", "--encoding"),
    Bad("cut-scalar.txt", Array("Satu ".utf8) + [0xE2, 0x82], "cut-scalar.txt:1 (byte 5)", "UTF-8"),
    Bad("surrogate.txt", [0x61, 0xED, 0xA0, 0x80], "surrogate.txt:1 (byte 1)", "UTF-8"),
    Bad("overlong.txt", [0xC0, 0x80], "overlong.txt:1 (byte 0)", "UTF-8"),
    Bad("utf16.txt", [0xFF, 0xFE, 0x61, 0x00], "utf16.txt (byte 0)", "UTF-16", "--encoding UTF-16"),
    Bad("empty.txt", "", "empty.txt", "empty"),
    Bad("only-bom.txt", [0xEF, 0xBB, 0xBF], "only-bom.txt", "empty"),
    Bad("lone-high.jsonl", #"{"id":"a","text":"x\ud800y"}"#, "lone-high.jsonl:1 (byte", #"\ud800"#),
    Bad("lone-low.jsonl", #"{"id":"a","text":"x\udc00y"}"#, "lone-low.jsonl:1 (byte", #"\udc00"#),
    Bad("no-json.jsonl", "{\"id\":\"a\",\"text\":\"x\"}\nhello\n", "no-json.jsonl:2 (byte 22)", "JSON"),
    Bad("no-object.jsonl", "{\"id\":\"a\",\"text\":\"x\"}\n[1]\n", "no-object.jsonl:2", "array"),
    Bad("no-text.jsonl", "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\"}\n", "no-text.jsonl:2", "text"),
    Bad("empty-text.jsonl", "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\",\"text\":\"\"}\n", "empty-text.jsonl:2"),
    Bad("text-is-number.jsonl", "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\",\"text\":7}\n", "text-is-number.jsonl:2"),
    Bad("key-twice.jsonl", #"{"id":"a","text":"x","text":"y"}"#, "key-twice.jsonl:1 (byte 21)", "twice"),
    Bad("no-id.jsonl", "{\"id\":\"a\",\"text\":\"x\"}\n{\"text\":\"y\"}\n", "no-id.jsonl:2", "id"),
    Bad("id-is-float.jsonl", #"{"id":1.5,"text":"x"}"#, "id-is-float.jsonl:1"),
    Bad(
      "bad-lang.jsonl",
      "{\"id\":\"a\",\"text\":\"x\",\"lang\":\"id\"}\n{\"id\":\"b\",\"text\":\"y\",\"lang\":\"no tag at all\"}\n",
      "bad-lang.jsonl:2", "no tag at all"),
    Bad("trailing.jsonl", #"{"id":"a","text":"x"} {"id":"b"}"#, "trailing.jsonl:1 (byte 22)"),
    Bad("control.jsonl", "{\"id\":\"a\",\"text\":\"x\ty\"}", "control.jsonl:1 (byte 19)"),
    Bad("nested.jsonl", String(repeating: "[", count: 100_000), "nested.jsonl:1"),
    Bad("cut.txt.gz", Array(gzipped.prefix(20)), "cut.txt.gz", "cut", "byte 20"),
    Bad("garbage.txt.gz", gzipped + Array("garbage".utf8), "garbage.txt.gz", "garbage", "byte \(gzipped.count)"),
    Bad("wrong-sum.txt.gz", Array(gzipped.dropLast(8)) + [0, 0, 0, 0] + Array(gzipped.suffix(4)), "wrong-sum.txt.gz"),
    Bad("no-gzip.txt.gz", "Halo. Dunia.", "no-gzip.txt.gz"),
    Bad("no-zstd.txt.zst", "Halo. Dunia.", "no-zstd.txt.zst"),
  ]

  /// `printf 'Halo. Dunia.' | gzip -n`, stored: made here, so that the test needs no compressor.
  static let gzipped: [UInt8] =
    [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x01, 0x0C, 0x00, 0xF3, 0xFF,
    ] + Array("Halo. Dunia.".utf8) + crc32(Array("Halo. Dunia.".utf8)) + [0x0C, 0x00, 0x00, 0x00]

  private static func crc32(_ bytes: [UInt8]) -> [UInt8] {
    var crc = ~UInt32(0)
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
    }
    return (0..<4).map { UInt8(truncatingIfNeeded: ~crc >> ($0 * 8)) }
  }

  @Test(arguments: bad)
  func isAProblemThatNamesThePlace(bad: Bad) throws {
    let folder = try Folder()
    try folder.write(bad.name, bad.bytes)
    let outcome = try Program.run(["build", bad.name, "--output", "out", "--quiet"], in: folder)
    #expect(outcome.code == 2, "\(outcome.errorText)")
    #expect(outcome.errorText.hasPrefix("kalimat: "))
    for part in bad.message { #expect(outcome.errorText.contains(part), "\(outcome.errorText)") }
    #expect(outcome.output.isEmpty)
    #expect(folder.names() == [bad.name], "nothing is written")
  }

  @Test func goodGzipIsRead() throws {
    let folder = try Folder()
    try folder.write("good.txt.gz", Self.gzipped)
    #expect(try Program.run(["build", "good.txt.gz", "--output", "out", "--quiet"], in: folder).code == 0)
  }

  /// All that is bad is told at once; `--skip-bad` builds the rest, tells the same, and exits 1.
  @Test func allBadArticlesAreToldTogether() throws {
    let folder = try Folder()
    let files = Self.bad.filter { !$0.name.contains(".jsonl") }
    for file in files { try folder.write("in/\(file.name)", file.bytes) }
    try folder.write("in/good.txt", "Ini baik. Itu juga.")
    try folder.write(
      "in/more.jsonl", "{\"id\":\"a\",\"text\":\"Baik.\"}\n{\"id\":\"b\"}\n{\"id\":\"c\",\"text\":\"Juga baik.\"}\n")
    let refused = try Program.run(["build", "in", "--output", "out", "--quiet"], in: folder)
    #expect(refused.code == 2)
    for file in files { #expect(refused.errorText.contains(file.name), "\(file.name) in: \(refused.errorText)") }
    #expect(refused.errorText.contains("more.jsonl:2"))
    #expect(folder.names() == ["in"])

    let skipped = try Program.run(
      ["build", "in", "--output", "out", "--quiet", "--skip-bad", "--compression", "none"], in: folder)
    #expect(skipped.code == 1, "\(skipped.errorText)")
    for file in files { #expect(skipped.errorText.contains(file.name), "\(file.name)") }
    let dataset = try Dataset(folder, "out")
    #expect(try dataset.records("documents").compactMap { $0["key"] as? String }.sorted() == ["a", "c", "good.txt"])
    let inputs = try folder.text("out/inputs.jsonl")
    for file in files {
      let name = file.name.replacing(".gz", with: "").replacing(".zst", with: "")
      let line = try #require(inputs.split(separator: "\n").first { $0.contains("\"path\":\"\(name)\"") }, "\(name)")
      #expect(!line.hasSuffix("\"skipped\":\"\"}"), "\(line)")
    }
  }

  @Test func aKeyTwiceNamesBothPlaces() throws {
    let folder = try Folder()
    try folder.write("in/1.jsonl", "{\"id\":\"x\",\"text\":\"Pertama.\"}\n{\"id\":\"y\",\"text\":\"Lain.\"}\n")
    try folder.write("in/2.jsonl", "\n{\"id\":\"x\",\"text\":\"Kedua.\"}\n")
    let refused = try Program.run(["build", "in", "--output", "out", "--quiet"], in: folder)
    #expect(refused.code == 2)
    #expect(refused.errorText.contains("1.jsonl:1") && refused.errorText.contains("2.jsonl:2"), "\(refused.errorText)")
    #expect(folder.names() == ["in"])
    for (policy, kept) in [("first", "Pertama."), ("last", "Kedua.")] {
      let outcome = try Program.run(
        ["build", "in", "--output", policy, "--on-duplicate-key", policy, "--compression", "none", "--quiet"],
        in: folder)
      #expect(outcome.code == 0, "\(outcome.errorText)")
      let dataset = try Dataset(folder, policy)
      let texts = try dataset.records("data").compactMap { $0["text"] as? String }
      #expect(texts.sorted() == [kept, "Lain."].sorted())
      #expect((dataset.manifest["totals"] as? [String: Any])?["duplicates"] as? Int == 1)
      #expect(folder.names(in: policy).contains("duplicates.jsonl"))
    }
  }

  @Test func linksInALoopAreAProblem() throws {
    let folder = try Folder()
    try folder.write("in/good.txt", "Baik.")
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/in/again", withDestinationPath: ".")
    let outcome = try Program.run(["build", "in", "--output", "out", "--quiet"], in: folder)
    #expect(outcome.code == 2)
    #expect(outcome.errorText.contains("in/again"), "\(outcome.errorText)")
  }

  /// Its sentences would be read as articles.
  @Test(arguments: [["build", "."], ["repeated", "out"], ["duplicates", "out", "in"]])
  func aDatasetIsNoArticle(_ arguments: [String]) throws {
    let folder = try Folder()
    try folder.write("in/good.txt", "Baik.")
    #expect(try Program.run(["build", "in", "--output", "out", "--quiet"], in: folder).code == 0)
    let outcome = try Program.run(arguments + ["--output", "other", "--quiet"], in: folder)
    #expect(outcome.code == 2)
    #expect(outcome.errorText.contains("out: a dataset that kalimat made; expected articles"), "\(outcome.errorText)")
    #expect(outcome.errorText.count { $0 == "\n" } == 1, "\(outcome.errorText)")
    #expect(!folder.names().contains("other"))
  }

  @Test func hiddenFilesAreSkippedAndCounted() throws {
    let folder = try Folder()
    try folder.write("in/good.txt", "Baik.")
    try folder.write("in/.hidden.txt", "Tersembunyi.")
    try folder.write("in/picture.png", [0x89, 0x50])
    let outcome = try Program.run(["build", "in", "--output", "out"], in: folder)
    #expect(outcome.code == 0)
    #expect(outcome.outputText.contains("1 hidden"), "\(outcome.outputText)")
  }

  @Test func missingInputIsAProblem() throws {
    let folder = try Folder()
    let outcome = try Program.run(["build", "nowhere", "--output", "out", "--quiet"], in: folder)
    #expect(outcome.code == 2)
    #expect(outcome.errorText.contains("nowhere"))
  }
}
