/// Pairs that fit in all that can be asked of each alone, and whose articles came back as they were given out: one entry a
/// sentence, by its ID, beside its text. Nearly all pairs of a corpus are: so they stay bytes from reading to writing.
///
/// The pairs of an article stand together, in order, and articles in the order of their doc_ids.
struct PlainPairs: ~Copyable {
  private(set) var bytes = ByteBuffer(capacity: 1 << 16)
  private(set) var count = 0
  /// Where the number of the article's pairs stands.
  private var countOffset = 0
  private var articleCount = 0
  private var lastDocument = InlineArray<17, UInt8>(repeating: 0)

  /// Begins an article.
  mutating func begin(_ document: DocumentID, split: Span<UInt8>) {
    lastDocument = document.bytes
    bytes.append(document.bytes)
    bytes.append(counted: split)
    countOffset = bytes.count
    articleCount = 0
    bytes.append(word: 0)
  }

  mutating func add(
    file: Int, number: Int, line: Int, ratio: Int?, sequence: Int, lengths: (source: Int, target: Int), id: Span<UInt8>,
    language: borrowing ByteBuffer, source: borrowing ByteBuffer, target: borrowing ByteBuffer
  ) {
    bytes.append(word: file)
    bytes.append(word: number)
    bytes.append(word: line)
    bytes.append(word: (ratio ?? -1) + 1)
    bytes.append(word: sequence)
    bytes.append(word: lengths.source)
    bytes.append(word: lengths.target)
    bytes.append(counted: id)
    bytes.append(counted: language.span)
    bytes.append(counted: source.span)
    bytes.append(counted: target.span)
    articleCount += 1
    count += 1
  }

  /// Where it is now, to be come back to.
  var mark: (byteCount: Int, count: Int) { (bytes.count, count) }

  mutating func reset(to mark: (byteCount: Int, count: Int)) {
    bytes.truncate(to: mark.byteCount)
    count = mark.count
  }

  /// Ends the article; one without a pair leaves nothing.
  mutating func endArticle(from start: Int) {
    if articleCount == 0 { return bytes.truncate(to: start) }
    bytes.replace(wordAt: countOffset, with: articleCount)
  }

  /// All, with the last article's ID behind: none where there is no pair.
  consuming func packed() -> [UInt8] {
    if count == 0 { return [] }
    bytes.append(lastDocument)
    return bytes.copied(0..<bytes.count)
  }

  /// The ID of the last article of packed pairs.
  static func lastDocument(of packed: [UInt8]) -> ArraySlice<UInt8> { packed.suffix(17) }
}

/// Where the parts of a plain pair stand.
struct PlainPair {
  var file, number, line: Int
  var ratio: Int?
  var sequence: Int
  /// Code points.
  var sourceLength, targetLength: Int
  var id, language, source, target: Range<Int>
}

/// Walks packed pairs.
struct PlainCursor {
  private var cursor = PackedCursor()
  /// Of the article at hand.
  private(set) var document = 0..<0
  private(set) var split = 0..<0
  private var left = 0

  /// Goes to the next article; false at the end. The pairs of the one at hand were all read.
  mutating func nextArticle(_ bytes: Span<UInt8>) -> Bool {
    if cursor.offset + 17 >= bytes.count { return false }
    document = cursor.range(17)
    split = cursor.counted(bytes)
    left = cursor.word(bytes)
    return true
  }

  /// The article that `nextArticle` would go to; nil at the end.
  func upcoming(_ bytes: Span<UInt8>) -> Range<Int>? {
    cursor.offset + 17 >= bytes.count ? nil : cursor.offset..<cursor.offset + 17
  }

  /// The next pair of the article; nil behind its last.
  mutating func next(_ bytes: Span<UInt8>) -> PlainPair? {
    if left == 0 { return nil }
    left -= 1
    let (file, number, line) = (cursor.word(bytes), cursor.word(bytes), cursor.word(bytes))
    let (ratio, sequence) = (cursor.word(bytes) - 1, cursor.word(bytes))
    let (sourceLength, targetLength) = (cursor.word(bytes), cursor.word(bytes))
    let (id, language) = (cursor.counted(bytes), cursor.counted(bytes))
    let (source, target) = (cursor.counted(bytes), cursor.counted(bytes))
    return PlainPair(
      file: file, number: number, line: line, ratio: ratio < 0 ? nil : ratio, sequence: sequence,
      sourceLength: sourceLength, targetLength: targetLength, id: id, language: language, source: source, target: target
    )
  }
}

/// Plain pairs on their way into a bitext dataset.
struct PlainSource {
  let pieces: SpooledPieces.Reader
  let targetLanguage: [UInt8]
  /// Why a pair does not fit after all; nil where it does.
  let reason: @Sendable (PlainPair) -> BitextReason?
}
