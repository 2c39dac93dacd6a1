/// One side of a document as numbers: what the rounds and the search read.
struct Side: Sendable {
  /// Token numbers, sentence after sentence.
  var tokens: [Int32] = []
  /// Where each sentence's tokens start; one more than there are sentences.
  var starts: [Int32] = [0]
  /// Characters that are not white space before each sentence; one more than there are sentences.
  var lengthSums: [Double] = [0]
  /// How each sentence starts and ends.
  var edges: [Edges] = []

  var count: Int { starts.count - 1 }
  @inline(__always) func tokenRange(_ sentence: Int) -> Range<Int> {
    Int(starts[sentence])..<Int(starts[sentence + 1])
  }
  @inline(__always) func tokenCount(_ sentences: Range<Int>) -> Int {
    Int(starts[sentences.upperBound] - starts[sentences.lowerBound])
  }
  @inline(__always) func length(_ sentences: Range<Int>) -> Double {
    lengthSums[sentences.upperBound] - lengthSums[sentences.lowerBound]
  }
}

/// A document as numbers.
struct PreparedPair: Sendable {
  var source: Side
  var target: Side
}
