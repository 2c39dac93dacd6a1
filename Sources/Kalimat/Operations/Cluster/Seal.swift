/// What is to be sealed, and how.
public struct SealRequest: Sendable {
  /// The file with what each process said last, a line each; `-` is standard input.
  public var summaries = "-"
  /// The folder with the shards that the summaries name; nil: they stand where this machine can't see them.
  public var staged: String? = nil
  public var output = ""
  public var replacement = Replacement.never
  /// Whether staged files are read and compared with their SHA-256, or only their sizes.
  public var readsFiles = true
  public var jobs = Processors.count

  public init() {}
}

/// Makes a dataset of parts that were written apart (`BuildPart`): checks them, puts their shards in their places, and
/// writes card, descriptions and manifest. Whole, or not at all; the staged shards stay.
public struct Seal: Sendable {
  public let request: SealRequest

  public init(_ request: SealRequest) { self.request = request }

  /// Seals, or throws and leaves nothing.
  public func run() throws(Problem) -> BuildSummary {
    let name = request.summaries == "-" ? "standard input" : request.summaries
    let list = try SummaryList(try WholeFile.readNamed(request.summaries), name: name)
    guard let first = list.parts.first?.manifest else { throw Problem("no part's summary") }
    var manifest = merged(list)
    if manifest.totals.documents == 0 {
      throw Problem("there is no article in any part", at: .init(file: name), expected: "at least one")
    }
    let rules: RecordRules
    do { rules = try RecordRules(first) } catch {
      throw Problem(error.found, at: .init(file: name), expected: error.expected)
    }
    let configuration = BuildConfiguration(manifest: first, rules: rules)
    let own = Manifest(of: configuration, shardCount: 1, totals: .init(), shards: []).tool
    if own != first.tool {
      throw Problem(
        "the parts were made by kalimat \(first.tool.version), rules \(first.tool.rulesSHA256), ICU \(first.tool.icu)",
        at: .init(file: name),
        expected: "this program: kalimat \(own.version), rules \(own.rulesSHA256), ICU \(own.icu)",
        advice: "Seal with the program that made them: what describes the records must fit them.")
    }
    let folder = try AtomicFolder(at: request.output, replacement: request.replacement)
    var folders: [String] = []
    if let staged = request.staged {
      folders = RecordKind.allCases.filter { kind in manifest.shards.contains { $0.kind == kind } }.map(\.rawValue)
      for name in folders { try FileSystem.makeFolder("\(folder.partial)/\(name)") }
      try take(&manifest.shards, from: staged, to: folder.partial, configuration.compression)
    }
    manifest.shards.sort { $0.path < $1.path }
    var writer = DatasetWriter(
      folder: folder.partial, configuration: configuration, jobs: request.jobs, shardCount: configuration.shards ?? 1)
    let duplicates = list.parts.flatMap(\.duplicates).flatMap(\.line)
    try writer.describe(&manifest, inputs: list.inputs, duplicates: duplicates, rules.columns)
    var summary = BuildSummary(
      totals: manifest.totals, contentSHA256: manifest.contentSHA256, shardCount: manifest.shards.count,
      output: folder.destination, notes: writer.notes)
    summary.skippedInParts = list.skipped
    if rules.rejectedHasKept && request.staged != nil {
      summary.notes += try KeptTally.notes(of: DatasetFolder(folder.partial))
    }
    try folder.commit(folders: folders)
    return summary
  }

  /// One manifest of all; kinds and splits without any record are left out.
  private func merged(_ list: SummaryList) -> Manifest {
    var manifest = list.parts[0].manifest
    manifest.totals = Manifest.Totals()
    manifest.shards = []
    var content = ContentDigest()
    for part in list.parts {
      manifest.totals.add(part.manifest.totals)
      manifest.shards += part.manifest.shards
      content.add(part.content)
    }
    var records: [RecordKind: [String: Int]] = [:]
    for shard in manifest.shards { records[shard.kind, default: [:]][shard.split, default: 0] += shard.records }
    manifest.shards.removeAll { records[$0.kind]?[$0.split] ?? 0 == 0 }
    manifest.contentSHA256 = content.value().hex
    return manifest
  }

  /// One shard on its way from where it was staged to its place.
  private struct Move: Sendable {
    var facts: ShardFacts
    var source: String
    var destination: String
  }

  /// Gives each shard its name in the dataset, as a link where the file system can, and looks whether it is the one
  /// that the summary tells of.
  private func take(
    _ shards: inout [ShardFacts], from staged: String, to partial: String, _ compression: CompressionFormat
  ) throws(Problem) {
    var moves: [Move] = []
    for i in shards.indices {
      let source = "\(staged)/\(shards[i].path)"
      let kind = shards[i].kind
      guard
        kind.attempt(in: shards[i].path, split: shards[i].split, shard: shards[i].index, of: shards[i].of, compression)
          != nil
      else {
        throw Problem("a shard called \(shards[i].path)", expected: "a name as docs/FORMAT.md has them")
      }
      shards[i].path = kind.path(split: shards[i].split, shard: shards[i].index, of: shards[i].of, compression)
      moves.append(Move(facts: shards[i], source: source, destination: "\(partial)/\(shards[i].path)"))
    }
    var next = 0
    let readsFiles = request.readsFiles
    try OrderedMap.run(
      jobs: min(request.jobs, moves.count),
      next: { () throws(Problem) -> Move? in
        guard next < moves.count else { return nil }
        next += 1
        return moves[next - 1]
      },
      worker: { { (move: Move) -> Problem? in Self.carry(out: move, readsFile: readsFiles) } },
      consume: { (problem: Problem?) throws(Problem) in if let problem { throw problem } })
  }

  private static func carry(out move: Move, readsFile: Bool) -> Problem? {
    do throws(Problem) {
      let found: OutputFile.Summary?
      let code = FileSystem.link(move.source, as: move.destination)
      if code == 0 {
        found = readsFile ? try WholeFile.digest(move.destination) : nil
      } else if FileSystem.kind(of: move.source) == .file {
        // Another file system, or one without links.
        found = try copy(move.source, to: move.destination)
      } else {
        throw FileSystem.problem("cannot take the shard", move.source, code)
      }
      let size = found?.byteCount ?? FileSystem.size(of: move.destination)
      guard size == move.facts.bytes, found?.digest.hex.utf8.elementsEqual(move.facts.sha256.utf8) ?? true else {
        throw Problem(
          "a shard of \(size) bytes" + (found.map { " and SHA-256 \($0.digest.hex)" } ?? ""),
          at: .init(file: move.source),
          expected: "\(move.facts.bytes) bytes and SHA-256 \(move.facts.sha256), as its summary says",
          advice: "Let that part's task run again.")
      }
      return nil
    } catch { return error }
  }

  private static func copy(_ source: String, to destination: String) throws(Problem) -> OutputFile.Summary {
    var input = try InputBytes(source)
    var output = try OutputFile(creating: destination)
    var block = ByteBuffer(capacity: 1 << 18)
    while try !input.isAtEnd() {
      block.removeAll()
      try input.readBlock(to: &block)
      try output.write(block.span)
    }
    return try output.finish()
  }
}

extension Manifest.Totals {
  /// Adds what another part comes to.
  mutating func add(_ more: Manifest.Totals) {
    documents += more.documents
    sentences += more.sentences
    characters += more.characters
    bytes += more.bytes
    duplicates += more.duplicates
    rejected.merge(more.rejected, uniquingKeysWith: +)
    languages.merge(more.languages) {
      .init(documents: $0.documents + $1.documents, sentences: $0.sentences + $1.sentences)
    }
  }
}
