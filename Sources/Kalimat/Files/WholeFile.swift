/// Small files, read whole.
enum WholeFile {
  /// Files that are read whole are a few megabytes at most; what is larger is not what its name says.
  static let limit = 1 << 30

  static func read(_ path: String) throws(Problem) -> [UInt8] {
    var file = try UnpackedFile(path: path, format: .none)
    var bytes = [UInt8](repeating: 0, count: UnpackedFile.blockSize)
    var count = 0
    do throws(UnpackFailure) {
      while true {
        let more = try file.read(into: &bytes, at: count)
        if more == 0 { break }
        count += more
        if count == bytes.count { bytes += [UInt8](repeating: 0, count: count) }
        if count > limit { throw .unreadable(Problem("a file of over 1 GiB", at: .init(file: path), expected: "less")) }
      }
    } catch {
      if case .unreadable(let problem) = error { throw problem }
    }
    return Array(bytes[..<count])
  }

  /// The same of a file that a command line names: `-` is standard input.
  static func readNamed(_ path: String) throws(Problem) -> [UInt8] {
    if path.utf8.elementsEqual("-".utf8) {
      var input = try InputBytes.standardInput()
      var bytes = ByteBuffer()
      while try !input.isAtEnd() { try input.readBlock(to: &bytes) }
      return bytes.span.copied()
    }
    return try read(path)
  }

  /// The size and SHA-256 of a file of any size.
  static func digest(_ path: String) throws(Problem) -> OutputFile.Summary {
    try UnpackedFile(path: path, format: .none).finish()
  }
}
