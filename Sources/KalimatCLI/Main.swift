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
      """,
    subcommands: [
      BuildCommand.self
    ])

  @Flag(help: "Print the versions of kalimat and of what its results depend on.")
  var version = false

  @Flag(help: "With --version: as JSON.")
  var json = false

  func run() throws {
    guard version else { throw CleanExit.helpRequest(self) }
    Terminal.write(json ? VersionReport.json : VersionReport.text)
  }
}

@main
enum Entry {
  static func main() {
    Interruption.watch()
    do {
      // An option whose value may be left out would take the INPUT behind it for its value: so it is a flag of its own.
      let arguments = CommandLine.arguments.dropFirst().map { $0 == "--replace=unsafe" ? "--replace-unsafe" : $0 }
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
