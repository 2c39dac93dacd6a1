internal import Glibc
internal import Synchronization

/// Standard output, buffered, and standard error.
enum Terminal {
  /// Whether a person reads standard output.
  static var isOutputInteractive: Bool { isatty(STDOUT_FILENO) == 1 }
  /// Whether a person reads standard error: there progress is shown.
  static var isErrorInteractive: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether colours are wanted: on a terminal, and not where NO_COLOR is set.
  static var wantsColor: Bool { unsafe isOutputInteractive && getenv("NO_COLOR") == nil }

  private static let pending = Mutex<[UInt8]>([])

  /// Writes to standard output, in blocks. A reader that has gone ends the program quietly.
  static func write(_ text: String) { write(Array(text.utf8)) }

  static func write(_ bytes: [UInt8]) {
    let full = pending.withLock { buffer in
      buffer += bytes
      return buffer.count >= 1 << 16
    }
    if full { flush() }
  }

  /// Brings everything written so far to standard output.
  static func flush() {
    let bytes = pending.withLock { buffer in
      defer { buffer.removeAll(keepingCapacity: true) }
      return buffer
    }
    send(bytes, to: STDOUT_FILENO)
  }

  /// Writes the last thing there is to say.
  static func finish(_ text: String) {
    write(text)
    flush()
  }

  static func writeError(_ text: String) { send(Array(text.utf8), to: STDERR_FILENO) }

  private static func send(_ bytes: [UInt8], to descriptor: Int32) {
    var start = 0
    while start < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress! + start, bytes.count - start) }
      if written < 0 {
        if errno == EINTR { continue }
        // `kalimat show | head` is no failure; any other is.
        if errno == EPIPE { exit(0) }
        exit(2)
      }
      start += written
    }
  }
}
