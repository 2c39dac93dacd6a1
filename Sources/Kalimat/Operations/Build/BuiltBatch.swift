/// The articles that one batch of input became, and their lines behind each other.
///
/// Nothing of it changes once it is made: that is why it may say that it is Sendable.
@safe final class BuiltBatch: @unchecked Sendable {
  let lines: ByteBuffer
  let articles: [BuiltArticle]
  let problems: [Problem]
  /// A few rejected texts of each reason, for the summary.
  let examples: [RejectedExample]
  /// How many articles each input file gave in this batch.
  let documentsByFile: [Int: Int]

  init(
    lines: consuming ByteBuffer, articles: [BuiltArticle], problems: [Problem], examples: [RejectedExample],
    documentsByFile: [Int: Int]
  ) {
    self.lines = lines
    self.articles = articles
    self.problems = problems
    self.examples = examples
    self.documentsByFile = documentsByFile
  }

  /// Bytes that it holds in memory, about.
  var byteCount: Int { lines.residentCount + articles.count * MemoryLayout<BuiltArticle>.stride }
}

/// A rejected text, for the summary of a build.
public struct RejectedExample: Sendable {
  public var reason: RejectionReason
  public var text: String
}
