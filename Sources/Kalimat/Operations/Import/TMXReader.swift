/// TMX: a `tu` a sentence, by its tuid; the `tuv` of the language asked for is the target, another one the source.
final class TMXReader: XMLReturnedReader, ReturnedReader {
  private var unit = 0
  /// Of the unit at hand.
  private var translations = Variants()
  private var others = Variants()
  /// The next of its translations to give.
  private var given = 0
  /// What all entries of the unit have.
  private var id: [UInt8] = []
  private var document: [UInt8] = []
  private var source: Int?
  private var line = 0
  private var kinship = Kinship()
  /// The language asked for.
  private let target: [UInt8]

  /// Which languages agree, asked once for each two: a file has the same ones in every unit.
  private struct Kinship {
    private var known: [(one: [UInt8], other: [UInt8], agree: Bool)] = []

    mutating func agree(_ one: [UInt8], _ other: [UInt8]) -> Bool {
      if let pair = known.first(where: { $0.one == one && $0.other == other }) { return pair.agree }
      let agree = ReturnedFile.agree(one, other)
      if known.count < 32 { known.append((one, other, agree)) }
      return agree
    }
  }

  /// Segments, one after another.
  private struct Variants: ~Copyable {
    private(set) var bytes = ByteBuffer(capacity: 1 << 10)
    private var ends: [Int] = []
    private(set) var tagCounts: [Int] = []
    private(set) var languages: [[UInt8]] = []

    var count: Int { ends.count }

    mutating func clear() {
      bytes.removeAll()
      ends.removeAll(keepingCapacity: true)
      tagCounts.removeAll(keepingCapacity: true)
      languages.removeAll(keepingCapacity: true)
    }

    mutating func add(
      _ language: [UInt8], _ read: (inout ByteBuffer) throws(Problem) -> Int
    ) throws(Problem) {
      tagCounts.append(try read(&bytes))
      ends.append(bytes.count)
      languages.append(language)
    }

    func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }
  }

  override init(_ file: ReturnedFile) throws(Problem) {
    target = Array(file.targetLanguage.utf8)
    try super.init(file)
    try readRoot("tmx", "TMX")
  }

  func next(_ entry: inout EntrySlot) throws(Problem) -> Bool {
    while given == max(translations.count, source == nil ? 0 : 1) {
      guard try readUnit() else { return false }
    }
    entry.id.append(id)
    entry.document.append(document)
    entry.unit = unit
    entry.line = line
    if let source, source < others.count {
      others.bytes.copy(others.range(source), to: &entry.source)
      entry.hasSource = true
      entry.tagCount = others.tagCounts[source]
    }
    if given < translations.count {
      translations.bytes.copy(translations.range(given), to: &entry.target)
      entry.tagCount += translations.tagCounts[given]
    } else if let other = others.languages.indices.first(where: { $0 != source }) {
      others.bytes.copy(others.range(other), to: &entry.target)
      entry.tagCount += others.tagCounts[other]
      entry.state = .otherLanguage
    }
    given += 1
    return true
  }

  /// Reads the next unit; false at the end.
  private func readUnit() throws(Problem) -> Bool {
    while let event = try xml.event() {
      guard event == .start else { continue }
      if xml.isNamed("tu") {
        try readVariants()
        return true
      }
      if xml.isNamed("prop"), xml.has("type", "content_sha256") { noteContent(try text(until: "prop")) }
    }
    return false
  }

  private func readVariants() throws(Problem) {
    unit += 1
    given = 0
    line = xml.line
    id = xml.value("tuid") ?? []
    document = []
    let sourceLanguage = xml.value("srclang") ?? []
    translations.clear()
    others.clear()
    var language: [UInt8] = []
    while let event = try xml.event() {
      if event == .end, xml.isNamed("tu") { break }
      guard event == .start else { continue }
      if xml.isNamed("seg") {
        try addSegment(language, sourceLanguage)
      } else if xml.isNamed("tuv") {
        language = xml.value("xml:lang") ?? xml.value("lang") ?? []
      } else if xml.isNamed("prop") {
        let isDocument = xml.has("type", "doc_id")
        let text = try text(until: "prop")
        if isDocument { document = text }
      } else if xml.isNamed("note") {
        try skip("note")
      }
    }
    source = others.languages.firstIndex { kinship.agree($0, sourceLanguage) } ?? 0
  }

  private func addSegment(_ language: [UInt8], _ sourceLanguage: [UInt8]) throws(Problem) {
    func read(_ out: inout ByteBuffer) throws(Problem) -> Int { try appendText(until: "seg", to: &out) }
    // A source in the language asked for is told by srclang: what is not the source is the target.
    if kinship.agree(language, target) && !(others.count == 0 && kinship.agree(language, sourceLanguage)) {
      try translations.add(language, read)
    } else {
      try others.add(language, read)
    }
  }
}
