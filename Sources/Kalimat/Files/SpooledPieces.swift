/// Pieces of bytes in the order in which they came: in memory up to a bound, behind that on disk.
final class SpooledPieces {
  private let path: String
  private let memoryLimit: Int
  private var pieces: [[UInt8]] = []
  private var byteCount = 0
  private var file: FileBox?
  private var isOnDisk = false

  /// A file is not copyable, and an optional in a class is easier to hold as one that is.
  private final class FileBox {
    var file: OutputFile?
    init(_ path: String) throws(Problem) { file = try OutputFile(creating: path, isScratch: true) }
  }

  init(path: String, memoryLimit: Int) {
    self.path = path
    self.memoryLimit = memoryLimit
  }

  deinit { removeAll() }

  func add(_ piece: [UInt8]) throws(Problem) {
    if piece.isEmpty { return }
    if byteCount + piece.count <= memoryLimit && !isOnDisk {
      byteCount += piece.count
      return pieces.append(piece)
    }
    if file == nil { file = try FileBox(path) }
    isOnDisk = true
    var length = ByteBuffer(capacity: 8)
    length.append(long: UInt64(piece.count))
    try file?.file?.write(length.span)
    try file?.file?.write(piece.span)
  }

  func reader() throws(Problem) -> Reader {
    if let box = file.take() { _ = try box.file.take()?.finish() }
    return try Reader(pieces, isOnDisk ? path : nil)
  }

  func removeAll() {
    file = nil
    pieces = []
    byteCount = 0
    if isOnDisk { FileSystem.removeFile(path) }
    isOnDisk = false
  }

  /// Gives the pieces, one after another.
  final class Reader {
    private let pieces: [[UInt8]]
    private var next = 0
    private var file: FileReader?

    private final class FileReader {
      var file: InputBytes
      init(_ path: String) throws(Problem) { file = try InputBytes(path) }
    }

    fileprivate init(_ pieces: [[UInt8]], _ path: String?) throws(Problem) {
      self.pieces = pieces
      if let path { file = try FileReader(path) }
    }

    /// The next piece; nil at the end.
    func piece() throws(Problem) -> [UInt8]? {
      if next < pieces.count {
        next += 1
        return pieces[next - 1]
      }
      guard let file, try !file.file.isAtEnd() else { return nil }
      var bytes = ByteBuffer(capacity: 1 << 16)
      try file.file.read(8, to: &bytes)
      var cursor = PackedCursor()
      let count = Int(cursor.long(bytes.span))
      bytes.removeAll()
      try file.file.read(count, to: &bytes)
      return bytes.copied(0..<count)
    }
  }
}
