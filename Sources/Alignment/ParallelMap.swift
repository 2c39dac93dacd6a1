/// How independent pieces of work are run: this target starts no threads of its own.
public protocol ParallelMap: Sendable {
  /// The results of `body` for 0 ..< count, in order, whatever ran first.
  func map<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result]
}

/// One piece after the other.
public struct SerialMap: ParallelMap {
  public init() {}
  public func map<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
    (0..<count).map(body)
  }
}
