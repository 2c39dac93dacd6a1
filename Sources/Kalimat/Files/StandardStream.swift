#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Standard output and standard error.
public enum StandardStream: Int32, Sendable {
  case output = 1
  case error = 2

  /// What became of a write.
  public enum Outcome: Sendable, Equatable {
    case written
    /// The program that read it has ended (`kalimat show … | head`).
    case readerGone
    /// The system's reason.
    case failed(String)
  }

  /// Whether a person reads it.
  public var isTerminal: Bool { isatty(rawValue) == 1 }

  /// Writes all of `bytes`, however many calls it takes.
  public func write(_ bytes: [UInt8]) -> Outcome {
    let code = FileSystem.writeAll(bytes.span, to: rawValue)
    switch code {
    case 0: return .written
    case EPIPE: return .readerGone
    default: return .failed(FileSystem.reason(code))
    }
  }
}

/// The variables that the program was started with.
public enum ProcessEnvironment {
  /// A variable's value; nil where it is not set.
  public static func value(of name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
