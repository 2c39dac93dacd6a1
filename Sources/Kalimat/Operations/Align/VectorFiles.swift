internal import Alignment

/// Embeddings as vecalign takes them: for each side a list of texts, one a line, and a file of raw float32 numbers, the
/// vectors of those lines one after the other. Their dimension is the file's size over the lines.
public struct VectorFiles: Sendable, Equatable {
  public var sourceTexts: String
  public var sourceVectors: String
  public var targetTexts: String
  public var targetVectors: String

  /// Source texts, source vectors, target texts, target vectors; nil where there are not four.
  public init?(_ paths: [String]) {
    guard paths.count == 4 else { return nil }
    (sourceTexts, sourceVectors, targetTexts, targetVectors) = (paths[0], paths[1], paths[2], paths[3])
  }

  /// Reads the vectors of what the documents hold and gives the documents their rows.
  func read(
    into documents: inout [DocumentPair]
  ) throws(Problem) -> (source: SentenceVectors, target: SentenceVectors) {
    let source = try VectorFile(
      texts: sourceTexts, vectors: sourceVectors, of: documents.lazy.map(\.source))
    let target = try VectorFile(
      texts: targetTexts, vectors: targetVectors, of: documents.lazy.map(\.target))
    guard source.vectors.dimension == target.vectors.dimension else {
      throw Problem(
        "vectors of \(target.vectors.dimension) numbers, and those of \(sourceVectors) have \(source.vectors.dimension)",
        at: .init(file: targetVectors), expected: "one dimension", advice: "Make both with the same model.")
    }
    for index in documents.indices {
      documents[index].sourceVectorRows = source.rows[index]
      documents[index].targetVectorRows = target.rows[index]
    }
    return (source.vectors, target.vectors)
  }
}

/// The texts that vectors are looked up by.
enum VectorTexts {
  /// Sentences of a run, at most.
  static let reach = 4
  /// As vecalign's: characters of a text, at most.
  private static let limit = 10_000

  /// The texts of the runs of one to four sentences that end with each sentence, as vecalign's overlap.py joins them; nil
  /// where there is no such run.
  static func runs(_ sentences: [String]) -> [String?] {
    let lines = sentences.map { line($0) }
    return lines.indices.flatMap { last in
      (1...reach).map { count in
        last + 1 < count ? nil : cut(lines[last + 1 - count...last].joined(separator: " "))
      }
    }
  }

  /// A line without white space around it, and without line feeds in it.
  static func line(_ text: String) -> String {
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    if scalars.isEmpty { return "BLANK_LINE" }
    var line = String.UnicodeScalarView()
    line.append(contentsOf: scalars.map { $0.value == 0x0A || $0.value == 0x0D ? " " : $0 })
    return String(line)
  }

  private static func cut(_ text: String) -> String {
    text.utf8.count <= limit ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit)))
  }

  /// All texts of documents, sorted by their bytes, each once: what a person has to embed.
  static func list(_ documents: some Sequence<[String]>) -> [UInt8] {
    var texts: Set<[UInt8]> = []
    for document in documents {
      for text in runs(document) { if let text { texts.insert(Array(text.utf8)) } }
    }
    return Array(texts.sorted { $0.lexicographicallyPrecedes($1) }.joined(separator: [0x0A])) + [0x0A]
  }
}

/// One side's vectors, those that its documents need.
private struct VectorFile {
  private(set) var vectors: SentenceVectors
  /// Four for each sentence of each document.
  private(set) var rows: [[Int32]] = []
  private let texts: String
  private let path: String

  init(texts: String, vectors path: String, of documents: some Sequence<[String]>) throws(Problem) {
    self.texts = texts
    self.path = path
    let lines = try LineFile(texts).lines
    let dimension = try Self.dimension(path, texts: texts, count: lines.count)
    vectors = SentenceVectors(dimension: dimension)
    var numbers: [[UInt8]: Int] = [:]
    for (number, line) in lines.enumerated() {
      let key = Array(VectorTexts.line(line).utf8)
      if numbers[key] == nil { numbers[key] = number }
    }
    var needed = [Bool](repeating: false, count: lines.count)
    var found: [[Int]] = []
    for sentences in documents {
      let runs = VectorTexts.runs(sentences).map { text in text.map { numbers[Array($0.utf8)] ?? -1 } ?? -2 }
      for (sentence, run) in stride(from: 0, to: runs.count, by: VectorTexts.reach).enumerated() where runs[run] < 0 {
        throw Problem(
          "no vector for \"\(sentences[sentence])\"", at: .init(file: texts),
          expected: "each sentence as a line of its own",
          advice: "kalimat align --overlaps \(texts) … writes the texts that need vectors.")
      }
      for number in runs where number >= 0 { needed[number] = true }
      found.append(runs)
    }
    let rowOf = try read(needed)
    for runs in found { rows.append(join(runs.map { $0 < 0 ? Int32($0) : rowOf[$0] })) }
  }

  private static func dimension(_ path: String, texts: String, count: Int) throws(Problem) -> Int {
    if !FileSystem.exists(path) { _ = try InputBytes(path) }
    let size = FileSystem.size(of: path)
    guard count > 0, size > 0, size % (4 * count) == 0 else {
      throw Problem(
        "\(size) bytes, and \(texts) has \(count) lines", at: .init(file: path),
        expected: "raw float32, as many numbers for each line of the list",
        advice: "Was the list written again after its vectors were made?")
    }
    return size / (4 * count)
  }

  /// Reads the vectors of the lines that are needed; their rows by line.
  private mutating func read(_ needed: [Bool]) throws(Problem) -> [Int32] {
    var rowOf = [Int32](repeating: -1, count: needed.count)
    var input = try InputBytes(path)
    var values = [Float](repeating: 0, count: vectors.dimension)
    for line in needed.indices {
      guard needed[line] else {
        try input.skip(4 * vectors.dimension)
        continue
      }
      if line & 0x3FF == 0 { try Interruption.check() }
      var bytes = ByteBuffer()
      try input.read(4 * vectors.dimension, to: &bytes)
      let span = bytes.span
      for index in values.indices {
        let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(span[index * 4 + $1]) << UInt32(8 * $1) }
        values[index] = Float(bitPattern: bits)
        guard values[index].isFinite else {
          throw Problem(
            "the vector of line \(line + 1) of \(texts) has a number that is none",
            at: .init(file: path, byteOffset: 4 * (line * vectors.dimension + index)),
            expected: "finite float32 numbers")
        }
      }
      rowOf[line] = vectors.append(values.span)
    }
    return rowOf
  }

  /// Where a run of several sentences has no vector of its own, the sum of theirs stands for it.
  private mutating func join(_ rows: [Int32]) -> [Int32] {
    var joined = rows
    for index in rows.indices where rows[index] == -1 {
      let sentence = index / VectorTexts.reach, count = index % VectorTexts.reach + 1
      joined[index] = vectors.append(
        sumOf: (sentence + 1 - count...sentence).map { rows[$0 * VectorTexts.reach] })
    }
    return joined.map { max(-1, $0) }
  }
}
