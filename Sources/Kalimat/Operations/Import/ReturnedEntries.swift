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
    var out = PackedFields()
    for number in [
      file, number, entry.unit, entry.line, entry.tagCount, entry.isUnfinished ? 1 : 0, entry.source == nil ? 0 : 1,
    ] {
      out.append(number)
    }
    for field in [entry.id, entry.document, entry.source ?? [], entry.target] { out.append(field) }
    return out.bytes
  }

  init(_ entry: ReturnedEntry, file: Int, number: Int) {
    self.entry = entry
    self.file = file
    self.number = number
  }

  init(packed: [UInt8]) {
    var fields = PackedFields(packed)
    file = fields.numberField()
    number = fields.numberField()
    entry = ReturnedEntry()
    entry.unit = fields.numberField()
    entry.line = fields.numberField()
    entry.tagCount = fields.numberField()
    entry.isUnfinished = fields.numberField() == 1
    let hasSource = fields.numberField() == 1
    entry.id = fields.bytesField()
    entry.document = fields.bytesField()
    let source = fields.bytesField()
    entry.source = hasSource ? source : nil
    entry.target = fields.bytesField()
  }

  /// The target as a dataset has texts: on one line, each run of White_Space one space, none at its ends.
  var target: [UInt8] { ReturnedText.onOneLine(entry.target) }
}

/// Texts as a record has them, to be compared.
enum ReturnedText {
  static func onOneLine(_ text: [UInt8]) -> [UInt8] {
    let all = text.span
    let start = WhiteSpace.skip(in: all, from: 0, to: all.count)
    let bytes = all.extracting(start..<WhiteSpace.skipBack(in: all, from: all.count, to: start))
    var out = ByteBuffer(capacity: bytes.count + 16)
    _ = SentenceText.append(bytes, to: &out)
    return out.span.copied()
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
