/// Collects the text of one source or target: tags inside are dropped and counted, their own text kept where it is the text's.
struct InlineText {
  private(set) var tagCount = 0
  /// Elements inside which nothing is text of the sentence: the code that a tag stands for.
  private var codeDepth = 0
  /// What stands in a `<ph>` that we may have written ourselves: `U+0000`.
  private var placeholder: [UInt8] = []
  private var isCharacter = false

  /// Elements whose content is code of another format, not text.
  private static let codes: [StaticString] = ["bpt", "ept", "it", "ph", "ut", "sub"]

  /// Takes the start tag that `xml` is at.
  mutating func start(_ xml: XMLEvents, _ out: inout ByteBuffer) {
    if codeDepth > 0 || Self.codes.contains(where: { xml.isNamed($0) }) {
      codeDepth += 1
      let kind = xml.value("type") ?? xml.value("ctype") ?? []
      isCharacter = xml.isNamed("ph") && (kind == Array("char".utf8) || kind == Array("x-char".utf8))
      placeholder = []
      return
    }
    if xml.isNamed("cp"), let hex = xml.value("hex") { return append(scalar: hex, to: &out) }
    tagCount += 1
  }

  mutating func end(_ out: inout ByteBuffer) {
    guard codeDepth > 0 else { return }
    codeDepth -= 1
    if codeDepth > 0 { return }
    if isCharacter, placeholder.starts(with: Array("U+".utf8)) {
      append(scalar: Array(placeholder.dropFirst(2)), to: &out)
    } else {
      tagCount += 1
    }
  }

  mutating func text(_ more: Span<UInt8>, _ out: inout ByteBuffer) {
    if codeDepth > 0 { placeholder += more.extracting(0..<min(more.count, 64)).copied() } else { out.append(more) }
  }

  private mutating func append(scalar hex: [UInt8], to out: inout ByteBuffer) {
    guard let value = UInt32(String(decoding: hex, as: UTF8.self), radix: 16), let scalar = Unicode.Scalar(value) else {
      tagCount += 1
      return
    }
    out.append(text: String(scalar))
  }
}
