/// What came back from translators, brought to the sentences of its dataset: a bitext dataset.
public struct Import: Sendable {
  public var files: [String] = []
  /// The language that was asked for, BCP 47, canonical.
  public var targetLanguage: String
  /// nil: by the end of each file's name.
  public var format: ImportFormat? = nil
  /// nil: UTF-8, or UTF-16 with its mark.
  public var encoding: String? = nil
  /// For Moses and WMT; nil: FILE.ids.
  public var idsPath: String? = nil
  /// The source text, line by line, for Moses.
  public var sourcePath: String? = nil
  /// The sentences that were given out.
  public var selection = ExportSelection()
  /// Doubts that put an entry into rejected/.
  public var rejecting: Set<ImportNotice> = []
  /// Whether a translation is taken of which its file says that it is not done.
  public var acceptsUnfinished = false
  public var output: String
  public var replacement = Replacement.never
  public var name = ""
  public var datasetVersion = ""
  public var created = ""
  /// nil: that of the dataset.
  public var compression: CompressionFormat? = nil
  /// Places of each notice that are told; all are counted.
  public var placeLimit = 10
  public var memory = 256 << 20
  public var jobs = Processors.count

  public init(targetLanguage: String, output: String) {
    self.targetLanguage = targetLanguage
    self.output = output
  }

  /// Reads all files, writes the bitext whole, or throws and leaves nothing.
  public func run(_ dataset: String) throws(Problem) -> ImportReport {
    if files.isEmpty { throw .usage("no file to import", expected: "the files that came back") }
    if files.count > 1 && (idsPath != nil || sourcePath != nil) {
      throw .usage("--ids and --source are of one file", expected: "one FILE with them")
    }
    try BitextWriter.check(output: output, isNot: dataset)
    let folder = try DatasetFolder(dataset)
    try selection.check(folder)
    var configuration = BitextConfiguration(source: folder)
    if let compression { configuration.compression = compression }
    configuration.name = name
    configuration.datasetVersion = datasetVersion
    configuration.created = created
    configuration.options = [
      ("lang", .text(targetLanguage)), ("where", selection.manifestValue),
      ("accept-unfinished", .bool(acceptsUnfinished)),
      ("reject", .array(rejecting.map(\.rawValue).sorted().map { .text($0) })),
    ]
    let writer = try BitextWriter(
      configuration, output: output, replacement: replacement, memory: memory / 3, jobs: jobs)
    var job = ImportJob(self, folder, writer)
    return try job.run()
  }
}
