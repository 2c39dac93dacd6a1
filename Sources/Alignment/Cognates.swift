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
    try addSkeletons(source, target, parameters: parameters, to: &found)
    return found
  }

  /// Names between scripts, by their consonants: vowels are left out, doubled or guessed when a name is written in
  /// another script, and consonants are what stays.
  private static func addSkeletons(
    _ source: Vocabulary, _ target: Vocabulary, parameters: AlignmentParameters,
    to found: inout [(source: Int32, target: Int32, similarity: Float)]
  ) throws(AlignmentError) {
    guard source.isMostlyLatin != target.isMostlyLatin else { return }
    let sources = try skeletons(source), targets = try skeletons(target)
    guard (source.isMostlyLatin ? targets : sources).contains(where: { !$0.isEmpty }) else { return }
    let index = GramIndex(targets, size: 2)
    var counts = [UInt16](repeating: 0, count: target.count)
    var matches: [(source: Int32, target: Int32, similarity: Float)] = []
    for id in 0..<source.count where sources[id].count >= parameters.skeletonLength {
      let grams = GramIndex.grams(sources[id], size: 2)
      for match in index.matches(grams, counts: &counts, threshold: parameters.skeletonThreshold)
      where targets[Int(match.id)].count >= parameters.skeletonLength {
        matches.append((Int32(id), match.id, match.similarity))
      }
    }
    // Consonants of other words agree by chance: only those that choose each other count, and share what it is worth.
    var bestOfSource: [Int32: (Float, Int)] = [:], bestOfTarget: [Int32: (Float, Int)] = [:]
    for match in matches {
      Self.take(match.similarity, into: &bestOfSource[match.source, default: (0, 0)])
      Self.take(match.similarity, into: &bestOfTarget[match.target, default: (0, 0)])
    }
    for match in matches {
      guard let one = bestOfSource[match.source], let other = bestOfTarget[match.target],
        match.similarity == one.0, match.similarity == other.0
      else { continue }
      let share = Float(parameters.skeletonShare) / Float(max(one.1, other.1)).squareRoot()
      found.append((match.source, match.target, match.similarity * share))
    }
  }

  private static func take(_ similarity: Float, into best: inout (Float, Int)) {
    if similarity > best.0 { best = (similarity, 1) } else if similarity == best.0 { best.1 += 1 }
  }

  /// The consonants of each whole word in plain Latin, those that scripts confuse as one; empty for what is no word,
  /// and for words of scripts that write vowels as Latin does: the likeness of letters is enough for them.
  private static func skeletons(_ vocabulary: Vocabulary) throws(AlignmentError) -> [[UInt8]] {
    let forms = try latinForms(vocabulary, whole: true)
    let isLatin = vocabulary.isMostlyLatin
    return forms.indices.map { id in
      var out: [UInt8] = []
      if !isLatin && !hasLooseVowels(vocabulary.token(id)) { return out }
      for byte in forms[id] {
        let letter = consonant(byte)
        if letter != 0, letter != out.last { out.append(letter) }
      }
      return out
    }
  }

  /// Hebrew, Arabic and Syriac, kana, Hangul: by the first byte of UTF-8.
  private static func hasLooseVowels(_ word: ArraySlice<UInt8>) -> Bool {
    guard let first = word.first, let second = word.dropFirst().first else { return false }
    return (0xD6...0xDF).contains(first) || (first == 0xE3 && (0x81...0x83).contains(second))
      || (0xEA...0xED).contains(first)
  }

  private static func consonant(_ letter: UInt8) -> UInt8 {
    switch letter {
    case 0x61, 0x65, 0x69, 0x6F, 0x75, 0x77, 0x79, 0x68: 0
    case 0x63, 0x71, 0x78: 0x6B
    case 0x6A: 0x67
    case 0x70: 0x62
    case 0x76: 0x66
    case 0x7A: 0x73
    case 0x64: 0x74
    case 0x6C: 0x72
    default: letter
    }
  }

  /// Each word's first letters in plain Latin, whatever its script; empty for what is no word.
  private static func latinForms(_ vocabulary: Vocabulary, whole: Bool = false) throws(AlignmentError) -> [[UInt8]] {
    var lines: [UInt8] = []
    for id in 0..<vocabulary.count {
      if vocabulary.kinds[id] == .word {
        lines.append(contentsOf: whole ? vocabulary.fullForm(id) : vocabulary.token(id))
      }
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
    // The last line feed ends the last word.
    forms.removeLast()
    if forms.count != vocabulary.count { forms = Array(repeating: [], count: vocabulary.count) }
    return forms
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || byte >= 0x80 }
}

/// Which words share groups of three letters (word start and end count as letters).
struct GramIndex {
  private var slots: [UInt32: [Int32]] = [:]
  private var gramCounts: [Int]

  init(_ forms: [[UInt8]], size: Int = 3) {
    gramCounts = Array(repeating: 0, count: forms.count)
    for (id, form) in forms.enumerated() {
      let grams = Self.grams(form, size: size)
      gramCounts[id] = grams.count
      for gram in grams { slots[gram, default: []].append(Int32(id)) }
    }
  }

  /// Distinct groups of three, for words of four letters and more.
  static func grams(_ form: [UInt8], size: Int = 3) -> [UInt32] {
    if form.count <= size { return [] }
    let padded = [0x5E] + form + [0x24]
    var grams: [UInt32] = []
    for index in 0...padded.count - size {
      let gram = padded[index..<index + size].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
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
