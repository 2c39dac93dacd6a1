import Foundation
import Testing

/// A full disk at any call leaves the old dataset or the new one, whole, and says what was the matter.
@Suite(.serialized) struct FaultTests {
  /// Tests/Cases/faults/shim.c, compiled.
  private static func shim(in folder: Folder) throws -> String {
    let source = "\(Repository.root)/Tests/Cases/faults/shim.c"
    let outcome = try Program.run(
      "/usr/bin/env", ["cc", "-shared", "-fPIC", "-O1", "-o", "shim.so", source], in: folder)
    try #require(outcome.code == 0, "\(outcome.errorText)")
    return folder.path + "/shim.so"
  }

  private static let old = ["build", "in", "--output", "out", "--leftovers", "off", "--quiet"]
  private static let new = ["build", "in", "--output", "out", "--shards", "2", "--replace", "--quiet"]

  /// ENOSPC at every write, fsync, rename, mkdir and creating open in turn: once, and from there on.
  @Test(arguments: [false, true], [false, true])
  func fullDiskAtEveryCall(replaces: Bool, staysFull: Bool) throws {
    let tools = try Folder()
    let shim = try Self.shim(in: tools)
    let folder = try Folder()
    for article in 0..<4 {
      try folder.write("in/\(article).txt", "Kalimat \(article). Dan satu lagi.\n\n5 hours ago\n")
    }
    try #require(try Program.run(Self.old, in: folder).code == 0)
    let oldTree = try Dataset.tree(folder, "out")
    if !replaces { try folder.remove("out") }
    let counted = try Program.run(
      Self.new, in: folder, environment: ["LD_PRELOAD": shim, "KALIMAT_FAULT_LOG": tools.path + "/log"])
    try #require(counted.code == 0, "\(counted.errorText)")
    let newTree = try Dataset.tree(folder, "out")
    #expect(newTree != oldTree)
    let calls = try tools.text("log").split(separator: "\n")
    for name in ["write", "fsync", "renameat2", "mkdir", "open"] {
      #expect(calls.contains { $0 == name }, "no \(name) was seen: does the shim still sit below the program?")
    }
    for call in 1...calls.count {
      if folder.exists("out"), try !replaces || Dataset.tree(folder, "out") != oldTree { try folder.remove("out") }
      if replaces, !folder.exists("out") { try #require(try Program.run(Self.old, in: folder).code == 0) }
      var environment = ["LD_PRELOAD": shim, "KALIMAT_FAULT_AT": String(call)]
      if staysFull { environment["KALIMAT_FAULT_ALL"] = "1" }
      let outcome = try Program.run(Self.new, in: folder, environment: environment)
      let place = "call \(call), \(calls[call - 1]): \(outcome.errorText)"
      #expect(outcome.code == 2, "\(place)")
      #expect(outcome.errorText.contains("No space left on device"), "\(place)")
      var isNew = false
      if folder.exists("out") {
        let tree = try Dataset.tree(folder, "out")
        isNew = tree == newTree
        #expect(isNew || (replaces && tree == oldTree), "\(place): what stands there is neither")
      } else {
        #expect(!replaces, "\(place): the old dataset is gone")
      }
      // Where the last sync fails, after the exchange, the old dataset must stay: a crash could bring its name back.
      let left = folder.names().filter { $0 != "in" && $0 != "out" }
      if isNew && replaces, let name = left.first {
        #expect(try left.count == 1 && Dataset.tree(folder, name) == oldTree, "\(place): left \(left)")
      } else {
        #expect(left.isEmpty, "\(place): left \(left)")
      }
    }
  }

  /// Spilling writes, too; what it had written goes.
  @Test func fullDiskWhileSpilling() throws {
    let tools = try Folder()
    let shim = try Self.shim(in: tools)
    let folder = try Folder()
    let sentence = "Kalimat ini panjangnya cukup untuk mengisi memori sedikit demi sedikit. "
    var lines = ""
    for article in 0..<2_000 {
      lines += "{\"id\":\(article),\"text\":\"\(String(repeating: sentence, count: 10))\",\"lang\":\"id\"}\n"
    }
    try folder.write("in.jsonl", lines)
    let arguments = ["build", "in.jsonl", "--output", "out", "--memory", "1MiB", "--quiet"]
    let counted = try Program.run(
      arguments, in: folder, environment: ["LD_PRELOAD": shim, "KALIMAT_FAULT_LOG": tools.path + "/log"])
    try #require(counted.code == 0, "\(counted.errorText)")
    try folder.remove("out")
    let calls = try tools.text("log").split(separator: "\n").count
    #expect(calls > 30, "a build that spills writes more than one that does not")
    for call in stride(from: 3, to: calls, by: isSoak ? 1 : max(1, calls / 12)) {
      let outcome = try Program.run(
        arguments, in: folder, environment: ["LD_PRELOAD": shim, "KALIMAT_FAULT_AT": String(call)])
      #expect(outcome.code == 2 && outcome.errorText.contains("No space left"), "call \(call): \(outcome.errorText)")
      if folder.exists("out") { try folder.remove("out") }
      #expect(folder.names() == ["in.jsonl"], "call \(call): left \(folder.names())")
    }
  }

  /// A real file system of 1 MiB; where mounting is refused, a limit of file size in its place.
  @Test func outputThatIsTooSmall() throws {
    let folder = try Folder()
    try folder.write("in.txt", String(repeating: "Kalimat yang sama berulang-ulang lagi. ", count: 100_000))
    try folder.write("small/keep", "")
    let build = "\"$KALIMAT\" build in.txt --lang id --compression none --quiet --output"
    let mounted = try Program.shell(
      "unshare -rm sh -c 'mount -t tmpfs -o size=1m none small || exit 99; \(build) small/out; code=$?; ls -A small; exit $code'",
      in: folder)
    if mounted.code == 2 {
      #expect(mounted.errorText.contains("No space left on device"), "\(mounted.errorText)")
      #expect(mounted.outputText.isEmpty, "left: \(mounted.outputText)")
    } else {
      #expect(mounted.code == 99 || mounted.code == 1, "\(mounted.code): \(mounted.errorText)")
      print("mounting a tmpfs is refused here: only the limit of file size was tried")
    }
    let limited = try Program.shell("ulimit -f 64; \(build) small/out", in: folder)
    #expect(limited.code == 2, "\(limited.errorText)")
    #expect(limited.errorText.contains("File too large"), "\(limited.errorText)")
    #expect(folder.names(in: "small") == ["keep"])
  }
}
