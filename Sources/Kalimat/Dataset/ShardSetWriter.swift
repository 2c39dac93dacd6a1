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

    func write(_ packed: Span<UInt8>) throws(Problem) {
      guard var open = file.take() else { return }
      try open.write(packed)
      file = consume open
    }

    func room(_ count: Int) -> OutputFile.Room? { file?.room(count) }
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
      next: { () throws(Problem) -> PlacedPiece? in
        while next == waiting.count {
          waiting.removeAll(keepingCapacity: true)
          next = 0
          if try !source(&waiting) && waiting.isEmpty { return nil }
        }
        next += 1
        return try self.placed(waiting[next - 1])
      },
      worker: { { (piece: PlacedPiece) in PackedPiece(piece, compressor) } },
      consume: { (piece: PackedPiece) throws(Problem) in try self.append(piece) })
    return finished
  }

  /// Packs pieces one after another on the caller's thread, and writes them.
  func append(_ pieces: [ShardPiece]) throws(Problem) {
    for piece in pieces { try append(PackedPiece(try placed(piece), compressor)) }
  }

  /// The shards that are finished so far, sorted by path.
  var finished: [ShardFacts] { shards.sorted { $0.path < $1.path } }

  /// Takes away all that was written.
  func removeFiles() {
    for path in openFile.keys + shards.map(\.path) { FileSystem.removeFile("\(folder)/\(path)") }
  }

  /// A piece with its room where none of it is packed: then its place is known before it is written.
  private func placed(_ piece: ShardPiece) throws(Problem) -> PlacedPiece {
    guard compressor.format == .none, let bytes = piece.bytes else { return PlacedPiece(piece: piece) }
    return PlacedPiece(piece: piece, room: try file(piece.path).room(bytes.bytes.count))
  }

  private func file(_ path: String) throws(Problem) -> FileBox {
    if let open = openFile[path] { return open }
    // An uncompressed shard was hashed with its records.
    let box = try FileBox("\(folder)/\(path)", isHashed: compressor.format != .none)
    openFile[path] = box
    return box
  }

  private func append(_ piece: PackedPiece) throws(Problem) {
    if let problem = piece.problem { throw problem }
    let box = try file(piece.path)
    try box.write(piece.packed.span)
    guard var facts = piece.facts else { return }
    openFile[piece.path] = nil
    guard let summary = try box.file.take()?.finish() else { return }
    facts.bytes = summary.byteCount
    if compressor.format != .none { facts.sha256 = summary.digest.hex }
    shards.append(facts)
  }
}

/// A piece, and where in its file it stands as it is.
private struct PlacedPiece: Sendable {
  var piece: ShardPiece
  var room: OutputFile.Room?
}

/// A piece that is packed or written, or why it could not be.
private struct PackedPiece: Sendable {
  var path: String
  var packed: [UInt8] = []
  var facts: ShardFacts?
  var problem: Problem?

  init(_ placed: PlacedPiece, _ compressor: Compressor) {
    path = placed.piece.path
    facts = placed.piece.facts
    guard let bytes = placed.piece.bytes else { return }
    do {
      if let room = placed.room { try bytes.write(to: room) } else { packed = try bytes.packed(by: compressor) }
    } catch { problem = error }
  }
}
