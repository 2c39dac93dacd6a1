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

  /// Refuses to put a bitext where one of the datasets stands that it is made of, which `--replace` would take away.
  static func check(output: String, isNot input: String) throws(Problem) {
    guard FileSystem.isSame(input, output) else { return }
    throw .usage(
      "\(output) is what the bitext is made of", expected: "another folder as --output",
      advice: "With --replace the bitext would stand in its place.")
  }

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

  /// Counts a plain pair that `finish` will be given.
  func count(
    plain split: ArraySlice<UInt8>, _ reason: BitextReason?, _ language: ArraySlice<UInt8>, targetLanguage: String
  ) {
    survey.add(plain: split, reason, language, targetLanguage)
  }

  /// Writes all, and puts the folder in its place.
  ///
  /// - Parameters:
  ///   - inputs: where the beads came from; sorted by name and digest here.
  ///   - plain: pairs beside those that were added; each was counted.
  func finish(inputs: [BitextInput], plain: PlainSource? = nil) throws(Problem) -> Manifest {
    survey.endRun()
    let languages = survey.languages
    let assembly = try BitextAssembly(
      runs, plain, configuration, survey, translates: languages?.translates ?? false, jobs: jobs)
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

  /// Plain pairs of one kind, split and language that came one after another: names are made once for all of them.
  private var run: (split: [UInt8], isData: Bool, language: [UInt8], target: String, count: Int) = ([], true, [], "", 0)

  mutating func add(
    plain split: ArraySlice<UInt8>, _ reason: BitextReason?, _ language: ArraySlice<UInt8>, _ target: String
  ) {
    if run.count == 0 || run.isData != (reason == nil) || !run.split.elementsEqual(split)
      || !run.language.elementsEqual(language)
    {
      endRun()
      run = (Array(split), reason == nil, Array(language), target, 0)
    }
    run.count += 1
  }

  mutating func endRun() {
    if run.count == 0 { return }
    let split = String(decoding: run.split, as: UTF8.self)
    let language = String(decoding: run.language, as: UTF8.self)
    add(split, run.isData ? nil : .shifted, language, run.target, count: run.count)
    run.count = 0
  }

  mutating func add(
    _ split: String, _ reason: BitextReason?, _ source: String, _ target: String, count: Int = 1
  ) {
    records[reason == nil ? .data : .rejected, default: [:]][split, default: 0] += count
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
