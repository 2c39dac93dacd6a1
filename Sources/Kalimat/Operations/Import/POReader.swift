/// gettext PO: an entry a sentence, by its msgctxt.
final class POReader: ReturnedReader {
  private(set) var contentSHA256 = ""
  private let file: ReturnedFile
  private let lines: LineReader
  /// The line read last, where it is the first of the next entry.
  private var held: Range<Int>?
  private var unit = 0
  /// ID and source of a message that has another translation for each plural form: those of the forms to come.
  private var plural: (id: [UInt8], source: [UInt8], state: EntryState)?

  init(_ file: ReturnedFile) throws(Problem) {
    self.file = file
    var encoding = file.encoding
    if encoding == nil { encoding = try Self.charset(of: file.path) }
    lines = try LineReader(file.path, encoding: encoding)
  }

  /// The encoding that the header names; nil where it is UTF-8, or the file begins with a byte order mark.
  private static func charset(of path: String) throws(Problem) -> String? {
    var file = try InputBytes(path)
    if try file.isAtEnd() { return nil }
    var block = ByteBuffer(capacity: 1 << 12)
    try file.readBlock(to: &block)
    let bytes = block.span
    let hasMark = bytes[0] >= 0xEF
    let key: StaticString = "charset="
    let found = bytes.indices.first { Kernels.starts(bytes.extracting($0..<bytes.count), with: key) }
    guard !hasMark, let start = found.map({ $0 + key.utf8CodeUnitCount }) else { return nil }
    var end = start
    while end < bytes.count, bytes[end] > 0x20, bytes[end] != 0x5C, bytes[end] != 0x22 { end += 1 }
    let name = String(decoding: bytes.extracting(start..<end).copied(), as: UTF8.self)
    return ["utf-8", "utf8", "charset", ""].contains(name.lowercased()) ? nil : name
  }

  /// Which of an entry's texts goes on in the next line.
  private enum Field { case none, context, source, target, other }

  func next(_ entry: inout EntrySlot) throws(Problem) -> Bool {
    while try readEntry(&entry) {
      // The header: an entry without context and source.
      if entry.id.count > 0 || entry.source.count > 0 { return true }
      noteContent(entry.target.copied(0..<entry.target.count))
      entry.clear()
    }
    return false
  }

  private func nextLine() throws(Problem) -> Range<Int>? {
    guard let line = held else { return try lines.next() }
    held = nil
    return line
  }

  private func readEntry(_ entry: inout EntrySlot) throws(Problem) -> Bool {
    var field = Field.none
    var hasTarget = false
    var hasAny = false
    if let form = plural {
      entry.id.append(form.id)
      entry.source.append(form.source)
      (entry.hasSource, entry.state) = (true, form.state)
      plural = nil
    }
    while let range = try nextLine() {
      let bytes = lines.bytes
      let all = bytes.span.extracting(range)
      var (text, isObsolete) = (all.extracting(all.trimmed(0..<all.count)), false)
      // An obsolete message is a comment to gettext; what somebody translated stands in it all the same.
      if Kernels.starts(text, with: "#~"), !Kernels.starts(text, with: "#~|") {
        text = text.extracting(text.trimmed(2..<text.count))
        isObsolete = true
      }
      if text.isEmpty || text[0] == 0x23 || Kernels.starts(text, with: "msgctxt") {
        if hasTarget {
          held = range
          break
        }
        if Kernels.starts(text, with: "#,"), Self.hasFuzzy(text) { entry.state = .fuzzy }
        if text.isEmpty || text[0] == 0x23 { continue }
      }
      if let keyword = Self.keyword(text) {
        field = keyword
        if keyword == .source && hasTarget {
          held = range
          break
        }
        if keyword == .target && hasTarget {
          held = range
          plural = (entry.id.copied(0..<entry.id.count), entry.source.copied(0..<entry.source.count), entry.state)
          break
        }
        if !hasAny { entry.line = lines.lineNumber }
        hasAny = true
        if keyword == .target { hasTarget = true }
        if keyword == .source { entry.hasSource = true }
        text = text.extracting((Kernels.find(0x22, in: text, from: 0, to: text.count) ?? text.count)..<text.count)
      }
      if isObsolete { entry.state = .obsolete }
      try add(text, to: &entry, field)
    }
    if !hasAny { return false }
    unit += 1
    entry.unit = unit
    return true
  }

  private func add(_ text: Span<UInt8>, to entry: inout EntrySlot, _ field: Field) throws(Problem) {
    guard text.count >= 2, text[0] == 0x22, text[text.count - 1] == 0x22 else {
      throw Problem(
        "a line that is no part of an entry", at: .init(file: file.path, line: lines.lineNumber),
        expected: "msgctxt, msgid, msgstr, a text in quotes, or a comment")
    }
    let inner = text.extracting(1..<text.count - 1)
    switch field {
    case .context: Self.unescape(inner, to: &entry.id)
    case .source: Self.unescape(inner, to: &entry.source)
    case .target: Self.unescape(inner, to: &entry.target)
    case .none, .other: break
    }
  }

  private static func hasFuzzy(_ flags: Span<UInt8>) -> Bool {
    var here = 0
    while let found = Kernels.find(0x66, in: flags, from: here, to: flags.count) {
      if Kernels.starts(flags.extracting(found..<flags.count), with: "fuzzy") { return true }
      here = found + 1
    }
    return false
  }

  private static func keyword(_ text: Span<UInt8>) -> Field? {
    if text[0] != 0x6D { return nil }
    if Kernels.starts(text, with: "msgctxt") { return .context }
    if Kernels.starts(text, with: "msgid_plural") { return .other }
    if Kernels.starts(text, with: "msgid") { return .source }
    return Kernels.starts(text, with: "msgstr") ? .target : nil
  }

  /// Appends a text without its C escapes.
  private static func unescape(_ text: Span<UInt8>, to out: inout ByteBuffer) {
    var here = 0
    while let slash = Kernels.find(0x5C, in: text, from: here, to: text.count), slash + 1 < text.count {
      out.append(text.extracting(here..<slash))
      let next = text[slash + 1]
      here = slash + 2
      switch next {
      case 0x6E: out.append(byte: 0x0A)
      case 0x74: out.append(byte: 0x09)
      case 0x72: out.append(byte: 0x0D)
      case 0x62: out.append(byte: 0x08)
      case 0x66: out.append(byte: 0x0C)
      case 0x76: out.append(byte: 0x0B)
      case 0x61: out.append(byte: 0x07)
      case 0x30...0x37:
        var value = UInt32(next - 0x30)
        var digits = 1
        while digits < 3, here < text.count, text[here] >= 0x30, text[here] <= 0x37 {
          value = value << 3 | UInt32(text[here] - 0x30)
          here += 1
          digits += 1
        }
        out.append(byte: UInt8(truncatingIfNeeded: value))
      default: out.append(byte: next)
      }
    }
    out.append(text.extracting(here..<text.count))
  }

  private func noteContent(_ header: [UInt8]) {
    let all = header.span
    for line in header.indices.split(whereSeparator: { header[$0] == 0x0A }) {
      let bytes = all.extracting(line.startIndex..<line.endIndex)
      guard Kernels.starts(bytes, with: "X-Content-SHA256:") else { continue }
      let digest = bytes.extracting(bytes.trimmed("X-Content-SHA256:".utf8.count..<bytes.count))
      if digest.isHexDigest { contentSHA256 = String(decoding: digest.copied(), as: UTF8.self) }
    }
  }
}
