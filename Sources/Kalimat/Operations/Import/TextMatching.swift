/// Keys of what is brought together by its text: the text's hash, which side it is of, and what tells it apart.
enum TextKey {
  /// Sides, in the order in which they come.
  enum Side: UInt8 { case sentence, translated, entry }

  static func hash(of text: [UInt8]) -> [UInt8] {
    let digest = SHA256.digest(of: text.span)
    return (0..<16).map { digest.bytes[$0] }
  }

  static func key(_ hash: [UInt8], _ side: Side, _ own: [UInt8]) -> [UInt8] {
    hash + [side.rawValue] + own
  }
}

/// Hashes that were seen, or may have been: 2 MiB, whatever their number (Bloom, 1970).
struct SeenHashes {
  private var bits = [UInt64](repeating: 0, count: 1 << 18)

  private static func places(_ hash: [UInt8]) -> [Int] {
    [0, 3, 6].map { Int(hash[$0]) << 16 | Int(hash[$0 + 1]) << 8 | Int(hash[$0 + 2]) }
  }

  mutating func insert(_ hash: [UInt8]) {
    for place in Self.places(hash) { bits[place >> 6] |= 1 << UInt64(place & 63) }
  }

  func mayContain(_ hash: [UInt8]) -> Bool {
    Self.places(hash).allSatisfy { bits[$0 >> 6] >> UInt64($0 & 63) & 1 == 1 }
  }
}

/// A sentence put together from pieces, until it is known whether it was so more than once.
struct AssembledSentence {
  var place: SentencePlace
  var parts: [LooseEntry]

  var sortKey: [UInt8] { place.id + (parts.first?.sortKey.suffix(16) ?? []) }

  func packed() -> [UInt8] {
    var out = PackedFields()
    out.append(place.packed())
    out.append(parts.map { $0.packed() })
    return out.bytes
  }

  init(place: SentencePlace, parts: [LooseEntry]) {
    self.place = place
    self.parts = parts
  }

  init?(packed: [UInt8]) {
    var fields = PackedFields(packed)
    guard let place = SentencePlace(packed: fields.bytesField()) else { return nil }
    self.place = place
    parts = fields.listField().map { LooseEntry(packed: $0) }
  }
}

/// What is known of the sentences and entries of one text.
private struct TextGroup {
  var hash: [UInt8]
  var places: [SentencePlace] = []
  var translated: Set<[UInt8]> = []
  var entries: [StrayEntry] = []
}

extension ImportJob {
  // MARK: Pieces

  /// Puts pieces of sentences together; what belongs to no sentence goes on to be looked for by its text.
  mutating func assemblePieces() throws(Problem) {
    var assembly = PieceAssembly()
    let cursor = try strays.cursor()
    while cursor.hasEntry {
      try assembly.add(StrayEntry(packed: cursor.payload)) { (found) throws(Problem) in try take(found) }
      try cursor.advance()
    }
    try assembly.finish { (found) throws(Problem) in try take(found) }
    try strays.removeAll()
    try settleAssembled()
  }

  private mutating func take(_ found: AssembledPieces) throws(Problem) {
    switch found {
    case .sentence(let place, let parts):
      let sentence = AssembledSentence(place: place, parts: parts)
      try assembled.add(key: sentence.sortKey, payload: sentence.packed())
    case .alone(let place, let entry):
      try reject(
        StrayEntry(entry: entry), .sourceChanged,
        "the file has a part of it: “\(ArticleMatching.quote(entry.entry.source ?? []))”", place: place)
    case .rest(let stray):
      let text = stray.text
      if text.isEmpty { return try rejectUnknown(stray) }
      let own = Array(stray.sortKey)
      try byText.add(key: TextKey.key(TextKey.hash(of: text), .entry, own), payload: stray.packed())
    }
  }

  private mutating func settleAssembled() throws(Problem) {
    var last: [UInt8] = []
    let cursor = try assembled.cursor()
    while cursor.hasEntry {
      if let sentence = AssembledSentence(packed: cursor.payload) {
        if try settle(sentence, isFirst: sentence.place.id != last) { last = sentence.place.id }
      }
      try cursor.advance()
    }
    try assembled.removeAll()
  }

  /// - Returns: whether the sentence has a translation now.
  private mutating func settle(_ sentence: AssembledSentence, isFirst: Bool) throws(Problem) -> Bool {
    let parts = sentence.parts
    let target = SentenceText.line(of: parts.map(\.target).filter { !$0.isEmpty })
    let isDone = !parts.contains { $0.entry.isUnfinished }
    guard let entry = parts.first, !target.isEmpty, isDone, isFirst else {
      let notice: ImportNotice = target.isEmpty ? .empty : isDone ? .twice : .unfinished
      for part in parts {
        try reject(StrayEntry(entry: part), notice, "in \(parts.count) pieces", place: sentence.place)
      }
      return false
    }
    note(.split, entry, "\(parts.count) pieces")
    try take([sentence.place], target, entry)
    return true
  }

  // MARK: By text

  /// Entries of unknown IDs, by their source text, where one sentence that has no translation has that text.
  mutating func matchByText() throws(Problem) {
    if byText.count == 0 { return }
    try addSentences()
    var group: TextGroup? = nil
    let cursor = try byText.cursor()
    while cursor.hasEntry {
      let key = cursor.key
      let hash = Array(key[..<16])
      if group?.hash != hash {
        if let group { try settle(group) }
        group = TextGroup(hash: hash)
      }
      switch TextKey.Side(rawValue: key[16]) {
      case .sentence?:
        if let place = SentencePlace(packed: cursor.payload) { group?.places.append(place) }
      case .translated?: group?.translated.insert(Array(key[17...]))
      default: group?.entries.append(StrayEntry(packed: cursor.payload))
      }
      try cursor.advance()
    }
    if let group { try settle(group) }
    try byText.removeAll()
  }

  /// Adds the sentences that may have one of the texts, and which of them have a translation.
  private mutating func addSentences() throws(Problem) {
    var wanted = SeenHashes()
    let cursor = try byText.cursor()
    while cursor.hasEntry {
      wanted.insert(cursor.key)
      try cursor.advance()
    }
    let articles = try OrderedArticleStream(folder)
    while let article = try articles.next() {
      try Interruption.check()
      for sentence in article.sentences where !sentence.isRejected {
        let hash = TextKey.hash(of: sentence.text)
        guard wanted.mayContain(hash), let place = SentencePlace(sentence, of: article) else { continue }
        try byText.add(key: TextKey.key(hash, .sentence, sentence.id), payload: place.packed())
      }
    }
    let runs = byText
    try fitting.forEach { (pair: FittingPair) throws(Problem) in
      guard let bead = BitextBead(packed: pair.packed) else { return }
      for (id, text) in zip(bead.sourceIDs, bead.sources) {
        let hash = TextKey.hash(of: text)
        if wanted.mayContain(hash) { try runs.add(key: TextKey.key(hash, .translated, id), payload: []) }
      }
    }
  }

  /// The entries of one text, and the sentences that have it.
  private mutating func settle(_ group: TextGroup) throws(Problem) {
    for probe in group.entries where probe.isProbe {
      guard let other = group.places.first(where: { $0.id != probe.entry.entry.id }) else { continue }
      note(.shifted, probe.entry, "its source is that of \(String(decoding: other.id, as: UTF8.self))")
    }
    let entries = group.entries.filter { !$0.isProbe }
    if group.places.isEmpty {
      for entry in entries { try rejectUnknown(entry) }
      return
    }
    let free = group.places.filter { !group.translated.contains($0.id) }
    if free.isEmpty {
      for entry in entries { try reject(entry, .extra, "the sentence with its text has a translation by its ID") }
      return
    }
    var byDocument: [[UInt8]: [StrayEntry]] = [:]
    for entry in entries { byDocument[entry.entry.entry.document, default: []].append(entry) }
    var settled: Set<[UInt8]> = []
    for (document, own) in byDocument.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let inArticle = free.filter { $0.document.bytes.span.copied() == document }
      let fitting = (inArticle.isEmpty ? free : inArticle).filter { !settled.contains($0.id) }
      guard fitting.count == 1, let place = fitting.first else {
        for entry in own { try reject(entry, .ambiguous, "\(free.count) sentences have the text") }
        continue
      }
      try settle(own, place)
      settled.insert(place.id)
    }
  }

  private mutating func settle(_ entries: [StrayEntry], _ place: SentencePlace) throws(Problem) {
    let done = entries.filter { !$0.entry.target.isEmpty && !$0.entry.entry.isUnfinished }
    for stray in entries where stray.entry.target.isEmpty { try reject(stray, .empty, "", place: place) }
    for stray in entries where !stray.entry.target.isEmpty && stray.entry.entry.isUnfinished {
      try reject(stray, .unfinished, stray.entry.entry.state.detail, place: place)
    }
    guard let first = done.first?.entry else { return }
    let target = first.target
    guard done.allSatisfy({ $0.entry.target == target }) else {
      for stray in done {
        try reject(stray, .twice, "“\(ArticleMatching.quote(stray.entry.target))”", place: place)
      }
      return
    }
    note(.matchedByText, first, String(decoding: place.id, as: UTF8.self))
    for stray in done.dropFirst() { note(.repeated, stray.entry, "") }
    report.found(String(decoding: place.id, as: UTF8.self))
    try take([place], target, first)
  }

  /// An entry that neither its ID nor its text brings to a sentence.
  private mutating func rejectUnknown(_ stray: StrayEntry) throws(Problem) {
    if stray.isProbe { return }
    if stray.home != nil {
      try reject(stray, .sourceChanged, "its article has no such sentence any more")
    } else {
      try reject(stray, .extra, "no sentence has its ID or its text")
    }
  }
}
