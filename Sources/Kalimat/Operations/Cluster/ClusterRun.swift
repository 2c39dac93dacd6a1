/// A sorted run that other processes read: the articles as in a run of `build`, then where each part's articles begin, the
/// files they came from, and where all that stands.
///
/// Behind the articles: for each part and one more, the offset of its first article; for each part, its articles' number
/// (64-bit, little-endian); the paths, each with an LF. The last 40 bytes: the offset of all this, the number of parts, the
/// number of the first file, the file's length, and `kalrun01`.
enum ClusterRun {
  private static let magic = Array("kalrun01".utf8)
  private static let tailLength = 40

  /// What was written.
  struct Written {
    var articles = 0
    var bytes = 0
  }

  static func write(
    _ run: any RunCursor, to path: String, plan: PartPlan, firstFile: Int, paths: [[UInt8]]
  ) throws(Problem) -> Written {
    var file = try OutputFile(creating: path)
    var buffer = ByteBuffer(capacity: 1 << 20)
    var starts: [Int] = []
    var counts = [Int](repeating: 0, count: plan.count)
    var written = Written()
    while let article = run.article {
      let part = plan.part(of: article.id)
      while starts.count <= part { starts.append(file.byteCount + buffer.count) }
      counts[part] += 1
      written.articles += 1
      RunFile.appendHeader(of: article, to: &buffer)
      try run.appendLines(to: &buffer)
      if buffer.count >= 1 << 19 {
        try Interruption.check()
        try file.write(buffer.span)
        buffer.removeAll()
      }
      try run.advance()
    }
    let end = file.byteCount + buffer.count
    while starts.count <= plan.count { starts.append(end) }
    for number in starts + counts { append(number, to: &buffer) }
    for path in paths { buffer.append(path + [0x0A]) }
    written.bytes = file.byteCount + buffer.count + tailLength
    for number in [end, plan.count, firstFile, written.bytes] { append(number, to: &buffer) }
    buffer.append(magic)
    try file.write(buffer.span)
    _ = try file.finish()
    return written
  }

  private static func append(_ number: Int, to out: inout ByteBuffer) {
    for shift in stride(from: 0, to: 64, by: 8) { out.append(byte: UInt8(truncatingIfNeeded: number >> shift)) }
  }

  /// What a run says of one part.
  struct Part {
    let path: String
    /// Where its articles stand.
    let bytes: Range<Int>
    let articles: Int
    let firstFile: Int
    /// Where the paths stand.
    let paths: Range<Int>

    /// - Throws: where the file is no whole run for so many parts.
    init(_ path: String, part: Int, of plan: PartPlan) throws(Problem) {
      self.path = path
      let size = FileSystem.size(of: path)
      let tail = try ClusterRun.bytes(of: path, max(size - tailLength, 0)..<size)
      guard tail.count == tailLength, Array(tail[32...]) == magic, number(tail, 3) == size,
        number(tail, 0) + 8 * (2 * plan.count + 1) <= size - tailLength
      else {
        throw Problem(
          "the run is not whole", at: .init(file: path), expected: "a run that `kalimat build-runs` finished")
      }
      guard number(tail, 1) == plan.count else {
        throw Problem(
          "a run for \(number(tail, 1)) parts", at: .init(file: path), expected: "\(plan.count), by --shards")
      }
      let table = number(tail, 0)
      let starts = try ClusterRun.bytes(of: path, table + 8 * part..<table + 8 * (part + 2))
      let count = table + 8 * (plan.count + 1 + part)
      bytes = number(starts, 0)..<max(number(starts, 0), number(starts, 1))
      articles = number(try ClusterRun.bytes(of: path, count..<count + 8), 0)
      firstFile = number(tail, 2)
      paths = table + 8 * (2 * plan.count + 1)..<size - tailLength
    }

    /// The path of a file, by its number in the list of all; nil where this run is not of it.
    func path(ofFile file: Int) throws(Problem) -> [UInt8]? {
      let lines = try ClusterRun.bytes(of: path, paths).split(separator: 0x0A, omittingEmptySubsequences: false)
      let index = file - firstFile
      return index >= 0 && index < lines.count - 1 ? Array(lines[index]) : nil
    }
  }

  private static func number(_ bytes: [UInt8], _ index: Int) -> Int {
    (0..<8).reduce(0) { $0 | Int(truncatingIfNeeded: UInt64(bytes[index * 8 + $1]) << UInt64($1 * 8)) }
  }

  private static func bytes(of path: String, _ range: Range<Int>) throws(Problem) -> [UInt8] {
    var file = try InputBytes(path)
    var out = ByteBuffer(capacity: range.count)
    try file.skip(range.lowerBound)
    try file.read(range.count, to: &out)
    return out.span.copied()
  }
}
