#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Places for what goes before a job ends and belongs to no dataset.
enum ScratchFolder {
  /// A new name in TMPDIR, else in /tmp.
  static func newName() -> String {
    let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    return "\(base)/kalimat-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
  }
}
