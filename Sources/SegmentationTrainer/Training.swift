internal import Foundation
internal import Segmentation

/// The sets whose licence lets them train shipped weights (gold/README.md), read into examples.
struct Training {
  /// CC BY-SA 3.0 and 4.0 only.
  static let sets = [
    "ar-pud-dev", "de-gsd-dev", "en-ewt-train", "es-gsd-dev", "fi-tdt-dev", "fr-gsd-dev", "hi-pud-dev",
    "id-csui-train", "id-gsd-train", "ja-gsd-dev", "ko-pud-dev", "pt-bosque-dev", "ru-gsd-dev", "ru-taiga-dev",
    "th-pud-dev", "tr-boun-dev", "zh-gsd-dev",
  ]
  private var learner = Learner()
  private var languages: [UInt32] = []

  init(folder: String, without: String) throws {
    for (number, name) in Self.sets.enumerated() {
      let gold = try GoldSet(name: name, folder: folder)
      if without.split(separator: ",").contains(where: { gold.language == $0 }) { continue }
      let packed = BoundaryModel.packed(gold.language)
      if !languages.contains(packed) { languages.append(packed) }
      try read(gold, number: number)
    }
  }

  /// A set's sentences count less the more there are: a large set shall not drown the others.
  private static func weight(_ sentences: Int) -> Double {
    (1500 / Double(max(sentences, 1500))).squareRoot()
  }

  private mutating func read(_ gold: GoldSet, number: Int) throws {
    var segmenter = try Segmenter(language: gold.language, rules: .full, model: BoundaryModel(knowing: languages))
    let sentences = gold.paragraphs.reduce(0) { $0 + $1.ends.count + 1 }
    let weight = Self.weight(sentences)
    for (index, paragraph) in gold.paragraphs.enumerated() {
      let fold = index * 5 / gold.paragraphs.count
      try read(paragraph.text, Set(paragraph.ends), &segmenter, weight: weight, set: number, fold: fold)
      // Text all in capitals is rare in treebanks: every sixth paragraph once more, so written.
      if index % 6 == 0, let capitals = GoldSet.capitals(paragraph.text) {
        try read(capitals, Set(paragraph.ends), &segmenter, weight: weight / 2, set: number, fold: fold)
      }
    }
  }

  private mutating func read(
    _ text: [UInt8], _ ends: Set<Int>, _ segmenter: inout Segmenter, weight: Double, set: Int, fold: Int
  ) throws {
    // Taken out for the call: the closure fills it.
    var local = Learner()
    swap(&local, &learner)
    _ = try segmenter.decisions(inParagraph: text.span) { decision, features in
      let isBoundary = ends.contains(decision.candidate.end)
      local.add(features, isBoundary: isBoundary, weight: weight, set: set, fold: fold)
      return isBoundary
    }
    swap(&local, &learner)
  }

  /// The file of weights trained on all blocks but `fold`'s.
  func file(fold: Int?) -> [UInt8] {
    let weights = learner.train { $0.fold != fold }
    return Self.pack(weights, languages)
  }

  /// Header, then the heaviest weights that find a slot.
  private static func pack(_ weights: [UInt32: Double], _ languages: [UInt32]) -> [UInt8] {
    var file = [UInt8](repeating: 0, count: BoundaryModel.headerLength + BoundaryModel.bucketCount * 8)
    file.replaceSubrange(0..<4, with: Array("kbm1".utf8))
    for (index, language) in languages.enumerated() {
      for byte in 0..<3 { file[4 + index * 3 + byte] = UInt8(truncatingIfNeeded: language >> UInt32(16 - byte * 8)) }
    }
    let order = weights.keys.sorted { first, second in
      let (one, two) = (abs(weights[first] ?? 0), abs(weights[second] ?? 0))
      return one == two ? first < second : one > two
    }
    var kept = 0
    for feature in order {
      let value = max(-127, min(127, ((weights[feature] ?? 0) * 40).rounded()))
      if value == 0 { break }
      let bucket = BoundaryModel.headerLength + BoundaryModel.bucket(of: feature) * 8
      let fingerprint = BoundaryModel.fingerprint(of: feature)
      for slot in 0..<4 {
        if file[bucket + slot * 2] == fingerprint { break }
        guard file[bucket + slot * 2] == 0 else { continue }
        file[bucket + slot * 2] = fingerprint
        file[bucket + slot * 2 + 1] = UInt8(bitPattern: Int8(value))
        kept += 1
        break
      }
    }
    print("\(weights.count) weights, \(kept) kept")
    return file
  }
}
