#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file that is read from its start, in blocks.
struct InputBytes: ~Copyable {
  let path: String
  private let descriptor: Int32
  private var block: [UInt8] = []
  private var next = 0
  private static let blockLength = 1 << 18

  init(_ path: String) throws(Problem) {
    self.path = path
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw FileSystem.problem("cannot read", path) }
  }

  private init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  /// Standard input.
  static func standardInput() throws(Problem) -> InputBytes {
    let copy = dup(STDIN_FILENO)
    if copy < 0 { throw FileSystem.problem("cannot read standard input", "-") }
    return InputBytes(descriptor: copy, path: "-")
  }

  deinit { close(descriptor) }

  /// Whether nothing is left.
  mutating func isAtEnd() throws(Problem) -> Bool {
    if next < block.count { return false }
    try fill()
    return block.isEmpty
  }

  /// Appends the next `count` bytes; a file that ends before is a Problem.
  mutating func read(_ count: Int, to out: inout ByteBuffer) throws(Problem) {
    var left = count
    while left > 0 {
      if try isAtEnd() { throw Problem("the file ends too early", at: .init(file: path)) }
      let step = min(left, block.count - next)
      out.append(block.span.extracting(next..<next + step))
      next += step
      left -= step
    }
  }

  /// Appends what is left of the block at hand.
  mutating func readBlock(to out: inout ByteBuffer) throws(Problem) { try read(block.count - next, to: &out) }

  /// Passes over the next `count` bytes.
  mutating func skip(_ count: Int) throws(Problem) {
    let buffered = min(count, block.count - next)
    next += buffered
    if count > buffered, lseek(descriptor, off_t(count - buffered), Int32(SEEK_CUR)) < 0 {
      throw FileSystem.problem("cannot read", path)
    }
  }

  private mutating func fill() throws(Problem) {
    next = 0
    var (bytes, failure) = Self.readBlock(descriptor)
    // A signal ends the wait for a pipe's next bytes.
    while failure == EINTR {
      try Interruption.check()
      (bytes, failure) = Self.readBlock(descriptor)
    }
    block = bytes
    if failure != 0 { throw FileSystem.problem("cannot read", path, failure) }
  }

  private static func readBlock(_ descriptor: Int32) -> ([UInt8], Int32) {
    var failure: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: blockLength) { out, count in
      let got = unsafe Glibc.read(descriptor, out.baseAddress, blockLength)
      if got < 0 { failure = errno }
      count = max(got, 0)
    }
    return (bytes, failure)
  }
}
