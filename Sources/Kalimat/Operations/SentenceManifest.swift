/// How a sentence-level manifest is written.
public enum ManifestFormat: String, Sendable, CaseIterable {
  case jsonl, tsv
}

/// One line a sentence of data/: where it stands and what its line's digest is (docs/FORMAT.md, "manifest.json").
public struct SentenceManifest: Sendable {
  public let dataset: DatasetFolder
  public let format: ManifestFormat

  static let keys = ["id", "doc_id", "text_id", "shard", "line", "offset", "length", "sha256", "chars"]

  public init(_ dataset: DatasetFolder, as format: ManifestFormat = .jsonl) {
    self.dataset = dataset
    self.format = format
  }

  /// Gives the bytes to `write`, in blocks.
  public func run(_ write: ([UInt8]) throws(Problem) -> Void) throws(Problem) {
    var out = ByteBuffer(capacity: 1 << 17)
    if format == .tsv { out.append(text: Self.keys.joined(separator: "\t") + "\n") }
    var text = ByteBuffer()
    for shard in dataset.shards(of: .data) {
      var scan = try ShardScan(shard, in: dataset)
      while try scan.next() {
        text.removeAll()
        scan.append(RecordShape.Sentence.text, to: &text)
        append(scan, text: text.span, to: &out)
        if out.count >= 1 << 16 {
          try Interruption.check()
          try write(out.span.copied())
          out.removeAll()
        }
      }
    }
    try write(out.span.copied())
  }

  private func append(_ scan: borrowing ShardScan, text: Span<UInt8>, to out: inout ByteBuffer) {
    typealias Key = RecordShape.Sentence
    let digest = SHA256.digest(of: scan.line).hexBytes
    append("{\"id\":\"", scan.escaped(Key.id), to: &out)
    append("\",\"doc_id\":\"", scan.escaped(Key.doc), to: &out)
    append("\",\"text_id\":\"", TextID(text: text).bytes.span.copied(), to: &out)
    append("\",\"shard\":\"", Array(scan.file.path.utf8), to: &out)
    append("\",\"line\":", scan.reader.lineNumber, to: &out)
    append(",\"offset\":", scan.reader.byteOffset, to: &out)
    append(",\"length\":", scan.line.count, to: &out)
    append(",\"sha256\":\"", digest, to: &out)
    append("\",\"chars\":", Kernels.characterCount(text), to: &out)
    out.append(format == .tsv ? "\n" : "}\n")
  }

  // None of the values needs an escape: they are digits, IDs, and the shard's path.
  private func append(_ opening: StaticString, _ value: [UInt8], to out: inout ByteBuffer) {
    open(opening, &out)
    out.append(value)
  }

  private func append(_ opening: StaticString, _ value: Int, to out: inout ByteBuffer) {
    open(opening, &out)
    out.append(decimal: value)
  }

  private func open(_ opening: StaticString, _ out: inout ByteBuffer) {
    if format == .jsonl { return out.append(opening) }
    let isFirst = opening.utf8CodeUnitCount > 0 && opening.description.hasPrefix("{")
    if !isFirst { out.append(byte: 0x09) }
  }
}
