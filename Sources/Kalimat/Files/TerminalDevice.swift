internal import CSystem

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The terminal that a person sits at: keys one by one from standard input, a whole screen on standard output.
///
/// Unsafe inside because it calls C; nothing of it is held.
public struct TerminalDevice: ~Copyable {
  /// Takes the terminal: the other screen, no echo, no cursor.
  ///
  /// - Throws: where standard input or output is no terminal, or one that cannot place text.
  public init() throws(Problem) {
    try Self.check()
    let failure = ksys_terminal_raw()
    if failure != 0 { throw Problem("cannot take the terminal: \(FileSystem.reason(failure))") }
    Self.send("\u{1B}[?1049h\u{1B}[?25l")
  }

  /// Throws where standard input or output is no terminal, or one that cannot place text.
  public static func check() throws(Problem) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      throw .usage(
        "standard input or output is no terminal", expected: "a terminal, which a person sits at",
        advice: "Run it in a terminal, or in tmux; decisions can also be written into the file by hand.")
    }
    let kind = ProcessEnvironment.value(of: "TERM") ?? ""
    guard !kind.isEmpty, !kind.utf8.elementsEqual("dumb".utf8) else {
      throw .usage("the terminal (TERM=\(kind)) cannot place text", expected: "one that can, e.g. TERM=xterm-256color")
    }
  }

  /// Gives the terminal back as it was.
  deinit {
    Self.send("\u{1B}[0m\u{1B}[?25h\u{1B}[?1049l")
    ksys_terminal_restore()
  }

  /// Columns and rows; 80 × 24 where the terminal does not say.
  public var size: (columns: Int, rows: Int) {
    var columns: Int32 = 0
    var rows: Int32 = 0
    guard unsafe ksys_terminal_size(&columns, &rows) == 0, columns > 0, rows > 0 else { return (80, 24) }
    return (Int(columns), Int(rows))
  }

  /// What was typed since, after at most that many milliseconds; nil at the end of input or after a signal.
  public func read(milliseconds: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = unsafe bytes.withUnsafeMutableBufferPointer {
      unsafe ksys_terminal_read($0.baseAddress, Int32($0.count), Int32(milliseconds))
    }
    return count < 0 || Interruption.isRequested ? nil : Array(bytes[..<Int(count)])
  }

  /// Shows lines from the top of the screen; what stood there goes.
  public func show(_ lines: [String]) {
    var out = "\u{1B}[?2026h\u{1B}[H"
    for (number, line) in lines.enumerated() { out += (number > 0 ? "\r\n" : "") + line + "\u{1B}[0m\u{1B}[K" }
    Self.send(out + "\u{1B}[J\u{1B}[?2026l")
  }

  private static func send(_ text: String) { _ = StandardStream.output.write(Array(text.utf8)) }
}
