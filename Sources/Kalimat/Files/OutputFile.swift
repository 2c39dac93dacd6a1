#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file that is being written: its bytes are counted and hashed, and it must be finished to be whole.
struct OutputFile: ~Copyable {
  let path: String
  private let descriptor: Int32
  private let isScratch: Bool
  private let isHashed: Bool
  private var hash = SHA256()
  private(set) var byteCount = 0

  /// What is known of a finished file.
  struct Summary: Sendable {
    var byteCount: Int
    var digest: Digest
  }

  /// Makes a new file; one that is there already is a Problem.
  ///
  /// - Parameters:
  ///   - isScratch: whether it goes before the job ends: then it is neither hashed nor synced.
  ///   - isHashed: whether its digest is wanted.
  init(creating path: String, isScratch: Bool = false, isHashed: Bool = true) throws(Problem) {
    self.isHashed = isHashed && !isScratch
    self.path = path
    self.isScratch = isScratch
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw FileSystem.problem("cannot make the file", path) }
  }

  deinit { close(descriptor) }

  mutating func write(_ bytes: Span<UInt8>) throws(Problem) {
    if isHashed { hash.update(bytes) }
    byteCount += bytes.count
    try Self.write(bytes, to: descriptor, path: path)
  }

  /// Takes room for bytes that another thread writes there; what comes after stands behind them. Of files that are not hashed.
  mutating func room(_ count: Int) -> Room {
    defer { byteCount += count }
    return Room(descriptor: descriptor, path: path, offset: byteCount)
  }

  /// A place in a file that is open as long as it is written to.
  struct Room: Sendable {
    fileprivate let descriptor: Int32
    fileprivate let path: String
    fileprivate let offset: Int

    func write(_ bytes: Span<UInt8>) throws(Problem) {
      let failure = FileSystem.writeAll(bytes, to: descriptor, at: offset)
      if failure != 0 { throw FileSystem.problem("cannot write", path, failure) }
    }
  }

  /// Makes it durable and closes it.
  consuming func finish() throws(Problem) -> Summary {
    if isScratch { return Summary(byteCount: byteCount, digest: hash.finish()) }
    // Pipes and some file systems have nothing to sync.
    if fsync(descriptor) != 0 && errno != EINVAL { throw FileSystem.problem("cannot sync", path) }
    return Summary(byteCount: byteCount, digest: hash.finish())
  }

  /// Writes all of `bytes`, however many calls it takes.
  static func write(_ bytes: Span<UInt8>, to descriptor: Int32, path: String) throws(Problem) {
    let failure = FileSystem.writeAll(bytes, to: descriptor)
    if failure != 0 { throw FileSystem.problem("cannot write", path, failure) }
  }
}
