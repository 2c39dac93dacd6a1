/// A source token that a target token may translate. One piece of memory for all of it: they are read together.
private struct Link {
  /// The target token's next link, -1 after the last.
  var next: Int32
  var tokenIndex: Int32
  var forward: Float
  var backward: Float
}

/// The target tokens in sight of one source sentence, and which of its tokens translate into each.
struct TokenWindow {
  /// How many times each target token is in the sentences in sight.
  private var inSight: [Int32]
  /// The first link of each target token, -1 where there is none.
  private var heads: [Int32]
  private var links: [Link] = []
  private var linked: [Int32] = []
  private var range = 0..<0

  init(targetCount: Int) {
    inSight = Array(repeating: 0, count: targetCount)
    heads = Array(repeating: -1, count: targetCount)
  }

  /// Takes all sentences out of sight: before another document.
  mutating func clear(_ target: Side) {
    for token in Int(target.starts[range.lowerBound])..<Int(target.starts[range.upperBound]) {
      inSight[Int(target.tokens[token])] = 0
    }
    range = 0..<0
  }

  /// Moves to sentences that start and end no earlier than those before.
  mutating func move(to new: Range<Int>, of target: Side) {
    count(range.upperBound..<max(range.upperBound, new.upperBound), of: target, by: 1)
    count(range.lowerBound..<max(range.lowerBound, new.lowerBound), of: target, by: -1)
    range = new
  }

  private mutating func count(_ sentences: Range<Int>, of target: Side, by step: Int32) {
    if sentences.isEmpty { return }
    for token in Int(target.starts[sentences.lowerBound])..<Int(target.starts[sentences.upperBound]) {
      inSight[Int(target.tokens[token])] += step
    }
  }

  /// Links each target token in sight to those of `tokens` that it may translate.
  mutating func link(_ tokens: ArraySlice<Int32>, _ translations: Translations) {
    let targets = translations.targets.span, rowStarts = translations.rowStarts.span
    for (index, token) in tokens.enumerated() {
      for entry in Int(rowStarts[Int(token)])..<Int(rowStarts[Int(token) + 1]) {
        let t = Int(targets[entry])
        if inSight[t] == 0 { continue }
        if heads[t] < 0 { linked.append(Int32(t)) }
        let link = Link(
          next: heads[t], tokenIndex: Int32(index), forward: translations.forward[entry],
          backward: translations.backward[entry])
        heads[t] = Int32(links.count)
        links.append(link)
      }
    }
  }

  mutating func unlink() {
    for t in linked { heads[Int(t)] = -1 }
    linked.removeAll(keepingCapacity: true)
    links.removeAll(keepingCapacity: true)
  }

  /// Sums ratios: `forward` by target token, `backward` by target sentence and source token (`size` of them); and says
  /// of each target sentence whether it has any link.
  func gather(
    _ sentences: Range<Int>, of target: Side, size: Int, forward: inout [Float], backward: inout [Float],
    isLinked: inout [Bool]
  ) {
    let tokens = target.tokens.span, heads = heads.span, links = links.span
    var forwardOut = forward.mutableSpan, backwardOut = backward.mutableSpan
    let first = Int(target.starts[sentences.lowerBound])
    var base = 0
    for sentence in sentences {
      var any = false
      for token in target.tokenRange(sentence) {
        var link = heads[Int(tokens[token])]
        if link < 0 { continue }
        any = true
        var sum: Float = 0
        while link >= 0 {
          let found = links[Int(link)]
          sum += found.forward
          backwardOut[base + Int(found.tokenIndex)] += found.backward
          link = found.next
        }
        forwardOut[token - first] = sum
      }
      isLinked.append(any)
      base += size
    }
  }
}
