extension Array {
  /// Where, in an array of which a first part fails `isBeyond` and the rest passes it, the rest begins.
  ///
  /// - Complexity: O(log n).
  func partitioningIndex(where isBeyond: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
