import Foundation
import Testing

/// Where the dataset goes: what stands there already, and what a build must never leave.
@Suite struct OutputTests {
  private func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write("a/one.txt", "Satu kalimat. Dua kalimat.\n")
    try folder.write("b/two.txt", "Three sentences. Or two.\n")
    return folder
  }

  private func build(_ input: String, _ options: [String] = [], in folder: Folder) throws -> Outcome {
    try Program.run(["build", input, "--output", "out", "--quiet"] + options, in: folder)
  }

  @Test func outputThatIsThereIsRefused() throws {
    let folder = try folder()
    try #require(try build("a", in: folder).code == 0)
    let before = try Dataset.tree(folder, "out")
    let outcome = try build("b", in: folder)
    #expect(outcome.code == 2)
    #expect(
      outcome.errorText
        == "kalimat: out: the output is there already; expected a path where nothing stands. Name another --output, or add --replace.\n"
    )
    #expect(try Dataset.tree(folder, "out") == before)
    #expect(folder.names() == ["a", "b", "out"])
  }

  @Test(arguments: ["folder", "file", "link"])
  func whatIsNoDatasetIsNotReplaced(kind: String) throws {
    let folder = try folder()
    switch kind {
    case "folder": try folder.write("out/letters/mine.txt", "Dear")
    case "file": try folder.write("out", "Dear")
    default: try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/out", withDestinationPath: "nowhere")
    }
    for options in [[], ["--replace"]] {
      let outcome = try build("a", options, in: folder)
      #expect(outcome.code == 2, "\(outcome.errorText)")
    }
    #expect(folder.names() == ["a", "b", "out"])
    if kind == "folder" { #expect(try folder.text("out/letters/mine.txt") == "Dear") }
    if kind == "file" { #expect(try folder.text("out") == "Dear") }
  }

  @Test func anEmptyFolderIsNotReplacedInSilence() throws {
    let folder = try folder()
    try FileManager.default.createDirectory(atPath: "\(folder.path)/out", withIntermediateDirectories: false)
    #expect(try build("a", in: folder).code == 2)
    #expect(folder.names(in: "out").isEmpty)
  }

  @Test func replaceExchangesTheWhole() throws {
    let folder = try folder()
    try #require(try build("a", ["--shards", "5"], in: folder).code == 0)
    try #require(try build("b", ["--replace"], in: folder).code == 0)
    try #require(try Program.run(["build", "b", "--output", "fresh", "--quiet"], in: folder).code == 0)
    #expect(try Dataset.tree(folder, "out") == Dataset.tree(folder, "fresh"))
    #expect(folder.names() == ["a", "b", "fresh", "out"])
  }

  @Test func dryRunWritesNothing() throws {
    let folder = try folder()
    let outcome = try Program.run(["build", "a", "--output", "out", "--dry-run"], in: folder)
    #expect(outcome.code == 0)
    #expect(outcome.outputText.contains("1 article, 2 sentences, 0 rejected."))
    #expect(folder.names() == ["a", "b"])
  }

  @Test func outputThatCannotBeWrittenIsAProblem() throws {
    let folder = try folder()
    let outcome = try Program.run(["build", "a", "--output", "/proc/nothing/out", "--quiet"], in: folder)
    #expect(outcome.code == 2)
    #expect(outcome.errorText.contains("/proc/nothing"))
  }

  @Test func aFileWhereAFolderMustBeIsAProblem() throws {
    let folder = try folder()
    let outcome = try Program.run(["build", "a", "--output", "a/one.txt/out", "--quiet"], in: folder)
    #expect(outcome.code == 2)
    #expect(outcome.errorText.contains("a/one.txt"))
  }

  @Test func namesOfEveryKindAreTaken() throws {
    let folder = try folder()
    for name in ["-dash", "with space", "ünï-文", "trailing/", "./a/../dotted", "deep/er/still"] {
      let outcome = try Program.run(["build", "a", "--output=\(name)", "--quiet"], in: folder)
      #expect(outcome.code == 0, "\(name): \(outcome.errorText)")
      #expect(folder.exists("\(name)/manifest.json"), "\(name)")
    }
  }

  @Test(arguments: [
    ("0", "1970-01-01T00:00:00Z"), ("951782399", "2000-02-28T23:59:59Z"), ("951782400", "2000-02-29T00:00:00Z"),
    ("1762214400", "2025-11-04T00:00:00Z"), ("253402300799", "9999-12-31T23:59:59Z"),
  ])
  func theDateIsTheOneThatWasGiven(epoch: String, date: String) throws {
    let folder = try folder()
    let outcome = try Program.run(
      ["build", "a", "--output", "out", "--quiet"], in: folder, environment: ["SOURCE_DATE_EPOCH": epoch])
    #expect(outcome.code == 0, "\(outcome.errorText)")
    #expect(try Dataset(folder, "out").manifest["created"] as? String == date)
  }

  @Test(arguments: ["", "yesterday", "-1", "253402300800", "99999999999999999999"])
  func aDateThatIsNoneIsWrongUsage(epoch: String) throws {
    let folder = try folder()
    let outcome = try Program.run(
      ["build", "a", "--output", "out", "--quiet"], in: folder, environment: ["SOURCE_DATE_EPOCH": epoch])
    #expect(outcome.code == 64)
    #expect(outcome.errorText.contains("SOURCE_DATE_EPOCH is \"\(epoch)\""))
    #expect(folder.names() == ["a", "b"])
  }

  /// No text has no sentence: a filter in a pipe says nothing of it.
  @Test(arguments: [[], ["--json"], ["--explain"], ["--paragraphs", "lines"]])
  func segmentOfNothingIsNothing(_ options: [String]) throws {
    let outcome = try Program.run(["segment"] + options, in: Folder(), stdin: [])
    #expect(outcome.code == 0 && outcome.outputText.isEmpty && outcome.errorText.isEmpty, "\(outcome.errorText)")
  }
}
