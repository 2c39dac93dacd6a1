import Foundation
import Glibc
import Testing

/// What a run of a program left behind.
struct Outcome: Sendable {
  /// The exit code; 128 + n where signal n ended it.
  var code: Int32
  var output: [UInt8]
  var error: [UInt8]

  var outputText: String { String(decoding: output, as: UTF8.self) }
  var errorText: String { String(decoding: error, as: UTF8.self) }
}

/// The real program: $KALIMAT (`make test` sets it to the release build), else the one beside the tests.
enum Program {
  static let path: String = {
    if let given = ProcessInfo.processInfo.environment["KALIMAT"], !given.isEmpty { return given }
    let tests = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appending(path: "kalimat").path
  }()

  /// Runs it to its end, standard input from `stdin`, and takes what it wrote.
  static func run(
    _ arguments: [String], in folder: Folder, environment: [String: String] = [:], stdin: [UInt8] = [],
    secondsAllowed: Double = 120
  ) throws -> Outcome {
    try run(path, arguments, in: folder, environment: environment, stdin: stdin, secondsAllowed: secondsAllowed)
  }

  /// A line for bash, in which `$KALIMAT` is the program: for pipes and limits. Fails where any part of a pipe does.
  static func shell(_ line: String, in folder: Folder, environment: [String: String] = [:]) throws -> Outcome {
    try run(
      "/bin/bash", ["-c", "set -o pipefail; " + line], in: folder,
      environment: environment.merging(["KALIMAT": path]) { given, _ in given })
  }

  static func run(
    _ program: String, _ arguments: [String], in folder: Folder, environment: [String: String] = [:],
    stdin: [UInt8] = [], secondsAllowed: Double = 120
  ) throws -> Outcome {
    let running = try Running(program, arguments, in: folder, environment: environment, stdin: stdin)
    return try running.finish(secondsAllowed: secondsAllowed)
  }
}

/// A program at work. Its streams are files, so that nothing ever waits for a full pipe.
final class Running {
  let identifier: pid_t
  private let streams: Folder
  private var isReaped = false

  /// What every run starts from: the outside must not change what a test sees.
  private static let environment = [
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent",
    "LD_LIBRARY_PATH": ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] ?? "",
  ]

  init(
    _ program: String, _ arguments: [String], in folder: Folder, environment: [String: String] = [:],
    stdin: [UInt8] = []
  ) throws {
    streams = try Folder()
    try streams.write("in", stdin)
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, streams.path + "/in", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, streams.path + "/out", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, streams.path + "/err", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // A test runner may ignore or block signals; the program must not inherit that.
    var signals = sigset_t()
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    let variables = Self.environment.merging(environment) { _, given in given }.map { "\($0.key)=\($0.value)" }
    var child: pid_t = 0
    // `env -C` goes into the folder and becomes the program: the C library's own way to do it is hidden from Swift.
    let line = ["/usr/bin/env", "-C", folder.path, program] + arguments
    let failure = unsafe withCStrings(line) { argv in
      unsafe withCStrings(variables) { envp in unsafe posix_spawn(&child, line[0], &actions, &attributes, argv, envp) }
    }
    guard failure == 0 else { throw Failure("\(program) does not start: error \(failure)") }
    identifier = child
  }

  func send(signal: Int32) { kill(identifier, signal) }

  /// Whether it has ended; then its exit code.
  func poll() -> Int32? {
    var status: Int32 = 0
    guard !isReaped, unsafe waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
    isReaped = true
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  /// Waits for its end.
  func finish(secondsAllowed: Double = 120) throws -> Outcome {
    let start = ContinuousClock.now
    var pause: UInt32 = 200
    while true {
      if let code = poll() {
        return Outcome(code: code, output: try streams.bytes("out"), error: try streams.bytes("err"))
      }
      if ContinuousClock.now - start > .seconds(secondsAllowed) {
        send(signal: SIGKILL)
        throw Failure("no end within \(secondsAllowed) s")
      }
      usleep(pause)
      pause = min(pause * 2, 20_000)
    }
  }

  deinit {
    if !isReaped {
      kill(identifier, SIGKILL)
      waitpid(identifier, nil, 0)
    }
  }
}

/// Hands `strings` over as C wants arguments: pointers, and nil behind the last.
private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers = unsafe strings.map { unsafe strdup($0) } + [nil]
  defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
  return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
    guard let base = buffer.baseAddress else { preconditionFailure("an array with an element has an address") }
    return unsafe body(base)
  }
}

/// What went wrong in a test's own machinery.
struct Failure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
