/// The pieces of all input files, file by file; what a bad file says is kept, and the next one follows.
struct InputFeed: ~Copyable {
  private let files: [InputFile]
  private let encoding: String?
  private var file = -1
  private var reader: InputReader? = nil
  /// What is known of each file that was read to its end, by its index.
  private(set) var summaries: [Int: InputSummary] = [:]
  private(set) var problems: [Problem] = []
  /// Bytes of the files that were read to their end.
  private(set) var bytesRead = 0
  /// Bytes of all files, as the file system says; 0 with standard input.
  let bytesTotal: Int

  init(_ files: [InputFile], encoding: String?) {
    self.files = files
    self.encoding = encoding
    bytesTotal = files.contains { $0.location == "-" } ? 0 : files.reduce(0) { $0 + FileSystem.size(of: $1.location) }
  }

  /// The next piece, and the index of its file; nil behind the last.
  mutating func next() throws(Problem) -> (file: Int, piece: InputPiece)? {
    while true {
      do throws(Problem) {
        if let piece = try reader?.next() { return (file, piece) }
        if let finished = reader.take() {
          let summary = finished.finish()
          bytesRead += summary.byteCount
          summaries[file] = summary
        }
        file += 1
        if file >= files.count { return nil }
        reader = try InputReader(files[file], encoding: encoding)
      } catch {
        if error.gravity == .interrupted { throw error }
        problems.append(error)
        reader = nil
      }
    }
  }
}

/// A line of inputs.jsonl: one input file, or one that was skipped with its reason.
struct InputRow: Sendable {
  var path: [UInt8]
  var byteCount = 0
  var digest = ""
  var documents = 0
  var encoding = ""
  var hasBOM = false
  var skipped = ""

  static func rows(
    _ files: [InputFile], _ summaries: [Int: InputSummary], documents: [Int: Int], problems: [Problem]
  ) -> [InputRow] {
    var rows = files.indices.map { index in
      var row = InputRow(path: files[index].path)
      if let summary = summaries[index] {
        row.byteCount = summary.byteCount
        row.digest = summary.digest.hex
        row.encoding = summary.encoding
        row.hasBOM = summary.hasBOM
      }
      row.documents = documents[index] ?? 0
      return row
    }
    for problem in problems { add(problem, to: &rows, files) }
    return rows.sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }

  /// Puts a problem into the row of its file, else into a row of its own.
  private static func add(_ problem: Problem, to rows: inout [InputRow], _ files: [InputFile]) {
    let name = problem.place?.file ?? ""
    let line =
      problem.place?.id.map { "\($0): " } ?? problem.place?.line.map { "line \($0): " } ?? ""
    let reason = line + problem.found
    if let index = files.firstIndex(where: { $0.placeName.utf8.elementsEqual(name.utf8) }) {
      rows[index].skipped += (rows[index].skipped.isEmpty ? "" : "; ") + reason
    } else {
      rows.append(InputRow(path: Array(name.utf8), skipped: reason))
    }
  }

  var json: JSONValue {
    .members([
      ("path", .string(path)), ("bytes", .int(byteCount)), ("sha256", .text(digest)), ("documents", .int(documents)),
      ("encoding", .text(encoding)), ("bom", .bool(hasBOM)), ("skipped", .text(skipped)),
    ])
  }
}

/// One of several shares of the input files: neighbours in the list, about equal in bytes.
struct InputShare: Sendable {
  let index: Int
  let count: Int

  /// The files of this share; every file is in one. A share may be empty.
  func range(of files: [InputFile]) -> Range<Int> {
    // An empty file counts too, so that a share never has all that are.
    let ends = files.reduce(into: [0]) { $0.append($0[$0.count - 1] + FileSystem.size(of: $1.location) + 1) }
    let total = max(ends[ends.count - 1], 1)
    func start(of share: Int) -> Int {
      files.indices.first { ends[$0] * count >= share * total } ?? files.count
    }
    return start(of: index)..<(index + 1 == count ? files.count : start(of: index + 1))
  }
}
