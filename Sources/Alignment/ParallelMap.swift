/// How independent pieces of work are run: this target starts no threads of its own.
public protocol ParallelMap: Sendable {
  /// The results of `body` for 0 ..< count, in order, whatever ran first. Throws `AlignmentError.interrupted` where the
  /// job was stopped from outside.
  func map<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) -> Result
  ) throws(AlignmentError) -> [Result]
}

/// One piece after the other.
public struct SerialMap: ParallelMap {
  public init() {}

  /// On the caller's thread.
  public func map<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) -> Result
  ) throws(AlignmentError) -> [Result] {
    (0..<count).map(body)
  }
}
