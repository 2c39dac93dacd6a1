/// One search for duplicates: articles have numbers, in the order of their doc_ids.
final class DuplicatesJob {
  private let request: Duplicates
  private let folder: DatasetFolder
  private let scratch: String
  /// In how many permutations two articles must agree.
  private let threshold: Int
  /// Body's hash, number. Band, hash, number. Text's hash, number, seq → ID. Number, lower number. ID → line.
  private let bodies, bands, texts, pairs, lines: KeyedRuns
  private var dropped: [UInt64] = []
  private(set) var summary = DuplicatesSummary()

  init(_ request: Duplicates, _ folder: DatasetFolder, scratch: String, threshold: Int) {
    self.request = request
    self.folder = folder
    self.scratch = scratch
    self.threshold = threshold
    func runs(_ name: String) -> KeyedRuns {
      KeyedRuns(folder: "\(scratch)/\(name)", memoryLimit: max(request.memory / 5, 1 << 16))
    }
    (bodies, bands, texts, pairs, lines) = (runs("bodies"), runs("bands"), runs("texts"), runs("pairs"), runs("lines"))
  }

  // MARK: Reading

  /// What is known of an article.
  private struct Look: Sendable {
    var id: [UInt8]
    /// Empty where it has no sentence.
    var body: [UInt8] = []
    var signature: [UInt32] = []
    var bandHashes: [UInt64] = []
    var sentences: [(hash: [UInt8], seq: Int, id: [UInt8])] = []
  }

  /// Reads all articles, in the order of their doc_ids.
  func read(progress: (Int, Int) -> Void) throws(Problem) {
    let stream = try OrderedArticleStream(folder)
    let (kinds, minChars) = (request.kinds, request.minChars)
    var file = try OutputFile(creating: "\(scratch)/signatures", isScratch: true)
    var buffer = ByteBuffer(capacity: 1 << 20)
    let total = folder.manifest.totals.documents
    try OrderedMap.run(
      jobs: request.jobs,
      next: { () throws(Problem) -> [StoredArticle]? in
        var batch: [StoredArticle] = []
        var length = 0
        while length < 1 << 18, let article = try stream.next() {
          length += article.sentences.reduce(512) { $0 + $1.text.count }
          batch.append(article)
        }
        return batch.isEmpty ? nil : batch
      },
      worker: {
        var shingles = Shingles()
        return { batch in batch.map { Self.look(at: $0, kinds, minChars, &shingles) } }
      },
      consume: { (batch: [Look]) throws(Problem) in
        for look in batch {
          SignatureFile.append(look.id, look.signature, to: &buffer)
          try self.add(look)
        }
        try file.write(buffer.span)
        buffer.removeAll()
        progress(self.summary.articles, total)
      })
    _ = try file.finish()
    dropped = [UInt64](repeating: 0, count: summary.articles / 64 + 1)
  }

  private static func look(
    at article: StoredArticle, _ kinds: Set<Duplicates.Kind>, _ minChars: Int, _ shingles: inout Shingles
  ) -> Look {
    var look = Look(id: article.id)
    let own = article.sentences.filter { !$0.isRejected }
    if kinds.contains(.sentence) {
      for sentence in own where Kernels.characterCount(sentence.text.span) >= minChars {
        look.sentences.append((hash(sentence.text.span), sentence.sequence, sentence.id))
      }
    }
    look.signature = [UInt32](repeating: .max, count: MinHash.permutations)
    guard !own.isEmpty else { return look }
    var body = SHA256()
    for sentence in own {
      body.update(sentence.text)
      body.update(byte: 0x0A)
    }
    look.body = prefix(body.finish())
    guard kinds.contains(.near) else { return look }
    shingles.removeAll()
    for sentence in own { shingles.add(sentence.text.span) }
    shingles.finish()
    if shingles.hashes.isEmpty { return look }
    look.signature = MinHash.signature(of: shingles.hashes)
    look.bandHashes = MinHash.bandHashes(of: look.signature)
    return look
  }

  /// 128 bits of SHA-256: texts and bodies are told apart by nothing else.
  private static func hash(_ text: Span<UInt8>) -> [UInt8] { prefix(SHA256.digest(of: text)) }
  private static func prefix(_ digest: Digest) -> [UInt8] { (0..<16).map { digest.bytes[$0] } }

  private func add(_ look: Look) throws(Problem) {
    let number = Self.bytes(UInt64(summary.articles))
    summary.articles += 1
    summary.sentences += look.sentences.count
    if request.kinds.contains(.exact), !look.body.isEmpty { try bodies.add(key: look.body + number, payload: []) }
    for (band, hash) in look.bandHashes.enumerated() {
      try bands.add(key: [UInt8(band)] + Self.bytes(hash) + number, payload: [])
    }
    for sentence in look.sentences {
      try texts.add(key: sentence.hash + number + Self.bytes(UInt64(sentence.seq)), payload: sentence.id)
    }
  }

  /// Big-endian, so that bytes sort as numbers do.
  private static func bytes(_ value: UInt64) -> [UInt8] {
    stride(from: UInt64(56), through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

  // MARK: Finding

  private func isDropped(_ number: Int) -> Bool { dropped[number >> 6] & 1 << UInt64(number & 63) != 0 }
  private func drop(_ number: Int) { dropped[number >> 6] |= 1 << UInt64(number & 63) }

  func find() throws(Problem) {
    let signatures = try SignatureFile("\(scratch)/signatures")
    try findExact(signatures)
    try bodies.removeAll()
    try proposePairs()
    try bands.removeAll()
    try judgePairs(signatures)
    try pairs.removeAll()
    try findSentences()
    try texts.removeAll()
  }

  private func findExact(_ signatures: SignatureFile) throws(Problem) {
    let cursor = try bodies.cursor()
    var body: ArraySlice<UInt8> = []
    var kept = 0
    while cursor.hasEntry {
      let number = Self.number(cursor.key[16...])
      if cursor.key[..<16] == body {
        drop(number)
        summary.exactArticles += 1
        try note(signatures.id(of: number), .exact, signatures.id(of: kept), percent: 100)
      } else {
        body = cursor.key[..<16]
        kept = number
      }
      try cursor.advance()
    }
  }

  /// In each bucket of a band, every article is a pair with the bucket's first and with the one before it: pairs of all
  /// with all would be quadratic in a bucket of thousands.
  private func proposePairs() throws(Problem) {
    let cursor = try bands.cursor()
    var bucket: ArraySlice<UInt8> = []
    var (first, previous) = (0, 0)
    while cursor.hasEntry {
      try Interruption.check()
      let number = Self.number(cursor.key[9...])
      if isDropped(number) {
        // It has a kept article of the very same signature.
      } else if cursor.key[..<9] == bucket {
        for other in first == previous ? [first] : [first, previous] {
          try pairs.add(key: Self.bytes(UInt64(number)) + Self.bytes(UInt64(other)), payload: [])
        }
        previous = number
      } else {
        bucket = cursor.key[..<9]
        first = number
        previous = number
      }
      try cursor.advance()
    }
  }

  /// Articles in order: one goes where it is near to a lower one that stays.
  private func judgePairs(_ signatures: SignatureFile) throws(Problem) {
    let cursor = try pairs.cursor()
    var judged: [UInt8] = []
    while cursor.hasEntry {
      try Interruption.check()
      let key = cursor.key
      let (number, other) = (Self.number(key[..<8]), Self.number(key[8...]))
      if key != judged && !isDropped(number) && !isDropped(other) {
        let agreement = signatures.agreement(number, other)
        if agreement >= threshold {
          drop(number)
          summary.nearArticles += 1
          try note(
            signatures.id(of: number), .near, signatures.id(of: other),
            percent: (agreement * 200 + MinHash.permutations) / (2 * MinHash.permutations))
        }
      }
      judged = key
      try cursor.advance()
    }
  }

  private func findSentences() throws(Problem) {
    let cursor = try texts.cursor()
    var text: ArraySlice<UInt8> = []
    var kept: [UInt8] = []
    while cursor.hasEntry {
      try Interruption.check()
      if !isDropped(Self.number(cursor.key[16..<24])) {
        if cursor.key[..<16] == text {
          summary.equalSentences += 1
          try note(cursor.payload, .sentence, kept, percent: 100)
        } else {
          text = cursor.key[..<16]
          kept = cursor.payload
        }
      }
      try cursor.advance()
    }
  }

  private func note(
    _ id: [UInt8], _ likeness: DuplicateList.Likeness, _ kept: [UInt8], percent: Int
  ) throws(Problem) {
    try lines.add(key: id, payload: Array("\t\(likeness.rawValue)\t".utf8) + kept + Array("\t\(percent)\n".utf8))
  }

  // MARK: Writing

  /// Writes the list, sorted by IDs: whole in its place, or nothing.
  func write(to path: String, threshold: String) throws(Problem) {
    var file = try ReplacedFile(path)
    var out = ByteBuffer(capacity: 1 << 20)
    out.append(text: Self.head(threshold))
    let cursor = try lines.cursor()
    while cursor.hasEntry {
      out.append(cursor.key)
      out.append(cursor.payload)
      if out.count >= 1 << 19 {
        try file.write(out.span)
        out.removeAll()
      }
      try cursor.advance()
    }
    try file.write(out.span)
    try file.commit()
  }

  private static func head(_ threshold: String) -> String {
    """
    # kalimat duplicates 1: `kalimat build --duplicates FILE` rejects these articles and sentences as "duplicate".
    # Columns: ID; exact (an article of the same sentences), near (similarity from \(threshold)) or sentence; the ID that is kept; percent.
    # Similarity: Jaccard of shingles, estimated by MinHash: \(MinHash.permutations) permutations, \(MinHash.bands) bands of \(MinHash.rows) rows.
    # Begin a line with # or - to switch it off; lines stay sorted by their IDs.

    """
  }
}
