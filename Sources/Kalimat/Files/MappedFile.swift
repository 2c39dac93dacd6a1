#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file's bytes as memory that the system reads when it is looked at: for lists that may be larger than memory.
///
/// Unsafe inside because that is its purpose: only `withBytes` shows the memory, which stands as long as this object. Nothing of
/// it changes: that is why it may say that it is Sendable. A file that another program cuts short while it is mapped ends
/// this one (SIGBUS); `kalimat` itself replaces files whole.
@safe final class MappedFile: @unchecked Sendable {
  private let base: UnsafeMutableRawPointer?
  let count: Int

  init(_ path: String) throws(Problem) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileSystem.problem("cannot open the file", path) }
    defer { close(descriptor) }
    guard FileSystem.kind(of: path) == .file else {
      throw Problem("no file that can be read in any order", at: .init(file: path), expected: "a plain file")
    }
    count = FileSystem.size(of: path)
    if count == 0 {
      unsafe base = nil
      return
    }
    let mapped = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else {
      throw FileSystem.problem("cannot map the file", path)
    }
    unsafe base = mapped
  }

  deinit { if let base = unsafe base { unsafe munmap(base, count) } }

  /// Calls `body` with the bytes.
  func withBytes<Result, Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Result) throws(Failure) -> Result {
    guard let base = unsafe base else { return try body(Span<UInt8>()) }
    return try body(unsafe Span(_unsafeStart: base.assumingMemoryBound(to: UInt8.self), count: count))
  }
}
