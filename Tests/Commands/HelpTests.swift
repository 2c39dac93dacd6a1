import Testing

/// What the program says of itself.
@Suite struct HelpTests {
  /// The commands that `kalimat --help` lists.
  private static func commands() throws -> [String] {
    let help = try Program.run(["--help"], in: Folder()).outputText
    let list = try #require(help.components(separatedByFirst: "SUBCOMMANDS:\n"))
    return list.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("  "), !line.hasPrefix("   ") else { return nil }
      return line.split(separator: " ").first.map(String.init)
    }
  }

  @Test func everyCommandHasAnExample() throws {
    let folder = try Folder()
    let commands = try Self.commands()
    #expect(commands.contains("build"))
    for command in commands where command != "help" {
      let help = try Program.run([command, "--help"], in: folder)
      #expect(help.code == 0, "\(command)")
      #expect(help.outputText.contains(#/Examples?:\n +(.*\| )?kalimat /#), "kalimat \(command) --help has no example")
    }
  }

  @Test func wrongUsageIs64() throws {
    let folder = try Folder()
    for arguments in [
      ["nonsense"], ["build"], ["build", "a", "--output", "b", "--shards", "0"],
      ["build", "a", "--output", "b", "--lang", "this is no tag"],
      ["build", "a", "--output", "b", "--split", "train=0.5"], ["build", "a", "--output", "b", "--join", "id"],
      ["build", "a", "--output", "b", "--memory", "much"], ["build", "a"],
    ] {
      let outcome = try Program.run(arguments, in: folder)
      #expect(outcome.code == 64, "\(arguments): \(outcome.code)")
      #expect(outcome.output.isEmpty && !outcome.error.isEmpty, "\(arguments)")
    }
  }

  @Test func versionSaysWhatResultsDependOn() throws {
    let text = try Program.run(["--version"], in: Folder()).outputText
    #expect(text.hasPrefix("kalimat "))
    let json = try Program.run(["--version", "--json"], in: Folder()).outputText
    for key in ["kalimat", "engine", "icu", "unicode", "cldr", "rules_sha256"] {
      #expect(json.contains("\"\(key)\":\""), "\(key)")
    }
    let ofNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    #expect(!json.contains(ofNothing), "the digest of the rules is that of nothing")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionsAreMade(shell: String) throws {
    let outcome = try Program.run(["--generate-completion-script", shell], in: Folder())
    #expect(outcome.code == 0)
    #expect(outcome.outputText.contains("build"))
  }
}

extension String {
  /// What stands behind the first `separator`; nil where there is none.
  fileprivate func components(separatedByFirst separator: String) -> Substring? {
    firstRange(of: separator).map { self[$0.upperBound...] }
  }
}
