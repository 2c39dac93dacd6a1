/// The streams of the kinds and splits that are written: an article's lines go to those of its split.
final class ShardStreams {
  private var boxes: [StreamBox] = []
  private var index: [RecordKind: [Int: Int]] = [:]

  /// A stream is not copyable, and an array holds what can be copied.
  private final class StreamBox {
    var stream: ShardStream
    init(_ stream: consuming ShardStream) { self.stream = stream }
  }

  /// - Parameter isWritten: whether a kind and split (by its index) gets shards.
  init(_ plan: SplitPlan, names: ShardNames, isWritten: (RecordKind, Int) -> Bool) {
    for kind in RecordKind.allCases {
      for (split, part) in plan.parts.enumerated() where isWritten(kind, split) {
        index[kind, default: [:]][split] = boxes.count
        boxes.append(StreamBox(ShardStream(kind: kind, split: part.name, names: names)))
      }
    }
  }

  /// Adds an article's lines; the pieces that they fill go to `pieces`.
  func add(_ article: BuiltArticle, _ lines: Span<UInt8>, to pieces: inout [ShardPiece]) {
    let rejectedStart = article.dataLength
    let documentStart = rejectedStart + article.rejectedLength
    add(.data, lines.extracting(0..<rejectedStart), records: article.sentenceCount, article, to: &pieces)
    add(
      .rejected, lines.extracting(rejectedStart..<documentStart), records: article.rejectedCount, article, to: &pieces)
    add(.documents, lines.extracting(documentStart..<article.length), records: 1, article, to: &pieces)
  }

  private func add(
    _ kind: RecordKind, _ lines: Span<UInt8>, records: Int, _ article: BuiltArticle, to pieces: inout [ShardPiece]
  ) {
    guard let index = index[kind]?[article.split] else { return }
    boxes[index].stream.add(lines, records: records, document: article.id, to: &pieces)
  }

  /// Ends all shards.
  func finish(to pieces: inout [ShardPiece]) -> ContentDigest {
    var content = ContentDigest()
    for box in boxes { content.add(box.stream.finish(to: &pieces)) }
    return content
  }
}
