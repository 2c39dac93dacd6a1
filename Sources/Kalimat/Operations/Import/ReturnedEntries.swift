internal import Segmentation

/// An entry on its way to its sentence: what came back, and where it stood among all that did.
struct LooseEntry: Sendable {
  var entry: ReturnedEntry
  /// Index of the returned file.
  var file: Int
  /// Its number in that file, from 0.
  var number: Int

  /// Entries sort by ID, then by where they stood.
  var sortKey: [UInt8] {
    var key = entry.id
    for value in [file, number] {
      for shift in stride(from: 56, through: 0, by: -8) { key.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
    return key
  }

  func packed() -> [UInt8] {
    var out = ByteBuffer(capacity: 128 + entry.target.count)
    PackedEntry.appendHeader(
      file: file, number: number, unit: entry.unit, line: entry.line, tagCount: entry.tagCount, state: entry.state,
      hasSource: entry.source != nil, to: &out)
    for field in [entry.id, entry.document, entry.source ?? [], entry.target] { out.append(counted: field.span) }
    return out.copied(0..<out.count)
  }

  init(_ entry: ReturnedEntry, file: Int, number: Int) {
    self.entry = entry
    self.file = file
    self.number = number
  }

  init(packed: [UInt8]) { self.init(PackedEntry(packed.span, at: 0), of: packed.span) }

  init(_ found: PackedEntry, of bytes: Span<UInt8>) {
    func copy(_ range: Range<Int>) -> [UInt8] { bytes.extracting(range).copied() }
    file = found.file
    number = found.number
    entry = ReturnedEntry(
      id: copy(found.id), document: copy(found.document), source: found.hasSource ? copy(found.source) : nil,
      target: copy(found.target), state: found.state, tagCount: found.tagCount, unit: found.unit, line: found.line)
  }

  /// The target as a dataset has texts: on one line, each run of White_Space one space, none at its ends.
  var target: [UInt8] { ReturnedText.onOneLine(entry.target) }
}

/// Where the parts of a packed entry stand.
struct PackedEntry {
  var file, number, unit, line, tagCount: Int
  var state: EntryState
  var hasSource: Bool
  var id, document, source, target: Range<Int>
  /// The offset behind it.
  var end: Int

  init(_ bytes: Span<UInt8>, at offset: Int) {
    var cursor = PackedCursor(offset)
    file = cursor.word(bytes)
    number = cursor.word(bytes)
    unit = cursor.word(bytes)
    line = cursor.word(bytes)
    tagCount = cursor.word(bytes)
    let flags = cursor.word(bytes)
    hasSource = flags & 1 == 1
    state = EntryState(rawValue: UInt8(truncatingIfNeeded: flags >> 8)) ?? .done
    id = cursor.counted(bytes)
    document = cursor.counted(bytes)
    source = cursor.counted(bytes)
    target = cursor.counted(bytes)
    end = cursor.offset
  }

  static func appendHeader(
    file: Int, number: Int, unit: Int, line: Int, tagCount: Int, state: EntryState, hasSource: Bool,
    to out: inout ByteBuffer
  ) {
    out.append(word: file)
    out.append(word: number)
    out.append(word: unit)
    out.append(word: line)
    out.append(word: tagCount)
    out.append(word: Int(state.rawValue) << 8 | (hasSource ? 1 : 0))
  }
}

extension EntrySlot {
  /// Appends it as `PackedEntry` reads it.
  func pack(file: Int, number: Int, to out: inout ByteBuffer) {
    PackedEntry.appendHeader(
      file: file, number: number, unit: unit, line: line, tagCount: tagCount, state: state, hasSource: hasSource,
      to: &out)
    out.append(counted: id.span)
    out.append(counted: document.span)
    out.append(counted: source.span)
    out.append(counted: target.span)
  }
}

/// Texts as a record has them, to be compared.
enum ReturnedText {
  static func onOneLine(_ text: [UInt8]) -> [UInt8] {
    var out = ByteBuffer(capacity: text.count + 16)
    appendOnOneLine(text.span, to: &out)
    return out.span.copied()
  }

  static func appendOnOneLine(_ text: Span<UInt8>, to out: inout ByteBuffer) {
    let start = WhiteSpace.skip(in: text, from: 0, to: text.count)
    _ = SentenceText.append(
      text.extracting(start..<WhiteSpace.skipBack(in: text, from: text.count, to: start)), to: &out)
  }

  /// Whether nothing of a text is seen: it is empty, or of White_Space and format characters (UAX 44, Cf) such as U+200B
  /// ZERO WIDTH SPACE.
  static func isInvisible(_ text: Span<UInt8>) -> Bool {
    var here = 0
    while here < text.count {
      let (value, length) = UTF8Scalar.decode(text, at: here)
      switch value {
      case 0x09...0x0D, 0x20, 0x85, 0xA0, 0xAD, 0x61C, 0x1680, 0x180E, 0x2000...0x200F, 0x2028...0x202F,
        0x205F...0x206F, 0x3000,
        0xFEFF:
        here += length
      default: return false
      }
    }
    return true
  }

  /// Whether a file's source is the sentence's text. Tools compose and decompose letters: that is no change.
  static func isSame(_ source: [UInt8], _ text: [UInt8]) -> Bool {
    source == text || String(decoding: source, as: UTF8.self) == String(decoding: text, as: UTF8.self)
  }
}

/// What a file's source text is of the sentence whose ID stands beside it.
enum SourceRelation: Equatable {
  /// The file has none, or that very text.
  case whole
  /// The same, but the file has quotes around its cells that are no text.
  case quoted
  /// It is these sentences of the article, one after another.
  case several(Range<Int>)
  /// It is a part of the text.
  case piece
  case other

  /// - Parameter index: the sentence's, among the article's sentences.
  init(_ source: [UInt8]?, of index: Int, in sentences: [StoredSentence]) {
    guard let source else {
      self = .whole
      return
    }
    let line = ReturnedText.onOneLine(source)
    let text = sentences[index].text
    if ReturnedText.isSame(line, text) {
      self = .whole
    } else if let inner = TSVReader.withoutQuotes(line), ReturnedText.isSame(inner, text) {
      self = .quoted
    } else if let range = Self.neighbours(line, around: index, in: sentences) {
      self = .several(range)
    } else if !line.isEmpty && line.count < text.count && Self.contains(text, line) {
      self = .piece
    } else {
      self = .other
    }
  }

  /// The sentences around `index` whose texts, one after another, are `line`.
  private static func neighbours(_ line: [UInt8], around index: Int, in sentences: [StoredSentence]) -> Range<Int>? {
    guard line.count > sentences[index].text.count, contains(line, sentences[index].text) else { return nil }
    for start in max(0, index - 8)...index {
      var rest = line[...]
      var end = start
      while end < sentences.count, !rest.isEmpty, rest.starts(with: sentences[end].text) {
        rest = rest.dropFirst(sentences[end].text.count)
        if rest.first == 0x20 { rest = rest.dropFirst() }
        end += 1
      }
      if rest.isEmpty && end > index && end - start > 1 { return start..<end }
    }
    return nil
  }

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard let first = part.first, part.count <= text.count else { return false }
    for start in 0...text.count - part.count where text[start] == first {
      if text[start..<start + part.count].elementsEqual(part) { return true }
    }
    return false
  }
}
