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

/// What is known of the sentences of one text. Its entries go by, one after another.
private struct TextGroup {
  var hash: [UInt8]
  /// Sentences that have it; then those of them that have no translation.
  var places: [SentencePlace] = []
  var free: [SentencePlace]?
  var translated: Set<[UInt8]> = []
  /// Sentences that its entries have been brought to.
  var settled: Set<[UInt8]> = []
  /// The article whose entries are at hand.
  var document: [UInt8]?
  /// Of these entries: the one sentence that they can be of; nil where there are none or several.
  var place: SentencePlace?
  /// The first translation among them, and whether another differs.
  var first: LooseEntry?
  var isTwice = false
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
      // Entries of a text come article by article, and in each as they stood; no ID of an article holds NUL.
      let own = stray.entry.entry.document + [0] + stray.sortKey
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
    let undone = parts.first { $0.entry.isUnfinished }
    let isWhole = !parts.contains { $0.target.isEmpty }
    guard let entry = parts.first, isWhole, undone == nil, isFirst else {
      let notice: ImportNotice = undone.map { $0.entry.state.notice } ?? (isWhole ? .twice : .empty)
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
    var group = TextGroup(hash: [])
    // Entries that repeat a translation, until it is known whether another differs.
    let repeated = SpooledPieces(path: writer.scratch("repeated"), memoryLimit: 1 << 20)
    let cursor = try byText.cursor()
    while cursor.hasEntry {
      let key = cursor.key
      if !group.hash.elementsEqual(key[..<16]) {
        try endDocument(&group, repeated)
        group = TextGroup(hash: Array(key[..<16]))
      }
      switch TextKey.Side(rawValue: key[16]) {
      case .sentence?:
        if var place = SentencePlace(packed: cursor.payload) {
          // Equal texts, in memory once.
          if let text = group.places.first?.text { place.text = text }
          group.places.append(place)
        }
      case .translated?: group.translated.insert(Array(key[17...]))
      default: try take(StrayEntry(packed: cursor.payload), &group, repeated)
      }
      try cursor.advance()
    }
    try endDocument(&group, repeated)
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
    try fitting.forEachPlain { (pair: PlainPair, _, bytes: [UInt8]) throws(Problem) in
      let hash = TextKey.hash(of: Array(bytes[pair.source]))
      if wanted.mayContain(hash) {
        try runs.add(key: TextKey.key(hash, .translated, Array(bytes[pair.id])), payload: [])
      }
    }
    try fitting.forEach { (pair: FittingPair) throws(Problem) in
      guard let bead = BitextBead(packed: pair.packed) else { return }
      for (id, text) in zip(bead.sourceIDs, bead.sources) {
        let hash = TextKey.hash(of: text)
        if wanted.mayContain(hash) { try runs.add(key: TextKey.key(hash, .translated, id), payload: []) }
      }
    }
  }

  /// An entry of the text whose sentences are all known by now.
  private mutating func take(
    _ stray: StrayEntry, _ group: inout TextGroup, _ repeated: SpooledPieces
  ) throws(Problem) {
    if stray.isProbe {
      guard let other = group.places.first(where: { $0.id != stray.entry.entry.id }) else { return }
      return note(.shifted, stray.entry, "its source is that of \(String(decoding: other.id, as: UTF8.self))")
    }
    if group.places.isEmpty { return try rejectUnknown(stray) }
    let free = group.free ?? group.places.filter { !group.translated.contains($0.id) }
    group.free = free
    if free.isEmpty { return try reject(stray, .extra, "the sentence with its text has a translation by its ID") }
    let document = stray.entry.entry.document
    if group.document != document {
      try endDocument(&group, repeated)
      group.document = document
      let inArticle = free.filter { $0.document.bytes.span.copied() == document }
      let fitting = (inArticle.isEmpty ? free : inArticle).filter { !group.settled.contains($0.id) }
      group.place = fitting.count == 1 ? fitting[0] : nil
      if let place = group.place { group.settled.insert(place.id) }
    }
    guard let place = group.place else { return try reject(stray, .ambiguous, "\(free.count) sentences have the text") }
    try take(stray, of: place, &group, repeated)
  }

  /// An entry that can be of that sentence alone.
  private mutating func take(
    _ stray: StrayEntry, of place: SentencePlace, _ group: inout TextGroup, _ repeated: SpooledPieces
  ) throws(Problem) {
    let target = stray.entry.target
    if target.isEmpty { return try reject(stray, .empty, "", place: place) }
    if stray.entry.entry.isUnfinished {
      let state = stray.entry.entry.state
      return try reject(stray, state.notice, state.detail, place: place)
    }
    guard let first = group.first else {
      group.first = stray.entry
      return
    }
    if !group.isTwice && first.target != target {
      group.isTwice = true
      try rejectTwice(StrayEntry(entry: first), place)
      try forEach(repeated) { (stray) throws(Problem) in try rejectTwice(stray, place) }
    }
    if group.isTwice { return try rejectTwice(stray, place) }
    try repeated.add(stray.packed())
  }

  private mutating func rejectTwice(_ stray: StrayEntry, _ place: SentencePlace) throws(Problem) {
    try reject(stray, .twice, "“\(ArticleMatching.quote(stray.entry.target))”", place: place)
  }

  /// Gives what was put aside, and forgets it.
  private func forEach(
    _ repeated: SpooledPieces, _ take: (StrayEntry) throws(Problem) -> Void
  ) throws(Problem) {
    let reader = try repeated.reader()
    while let piece = try reader.piece() { try take(StrayEntry(packed: piece)) }
    repeated.removeAll()
  }

  /// The entries of one text and article have all gone by.
  private mutating func endDocument(_ group: inout TextGroup, _ repeated: SpooledPieces) throws(Problem) {
    defer { (group.document, group.place, group.first, group.isTwice) = (nil, nil, nil, false) }
    guard let place = group.place, let first = group.first, !group.isTwice else { return }
    note(.matchedByText, first, String(decoding: place.id, as: UTF8.self))
    try forEach(repeated) { (stray) throws(Problem) in note(.repeated, stray.entry, "") }
    missing.found(place.id)
    try take([place], first.target, first)
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
