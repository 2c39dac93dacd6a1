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
  /// What an earlier reader of standard input put back, not yet given again.
  private var returned: ArraySlice<UInt8> = []
  /// What was read of standard input, where it is to be put back.
  private var kept: [UInt8]?
  private var hash = SHA256()
  private(set) var byteCount = 0
  private(set) var isAtEnd = false

  init(_ file: InputFile, keepsForNext: Bool = false) throws(Problem) {
    placeName = file.placeName
    isStandardInput = file.location.utf8.elementsEqual("-".utf8)
    if isStandardInput {
      descriptor = 0
      kept = keepsForNext ? [] : nil
      returned = StandardInput.readAhead.withLock { bytes in
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
      let read = unsafe Span(_unsafeStart: base + end, count: count)
      hash.update(read)
      if kept != nil { kept?.append(contentsOf: read.copied()) }
      byteCount += count
      end += count
    }
  }

  private mutating func readMore() throws(Problem) -> Int {
    let room = Self.blockSize - end
    if !returned.isEmpty {
      let count = min(room, returned.count)
      for i in 0..<count { unsafe base[end + i] = returned[returned.startIndex + i] }
      returned = returned.dropFirst(count)
      return count
    }
    while true {
      let count = unsafe read(descriptor, base + end, room)
      if count >= 0 { return count }
      if errno != EINTR { throw FileSystem.problem("cannot read at byte \(byteCount) of the file", placeName) }
      // A signal that asks for the end must not wait for more input.
      try Interruption.check()
    }
  }

  /// Gives what was kept, and what was not even read again, to the next reader of standard input.
  mutating func putBack() {
    guard let kept else { return }
    let bytes = kept + returned
    StandardInput.readAhead.withLock { $0 = bytes }
    self.kept = nil
  }

  /// The digest of all that was read.
  mutating func digest() -> Digest { hash.finish() }
}

/// Standard input cannot be read twice: what was looked at to guess the fields is kept here for the next reader.
enum StandardInput {
  static let readAhead = Mutex<[UInt8]>([])
}
