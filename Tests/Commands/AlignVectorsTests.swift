import Foundation
import Testing

/// `kalimat align --vectors`, with planted embeddings: the vector of a text is the sum of its words' directions, and a word
/// and its translation share one. Nothing but the vectors tells which lines translate each other.
@Suite struct AlignVectorsTests {
  private static let dimension = 20

  /// Words of one length, each in one line only; lines of the same length. Line 3 of the source is two of the target, line
  /// 6 of the source has no counterpart, line 10 of the target neither.
  private static let sourceLines = (0..<12).map { line in (0..<4).map { word("b", line * 4 + $0) } }
  private static let targetLines: [[String]] = {
    var lines: [[String]] = []
    for line in 0..<12 where line != 6 {
      let words = (0..<4).map { word("m", line * 4 + $0) }
      lines += line == 3 ? [Array(words[..<2]), Array(words[2...])] : [words]
      if line == 9 { lines.append((90..<94).map { word("m", $0) }) }
    }
    return lines
  }()
  private static let expected = [
    "[0]:[0]", "[1]:[1]", "[2]:[2]", "[3]:[3, 4]", "[4]:[5]", "[5]:[6]", "[6]:[]", "[7]:[7]", "[8]:[8]",
    "[9]:[9]", "[]:[10]", "[10]:[11]", "[11]:[12]",
  ]

  /// A word for a concept. Words of the target have other letters than their translations: no cognates.
  private static func word(_ start: String, _ concept: Int) -> String {
    let number = start == "m" ? (concept * 37 + 11) % 97 : concept
    return start + String(decoding: [0x61 + UInt8(number / 10), 0x65 + UInt8(number % 10), 0x71], as: UTF8.self)
  }

  private static let concepts = Dictionary(
    uniqueKeysWithValues: (0..<97).flatMap { concept in ["b", "m"].map { (word($0, concept), concept) } })

  /// The sum of the directions of a text's words, each of its concept.
  private static func vector(_ text: String) -> [Float] {
    var sum = [Float](repeating: 0, count: dimension)
    for word in text.split(separator: " ") {
      var state =
        UInt64(concepts[word.lowercased().filter(\.isLetter)] ?? 97) &* 0x9E37_79B9_7F4A_7C15 ^ 0xD6E8_FEB8_6659_FD93
      for index in 0..<dimension {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        sum[index] += Float(state >> 40) / Float(1 << 23) - 1
      }
    }
    return sum
  }

  private static func bytes(_ vectors: [[Float]]) -> [UInt8] {
    vectors.joined().flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> UInt32(8 * $0)) }
    }
  }

  private func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write("s", Self.sourceLines.map { $0.joined(separator: " ") + "\n" }.joined())
    try folder.write("t", Self.targetLines.map { $0.joined(separator: " ") + "\n" }.joined())
    #expect(try Program.run(["align", "--lines", "s", "t", "--overlaps", "s.texts", "t.texts"], in: folder).code == 0)
    try embed(["s", "t"], in: folder)
    return folder
  }

  private func embed(_ sides: [String], in folder: Folder) throws {
    for side in sides {
      let texts = try folder.text("\(side).texts").split(separator: "\n").map(String.init)
      try folder.write("\(side).emb", Self.bytes(texts.map { Self.vector($0) }))
    }
  }

  private func align(_ folder: Folder, _ more: [String] = []) throws -> Outcome {
    try Program.run(
      ["align", "--lines", "s", "t", "--vectors", "s.texts", "s.emb", "t.texts", "t.emb"] + more, in: folder)
  }

  private func beads(_ run: Outcome) -> [String] {
    run.outputText.split(separator: "\n").map { line in line.split(separator: ":").prefix(2).joined(separator: ":") }
  }

  @Test func plantedVectorsMakeAHardAlignmentRight() throws {
    let folder = try folder()
    let without = try Program.run(["align", "--lines", "s", "t"], in: folder)
    #expect(beads(without) != Self.expected)
    let run = try align(folder)
    #expect(run.errorText.isEmpty)
    #expect(beads(run) == Self.expected)
    // A decision cuts the documents in pieces, which have their own vectors.
    try folder.write("d", "[4]:[5]\n")
    #expect(beads(try align(folder, ["--decisions", "d"])) == Self.expected)
  }

  @Test func textsAreTheRunsOfOneToFourLines() throws {
    let folder = try folder()
    let texts = try folder.text("s.texts").split(separator: "\n").map(String.init)
    let lines = Self.sourceLines.map { $0.joined(separator: " ") }
    let runs = (1...4).flatMap { count in (0...12 - count).map { lines[$0..<$0 + count].joined(separator: " ") } }
    #expect(texts == runs.sorted())
  }

  @Test func singleLinesAreEnough() throws {
    let folder = try folder()
    for (side, lines) in [("s", Self.sourceLines), ("t", Self.targetLines)] {
      try folder.write("\(side).texts", lines.map { " " + $0.joined(separator: " ") + "\n" }.joined())
    }
    try embed(["s", "t"], in: folder)
    #expect(beads(try align(folder)) == Self.expected)
  }

  @Test func whatDoesNotFitIsNamed() throws {
    let folder = try folder()
    let vectors = try folder.bytes("s.emb"), texts = try folder.text("s.texts")
    try folder.write("s.emb", vectors.dropLast(4))
    #expect(
      try align(folder).errorText
        == "kalimat: s.emb: \(vectors.count - 4) bytes, and s.texts has 42 lines; expected raw float32, as many numbers for "
        + "each line of the list. Was the list written again after its vectors were made?\n")
    try folder.write("s.emb", Self.bytes((0..<42).map { _ in [1, 0] }))
    #expect(
      try align(folder).errorText
        == "kalimat: t.emb: vectors of 20 numbers, and those of s.emb have 2; expected one dimension. "
        + "Make both with the same model.\n")
    try folder.write("s.emb", [0, 0, 0xC0, 0x7F] + vectors.dropFirst(4))
    #expect(
      try align(folder).errorText
        == "kalimat: s.emb (byte 0): the vector of line 1 of s.texts has a number that is none; "
        + "expected finite float32 numbers.\n")
    try folder.write("s.emb", vectors)
    let first = Self.sourceLines[0].joined(separator: " ")
    try folder.write("s.texts", texts.replacing(first, with: "others"))
    #expect(
      try align(folder).errorText
        == "kalimat: s.texts: no vector for \"\(first)\"; expected each sentence as a line of its own. "
        + "kalimat align --overlaps s.texts … writes the texts that need vectors.\n")
    #expect(try align(folder).code == 2)
    try folder.remove("s.emb")
    #expect(try align(folder).errorText == "kalimat: s.emb: cannot read: No such file or directory.\n")
    #expect(
      try Program.run(["align", "--lines", "s", "t", "--vectors", "s.texts", "s.emb"], in: folder).code == 64)
  }

  @Test func datasetsToo() throws {
    let folder = try Folder()
    for (side, lines) in [("s", Self.sourceLines), ("t", Self.targetLines)] {
      let text = lines.map { $0.joined(separator: " ").capitalized + ".\n\n" }.joined()
      try folder.write("\(side)/a.txt", text)
    }
    #expect(try Program.run(["align", "s", "t", "--overlaps", "s.texts", "t.texts"], in: folder).code == 0)
    try embed(["s", "t"], in: folder)
    let run = try Program.run(
      ["align", "s", "t", "--output", "out", "--vectors", "s.texts", "s.emb", "t.texts", "t.emb"], in: folder)
    #expect(run.code == 0 && run.errorText.isEmpty)
    #expect(try Program.run(["validate", "out"], in: folder).code == 0)
  }
}
