#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Synchronization

extension InputFile {
  /// How a `Problem` names it.
  var placeName: String { location.utf8.elementsEqual("-".utf8) ? "standard input" : location }
}

/// A file's own bytes, read once from its beginning in blocks, counted and digested on the way.
@safe struct RawFile: ~Copyable {
  /// Bytes a read asks for.
  static let blockSize = 1 << 20

  private let descriptor: Int32
  private let placeName: String
  private let isStandardInput: Bool
  // Unsafe: one block for all reads, in place of a zeroed array for each; only `block` shows it.
  private let base: UnsafeMutablePointer<UInt8>
  private var start = 0
  private var end = 0
  /// What was read ahead of standard input and put back, not yet given again.
  private var putBack: ArraySlice<UInt8> = []
  private var hash = SHA256()
  private(set) var byteCount = 0
  private(set) var isAtEnd = false

  init(_ file: InputFile) throws(Problem) {
    placeName = file.placeName
    isStandardInput = file.location.utf8.elementsEqual("-".utf8)
    if isStandardInput {
      descriptor = 0
      putBack = StandardInput.readAhead.withLock { bytes in
        defer { bytes = [] }
        return bytes[...]
      }
    } else {
      descriptor = unsafe open(file.location, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw FileSystem.problem("cannot open the file", placeName) }
    }
    unsafe base = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.blockSize)
  }

  deinit {
    unsafe base.deallocate()
    if !isStandardInput { close(descriptor) }
  }

  /// The bytes that were read and not yet used.
  var block: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get {
      let span = unsafe Span(_unsafeStart: base + start, count: end - start)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The offset of the block's first byte in the file.
  var blockOffset: Int { byteCount - (end - start) }

  mutating func use(_ count: Int) { start += count }

  /// Reads until the block holds `wanted` bytes (at most a block's size), or all that is left.
  mutating func fill(atLeast wanted: Int = 1) throws(Problem) {
    if end - start >= wanted || isAtEnd { return }
    if start > 0 {
      unsafe base.update(from: base + start, count: end - start)
      end -= start
      start = 0
    }
    while end < wanted && !isAtEnd {
      let count = try readMore()
      if count == 0 { isAtEnd = true }
      unsafe hash.update(Span(_unsafeStart: base + end, count: count))
      byteCount += count
      end += count
    }
  }

  private mutating func readMore() throws(Problem) -> Int {
    let room = Self.blockSize - end
    if !putBack.isEmpty {
      let count = min(room, putBack.count)
      for i in 0..<count { unsafe base[end + i] = putBack[putBack.startIndex + i] }
      putBack = putBack.dropFirst(count)
      return count
    }
    while true {
      let count = unsafe read(descriptor, base + end, room)
      if count >= 0 { return count }
      if errno != EINTR { throw FileSystem.problem("cannot read at byte \(byteCount) of the file", placeName) }
    }
  }

  /// The digest of all that was read.
  mutating func digest() -> Digest { hash.finish() }
}

/// Standard input cannot be read twice: what was looked at to guess the fields is kept here for the next reader.
enum StandardInput {
  static let readAhead = Mutex<[UInt8]>([])
}
