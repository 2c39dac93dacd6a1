import Foundation

/// A throwaway folder; it goes when nobody holds it.
final class Folder: Sendable {
  let path: String

  init(in parent: String = NSTemporaryDirectory()) throws {
    path = parent + (parent.hasSuffix("/") ? "" : "/") + "kalimat-test-" + UUID().uuidString.lowercased()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with the folders that it lies in.
  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
    let file = "\(path)/\(name)"
    let parent = (file as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: file))
  }

  func write(_ name: String, _ text: String) throws { try write(name, text.utf8) }

  /// What a file holds; nothing where there is none.
  func bytes(_ name: String) throws -> [UInt8] {
    guard exists(name) else { return [] }
    return [UInt8](try Data(contentsOf: URL(filePath: "\(path)/\(name)")))
  }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

  /// The names in a folder of it, sorted.
  func names(in folder: String = ".") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []).sorted()
  }

  /// Every file's path below, relative, sorted.
  func files(in folder: String) -> [String] {
    let start = "\(path)/\(folder)"
    guard let walk = FileManager.default.enumerator(atPath: start) else { return [] }
    return walk.compactMap { $0 as? String }.filter { name in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(start)/\(name)")
      return attributes?[.type] as? FileAttributeType == .typeRegular
    }.sorted()
  }
}

/// The repository.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().standardizedFileURL.path
  static let corpus = root + "/Corpus"
  static let cases = root + "/Tests/Cases/Commands"
}
