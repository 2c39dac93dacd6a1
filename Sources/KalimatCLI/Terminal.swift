internal import Glibc
internal import Kalimat
internal import Synchronization

/// Standard output, buffered, and standard error.
enum Terminal {
  /// Whether a person reads standard output.
  static var isOutputInteractive: Bool { StandardStream.output.isTerminal }
  /// Whether a person reads standard error: there progress is shown.
  static var isErrorInteractive: Bool { StandardStream.error.isTerminal }

  /// Whether colours are wanted: on a terminal, and not where NO_COLOR is set.
  static var wantsColor: Bool { isOutputInteractive && ProcessEnvironment.value(of: "NO_COLOR") == nil }

  /// Text without controls that a terminal would obey.
  static func safe(_ bytes: [UInt8]) -> String {
    var out = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
      out.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    return out
  }

  /// Text in a colour, by its code (ECMA-48, SGR).
  static func painted(_ text: String, _ code: String, _ usesColor: Bool) -> String {
    usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

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
    send(bytes, to: .output)
  }

  /// Writes the last thing there is to say.
  static func finish(_ text: String) {
    write(text)
    flush()
  }

  static func writeError(_ text: String) { send(Array(text.utf8), to: .error) }

  private static func send(_ bytes: [UInt8], to stream: StandardStream) {
    switch stream.write(bytes) {
    case .written: return
    // `kalimat show | head` is no failure; any other is.
    case .readerGone: exit(0)
    case .failed(let reason):
      if stream == .output { writeError("kalimat: cannot write to standard output: \(reason).\n") }
      exit(2)
    }
  }
}
