/// A text file with a sentence a line: UTF-8, lines end with LF or CR LF, the last one may go without.
struct LineFile {
  let path: String
  let lines: [String]

  init(_ path: String) throws(Problem) {
    self.path = path
    let bytes = try Self.bytes(of: path)
    let valid = Kernels.validPrefix(bytes.span)
    if valid < bytes.count {
      let line = EncodingCheck.lineEnds(in: bytes.span.extracting(0..<valid)) + 1
      throw Problem(
        "bytes that are not UTF-8", at: .init(file: path, line: line, byteOffset: valid), expected: "UTF-8",
        advice: "Convert the file first: iconv -f ENCODING -t UTF-8.")
    }
    var lines: [String] = []
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      let isReturn = end > start && bytes[end - 1] == 0x0D
      lines.append(String(decoding: bytes[start..<(isReturn ? end - 1 : end)], as: UTF8.self))
      start = end + 1
    }
    self.lines = lines
  }

  /// All of a file's bytes.
  static func bytes(of path: String) throws(Problem) -> [UInt8] {
    if FileSystem.kind(of: path) == .folder {
      throw Problem("a folder stands there", at: .init(file: path), expected: "a file with a sentence a line")
    }
    var input = try InputBytes(path)
    var buffer = ByteBuffer()
    while try !input.isAtEnd() { try input.readBlock(to: &buffer) }
    return buffer.copied(0..<buffer.count)
  }

  /// Writes a whole file beside `path` and moves it there, over what stands there.
  static func replace(_ path: String, with bytes: [UInt8]) throws(Problem) {
    let partial = path + ".partial"
    FileSystem.removeFile(partial)
    var output = try OutputFile(creating: partial)
    try output.write(bytes.span)
    _ = try output.finish()
    try FileSystem.move(partial, over: path)
  }
}
