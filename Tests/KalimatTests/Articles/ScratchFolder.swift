import Foundation

@testable import Kalimat

/// A throw-away folder, gone with its last reference.
final class ScratchFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/kalimat-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with the folders above it; its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8] = Array("x\n".utf8)) throws -> String {
    let file = "\(path)/\(name)"
    try makeFolder(String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)]))
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
  }

  func makeFolder(_ folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// A text with this folder's path written as DIR, so that it can be compared whole.
  func short(_ text: String) -> String { text.replacingOccurrences(of: path, with: "DIR") }
}

/// Sebastiano Vigna's splitmix64: the same numbers on every machine.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// What an error says, where it is a `Problem`; `nothing` where none is thrown.
func problemText(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "nothing"
  } catch let problem as Problem {
    return problem.description
  } catch {
    return "another error: \(error)"
  }
}
