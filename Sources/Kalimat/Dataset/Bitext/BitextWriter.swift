/// Writes a bitext dataset: takes beads in any order, and makes a folder that appears whole, or not at all.
///
///     let writer = try BitextWriter(BitextConfiguration(source: folder), output: path)
///     for bead in beads { try writer.add(bead) }
///     let manifest = try writer.finish(inputs: inputs)
final class BitextWriter {
  private let configuration: BitextConfiguration
  private var folder: AtomicFolder?
  private let partial: String
  private let runs: KeyedRuns
  private let jobs: Int
  private var survey = BitextSurvey()

  /// - Parameters:
  ///   - memory: bytes that sorting may keep in memory.
  ///   - jobs: threads that pack.
  init(
    _ configuration: BitextConfiguration, output: String, replacement: Replacement = .never, memory: Int = 256 << 20,
    jobs: Int = Processors.count
  ) throws(Problem) {
    self.configuration = configuration
    self.jobs = jobs
    let folder = try AtomicFolder(at: output, replacement: replacement)
    partial = folder.partial
    runs = KeyedRuns(folder: "\(folder.partial)/.runs", memoryLimit: memory)
    self.folder = consume folder
  }

  /// A folder inside the one that is being written, for what is needed while it is; `finish` takes it away.
  func scratch(_ name: String) -> String { "\(partial)/.\(name)" }

  func add(_ bead: BitextBead) throws(Problem) {
    let packed = bead.packed()
    try add(bead, packed: packed, key: bead.sortKey(of: packed))
  }

  /// The same of a bead that was packed before.
  func add(_ bead: BitextBead, packed: [UInt8], key: [UInt8]) throws(Problem) {
    try runs.add(key: key, payload: packed)
    survey.add(bead.split, bead.reason, bead.sourceLanguage, bead.targetLanguage)
  }

  /// The same of one of data/ of which only this is at hand.
  func add(key: [UInt8], packed: [UInt8], split: String, language: String, targetLanguage: String) throws(Problem) {
    try runs.add(key: key, payload: packed)
    survey.add(split, nil, language, targetLanguage)
  }

  /// Writes all, and puts the folder in its place.
  ///
  /// - Parameter inputs: where the beads came from; sorted by name and digest here.
  func finish(inputs: [BitextInput]) throws(Problem) -> Manifest {
    let languages = survey.languages
    let assembly = try BitextAssembly(runs, configuration, survey, translates: languages?.translates ?? false)
    var folders: [String] = []
    for kind in assembly.kinds {
      try FileSystem.makeFolder("\(partial)/\(kind.rawValue)")
      folders.append(kind.rawValue)
    }
    let compressor = Compressor(format: configuration.compression)
    let shards = try ShardSetWriter(folder: partial, compressor: compressor).write(jobs: jobs) {
      (pieces: inout [ShardPiece]) throws(Problem) in
      try assembly.next(to: &pieces)
    }
    try runs.removeAll()
    var manifest = Manifest(
      name: configuration.name, datasetVersion: configuration.datasetVersion, created: configuration.created,
      contentSHA256: assembly.content.value().hex, config: configuration.manifestValue(languages: languages),
      tool: .current(compressor), totals: assembly.totals, shards: shards, files: [])
    try BitextDescriptions(folder: partial, compression: configuration.compression).write(&manifest, inputs)
    try folder.take()?.commit(folders: folders)
    return manifest
  }
}

/// What is known of the beads before they are written.
struct BitextSurvey: Sendable {
  /// Beads of a kind by split.
  private(set) var records: [RecordKind: [String: Int]] = [:]
  private var sourceLanguages: Set<String> = []
  private var targetLanguages: Set<String> = []

  mutating func add(_ split: String, _ reason: BitextReason?, _ source: String, _ target: String) {
    records[reason == nil ? .data : .rejected, default: [:]][split, default: 0] += 1
    guard reason == nil else { return }
    sourceLanguages.insert(source)
    targetLanguages.insert(target)
  }

  /// The languages of data/, where all of its records have the same two.
  var languages: BitextLanguages? {
    guard sourceLanguages.count == 1, targetLanguages.count == 1, let source = sourceLanguages.first,
      let target = targetLanguages.first
    else { return nil }
    return BitextLanguages(source: source, target: target)
  }
}

/// Makes the pieces of all shards from beads in order.
private final class BitextAssembly {
  let kinds: [RecordKind]
  private(set) var content = ContentDigest()
  private(set) var totals = Manifest.Totals()
  private var streams: [String: StreamBox] = [:]
  /// In which order streams end.
  private var order: [String] = []
  private let cursor: any KeyedCursor
  private let translates: Bool
  private var data = ByteBuffer(capacity: 1 << 16)
  private var rejected = ByteBuffer(capacity: 1 << 12)
  private var isFinished = false

  /// A stream is not copyable, and a dictionary holds what can be copied.
  private final class StreamBox {
    var stream: ShardStream
    init(_ stream: consuming ShardStream) { self.stream = stream }
  }

  init(_ runs: KeyedRuns, _ configuration: BitextConfiguration, _ survey: BitextSurvey, translates: Bool)
    throws(Problem)
  {
    cursor = try runs.cursor()
    self.translates = translates
    kinds = RecordKind.allCases.filter { survey.records[$0] != nil }
    for kind in kinds {
      for part in configuration.split.parts where survey.records[kind]?[part.name] ?? 0 > 0 {
        let name = "\(kind.rawValue)/\(part.name)"
        order.append(name)
        streams[name] = StreamBox(
          ShardStream(
            kind: kind, split: part.name,
            names: ShardNames(count: configuration.shards, compression: configuration.compression)))
      }
    }
  }

  /// Appends the pieces that the next article's beads fill; false behind the last.
  func next(to pieces: inout [ShardPiece]) throws(Problem) -> Bool {
    if isFinished { return false }
    try Interruption.check()
    guard cursor.hasEntry, let first = BitextBead(packed: cursor.payload) else {
      isFinished = true
      for name in order {
        if let box = streams[name] { content.add(box.stream.finish(to: &pieces)) }
      }
      return true
    }
    data.removeAll()
    rejected.removeAll()
    var counts = (data: 0, rejected: 0, sequence: 0)
    var equal: [[UInt8]: Int] = [:]
    var languages: Set<String> = []
    while cursor.hasEntry, let bead = BitextBead(packed: cursor.payload), bead.document == first.document {
      var record = BitextRecord(bead, ordinal: 0, sequence: counts.sequence)
      // The ID of a bead that is the first of its kind stands for all that makes beads equal.
      let ordinal = equal[record.id, default: 0]
      equal[record.id] = ordinal + 1
      if ordinal > 0 { record.id = record.expectedID(ordinal: ordinal) }
      counts.sequence += 1
      if bead.reason == nil {
        record.append(translates: translates, to: &data)
        counts.data += 1
        count(bead, &languages)
      } else {
        record.append(translates: translates, to: &rejected)
        counts.rejected += 1
        totals.rejected[bead.reason?.rawValue ?? "", default: 0] += 1
      }
      try cursor.advance()
    }
    totals.documents += 1
    for language in languages { totals.languages[language, default: .init()].documents += 1 }
    streams["data/\(first.split)"]?.stream.add(
      0..<data.count, of: data, records: counts.data, document: first.document, to: &pieces)
    streams["rejected/\(first.split)"]?.stream.add(
      0..<rejected.count, of: rejected, records: counts.rejected, document: first.document, to: &pieces)
    return true
  }

  private func count(_ bead: BitextBead, _ languages: inout Set<String>) {
    totals.sentences += 1
    for text in bead.sources + bead.targets {
      totals.bytes += text.count
      totals.characters += Kernels.characterCount(text.span)
    }
    for language in [bead.sourceLanguage, bead.targetLanguage] {
      languages.insert(language)
      totals.languages[language, default: .init()].sentences += 1
    }
  }
}
