internal import CSystem

/// Ctrl-C and SIGTERM: the job stops at the next batch, and what it had half written goes.
public enum Interruption {
  /// From now on the first signal is noted; a second one ends the program at once.
  public static func watch() { ksys_watch_signals() }

  /// Whether a signal came.
  public static var isRequested: Bool { ksys_signal_received() != 0 }

  static func check() throws(Problem) {
    if isRequested {
      throw Problem("stopped by a signal", advice: "Nothing was written.", gravity: .interrupted)
    }
  }
}
