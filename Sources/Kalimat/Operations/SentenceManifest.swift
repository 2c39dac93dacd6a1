/// How a sentence-level manifest is written.
public enum ManifestFormat: String, Sendable, CaseIterable {
  case jsonl, tsv
}

/// One line a sentence of data/: where it stands and what its line's digest is (docs/FORMAT.md, "manifest.json").
public struct SentenceManifest: Sendable {
  public let dataset: DatasetFolder
  public let format: ManifestFormat

  public init(_ dataset: DatasetFolder, as format: ManifestFormat = .jsonl) {
    self.dataset = dataset
    self.format = format
  }

  /// Gives the bytes to `write`, in blocks.
  public func run(_ write: ([UInt8]) throws(Problem) -> Void) throws(Problem) {
    typealias Key = RecordShape.Sentence
    var lines = ManifestLines(format: format)
    for shard in dataset.shards(of: .data) {
      let path = Array(shard.path.utf8)
      var scan = try ShardScan(shard, in: dataset)
      while try scan.next() {
        lines.append(
          ManifestLines.Entry(
            id: scan.escaped(Key.id), document: scan.escaped(Key.doc), text: scan.text(Key.text), shard: path,
            line: scan.reader.lineNumber, offset: scan.reader.byteOffset, length: scan.line.count,
            digest: SHA256.digest(of: scan.line)))
        if lines.isFull {
          try Interruption.check()
          try write(lines.take())
        }
      }
    }
    try write(lines.take())
  }
}

/// The lines of a sentence-level manifest.
struct ManifestLines: ~Copyable {
  /// What a line says.
  struct Entry {
    var id: [UInt8]
    var document: [UInt8]
    var text: [UInt8]
    var shard: [UInt8]
    var line: Int
    var offset: Int
    var length: Int
    var digest: Digest
  }

  static let keys = ["id", "doc_id", "text_id", "shard", "line", "offset", "length", "sha256", "chars"]

  private let format: ManifestFormat
  private var out = ByteBuffer(capacity: 1 << 17)

  init(format: ManifestFormat) {
    self.format = format
    if format == .tsv { out.append(text: Self.keys.joined(separator: "\t") + "\n") }
  }

  /// Whether it is time to take what is there.
  var isFull: Bool { out.count >= 1 << 16 }

  /// The bytes since the last call.
  mutating func take() -> [UInt8] {
    defer { out.removeAll() }
    return out.span.copied()
  }

  mutating func append(_ entry: Entry) {
    append("{\"id\":\"", entry.id)
    append("\",\"doc_id\":\"", entry.document)
    append("\",\"text_id\":\"", TextID(text: entry.text.span).bytes.span.copied())
    append("\",\"shard\":\"", entry.shard)
    append("\",\"line\":", entry.line)
    append(",\"offset\":", entry.offset)
    append(",\"length\":", entry.length)
    append(",\"sha256\":\"", entry.digest.hexBytes)
    append("\",\"chars\":", Kernels.characterCount(entry.text.span))
    out.append(format == .tsv ? "\n" : "}\n")
  }

  /// A path may hold anything but NUL: in TSV as in JSON with escapes, so that a line stays a line.
  private mutating func append(_ opening: StaticString, _ value: [UInt8]) {
    open(opening)
    out.append(escaped: value.span)
  }

  private mutating func append(_ opening: StaticString, _ value: Int) {
    open(opening)
    out.append(decimal: value)
  }

  private mutating func open(_ opening: StaticString) {
    if format == .jsonl { return out.append(opening) }
    if !opening.description.hasPrefix("{") { out.append(byte: 0x09) }
  }
}
