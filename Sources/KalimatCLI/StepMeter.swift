/// A line on a terminal's standard error that says how many steps of a job are done; nothing in a pipe.
final class StepMeter {
  private let isShown: Bool
  private let clock = ContinuousClock()
  private var lastShown: ContinuousClock.Instant
  private var hasLine = false

  init(isShown: Bool) {
    self.isShown = isShown
    lastShown = clock.now
  }

  /// Shows the state, ten times a second at most.
  func show(_ verb: String, _ done: Int, of all: Int, _ unit: String) {
    guard isShown, clock.now - lastShown > .milliseconds(100) else { return }
    lastShown = clock.now
    hasLine = true
    Terminal.writeError("\r\u{1B}[K\(verb) \(done * 100 / max(all, 1)) %  \(done) of \(all) \(unit)")
  }

  /// Takes the line away.
  func clear() {
    if hasLine { Terminal.writeError("\r\u{1B}[K") }
    hasLine = false
  }
}
