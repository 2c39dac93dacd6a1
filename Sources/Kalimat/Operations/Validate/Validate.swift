internal import ICU

/// What is asked of a dataset.
public struct ValidationRequest: Sendable {
  /// A dataset's folder, or one shard: a path to a `.jsonl`, `.jsonl.gz` or `.jsonl.zst`.
  public var path: String
  public var levels: Set<ValidationLevel> = [.structure, .fixity, .records, .recompute]
  /// The content_sha256 that the dataset shall have; nil: whatever its manifest says.
  public var expectedContent: String? = nil
  /// Findings that are told; more are only counted.
  public var limit = 1000
  /// Texts that two splits may share; nil: any number.
  public var maxSharedTexts: Int? = nil
  public var jobs = Processors.count
  /// The datasets that a bitext dataset was made of, to be compared with its sides.
  public var with: [String] = []
  /// The articles that it was built from; nil: the level rebuild is not asked.
  public var source: Source? = nil

  /// What a dataset is built again from.
  public struct Source: Sendable {
    /// Files and folders, as build takes them.
    public var inputs: [String]
    /// As build's; nil: the folder named.
    public var root: String?
    /// A folder with room for the dataset.
    public var scratch: String
    /// The lists that it was built with.
    public var lists = CurationLists()

    public init(inputs: [String], root: String? = nil, scratch: String = "/tmp") {
      self.inputs = inputs
      self.root = root
      self.scratch = scratch
    }
  }

  public init(path: String) { self.path = path }
}

/// What validation found.
public struct ValidationReport: Sendable {
  /// In the order: structure, descriptions, then the shards in their order.
  public var findings: [Finding] = []
  /// All that were found, told or not.
  public var findingCount = 0
  /// What is no finding and worth a word.
  public var notes: [String] = []
  /// What the shards hold, counted anew.
  public var totals = Manifest.Totals()
  /// Of what the shards hold; empty where not all of it was read.
  public var contentSHA256 = ""
  /// Whether it is a bitext dataset that was looked at.
  public var isBitext = false
}

/// Looks at a dataset, from its folder down to each scalar of each article.
public struct Validate: Sendable {
  public let request: ValidationRequest

  public init(_ request: ValidationRequest) {
    var request = request
    if request.expectedContent != nil { request.levels.insert(.fixity) }
    if request.source != nil { request.levels.insert(.rebuild) }
    self.request = request
  }

  /// - Parameter progress: called with the units done and their number, on the caller's thread.
  /// - Throws: where it could not look.
  public func run(progress: (Int, Int) -> Void = { _, _ in }) throws(Problem) -> ValidationReport {
    switch FileSystem.kind(of: request.path) {
    case .folder: return try validateFolder(progress: progress)
    case .file: return try LoneShard(request).run()
    case .other, .absent:
      throw Problem("nothing to look at", at: .init(file: request.path), expected: "a dataset's folder, or one shard")
    }
  }

  private func validateFolder(progress: (Int, Int) -> Void) throws(Problem) -> ValidationReport {
    // What was asked for by an option of its own is told at whatever level.
    let levels = request.levels.union(request.maxSharedTexts == nil ? [] : [.records])
    var log = FindingLog(levels: levels, limit: request.limit)
    var report = ValidationReport()
    var path = request.path
    while path.utf8.count > 1 && path.hasSuffix("/") { path.removeLast() }
    if BitextFolder.isOne(at: path) {
      var bitext = try BitextValidation(request, path: path)
      return try bitext.run()
    }
    if !request.with.isEmpty { throw .usage("--with is of a bitext dataset, and \(path) is none") }
    var structure = StructureChecks(path: path)
    try structure.run(&log)
    report.notes = structure.notes
    if let dataset = structure.dataset {
      try DescriptionChecks(dataset: dataset, present: structure.present, levels: request.levels).run(&log)
      if !request.levels.isDisjoint(with: [.fixity, .records, .recompute]) {
        try lookAtShards(of: dataset, present: structure.present, &log, &report, progress: progress)
      }
      if levels.contains(.records) { try checkKept(of: dataset, &log, &report) }
      if let source = request.source {
        report.notes += Self.versionNotes(dataset.manifest.tool)
        try Rebuild(dataset: dataset, source: source, jobs: request.jobs).run(&log)
      }
      if let limit = request.maxSharedTexts { try checkSharedTexts(of: dataset, limit, &log) }
    }
    report.findings = log.findings
    report.findingCount = log.count
    return report
  }

  /// Why a build of the same source may write something else here.
  private static func versionNotes(_ tool: Manifest.Tool) -> [String] {
    [
      ("ICU", tool.icu, Versions.icu), ("rules", tool.rulesSHA256, Version.rulesSHA256),
      ("kalimat", tool.version, Version.kalimat),
    ]
    .filter { !$0.1.utf8.elementsEqual($0.2.utf8) }
    .map { "it was built with \($0.0) \($0.1), and is built again with \($0.2): boundaries may differ for that" }
  }

  // MARK: Shards

  private func lookAtShards(
    of dataset: DatasetFolder, present: Set<[UInt8]>, _ log: inout FindingLog, _ report: inout ValidationReport,
    progress: (Int, Int) -> Void
  ) throws(Problem) {
    let units = Self.units(of: dataset, present: present, request)
    var content = ContentCheck(dataset)
    var next = 0
    try OrderedMap.run(
      jobs: min(request.jobs, units.count),
      next: { () throws(Problem) -> ShardUnit? in
        guard next < units.count else { return nil }
        next += 1
        return units[next - 1]
      },
      worker: { { (unit: ShardUnit) in unit.run() } },
      consume: { (result: ShardUnit.Result) throws(Problem) in
        if let problem = result.problem { throw problem }
        log.append(result.log)
        try content.add(result, unit: units[result.index], &log)
        progress(result.index + 1, units.count)
      })
    content.finish(&log)
    report.totals = content.totals
    if content.isRead {
      report.contentSHA256 = content.digest.hex
      checkContent(report.contentSHA256, dataset, &log)
    }
  }

  private static func units(
    of dataset: DatasetFolder, present: Set<[UInt8]>, _ request: ValidationRequest
  ) -> [ShardUnit] {
    let count = dataset.manifest.config["shards"]?.intValue ?? 1
    var kinds: [String: Set<RecordKind>] = [:]
    for shard in dataset.manifest.shards { kinds[shard.split, default: []].insert(shard.kind) }
    var paths: [RecordKind: [String: [Int: String]]] = [:]
    for shard in dataset.manifest.shards {
      paths[shard.kind, default: [:]][shard.split, default: [:]][shard.index] = shard.path
    }
    let names = (dataset.rules.split?.parts ?? []).map(\.name).filter { kinds[$0] != nil }
    return (0..<count).map { index in
      let splits = names.map { name in
        let listed = kinds[name] ?? []
        var split = ShardUnit.Split(name: name, compression: dataset.compression, kinds: listed, missing: [])
        for kind in listed { split.paths[kind] = paths[kind]?[name]?[index] }
        split.missing = listed.filter { !present.contains(Array(split.file($0, index, of: count).path.utf8)) }
        return split
      }
      return ShardUnit(
        folder: dataset.path, index: index, count: count, splits: splits, rules: dataset.rules,
        levels: request.levels, limit: request.limit)
    }
  }

  private func checkContent(_ found: String, _ dataset: DatasetFolder, _ log: inout FindingLog) {
    let listed = dataset.manifest.contentSHA256
    if !found.utf8.elementsEqual(listed.utf8) {
      log.add(
        .content, .init(file: "manifest.json"), "content_sha256 \(listed)",
        expected: "\(found), that of what the shards hold")
    }
    guard let expected = request.expectedContent, !found.utf8.elementsEqual(expected.utf8) else { return }
    log.add(
      .expectedContent, .init(file: dataset.path), "content_sha256 \(found)", expected: "\(expected), by --expect")
  }

  private func checkKept(
    of dataset: DatasetFolder, _ log: inout FindingLog, _ report: inout ValidationReport
  ) throws(Problem) {
    var tally = KeptTally()
    do {
      try KeptCheck(dataset).run { absence in
        tally.add(absence)
        guard absence.reason == nil else { return }
        log.add(
          .kept, absence.place, "kept \(absence.id), of which the dataset has no record",
          expected: "the ID of an article or a sentence of it: this text is nowhere in data/")
      }
    } catch {
      // A shard that can't be read is a finding already.
      if log.count == 0 { throw error }
    }
    if let note = tally.rejectedNote { report.notes.append(note) }
  }

  private func checkSharedTexts(of dataset: DatasetFolder, _ limit: Int, _ log: inout FindingLog) throws(Problem) {
    let shared = try TextCensus(dataset).run().sharedBySplits
    if shared > limit {
      log.add(
        .sharedTexts, .init(file: dataset.path), "\(counted(shared, "text")) that two splits share",
        expected: "at most \(limit), by --max-shared-texts")
    }
  }
}
