import Foundation
import Glibc
import Testing

/// `build-shard`, `build-runs` and `seal`: what many processes write together is what one writes alone.
@Suite struct ClusterTests {
  private static let fields = ["--text-field", "text", "--id-field", "id", "--keep", "n"]
  private static let split = ["--split", "train=0.7,dev=0.3"]
  /// What a part does not guess, a build must not either, to be compared with it.
  private static let notGuessed = [
    "--url-field", "", "--lang-field", "", "--title-field", "", "--published-field", "", "--license-field", "",
  ]

  private static func article(_ number: Int) -> String {
    "{\"id\":\"a\(number)\",\"text\":\"Kalimat \(number). Lagi satu.\\n\\n3 jam lalu\",\"n\":\(number)}\n"
  }

  /// The articles of each part, as whoever sends them would have them: by the doc_ids that `build` gave.
  private static func parts(_ folder: Folder, of count: Int, articles: Int) throws -> [String] {
    try folder.write("in.jsonl", (0..<articles).map(article).joined())
    let built = try Program.run(
      ["build", "in.jsonl", "--output", "one", "--shards", "\(count)", "--compression", "none"] + fields + split
        + notGuessed, in: folder)
    #expect(built.code == 0, "\(built.errorText)")
    var parts = [[(String, String)]](repeating: [], count: count)
    for path in try Dataset(folder, "one").shards("documents") {
      let part = Int(path.split(separator: "-")[1]) ?? 0
      for line in try folder.text("one/\(path)").split(separator: "\n") {
        let document = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let number = Int((document["key"] as? String ?? "").dropFirst()) ?? 0
        parts[part].append((document["doc_id"] as? String ?? "", article(number)))
      }
    }
    return parts.map { part in
      part.sorted { $0.0 < $1.0 }.map(\.1).joined() + "{\"end\": \(part.count)}\n"
    }
  }

  private static func buildShard(
    _ folder: Folder, part: Int, of count: Int, attempt: String = "a1", _ input: String, more: [String] = split
  ) throws -> Outcome {
    try Program.run(
      [
        "build-shard", "--part", "\(part)", "--shards", "\(count)", "--attempt", attempt, "--output", "staged",
        "--compression", "none",
      ] + fields + more, in: folder, stdin: Array(input.utf8))
  }

  /// The summaries of all parts.
  private static func buildAll(_ folder: Folder, _ parts: [String]) throws -> String {
    var summaries = ""
    for (part, input) in parts.enumerated() {
      let outcome = try buildShard(folder, part: part, of: parts.count, input)
      #expect(outcome.code == 0, "\(outcome.errorText)")
      #expect(outcome.outputText.hasSuffix("\n") && outcome.outputText.count { $0 == "\n" } == 1)
      summaries += outcome.outputText
    }
    try folder.write("summaries", summaries)
    return summaries
  }

  /// One part may reject what is like an article of another part, which nobody sent: only who puts them together can tell.
  @Test func duplicatesOfWhatNoPartHasAreTold() throws {
    let folder = try Folder()
    let parts = try Self.parts(folder, of: 2, articles: 10)
    let ids = try Dataset(folder, "one").records("documents").compactMap { $0["doc_id"] as? String }.sorted()
    try folder.write("list", "\(ids[0])\texact\tdvvvvvvvvvvvvvvvv\n\(ids[1])\texact\t\(ids[9])\n")
    var summaries = ""
    for (part, input) in parts.enumerated() {
      summaries +=
        try Self.buildShard(folder, part: part, of: 2, input, more: Self.split + ["--duplicates", "list"]).outputText
    }
    try folder.write("summaries", summaries)
    let sealed = try Program.run(["seal", "summaries", "--staged", "staged", "--output", "many"], in: folder)
    #expect(
      sealed.code == 0
        && sealed.outputText.contains(
          "what this dataset has not: records: 3, kept IDs: 1, the first dvvvvvvvvvvvvvvvv."),
      "\(sealed.outputText)\(sealed.errorText)")
    #expect(try Program.run(["validate", "many", "--quiet"], in: folder).code == 1)
  }

  @Test func partsMakeTheDatasetOfOneProcess() throws {
    let folder = try Folder()
    let parts = try Self.parts(folder, of: 4, articles: 60)
    _ = try Self.buildAll(folder, parts)
    let sealed = try Program.run(["seal", "summaries", "--staged", "staged", "--output", "many"], in: folder)
    #expect(sealed.code == 0, "\(sealed.errorText)")
    var one = try Dataset.tree(folder, "one")
    var many = try Dataset.tree(folder, "many")
    // The list of inputs differs, and with it the files that have its digest.
    for name in ["inputs.jsonl", "manifest.json", "SHA256SUMS"] {
      #expect(one.removeValue(forKey: name) != nil && many.removeValue(forKey: name) != nil)
    }
    #expect(one == many)
    #expect(try Dataset(folder, "one").contentSHA256 == Dataset(folder, "many").contentSHA256)
    #expect(try Program.run(["validate", "many"], in: folder).code == 0)
    #expect(!folder.files(in: "staged").isEmpty, "what was staged stays")
  }

  /// An object store has no rename: the files keep the names of their attempts, and the manifest says them.
  @Test func aManifestMayNameAttempts() throws {
    let folder = try Folder()
    _ = try Self.buildAll(folder, try Self.parts(folder, of: 2, articles: 20))
    let sealed = try Program.run(["seal", "summaries", "--detached", "--output", "many"], in: folder)
    #expect(sealed.code == 0, "\(sealed.errorText)")
    for file in folder.files(in: "staged") { try folder.write("many/\(file)", try folder.bytes("staged/\(file)")) }
    let one = try Dataset(folder, "one")
    let valid = try Program.run(["validate", "many", "--expect", one.contentSHA256], in: folder)
    #expect(valid.code == 0, "\(valid.outputText)")
    let path = try #require(try Dataset(folder, "many").shards("data").first)
    #expect(path.hasSuffix(".a1.jsonl"))
    #expect(try folder.text("many/README.md").contains("- \"\(path)\""))
    // A loser is named by nobody; a winner that is gone is missed.
    try folder.write("many/\(path.replacing(".a1.", with: ".a2."))", "")
    let extra = try Program.run(["validate", "many"], in: folder)
    #expect(extra.code == 1 && extra.outputText.contains("a file of which the manifest knows nothing"))
    try folder.remove("many/\(path)")
    #expect(try Program.run(["validate", "many"], in: folder).outputText.contains("\(path): missing"))
  }

  @Test func runsOfAllTasksMakeTheWholeFolder() throws {
    let folder = try Folder()
    for file in 0..<5 { try folder.write("in/\(file).jsonl", (file * 9..<file * 9 + 12).map(Self.article).joined()) }
    try folder.write("in/text.txt", "Satu. Dua.\n\nTiga.")
    let options = ["--shards", "4", "--on-duplicate-key", "last", "--keep", "n"] + Self.split
    #expect(try Program.run(["build", "in", "--output", "one", "--quiet"] + options, in: folder).code == 0)
    #expect(try folder.text("one/duplicates.jsonl").count { $0 == "\n" } == 12)
    for tasks in [1, 3, 8] {
      var summaries = ""
      var runs = ""
      for task in 0..<tasks {
        let outcome = try Program.run(
          ["build-runs", "in", "--task", "\(task)", "--tasks", "\(tasks)", "--attempt", "a", "--output", "runs"]
            + options, in: folder)
        #expect(outcome.code == 0, "\(outcome.errorText)")
        summaries += outcome.outputText
        runs += "runs/run-\(task)-of-\(tasks).a\n"
      }
      try folder.write("list", runs)
      for part in 0..<4 {
        let outcome = try Program.run(
          ["build-shard", "--part", "\(part)", "--attempt", "of\(tasks)", "--output", "staged", "--runs-from", "list"]
            + options, in: folder)
        #expect(outcome.code == 0, "\(outcome.errorText)")
        summaries += outcome.outputText
      }
      try folder.write("summaries", summaries)
      let sealed = try Program.run(
        ["seal", "summaries", "--staged", "staged", "--output", "many\(tasks)", "--quiet"], in: folder)
      #expect(sealed.code == 0, "\(sealed.errorText)")
      #expect(try Dataset.tree(folder, "one") == Dataset.tree(folder, "many\(tasks)"), "\(tasks) tasks")
    }
  }

  /// Every way in which a part's input can be wrong: exit code 2, nothing said, nothing left.
  @Test func whatIsCutOrOutOfPlaceIsRefused() throws {
    let folder = try Folder()
    let parts = try Self.parts(folder, of: 2, articles: 12)
    var lines = parts[0].split(separator: "\n").map { "\($0)\n" }
    let trailer = lines.removeLast()
    let swapped = [lines[1], lines[0]] + lines[2...]
    let cases: [(name: String, input: String, expected: String)] = [
      ("no trailer", lines.joined(), "ends without its last line"),
      ("nothing", "", "ends without its last line"),
      ("cut inside a line", String(lines.joined().dropLast(9)), "ends without its last line"),
      ("cut inside the trailer", lines.joined() + trailer.dropLast(), "ends without its last line"),
      ("one too few", lines.dropLast().joined() + trailer, "and it is line \(lines.count)"),
      ("something behind", lines.joined() + trailer + lines[0], "ends without its last line"),
      ("not sorted", swapped.joined() + trailer, "sorted by the bytes of their doc_ids"),
      ("twice", (lines + [lines[lines.count - 1], "{\"end\": \(lines.count + 1)}\n"]).joined(), "twice"),
      ("of another part", parts[1], "is of part 1, and came to part 0 of 2"),
      ("refused", "{\"id\":\"x\",\"text\":\"\"}\n{\"end\": 1}\n", "x): the field \"text\" is empty"),
    ]
    for (index, (name, input, expected)) in cases.enumerated() {
      let outcome = try Self.buildShard(folder, part: 0, of: 2, attempt: "try-\(index)", input)
      #expect(outcome.code == 2, "\(name): \(outcome.code) \(outcome.errorText)")
      #expect(outcome.errorText.contains(expected), "\(name): \(outcome.errorText)")
      #expect(outcome.output.isEmpty && folder.files(in: "staged").isEmpty, "\(name)")
    }
    // An attempt's files are never written over.
    #expect(try Self.buildShard(folder, part: 0, of: 2, parts[0]).code == 0)
    #expect(try Self.buildShard(folder, part: 0, of: 2, parts[0]).code == 2)
  }

  @Test func wrongUsageIsSaid() throws {
    let folder = try Folder()
    let end = "{\"end\": 0}\n"
    #expect(try Self.buildShard(folder, part: 0, of: 7, end).errorText.contains("a power of two"))
    #expect(try Self.buildShard(folder, part: 4, of: 4, end).errorText.contains("a number from 0 to 3"))
    #expect(try Self.buildShard(folder, part: 4096, of: 65536, end).code == 64)
    for more in [["--sample", "3"], ["--on-duplicate-key", "last"], ["--url-field", "u", "--path-field", "p"]] {
      #expect(try Self.buildShard(folder, part: 0, of: 4, end, more: more).code == 64, "\(more)")
    }
    #expect(try Self.buildShard(folder, part: 0, of: 4, attempt: "A.1", end).code == 64)
    try folder.write("in.jsonl", "{\"text\":\"Satu.\"}\n")
    let runs = try Program.run(
      ["build-runs", "in.jsonl", "--task", "0", "--tasks", "1", "--shards", "1", "--attempt", "a", "--output", "runs"],
      in: folder)
    #expect(runs.code == 64 && runs.errorText.contains("whose texts are their keys"))
  }

  /// Whatever does not fit is no dataset.
  @Test func sealRefusesWhatDoesNotFit() throws {
    let folder = try Folder()
    let parts = try Self.parts(folder, of: 2, articles: 12)
    let summaries = try Self.buildAll(folder, parts).split(separator: "\n").map { "\($0)\n" }
    let other = try Self.buildShard(folder, part: 1, of: 2, attempt: "a2", parts[1], more: ["--max-chars", "99"])
    let cases = [
      (summaries[0], "part 1 of 2 is missing"), (summaries[1], "part 0 of 2 is missing"), ("", "no part's summary"),
      (summaries[0] + summaries[1] + summaries[1], "two summaries"),
      (summaries[0] + summaries[1].dropLast(20), "no JSON"),
      (summaries[0] + other.outputText, "the same program with the same options"),
      (
        summaries[0] + summaries[1].replacing("\"skipped\":0", with: "\"skipped\":1"),
        "every article in one of the three"
      ),
    ]
    for (text, expected) in cases {
      try folder.write("summaries", text)
      let outcome = try Program.run(["seal", "summaries", "--staged", "staged", "--output", "out"], in: folder)
      #expect(outcome.code == 2 && outcome.errorText.contains(expected), "\(expected): \(outcome.errorText)")
      #expect(!folder.exists("out"))
    }
    // A file that is not the one the summary tells of.
    try folder.write("summaries", summaries.joined())
    let shard = "staged/data/train-00001-of-00002.a1.jsonl"
    let bytes = try folder.bytes(shard)
    try folder.write(shard, bytes.map { $0 == 0x4B ? 0x6B : $0 })
    let changed = try Program.run(["seal", "summaries", "--staged", "staged", "--output", "out"], in: folder)
    #expect(changed.code == 2 && changed.errorText.contains("as its summary says"), "\(changed.errorText)")
    try folder.remove(shard)
    #expect(try Program.run(["seal", "summaries", "--staged", "staged", "--output", "out"], in: folder).code == 2)
    #expect(folder.names() == ["in.jsonl", "one", "staged", "summaries"])
    try folder.write(shard, bytes)
    #expect(
      try Program.run(["seal", "summaries", "--staged", "staged", "--output", "out", "--sizes-only"], in: folder).code
        == 0)
  }

  /// A worker whose parent is killed ends too: its input does not, somebody else holds the pipe.
  @Test func aWorkerDiesWithItsParent() throws {
    let folder = try Folder()
    let worker =
      "mkfifo pipe; sleep 20 > pipe & \"$0\" build-shard --part 0 --shards 1 --attempt a --output staged"
      + " --text-field t --id-field i < pipe & echo $! > worker; wait"
    let parent = try Running("/bin/bash", ["-c", worker, Program.path], in: folder)
    for _ in 0..<200 where try folder.text("worker").isEmpty { usleep(20_000) }
    let identifier = try #require(Int32(try folder.text("worker").split(separator: "\n").first ?? ""))
    // Folders are made behind the call that binds it to its parent.
    for _ in 0..<600 where !folder.exists("staged/data") { usleep(50_000) }
    #expect(kill(identifier, 0) == 0, "the worker runs")
    parent.send(signal: SIGKILL)
    for _ in 0..<200 where kill(identifier, 0) == 0 { usleep(50_000) }
    #expect(kill(identifier, 0) != 0, "the worker lives on")
  }
}
