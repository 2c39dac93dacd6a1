internal import ArgumentParser
internal import Glibc
internal import Kalimat

/// The program: commands are in a file each, in the order in which people meet them.
struct KalimatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kalimat",
    abstract: "Turns articles into translation-ready sentence datasets, and proves that nothing of them is lost.",
    discussion: """
      Example:
        kalimat build Corpus --output out/corpus
        kalimat validate out/corpus
        kalimat --version --json
      """,
    // What `--version` alone prints is made below, where it is asked for.
    version: "kalimat \(Version.kalimat)",
    subcommands: [
      BuildCommand.self,
      SegmentCommand.self,
      ValidateCommand.self,
      ShowCommand.self,
      StatsCommand.self,
      ManifestCommand.self,
      ExportCommand.self,
      RepeatedCommand.self,
      DuplicatesCommand.self,
      ReviewCommand.self,
      ImportCommand.self,
      DiffCommand.self,
      AlignCommand.self,
      BuildShardCommand.self,
      BuildRunsCommand.self,
      SealCommand.self,
    ])
}

@main
enum Entry {
  static func main() {
    Interruption.watch()
    do {
      // An option whose value may be left out would take the INPUT behind it for its value: so it is a flag of its own.
      let arguments = CommandLine.arguments.dropFirst().map { $0 == "--replace=unsafe" ? "--replace-unsafe" : $0 }
      // `--json` at the root would be taken from every command's own.
      if arguments.sorted() == ["--json", "--version"] { return Terminal.finish(VersionReport.json) }
      if arguments == ["--version"] { return Terminal.finish(VersionReport.text + "\n") }
      var command = try KalimatCommand.parseAsRoot(Array(arguments))
      try command.run()
    } catch let problem as Problem {
      Terminal.flush()
      Terminal.writeError("kalimat: \(problem)\n")
      exit(Self.code(of: problem.gravity))
    } catch {
      Terminal.flush()
      KalimatCommand.exit(withError: error)
    }
    Terminal.flush()
  }

  private static func code(of gravity: Problem.Gravity) -> Int32 {
    switch gravity {
    case .failure: 2
    case .usage: 64
    case .interrupted: 130
    }
  }
}
