/// Where the parts of an article stand in bytes that `ArticleLineStream` packs: the lines that the shards have of it, as they
/// are. One thread reads them, another makes values of them.
struct PackedArticle {
  /// The number of its shards, of `ShardGroup.all`.
  var group: Int
  /// The lines of each kind, each with its LF.
  var document, data, rejected: Range<Int>
  /// The offset behind it.
  var end: Int
  /// Of the lines' first bytes, so that a fault can be told with its place.
  private var places: [Place]

  struct Place {
    var line = 0
    var byteOffset = 0
  }

  init(_ bytes: Span<UInt8>, at offset: Int) {
    var cursor = PackedCursor(offset)
    group = cursor.word(bytes)
    var lengths: [Int] = []
    places = []
    for _ in 0..<3 {
      lengths.append(Int(cursor.long(bytes)))
      places.append(Place(line: cursor.word(bytes), byteOffset: Int(cursor.long(bytes))))
    }
    document = cursor.range(lengths[0])
    data = cursor.range(lengths[1])
    rejected = cursor.range(lengths[2])
    end = cursor.offset
  }

  /// Sets how many bytes the lines of a kind are, in a head that begins at `start`.
  static func set(_ kind: RecordKind, length: Int, in out: inout ByteBuffer, at start: Int) {
    let field = start + 4 + 20 * index(of: kind)
    out.replace(wordAt: field, with: length & 0xFFFF_FFFF)
    out.replace(wordAt: field + 4, with: length >> 32)
  }

  /// The place of a kind in the head.
  private static func index(of kind: RecordKind) -> Int {
    switch kind {
    case .documents: 0
    case .data: 1
    case .rejected: 2
    }
  }

  func lines(of kind: RecordKind) -> Range<Int> {
    switch kind {
    case .documents: document
    case .data: data
    case .rejected: rejected
    }
  }

  /// What is wrong with a line, and where it stands.
  ///
  /// - Parameter lines: lines of that kind before it.
  func problem(
    _ fault: RecordFault, _ kind: RecordKind, lines: Int, offset: Int, in groups: [ShardGroup]
  ) -> Problem {
    let place = places[Self.index(of: kind)]
    return Problem(
      fault.found,
      at: .init(
        file: groups[group].paths[kind] ?? "", line: place.line + lines,
        byteOffset: place.byteOffset + offset - self.lines(of: kind).lowerBound + fault.byteOffset),
      expected: fault.expected, advice: "kalimat validate says all that is wrong with this dataset.")
  }
}

/// Reads packed articles as values of their own.
struct ArticleLineReader {
  private let groups: [ShardGroup]
  private var documents: RecordValues
  private var data: RecordValues
  private var rejected: RecordValues

  init(_ folder: DatasetFolder) {
    groups = ShardGroup.all(of: folder)
    documents = RecordValues(folder.rules, .documents)
    data = RecordValues(folder.rules, .data)
    rejected = RecordValues(folder.rules, .rejected)
  }

  /// The article packed at that offset.
  mutating func article(_ bytes: Span<UInt8>, at offset: Int) throws(Problem) -> StoredArticle {
    let packed = PackedArticle(bytes, at: offset)
    let line = bytes.extracting(packed.document.lowerBound..<packed.document.upperBound - 1)
    do throws(RecordFault) { try documents.parse(line) } catch {
      throw packed.problem(error, .documents, lines: 0, offset: packed.document.lowerBound, in: groups)
    }
    var article = documents.document(line, split: groups[packed.group].split)
    try add(.data, of: packed, bytes, &data, to: &article)
    let own = article.sentences.count
    try add(.rejected, of: packed, bytes, &rejected, to: &article)
    if article.sentences.count > own { article.sentences.sort { $0.sequence < $1.sequence } }
    return article
  }

  private func add(
    _ kind: RecordKind, of packed: PackedArticle, _ bytes: Span<UInt8>, _ values: inout RecordValues,
    to article: inout StoredArticle
  ) throws(Problem) {
    var here = packed.lines(of: kind).lowerBound
    var count = 0
    while let end = Kernels.find(0x0A, in: bytes, from: here, to: packed.lines(of: kind).upperBound) {
      let line = bytes.extracting(here..<end)
      do throws(RecordFault) {
        try values.parse(line)
        if !values.belongs(line, to: article.id) { throw .otherArticle }
      } catch { throw packed.problem(error, kind, lines: count, offset: here, in: groups) }
      article.sentences.append(values.sentence(line, isRejected: kind == .rejected))
      here = end + 1
      count += 1
    }
  }
}

extension RecordFault {
  /// A record that stands where the lines of another article are.
  static let otherArticle = RecordFault(
    byteOffset: 0, found: "a record of another article",
    expected: "as many records of each article as its document says")
}
