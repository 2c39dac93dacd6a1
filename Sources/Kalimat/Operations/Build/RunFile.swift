/// A sorted run on disk: for each article a header of fixed fields, its languages, and its lines.
enum RunFile {
  static func write(_ run: any RunCursor, to path: String) throws(Problem) {
    var file = try OutputFile(creating: path, isScratch: true)
    var buffer = ByteBuffer(capacity: 1 << 20)
    while let article = run.article {
      appendHeader(of: article, to: &buffer)
      try run.appendLines(to: &buffer)
      if buffer.count >= 1 << 19 {
        try Interruption.check()
        try file.write(buffer.span)
        buffer.removeAll()
      }
      try run.advance()
    }
    try file.write(buffer.span)
    _ = try file.finish()
  }

  /// 17 bytes of ID, then 64-bit numbers, little-endian.
  static let headerLength = 17 + 8 * (12 + RejectionReason.allCases.count)

  static func appendHeader(of article: BuiltArticle, to out: inout ByteBuffer) {
    func number(_ value: Int) {
      for shift in stride(from: 0, to: 64, by: 8) { out.append(byte: UInt8(truncatingIfNeeded: value >> shift)) }
    }
    out.append(article.id.bytes)
    let kind = KeyKind.allCases.firstIndex(of: article.keyKind) ?? 0
    let language = Array(article.languages.encoded.utf8)
    for value in [
      article.split, article.file, article.record, kind, article.byteCount, article.characterCount,
      article.sentenceCount, article.rejectedCount, article.dataLength, article.rejectedLength, article.documentLength,
      language.count,
    ] { number(value) }
    for reason in RejectionReason.allCases { number(article.rejected[reason]) }
    out.append(language)
  }

  static func article(from header: Span<UInt8>, language: (Int) throws(Problem) -> String) throws(Problem)
    -> BuiltArticle?
  {
    guard let id = DocumentID(header.extracting(0..<17)) else { return nil }
    func number(_ index: Int) -> Int {
      (0..<8).reduce(0) { $0 | Int(header[17 + index * 8 + $1]) << ($1 * 8) }
    }
    var article = BuiltArticle(
      id: id, split: number(0), file: number(1), record: number(2), keyKind: KeyKind.allCases[number(3)],
      languages: try LanguageTally(encoded: language(number(11))), byteCount: number(4), characterCount: number(5),
      sentenceCount: number(6),
      rejected: ReasonCounts(), rejectedCount: number(7))
    article.dataLength = number(8)
    article.rejectedLength = number(9)
    article.documentLength = number(10)
    for (i, reason) in RejectionReason.allCases.enumerated() { article.rejected[reason] = number(12 + i) }
    return article
  }
}

/// A run that is read back from disk.
final class FileRun: RunCursor {
  private var file: InputBytes
  private(set) var article: BuiltArticle?
  /// Lines of the article it stands at, once they were asked for.
  private var lines = ByteBuffer()
  private var linesTaken = false
  /// Bytes of articles that are left to read.
  private var left = Int.max

  init(_ path: String) throws(Problem) {
    file = try InputBytes(path)
    try readHeader()
  }

  /// Some of a run's articles, which stand in these bytes of the file.
  init(_ path: String, _ range: Range<Int>) throws(Problem) {
    file = try InputBytes(path)
    try file.skip(range.lowerBound)
    left = range.count
    try readHeader()
  }

  func withLines(_ body: (Span<UInt8>) throws(Problem) -> Void) throws(Problem) {
    guard let article else { return }
    if !linesTaken {
      lines.removeAll()
      try file.read(article.length, to: &lines)
      linesTaken = true
    }
    try lines.show(0..<lines.count, to: body)
  }

  func advance() throws(Problem) {
    guard let article else { return }
    if !linesTaken { try file.skip(article.length) }
    try readHeader()
  }

  private func readHeader() throws(Problem) {
    linesTaken = false
    var header = ByteBuffer(capacity: RunFile.headerLength)
    let isAtEnd = left == 0 ? true : try file.isAtEnd()
    if isAtEnd {
      article = nil
      return
    }
    try file.read(RunFile.headerLength, to: &header)
    article = try RunFile.article(from: header.span) { (count: Int) throws(Problem) -> String in
      var language = ByteBuffer(capacity: count)
      try self.file.read(count, to: &language)
      return String(decoding: language.span.copied(), as: UTF8.self)
    }
    left -= RunFile.headerLength + (article?.length ?? 0) + (article?.languages.encoded.utf8.count ?? 0)
    if left < 0 {
      throw Problem("a run's article reaches over the end of its part", at: .init(file: file.path), expected: "its end")
    }
  }
}
