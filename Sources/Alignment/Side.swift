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

  /// What each sentence counts for in learning: one over how many of the collection have its words.
  var shares: [Float] = []

  /// Rows of vectors: for each sentence those of the runs of one to four sentences that end with it, -1 where there is no
  /// such run. Empty where vectors are not known.
  var vectorRows: [Int32] = []

  /// Sentences that a decision leaves without counterpart, ascending.
  var alone: [Int] = []

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

extension Side {
  func hasAlone(_ sentences: Range<Int>) -> Bool { !alone.isEmpty && alone.contains { sentences.contains($0) } }

  /// Some of its sentences, as a side of their own.
  func slice(_ sentences: Range<Int>) -> Side {
    var side = Side()
    let first = starts[sentences.lowerBound], length = lengthSums[sentences.lowerBound]
    side.tokens = Array(tokens[Int(first)..<Int(starts[sentences.upperBound])])
    side.starts = starts[sentences.lowerBound...sentences.upperBound].map { $0 - first }
    side.lengthSums = lengthSums[sentences.lowerBound...sentences.upperBound].map { $0 - length }
    side.edges = Array(edges[sentences])
    if !vectorRows.isEmpty {
      let reach = BeadShape.reach
      side.vectorRows = Array(vectorRows[sentences.lowerBound * reach..<sentences.upperBound * reach])
    }
    side.alone = alone.filter { sentences.contains($0) }.map { $0 - sentences.lowerBound }
    return side
  }
}

/// A document as numbers.
struct PreparedPair: Sendable {
  var source: Side
  var target: Side
}
