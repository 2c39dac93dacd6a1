internal import CKernels

/// The IDs of all sentences of an article, hashed together: two at a time where the CPU has instructions for it.
///
/// The messages stand end to end in one buffer, and each ends with its sentence's text: so the texts are kept here too.
/// Unsafe inside because C takes pointers; none outlives its call.
struct SentenceIDBatch: ~Copyable {
  private var messages = ByteBuffer(capacity: 1 << 16)
  /// Where each message begins, and where the last one ends.
  private var offsets: [UInt64] = [0]
  private var digests: [UInt8] = []
  private var ordinals = TextOrdinals()
  private var prefix: [UInt8] = []
  private(set) var textRanges: [Range<Int>] = []

  /// Begins anew, with an article.
  mutating func begin(_ document: DocumentID) {
    messages.removeAll()
    offsets.removeAll(keepingCapacity: true)
    offsets.append(0)
    textRanges.removeAll(keepingCapacity: true)
    ordinals.removeAll()
    prefix = Array("kalimat-sent-1".utf8) + [0] + Array(document.description.utf8) + [0]
  }

  /// Adds the text of a slice of the article.
  ///
  /// - Returns: whether the text differs from the slice.
  mutating func add(_ slice: Span<UInt8>) -> Bool {
    let start = messages.count
    messages.append(prefix)
    messages.append("0\0")
    var textStart = messages.count
    let differs = SentenceText.append(slice, to: &messages)
    let ordinal = ordinals.next(textStart..<messages.count, in: messages)
    if ordinal > 0 {
      // Rare: the message is written again, with its number.
      messages.truncate(to: start)
      messages.append(prefix)
      messages.append(decimal: ordinal)
      messages.append(byte: 0)
      textStart = messages.count
      _ = SentenceText.append(slice, to: &messages)
    }
    textRanges.append(textStart..<messages.count)
    offsets.append(UInt64(messages.count))
    return differs
  }

  /// Hashes what was added.
  mutating func finish() {
    // Its own buffer, taken out for the call: the messages are borrowed while it is written.
    var out: [UInt8] = []
    swap(&out, &digests)
    out.removeAll(keepingCapacity: true)
    if kk_has_sha256() == 0 {
      for range in zip(offsets, offsets.dropFirst()) {
        let digest = SHA256.digest(of: messages.span.extracting(Int(range.0)..<Int(range.1)))
        for i in digest.bytes.indices { out.append(digest.bytes[i]) }
      }
    } else {
      out.append(contentsOf: repeatElement(0, count: textRanges.count * 32))
      unsafe messages.span.withUnsafeBufferPointer { bytes in
        unsafe out.withUnsafeMutableBufferPointer { digests in
          guard let from = bytes.baseAddress, let to = digests.baseAddress else { return }
          unsafe kk_sha256_many(from, offsets, textRanges.count, to)
        }
      }
    }
    swap(&out, &digests)
  }

  /// The ID of one of the texts that were added.
  func id(at index: Int, document: DocumentID) -> SentenceID {
    var digest = InlineArray<32, UInt8>(repeating: 0)
    for i in 0..<32 { digest[i] = digests[index * 32 + i] }
    return SentenceID(document: document, digest: Digest(bytes: digest))
  }

  /// One of the texts that were added.
  @_lifetime(borrow self)
  borrowing func text(at index: Int) -> Span<UInt8> {
    messages.span.extracting(textRanges[index])
  }
}
