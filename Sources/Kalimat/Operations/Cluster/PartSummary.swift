/// What the process that wrote a part says of it, on one line: the only thing that makes its files count.
public struct PartSummary: Sendable {
  public var part: Int
  public var parts: Int
  /// Articles that came, those left out too.
  public var received: Int
  /// Bad articles that were left out (`--skip-bad`).
  public var skipped: Int
  /// What a dataset of this part alone would have; content_sha256 is the part's own.
  public var manifest: Manifest
  var content: ContentDigest
  /// Rows of inputs.jsonl and duplicates.jsonl.
  var inputs: [JSONValue]
  var duplicates: [JSONValue]

  static let version = 1

  /// As JSON, with its LF.
  public var line: [UInt8] {
    JSONValue.members([
      ("kalimat_part", .int(Self.version)), ("part", .int(part)), ("parts", .int(parts)), ("received", .int(received)),
      ("skipped", .int(skipped)), ("documents", .int(manifest.totals.documents)),
      ("duplicates", .array(duplicates)), ("inputs", .array(inputs)),
      ("buckets", .array(content.texts.map { .string($0) })), ("manifest", manifest.value),
    ]).line
  }

  init(
    part: Int, parts: Int, received: Int, skipped: Int, manifest: Manifest, content: ContentDigest,
    inputs: [JSONValue], duplicates: [JSONValue]
  ) {
    self.part = part
    self.parts = parts
    self.received = received
    self.skipped = skipped
    self.manifest = manifest
    self.content = content
    self.inputs = inputs
    self.duplicates = duplicates
  }

  init(_ value: JSONValue) throws(ManifestFault) {
    let root = ManifestObject(value: value, path: "")
    try root.hasOnly([
      "kalimat_part", "part", "parts", "received", "skipped", "documents", "duplicates", "inputs", "buckets",
      "manifest",
    ])
    guard try root.integer("kalimat_part") == Self.version else {
      throw ManifestFault(found: "a summary of another version", expected: "\(Self.version)")
    }
    part = try root.integer("part")
    parts = try root.integer("parts")
    received = try root.integer("received")
    skipped = try root.integer("skipped")
    manifest = try Manifest(root.object("manifest"))
    inputs = try root.list("inputs") { (row) throws(ManifestFault) in row.value }
    duplicates = try root.list("duplicates") { (row) throws(ManifestFault) in row.value }
    content = ContentDigest(
      texts: try root.list("buckets") { (row) throws(ManifestFault) in
        guard case .string(let line) = row.value else {
          throw ManifestFault(found: "a bucket that is no string", expected: "KIND/SPLIT BBB SHA256")
        }
        return line
      })
  }
}

/// What the process that read a share of the input files says: one line too.
public struct RunsSummary: Sendable {
  public var task: Int
  public var tasks: Int
  /// Of the list of all files: every task must have seen the same.
  public var listing: String
  public var articles: Int
  /// Bad articles that were left out (`--skip-bad`).
  public var skipped: Int
  /// The run's file, as it was named, and its length.
  public var path: String
  public var bytes: Int
  var inputs: [JSONValue]

  static let version = 1

  /// As JSON, with its LF.
  public var line: [UInt8] {
    JSONValue.members([
      ("kalimat_runs", .int(Self.version)), ("task", .int(task)), ("tasks", .int(tasks)), ("listing", .text(listing)),
      ("articles", .int(articles)), ("skipped", .int(skipped)), ("path", .text(path)), ("bytes", .int(bytes)),
      ("inputs", .array(inputs)),
    ]).line
  }

  init(
    task: Int, tasks: Int, listing: String, articles: Int, skipped: Int, path: String, bytes: Int, inputs: [JSONValue]
  ) {
    self.task = task
    self.tasks = tasks
    self.listing = listing
    self.articles = articles
    self.skipped = skipped
    self.path = path
    self.bytes = bytes
    self.inputs = inputs
  }

  init(_ value: JSONValue) throws(ManifestFault) {
    let root = ManifestObject(value: value, path: "")
    try root.hasOnly([
      "kalimat_runs", "task", "tasks", "listing", "articles", "skipped", "path", "bytes", "inputs",
    ])
    guard try root.integer("kalimat_runs") == Self.version else {
      throw ManifestFault(found: "a summary of another version", expected: "\(Self.version)")
    }
    self.init(
      task: try root.integer("task"), tasks: try root.integer("tasks"), listing: try root.digest("listing"),
      articles: try root.integer("articles"), skipped: try root.integer("skipped"), path: try root.string("path"),
      bytes: try root.integer("bytes"), inputs: try root.list("inputs") { (row) throws(ManifestFault) in row.value })
  }
}
