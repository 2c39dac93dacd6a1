/// Writes the records of an article's plain pairs, as `BitextRecord` would write each: IDs are hashed together, and nothing is
/// copied but into the line.
struct PlainLineWriter: ~Copyable {
  private let targetLanguage: [UInt8]
  private let translates: Bool
  private var document = InlineArray<17, UInt8>(repeating: 0)
  private var identifier: DocumentID?
  private var pairs: [PlainPair] = []
  /// What the IDs are hashes of, end to end, and where each begins.
  private var messages = ByteBuffer(capacity: 1 << 14)
  private var offsets: [UInt64] = [0]
  private var digests: [UInt64] = []

  init(targetLanguage: [UInt8], translates: Bool) {
    self.targetLanguage = targetLanguage
    self.translates = translates
  }

  var count: Int { pairs.count }
  func pair(at index: Int) -> PlainPair { pairs[index] }

  mutating func begin(_ document: DocumentID) {
    identifier = document
    self.document = document.bytes
    pairs.removeAll(keepingCapacity: true)
    messages.removeAll()
    offsets.removeAll(keepingCapacity: true)
    offsets.append(0)
    digests.removeAll(keepingCapacity: true)
  }

  mutating func add(_ pair: PlainPair, _ bytes: Span<UInt8>) {
    pairs.append(pair)
    // No two pairs of an article are of one sentence: each is the first of its kind.
    messages.append("kalimat-bitext-1\0")
    messages.append(document)
    messages.append("\00\0")
    messages.append(bytes.extracting(pair.id))
    messages.append(byte: 0)
    messages.append(targetLanguage)
    messages.append(byte: 0)
    messages.append(bytes.extracting(pair.target))
    offsets.append(UInt64(messages.count))
  }

  /// Hashes what was added.
  mutating func finishIDs() {
    var out: [UInt64] = []
    swap(&out, &digests)
    SHA256.appendWords(ofMessages: messages.span, offsets, to: &out)
    swap(&out, &digests)
  }

  /// Appends a record's line, with its LF.
  func append(_ index: Int, _ bytes: Span<UInt8>, reason: BitextReason?, to out: inout ByteBuffer) {
    guard let identifier else { return }
    let pair = pairs[index]
    var id = SentenceID(document: identifier, high: digests[index * 4], low: digests[index * 4 + 1]).bytes
    id[0] = 0x62
    out.append("{\"id\":\"")
    out.append(id)
    out.append("\",\"doc_id\":\"")
    out.append(document)
    out.append("\",\"source_ids\":[\"")
    out.append(bytes.extracting(pair.id))
    out.append("\"],\"target_ids\":[],\"source\":\"")
    let source = Self.append(bytes.extracting(pair.source), to: &out)
    out.append("\",\"target\":\"")
    let target = Self.append(bytes.extracting(pair.target), to: &out)
    out.append("\",\"source_lang\":\"")
    let sourceLanguage = Self.append(bytes.extracting(pair.language), to: &out)
    out.append("\",\"target_lang\":\"")
    let targetLanguage = Self.append(targetLanguage.span, to: &out)
    out.append("\",\"bead\":\"1-1\",\"score\":")
    out.append(reason == nil ? "1000" : "0")
    out.append(",\"method\":\"imported\",\"seq\":")
    out.append(decimal: index)
    if let reason {
      out.append(",\"reason\":\"")
      out.append(text: reason.rawValue)
      out.append(byte: 0x22)
    } else if translates {
      let precedes = out.precedes(sourceLanguage, targetLanguage)
      let (first, second) = precedes ? (sourceLanguage, targetLanguage) : (targetLanguage, sourceLanguage)
      out.append(",\"translation\":{\"")
      out.append(again: first)
      out.append("\":\"")
      out.append(again: precedes ? source : target)
      out.append("\",\"")
      out.append(again: second)
      out.append("\":\"")
      out.append(again: precedes ? target : source)
      out.append("\"}")
    }
    out.append("}\n")
  }

  /// Appends a string's content.
  ///
  /// - Returns: where it stands, to be written again.
  private static func append(_ text: Span<UInt8>, to out: inout ByteBuffer) -> Range<Int> {
    let start = out.count
    out.append(escaped: text)
    return start..<out.count
  }
}
