/// Writes the shards of a dataset: takes articles in the order of their doc_ids, packs pieces in parallel.
final class ShardSetWriter {
  /// What is known when all is written.
  struct Result: Sendable {
    var shards: [ShardFacts] = []
    var content = ContentDigest()
  }

  private let folder: String
  private let compressor: Compressor
  private var openFile: [String: FileBox] = [:]
  private var shards: [ShardFacts] = []

  /// A file is not copyable, and a dictionary holds what can be copied.
  private final class FileBox {
    var file: OutputFile?
    init(_ path: String, isHashed: Bool) throws(Problem) { file = try OutputFile(creating: path, isHashed: isHashed) }

    func write(_ piece: PackedPiece) throws(Problem) {
      guard var open = file.take() else { return }
      try piece.filled?.write(to: &open)
      try open.write(piece.packed.span)
      file = consume open
    }
  }

  init(folder: String, compressor: Compressor) {
    self.folder = folder
    self.compressor = compressor
  }

  /// Writes all that `source` gives.
  ///
  /// - Parameters:
  ///   - kinds: which kind and split has any record at all; the others are not written.
  ///   - source: appends the pieces of the next article; false behind the last.
  func write(
    jobs: Int, source: (inout [ShardPiece]) throws(Problem) -> Bool
  ) throws(Problem) -> [ShardFacts] {
    var waiting: [ShardPiece] = []
    var next = 0
    let compressor = compressor
    try OrderedMap.run(
      jobs: jobs,
      next: { () throws(Problem) -> ShardPiece? in
        while next == waiting.count {
          waiting.removeAll(keepingCapacity: true)
          next = 0
          if try !source(&waiting) && waiting.isEmpty { return nil }
        }
        next += 1
        return waiting[next - 1]
      },
      worker: { { (piece: ShardPiece) in PackedPiece(piece, compressor) } },
      consume: { (piece: PackedPiece) throws(Problem) in try self.append(piece) })
    return finished
  }

  /// Packs pieces one after another on the caller's thread, and writes them.
  func append(_ pieces: [ShardPiece]) throws(Problem) {
    for piece in pieces { try append(PackedPiece(piece, compressor)) }
  }

  /// The shards that are finished so far, sorted by path.
  var finished: [ShardFacts] { shards.sorted { $0.path < $1.path } }

  /// Takes away all that was written.
  func removeFiles() {
    for path in openFile.keys + shards.map(\.path) { FileSystem.removeFile("\(folder)/\(path)") }
  }

  private func append(_ piece: PackedPiece) throws(Problem) {
    if let problem = piece.problem { throw problem }
    let box: FileBox
    if let open = openFile[piece.path] {
      box = open
    } else {
      // An uncompressed shard was hashed with its records.
      box = try FileBox("\(folder)/\(piece.path)", isHashed: compressor.format != .none)
      openFile[piece.path] = box
    }
    try box.write(piece)
    guard var facts = piece.facts else { return }
    openFile[piece.path] = nil
    guard let summary = try box.file.take()?.finish() else { return }
    facts.bytes = summary.byteCount
    if compressor.format != .none { facts.sha256 = summary.digest.hex }
    shards.append(facts)
  }
}

/// A piece that is packed, or why it could not be.
private struct PackedPiece: Sendable {
  var path: String
  /// As it came, where nothing is packed.
  var filled: FilledBuffer?
  var packed: [UInt8] = []
  var facts: ShardFacts?
  var problem: Problem?

  init(_ piece: ShardPiece, _ compressor: Compressor) {
    path = piece.path
    facts = piece.facts
    if compressor.format == .none {
      filled = piece.bytes
    } else if let bytes = piece.bytes {
      do { packed = try bytes.packed(by: compressor) } catch { problem = error }
    }
  }
}
