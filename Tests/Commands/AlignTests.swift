import Testing

@Suite struct AlignTests {
  private static let source = """
    Jembatan pelabuhan ditutup pada 3 Maret 2024.
    Sebanyak 1.250 kendaraan lewat di sana setiap hari.
    Warga meminta perahu tambahan dari pemerintah Indonesia.
    "Kami menunggu sejak Januari," kata Budi Santoso.
    Perbaikan akan selesai pada Agustus.

    """
  private static let target = """
    The harbour bridge was closed on 3 March 2024.
    Some 1,250 vehicles pass there every day. Residents ask the government of Indonesia for more boats.
    "We have been waiting since January," said Budi Santoso.
    Repairs will end in August.

    """

  private func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write("id.txt", Self.source)
    try folder.write("en.txt", Self.target)
    return folder
  }

  private func beads(_ text: String) -> [String] {
    text.split(separator: "\n").map { line in line.split(separator: ":").prefix(2).joined(separator: ":") }
  }

  @Test func twoFilesToStandardOutput() throws {
    let folder = try folder()
    let run = try Program.run(["align", "--lines", "id.txt", "en.txt"], in: folder)
    #expect(run.code == 0)
    #expect(run.errorText.isEmpty)
    #expect(beads(run.outputText) == ["[0]:[0]", "[1, 2]:[1]", "[3]:[2]", "[4]:[3]"])
    for line in run.outputText.split(separator: "\n") {
      let score = try #require(Double(line.split(separator: ":")[2]))
      #expect((0...1).contains(score))
    }
  }

  @Test func anOutputIsReplaced() throws {
    let folder = try folder()
    try folder.write("beads.txt", "what was there")
    let run = try Program.run(["align", "--lines", "id.txt", "en.txt", "--output", "beads.txt"], in: folder)
    #expect(run.code == 0)
    #expect(run.output.isEmpty)
    #expect(beads(try folder.text("beads.txt")).count == 4)
    #expect(folder.names() == ["beads.txt", "en.txt", "id.txt"])
  }

  @Test func aListAtAnyNumberOfJobs() throws {
    let folder = try folder()
    try folder.write("list.tsv", (0..<5).map { "id.txt\ten.txt\tout\($0)\n" }.joined())
    var outputs: [String] = []
    for jobs in ["1", "2"] {
      let run = try Program.run(
        ["align", "--lines", "--list", "list.tsv", "--jobs", jobs, "--lexicon", "lexicon\(jobs)"], in: folder)
      #expect(run.code == 0)
      outputs.append(try (0..<5).map { try folder.text("out\($0)") }.joined() + folder.text("lexicon\(jobs)"))
    }
    #expect(outputs[0] == outputs[1])
    #expect(outputs[0].contains("kalimat-lexicon 1 stem="))
  }

  @Test func aLexiconGrows() throws {
    let folder = try folder()
    let arguments = ["align", "--lines", "id.txt", "en.txt", "--output", "beads.txt", "--lexicon", "lexicon"]
    #expect(try Program.run(arguments, in: folder).code == 0)
    let first = try folder.text("lexicon")
    #expect(try Program.run(arguments, in: folder).code == 0)
    let second = try folder.text("lexicon")
    #expect(first.contains("budi\t\t1.000\n"))
    #expect(second.contains("budi\t\t2.000\n"))
  }

  @Test func decisionsHoldAndAreShown() throws {
    let folder = try folder()
    try folder.write("decisions", "# by hand\n[0]:[0, 1]\n\n[4]:[]\n")
    let run = try Program.run(
      ["align", "--lines", "id.txt", "en.txt", "--decisions", "decisions", "--explain"], in: folder)
    #expect(run.code == 0)
    #expect(run.outputText.hasPrefix("id.txt ↔ en.txt\n= 1.0000 1-2\n    < 0 Jembatan"))
    #expect(run.outputText.contains("= 1.0000 1-0\n    < 4 Perbaikan"))
  }

  @Test func minimumScoreLeavesOut() throws {
    let folder = try folder()
    let run = try Program.run(["align", "--lines", "id.txt", "en.txt", "--min-score", "1"], in: folder)
    #expect(run.code == 0)
    #expect(beads(run.outputText).allSatisfy { $0.contains("[]") || run.outputText.contains("\($0):1.0000") })
  }

  @Test func emptyFiles() throws {
    let folder = try folder()
    try folder.write("empty", "")
    let none = try Program.run(["align", "--lines", "empty", "empty"], in: folder)
    #expect(none.code == 0 && none.output.isEmpty)
    let half = try Program.run(["align", "--lines", "id.txt", "empty"], in: folder)
    #expect(beads(half.outputText) == ["[0]:[]", "[1]:[]", "[2]:[]", "[3]:[]", "[4]:[]"])
  }

  struct Failure: CustomTestStringConvertible, Sendable {
    var arguments: [String]
    var files: [String: String] = [:]
    var code: Int32
    var error: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  @Test(arguments: [
    Failure(arguments: ["none", "en.txt"], code: 2, error: "kalimat: none: cannot read: No such file or directory.\n"),
    Failure(
      arguments: ["id.txt", "."], code: 2,
      error: "kalimat: .: a folder stands there; expected a file with a sentence a line.\n"),
    Failure(
      arguments: ["--list", "l"], files: ["l": "id.txt\ten.txt\to\nid.txt\ten.txt\n"], code: 2,
      error: "kalimat: l:2: a line of 2 fields; expected source file, target file and output, with tabs between them.\n"
    ),
    Failure(
      arguments: ["--list", "l"], files: ["l": "id.txt\ten.txt\to\nid.txt\ten.txt\to\n"], code: 64,
      error: "kalimat: two files at one path: o; expected an output of its own for each pair.\n"),
    Failure(
      arguments: ["id.txt", "en.txt", "--decisions", "d"], files: ["d": "[0]:[1]\n[1]:[0]\n"], code: 2,
      error: "kalimat: d:2: the bead cannot hold: it overlaps or crosses another one; "
        + "expected beads of lines that are there, that do not cross.\n"),
    Failure(
      arguments: ["id.txt", "en.txt", "--decisions", "d"], files: ["d": "[0, 2]:[1]\n"], code: 2,
      error: "kalimat: d:1: no bead; expected a bead such as [3, 4]:[5], its source file and a tab before it.\n"),
    Failure(
      arguments: ["id.txt", "en.txt", "--lexicon", "x"], files: ["x": "words\n"], code: 2,
      error: "kalimat: x:1: no lexicon of kalimat; expected `kalimat-lexicon 1 stem=N`.\n"),
    Failure(
      arguments: ["id.txt", "en.txt", "--dictionary", "x"], files: ["x": "words\n"], code: 2,
      error: "kalimat: x:1: no entry of a dictionary; expected a word and its translation, with a tab between them.\n"),
    Failure(
      arguments: ["id.txt", "en.txt", "--source-lang", "!"], code: 64,
      error: "kalimat: --source-lang ! is no language tag; expected a BCP 47 tag such as id, en or zh-Hant.\n"),
  ])
  func failures(_ failure: Failure) throws {
    let folder = try folder()
    for (name, text) in failure.files { try folder.write(name, text) }
    let run = try Program.run(["align", "--lines"] + failure.arguments, in: folder)
    #expect(run.code == failure.code)
    #expect(run.errorText == failure.error)
    #expect(run.output.isEmpty)
  }

  @Test func badBytesAreNamed() throws {
    let folder = try folder()
    try folder.write("bad", Array("satu\ndua ".utf8) + [0xE9, 0x0A])
    let run = try Program.run(["align", "--lines", "id.txt", "bad"], in: folder)
    #expect(run.code == 2)
    #expect(
      run.errorText
        == "kalimat: bad:2 (byte 9): bytes that are not UTF-8; expected UTF-8. Convert the file first: iconv -f ENCODING -t UTF-8.\n"
    )
  }

  @Test(arguments: [
    ["id.txt"], ["id.txt", "en.txt", "id.txt"], ["id.txt", "en.txt", "--min-score", "2"],
    ["id.txt", "en.txt", "--jobs", "0"],
    ["--list", "l", "--output", "o"],
  ])
  func wrongUsage(_ arguments: [String]) throws {
    let run = try Program.run(["align", "--lines"] + arguments, in: try folder())
    #expect(run.code == 64)
    #expect(run.output.isEmpty)
  }
}
