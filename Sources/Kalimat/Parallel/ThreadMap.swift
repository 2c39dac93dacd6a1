internal import Alignment

/// Runs what `Alignment` gives it on `jobs` threads. Pieces are independent, so the number of threads changes nothing.
struct ThreadMap: ParallelMap {
  let jobs: Int

  func map<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) -> Result
  ) throws(AlignmentError) -> [Result] {
    var results: [Result] = []
    var given = 0
    do {
      try OrderedMap.run(jobs: min(jobs, count)) { () throws(Problem) -> Int? in
        if given == count { return nil }
        given += 1
        return given - 1
      } worker: {
        body
      } consume: { (result) throws(Problem) in
        results.append(result)
      }
    } catch {
      throw .interrupted
    }
    return results
  }
}
