/// One line a pair of a bitext dataset's data/, as `SentenceManifest` has one a sentence: text_id and chars are of the
/// source, its sentences on one line.
public struct BitextManifest: Sendable {
  public let dataset: BitextFolder
  public let format: ManifestFormat

  public init(_ dataset: BitextFolder, as format: ManifestFormat = .jsonl) {
    self.dataset = dataset
    self.format = format
  }

  /// Gives the bytes to `write`, in blocks.
  public func run(_ write: ([UInt8]) throws(Problem) -> Void) throws(Problem) {
    let translates = dataset.languages?.translates ?? false
    var lines = ManifestLines(format: format)
    var line = ByteBuffer(capacity: 1024)
    let stream = BitextStream(dataset)
    while let (record, _) = try stream.next() {
      line.removeAll()
      record.append(translates: translates, to: &line)
      line.truncate(to: line.count - 1)
      let place = stream.place
      lines.append(
        ManifestLines.Entry(
          id: record.id, document: record.document, text: SentenceText.line(of: record.sources),
          shard: Array(place.file.utf8), line: place.line ?? 0, offset: place.byteOffset ?? 0, length: line.count,
          digest: SHA256.digest(of: line.span)))
      if lines.isFull {
        try Interruption.check()
        try write(lines.take())
      }
    }
    try write(lines.take())
  }
}
