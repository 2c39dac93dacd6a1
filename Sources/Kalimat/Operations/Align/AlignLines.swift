internal import ICU
public import Alignment

/// Files with a sentence a line, and where their beads go.
public struct LinePair: Sendable, Equatable {
  public var source: String
  public var target: String
  /// nil: the beads are only given back.
  public var output: String?

  public init(source: String, target: String, output: String? = nil) {
    self.source = source
    self.target = target
    self.output = output
  }
}

/// What to align, and what helps.
public struct AlignLinesRequest: Sendable {
  public var pairs: [LinePair] = []
  /// A file that lists pairs: source, target, output, with tabs between them.
  public var list: String?
  /// BCP 47 tags.
  public var sourceLanguage: String?
  public var targetLanguage: String?
  /// A file of words and their translations, with a tab between them.
  public var dictionary: String?
  /// A lexicon that an earlier run saved; where it is not there yet, this run starts it. It is written anew at the end.
  public var lexicon: String?
  /// A file of beads that hold.
  public var decisions: String?
  /// Embeddings of both sides' texts.
  public var vectors: VectorFiles?
  /// Beads of two sides that are less sure are left out.
  public var minimumScore: Float = 0
  public var jobs = Processors.count

  public init() {}
}

/// A pair of files after the alignment.
public struct AlignedPair: Sendable {
  public var pair: LinePair
  public var source: [String]
  public var target: [String]
  public var beads: [ScoredBead]
  /// Beads of two sides that were less sure than asked for; they are not in `beads`.
  public var leftOut: Int
}

/// `kalimat align --lines`.
public struct AlignLines {
  private let request: AlignLinesRequest
  private var aids: AidFiles { AidFiles(dictionary: request.dictionary, lexicon: request.lexicon) }

  public init(_ request: AlignLinesRequest) { self.request = request }

  /// Aligns all pairs as one collection and writes their outputs, each whole and in one step.
  public func run() throws(Problem) -> [AlignedPair] {
    try checkLanguages()
    let pairs = try listedPairs()
    var documents = try documents(pairs)
    var decisions: Decisions? = nil
    if let path = request.decisions {
      let read = try Decisions(path, pairs: pairs)
      for (index, beads) in read.beads.enumerated() { documents[index].decisions = beads }
      decisions = read
    }
    var knowledge = try aids.knowledge()
    knowledge.languages = languages(documents)
    knowledge.vectors = try request.vectors?.read(into: &documents)
    let alignment = try align(documents, knowledge, decisions)
    var results: [AlignedPair] = []
    for (index, pair) in pairs.enumerated() {
      let result = self.result(pair, documents[index], alignment.beads[index])
      if let output = pair.output { try LineFile.replace(output, with: Array(BeadText.text(result.beads).utf8)) }
      results.append(result)
    }
    if let path = request.lexicon { try LineFile.replace(path, with: alignment.lexicon.text) }
    return results
  }

  /// Writes the texts of both sides that vectors are looked up by, one a line: what a person has to embed.
  public func writeTexts(source: String, target: String) throws(Problem) {
    let documents = try documents(try listedPairs())
    try LineFile.replace(source, with: VectorTexts.list(documents.lazy.map(\.source)))
    try LineFile.replace(target, with: VectorTexts.list(documents.lazy.map(\.target)))
  }

  private func documents(_ pairs: [LinePair]) throws(Problem) -> [DocumentPair] {
    var documents: [DocumentPair] = []
    for pair in pairs {
      try Interruption.check()
      documents.append(DocumentPair(source: try LineFile(pair.source).lines, target: try LineFile(pair.target).lines))
    }
    return documents
  }

  private func align(
    _ documents: [DocumentPair], _ knowledge: Knowledge, _ decisions: Decisions?
  ) throws(Problem) -> Alignment {
    do throws(AlignmentError) {
      return try Aligner().align(
        documents, knowledge: knowledge, learnsLexicon: request.lexicon != nil,
        parallel: ThreadMap(jobs: max(1, request.jobs)))
    } catch {
      throw aids.problem(error) { document, number in
        .init(file: request.decisions ?? "", line: decisions?.lines[document][number])
      }
    }
  }

  private func result(_ pair: LinePair, _ document: DocumentPair, _ beads: [ScoredBead]) -> AlignedPair {
    let kept = beads.filter {
      $0.bead.source.isEmpty || $0.bead.target.isEmpty || $0.confidence >= request.minimumScore
    }
    return AlignedPair(
      pair: pair, source: document.source, target: document.target, beads: kept, leftOut: beads.count - kept.count)
  }

  private func checkLanguages() throws(Problem) {
    for (name, tag) in [("--source-lang", request.sourceLanguage), ("--target-lang", request.targetLanguage)] {
      if let tag, LanguageTag.canonical(tag) == nil {
        throw Problem.usage(
          "\(name) \(tag) is no language tag", expected: "a BCP 47 tag such as id, en or zh-Hant")
      }
    }
  }

  /// The languages as they were named, else as CLD2 tells them; nil where one of them is not known.
  private func languages(_ documents: [DocumentPair]) -> (source: String, target: String)? {
    func known(_ tag: String?, _ sides: [[String]]) -> String? {
      if let tag { return LanguageTag.canonical(tag) }
      var text: [UInt8] = []
      for line in sides.joined() {
        text += line.utf8
        text.append(0x0A)
        if text.count > LanguageDetector.limit { break }
      }
      let detected = LanguageDetector.detect(text.span)
      return detected.score == 0 ? nil : detected.tag
    }
    guard let source = known(request.sourceLanguage, documents.map(\.source)),
      let target = known(request.targetLanguage, documents.map(\.target))
    else { return nil }
    return (source, target)
  }

  /// The pairs given and those of the list.
  private func listedPairs() throws(Problem) -> [LinePair] {
    var pairs = request.pairs
    if let path = request.list {
      for (index, line) in try LineFile(path).lines.enumerated() where !line.isEmpty {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 3, fields.allSatisfy({ !$0.isEmpty }) else {
          throw Problem(
            "a line of \(fields.count) fields", at: .init(file: path, line: index + 1),
            expected: "source file, target file and output, with tabs between them")
        }
        pairs.append(LinePair(source: fields[0], target: fields[1], output: fields[2]))
      }
    }
    var outputs: Set<String> = []
    for pair in pairs {
      guard let output = pair.output else { continue }
      if !outputs.insert(output).inserted || output == pair.source || output == pair.target {
        throw Problem.usage("two files at one path: \(output)", expected: "an output of its own for each pair")
      }
    }
    return pairs
  }
}
