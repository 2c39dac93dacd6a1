import Foundation
import Testing

/// Whole outputs, as they are printed: Tests/Cases/Commands/NAME.txt. A change of wording is seen in review.
@Suite struct GoldenTests {
  /// Compares a transcript with the accepted one, or takes it as right under `make accept`.
  static func compare(_ transcript: String, with name: String) throws {
    let file = URL(filePath: "\(Repository.cases)/\(name).txt")
    if isAccepting {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(transcript.utf8).write(to: file)
      return
    }
    let accepted = try String(decoding: Data(contentsOf: file), as: UTF8.self)
    guard Array(accepted.utf8) != Array(transcript.utf8) else { return }
    let (old, new) = (lines(accepted), lines(transcript))
    let number = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
    Issue.record(
      """
      Tests/Cases/Commands/\(name).txt:\(number + 1) is not what is printed now.
        accepted: \(number < old.count ? old[number] : "(end)")
        printed:  \(number < new.count ? new[number] : "(end)")
      If that is meant: make accept
      """)
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// One run as a transcript: the command, its exit code, both streams.
  static func transcript(_ arguments: [String], in folder: Folder, stdin: [UInt8] = []) throws -> String {
    let outcome = try Program.run(arguments, in: folder, stdin: stdin)
    let words = arguments.map { $0.contains(" ") || $0.isEmpty ? "'\($0)'" : $0 }
    var text = "$ kalimat \(words.joined(separator: " "))\n"
    if !outcome.output.isEmpty { text += outcome.outputText }
    if !outcome.error.isEmpty { text += "stderr:\n\(outcome.errorText)" }
    return text + "exit \(outcome.code)\n\n"
  }

  /// Every message about bad input, word for word.
  @Test func badInput() throws {
    var text = ""
    for bad in BadInputTests.bad {
      let folder = try Folder()
      try folder.write(bad.name, bad.bytes)
      text += try Self.transcript(["build", bad.name, "--output", "out", "--quiet"], in: folder)
    }
    try Self.compare(text, with: "bad-input")
  }

  /// What a build says at its end.
  @Test func build() throws {
    let folder = try Folder()
    try folder.write("in/a.txt", "Satu kalimat. Dua kalimat.\n\n»\n")
    try folder.write("in/b.jsonl", "{\"id\":\"x\",\"text\":\"Tiga. Empat.\",\"lang\":\"id\",\"title\":\"Judul\"}\n")
    try folder.write("in/.hidden.txt", "Tersembunyi.")
    try folder.write("in/c.pdf", "PDF")
    var text = try Self.transcript(["build", "in", "--output", "out", "--lang", "id"], in: folder)
    text += try Self.transcript(["build", "in", "--output", "out", "--lang", "id"], in: folder)
    text += try Self.transcript(["build", "in", "--lang", "id", "--dry-run"], in: folder)
    text += try Self.transcript(
      ["build", "-", "--lang", "id", "--output", "piped"], in: folder, stdin: Array("Dari pipa.".utf8))
    text += try Self.transcript(["build", "in", "--quiet", "--lang", "id", "--output", "out", "--replace"], in: folder)
    try Self.compare(text, with: "build")
  }

  /// Wrong usage says what is wrong with it.
  @Test func usage() throws {
    let folder = try Folder()
    try folder.write("a.txt", "Satu.")
    var text = ""
    for options in [
      ["--lang", "this is no tag"], ["--split", "train=0.5"], ["--split", "train=0.5,train=0.5"], ["--split", "a-b=1"],
      ["--join", "id"], ["--join", "nothing"], ["--join", "sent,sent"], ["--shards", "0"],
      ["--encoding", "utf-klingon"],
      ["--sample", "0"], ["--max-chars", "0"], ["--like", "nowhere"],
    ] {
      // The usage that ArgumentParser adds below is not ours to hold.
      text += try Self.transcript(["build", "a.txt", "--output", "out"] + options, in: folder)
        .replacing(#/Usage: (.|\n)*?(?=exit)/#, with: "")
    }
    try Self.compare(text, with: "usage")
  }
}
