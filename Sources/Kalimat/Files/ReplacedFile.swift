#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// One file that is written under a name of its own and appears in its place whole, or not at all.
struct ReplacedFile: ~Copyable {
  private let path: String
  private let partial: String
  private var file: OutputFile?

  init(_ path: String) throws(Problem) {
    self.path = path
    partial = "\(path).partial-\(getpid())"
    if FileSystem.kind(of: path) == .folder {
      throw Problem("there is a folder of that name", at: .init(file: path), expected: "the name of a file to write")
    }
    try FileSystem.removeTree(partial)
    file = try OutputFile(creating: partial, isHashed: false)
  }

  deinit { if FileSystem.exists(partial) { try? FileSystem.removeTree(partial) } }

  mutating func write(_ bytes: Span<UInt8>) throws(Problem) { try file?.write(bytes) }

  /// Puts it in its place.
  consuming func commit() throws(Problem) {
    _ = try file.take()?.finish()
    if unsafe rename(partial, path) != 0 { throw FileSystem.problem("cannot put the file in its place", path) }
    try FileSystem.syncFolder(FileSystem.parent(of: path))
  }
}
