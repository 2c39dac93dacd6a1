internal import Kalimat

/// A line on a terminal's standard error that says how far a build has come; nothing in a pipe.
final class ProgressMeter {
  private let isShown: Bool
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastShown: ContinuousClock.Instant
  private var hasLine = false

  init(isShown: Bool) {
    self.isShown = isShown
    start = clock.now
    lastShown = start
  }

  var secondsElapsed: Double { (clock.now - start) / .seconds(1) }

  /// Shows the state, ten times a second at most.
  func show(_ progress: BuildProgress) {
    guard isShown, clock.now - lastShown > .milliseconds(100) else { return }
    lastShown = clock.now
    hasLine = true
    Terminal.writeError("\r\u{1B}[K" + line(for: progress))
  }

  /// Takes the line away.
  func clear() {
    if hasLine { Terminal.writeError("\r\u{1B}[K") }
    hasLine = false
  }

  private func line(for progress: BuildProgress) -> String {
    let verb = progress.phase == .reading ? "reading" : "writing"
    var line = "\(verb) "
    if progress.bytesTotal > 0 {
      let share = min(1, Double(progress.bytesRead) / Double(progress.bytesTotal))
      let filled = Int(share * 20)
      line += "[" + String(repeating: "#", count: filled) + String(repeating: " ", count: 20 - filled) + "] "
      line += "\(Int(share * 100)) %  "
      if progress.phase == .reading, share > 0.01 {
        line += "\(Self.time(secondsElapsed * (1 - share) / share)) left  "
      }
    }
    line += "\(progress.articles) articles  \(progress.sentences) sentences"
    if progress.phase == .reading, secondsElapsed > 0 {
      line += "  \(Int(Double(progress.bytesRead) / 1e6 / secondsElapsed)) MB/s"
    }
    return line
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(seconds)
    let rest = whole % 60
    return "\(whole / 60):\(rest < 10 ? "0" : "")\(rest)"
  }
}
