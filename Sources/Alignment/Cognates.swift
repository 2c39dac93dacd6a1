internal import ICU

/// Words that are written alike on both sides, across scripts too: the first lexicon, before anything is learned.
enum Cognates {
  /// Similarity (0 … 1) of source and target tokens; 1 where they are the same token.
  static func find(
    _ source: Vocabulary, _ target: Vocabulary, parameters: AlignmentParameters
  ) throws(AlignmentError) -> [(source: Int32, target: Int32, similarity: Float)] {
    var found: [(source: Int32, target: Int32, similarity: Float)] = []
    for id in 0..<source.count {
      guard let other = target.find(source.token(id)) else { continue }
      found.append((Int32(id), Int32(other), 1))
    }
    let sourceForms = try latinForms(source), targetForms = try latinForms(target)
    let index = GramIndex(targetForms)
    var counts = [UInt16](repeating: 0, count: target.count)
    for id in 0..<source.count where source.kinds[id] == .word {
      let grams = GramIndex.grams(sourceForms[id])
      if grams.isEmpty { continue }
      for match in index.matches(grams, counts: &counts, threshold: parameters.cognateThreshold) {
        found.append((Int32(id), match.id, match.similarity))
      }
    }
    return found
  }

  /// Each word's first letters in plain Latin, whatever its script; empty for what is no word.
  private static func latinForms(_ vocabulary: Vocabulary) throws(AlignmentError) -> [[UInt8]] {
    var lines: [UInt8] = []
    for id in 0..<vocabulary.count {
      if vocabulary.kinds[id] == .word { lines.append(contentsOf: vocabulary.token(id)) }
      lines.append(0x0A)
    }
    let isASCII = lines.allSatisfy { $0 < 0x80 }
    if !isASCII {
      var latin: [UInt8] = []
      do {
        var transliterator = try Transliterator("Any-Latin; Latin-ASCII; Any-Lower")
        try transliterator.append(lines.span, to: &latin)
      } catch { throw .icu(error.name) }
      lines = latin
    }
    var forms = lines.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in line.filter(isLetter) }
    if forms.count != vocabulary.count + 1 { forms = Array(repeating: [], count: vocabulary.count) }
    return forms
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || byte >= 0x80 }
}

/// Which words share groups of three letters (word start and end count as letters).
struct GramIndex {
  private var slots: [UInt32: [Int32]] = [:]
  private var gramCounts: [Int]

  init(_ forms: [[UInt8]]) {
    gramCounts = Array(repeating: 0, count: forms.count)
    for (id, form) in forms.enumerated() {
      let grams = Self.grams(form)
      gramCounts[id] = grams.count
      for gram in grams { slots[gram, default: []].append(Int32(id)) }
    }
  }

  /// Distinct groups of three, for words of four letters and more.
  static func grams(_ form: [UInt8]) -> [UInt32] {
    if form.count < 4 { return [] }
    let padded = [0x5E] + form + [0x24]
    var grams: [UInt32] = []
    for index in 0..<padded.count - 2 {
      let gram = UInt32(padded[index]) << 16 | UInt32(padded[index + 1]) << 8 | UInt32(padded[index + 2])
      if !grams.contains(gram) { grams.append(gram) }
    }
    return grams
  }

  /// Words whose Dice coefficient with `grams` reaches `threshold`; `counts` is all zeros before and after.
  func matches(
    _ grams: [UInt32], counts: inout [UInt16], threshold: Double
  ) -> [(id: Int32, similarity: Float)] {
    var touched: [Int32] = []
    for gram in grams {
      // A group that hundreds of words have says nothing, and would make this quadratic.
      guard let ids = slots[gram], ids.count < 400 else { continue }
      for id in ids {
        if counts[Int(id)] == 0 { touched.append(id) }
        counts[Int(id)] += 1
      }
    }
    var found: [(id: Int32, similarity: Float)] = []
    for id in touched {
      let dice = 2 * Double(counts[Int(id)]) / Double(grams.count + gramCounts[Int(id)])
      counts[Int(id)] = 0
      if dice >= threshold { found.append((id, Float(dice))) }
    }
    return found
  }
}
