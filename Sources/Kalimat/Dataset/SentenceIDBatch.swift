/// The IDs of all sentences of an article, and the article's own digest, hashed together: two at a time where the CPU has
/// instructions for it.
///
/// The messages stand end to end in one buffer, and each ends with its sentence's text: so the texts are kept here too.
/// Unsafe inside because C takes pointers; none outlives its call.
struct SentenceIDBatch: ~Copyable {
  private var messages = ByteBuffer(capacity: 1 << 16)
  /// Where each message begins, and where the last one ends.
  private var offsets: [UInt64] = [0]
  /// Four words a message, the digest's first bytes highest in each.
  private var digests: [UInt64] = []
  private var prefix: [UInt8] = []
  private var textStarts: [Int] = []
  /// An open-addressed table of message numbers, by digest; -1 where nothing stands.
  private var slots: [Int32] = []
  /// How often each text came so far; only where one came twice.
  private var repetitions: [Int: Int] = [:]

  /// Begins anew, with an article. Its digest is made with the sentences'.
  mutating func begin(_ document: DocumentID, article: Span<UInt8>) {
    messages.removeAll()
    offsets.removeAll(keepingCapacity: true)
    offsets.append(0)
    textStarts.removeAll(keepingCapacity: true)
    prefix.removeAll(keepingCapacity: true)
    prefix += Self.start
    for i in document.bytes.indices { prefix.append(document.bytes[i]) }
    prefix.append(0)
    messages.append(article)
    offsets.append(UInt64(messages.count))
  }

  private static let start = Array("kalimat-sent-1".utf8) + [0]

  /// Adds the text of a slice of the article.
  ///
  /// - Returns: whether the text differs from the slice.
  mutating func add(_ slice: Span<UInt8>) -> Bool {
    messages.append(prefix)
    messages.append("0\0")
    textStarts.append(messages.count)
    let differs = SentenceText.append(slice, to: &messages)
    offsets.append(UInt64(messages.count))
    return differs
  }

  /// Hashes what was added.
  mutating func finish() {
    let count = offsets.count - 1
    // Its own buffer, taken out for the call: the messages are borrowed while it is written.
    var out: [UInt64] = []
    swap(&out, &digests)
    out.removeAll(keepingCapacity: true)
    SHA256.appendWords(ofMessages: messages.span, offsets, to: &out)
    swap(&out, &digests)
    numberRepetitions(count)
  }

  /// Equal texts have equal digests so far: from the second one on they are hashed again with their number.
  private mutating func numberRepetitions(_ count: Int) {
    var size = 64
    while size < count * 2 { size *= 2 }
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement(-1, count: size))
    repetitions.removeAll(keepingCapacity: true)
    for message in 1..<max(count, 1) {
      let word = digests[message * 4]
      var slot = Int(truncatingIfNeeded: word) & (size - 1)
      while true {
        let other = Int(slots[slot])
        if other < 0 {
          slots[slot] = Int32(truncatingIfNeeded: message)
          break
        }
        if digests[other * 4] == word, text(at: other - 1, equalsTextAt: message - 1) {
          let ordinal = repetitions[other, default: 0] + 1
          repetitions[other] = ordinal
          rehash(message, ordinal: ordinal)
          break
        }
        slot = (slot + 1) & (size - 1)
      }
    }
  }

  private func text(at index: Int, equalsTextAt other: Int) -> Bool {
    Kernels.equal(text(at: index), text(at: other))
  }

  private mutating func rehash(_ message: Int, ordinal: Int) {
    var hash = SHA256()
    hash.update(prefix)
    hash.update("\(ordinal)\0")
    hash.update(text(at: message - 1))
    var words: [UInt64] = []
    hash.finish().appendWords(to: &words)
    for word in 0..<4 { digests[message * 4 + word] = words[word] }
  }

  /// The article's digest.
  var articleDigest: Digest {
    Digest(bytes: InlineArray { UInt8(truncatingIfNeeded: digests[$0 >> 3] >> UInt64(56 - ($0 & 7) * 8)) })
  }

  /// The ID of one of the texts that were added.
  func id(at index: Int, document: DocumentID) -> SentenceID {
    let high = digests[index * 4 + 4]
    let low = digests[index * 4 + 5]
    return SentenceID(document: document, high: high, low: low)
  }

  /// One of the texts that were added.
  @_lifetime(borrow self)
  borrowing func text(at index: Int) -> Span<UInt8> {
    messages.span.extracting(textStarts[index]..<Int(offsets[index + 2]))
  }
}
