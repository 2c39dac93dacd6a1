import Foundation
import Glibc
import Testing

/// Ended at any moment, a build leaves the old dataset or the new one, whole; and the next build succeeds.
@Suite(.serialized) struct InterruptionTests {
  private static let old = ["build", Repository.corpus, "--output", "out", "--leftovers", "off", "--quiet"]
  private static let new = ["build", Repository.corpus, "--output", "out", "--shards", "3", "--replace", "--quiet"]

  /// What `arguments` make, and how many microseconds they take.
  private func whole(_ arguments: [String]) throws -> (tree: [String: [UInt8]], micros: Int) {
    let folder = try Folder()
    let start = ContinuousClock.now
    let outcome = try Program.run(arguments, in: folder)
    let elapsed = ContinuousClock.now - start
    try #require(outcome.code == 0, "\(outcome.errorText)")
    return (try Dataset.tree(folder, "out"), Int(elapsed / .microseconds(1)))
  }

  /// Kill -9 at random moments of a build and of a --replace.
  @Test func killedAtAnyMoment() throws {
    let (oldTree, _) = try whole(Self.old)
    let newTree = try whole(Self.new).tree
    // The quickest of three: a machine that was busy just then would set every moment too late.
    let micros = try (0..<3).map { _ in try whole(Self.new).micros }.min() ?? 0
    var generator = SeededGenerator(seed: UInt64(getpid()))
    let kills = isSoak ? 300 : 20
    var counts = (killed: 0, partial: 0, nothing: 0, old: 0, new: 0)
    for round in 0..<kills {
      let folder = try Folder()
      let replaces = round % 2 == 0
      if replaces { try #require(try Program.run(Self.old, in: folder).code == 0) }
      let running = try Running(Program.path, Self.new, in: folder)
      usleep(UInt32(Int.random(in: 0...micros, using: &generator)))
      running.send(signal: SIGKILL)
      if try running.finish().code == 128 + SIGKILL { counts.killed += 1 }
      counts.partial += folder.names().filter { $0.hasPrefix("out.partial-") }.count
      if folder.exists("out") {
        let tree = try Dataset.tree(folder, "out")
        let isNew = tree == newTree
        #expect(isNew || (replaces && tree == oldTree), "round \(round): what stands there is neither")
        if isNew { counts.new += 1 } else { counts.old += 1 }
      } else {
        #expect(!replaces, "round \(round): the old dataset is gone")
        counts.nothing += 1
      }
      let next = try Program.run(Self.new, in: folder)
      #expect(next.code == 0, "round \(round): \(next.errorText)")
      #expect(try Dataset.tree(folder, "out") == newTree)
      #expect(folder.names() == ["out"], "round \(round): nothing half-written is left")
    }
    print("kill -9, \(kills) rounds: \(counts)")
    #expect(counts.killed > kills / 10)
  }

  /// Waits until the build has begun to write, then asks it to stop.
  private func interrupted(by signal: Int32, replaces: Bool) throws -> (Outcome, Folder) {
    let folder = try Folder()
    try folder.write("in/a.txt", "Satu. Dua.")
    if replaces { try #require(try Program.run(["build", "in", "--output", "out", "--quiet"], in: folder).code == 0) }
    // Standard input that does not end: the build waits for more.
    unsafe mkfifo(folder.path + "/pipe", 0o600)
    let arguments = [
      "-c", "exec 3<>pipe; echo Satu. >&3; exec \"$0\" build - --output out --replace <&3", Program.path,
    ]
    let running = try Running("/bin/bash", arguments, in: folder)
    for _ in 0..<5_000 where !folder.names().contains(where: { $0.hasPrefix("out.partial-") }) { usleep(1_000) }
    usleep(50_000)
    running.send(signal: signal)
    return (try running.finish(secondsAllowed: 20), folder)
  }

  @Test(arguments: [SIGINT, SIGTERM], [false, true])
  func interruptedItLeavesNothingAndSaysSo(signal: Int32, replaces: Bool) throws {
    let (outcome, folder) = try interrupted(by: signal, replaces: replaces)
    #expect(outcome.code == 130, "\(outcome.errorText)")
    #expect(outcome.errorText.contains("stopped by a signal. Nothing was written."), "\(outcome.errorText)")
    #expect(folder.names() == (replaces ? ["in", "out", "pipe"] : ["in", "pipe"]))
  }

  /// A reader that has gone (`kalimat … | head -1`) ends the program quietly.
  @Test func aReaderThatHasGoneIsNoFailure() throws {
    let folder = try Folder()
    for line in ["\"$KALIMAT\" --help | true", "\"$KALIMAT\" build \(Repository.corpus) --output out --json | true"] {
      let outcome = try Program.shell(line, in: folder)
      #expect(outcome.code == 0, "\(line): \(outcome.errorText)")
      #expect(outcome.error.isEmpty, "\(line): \(outcome.errorText)")
    }
  }

  @Test func aFullStandardOutputIsTold() throws {
    let outcome = try Program.shell(
      "\"$KALIMAT\" build \(Repository.corpus) --output out --json > /dev/full", in: Folder())
    #expect(outcome.code == 2)
    #expect(outcome.errorText.hasSuffix("kalimat: cannot write to standard output: No space left on device.\n"))
  }
}
