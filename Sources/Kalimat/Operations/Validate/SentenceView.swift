internal import Segmentation

/// A sentence record or a rejected one, read: its strings without escapes.
struct SentenceView: ~Copyable {
  private(set) var text = ByteBuffer()
  private var raw = ByteBuffer()
  private(set) var separator = ByteBuffer()
  private(set) var seq = 0
  private(set) var paragraph = 0
  private(set) var start = 0
  private(set) var end = 0

  /// The slice of the article that it is.
  var slice: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get { raw.count > 0 ? raw.span : text.span }
  }

  var hasRaw: Bool { raw.count > 0 }

  mutating func read(_ line: Span<UInt8>, _ slots: [RecordParser.Slot]) {
    typealias Key = RecordShape.Sentence
    text.removeAll()
    raw.removeAll()
    separator.removeAll()
    RecordParser.appendUnescaped(line, slots[Key.text], to: &text)
    RecordParser.appendUnescaped(line, slots[Key.raw], to: &raw)
    RecordParser.appendUnescaped(line, slots[Key.sep], to: &separator)
    seq = slots[Key.seq].value
    paragraph = slots[Key.para].value
    start = slots[Key.start].value
    end = slots[Key.end].value
  }
}

/// White_Space as the checks ask for it.
enum WhiteSpaceRun {
  /// The offset of the first scalar that is no White_Space; nil where all of it is.
  static func firstOther(in bytes: Span<UInt8>) -> Int? {
    let end = WhiteSpace.skip(in: bytes, from: 0, to: bytes.count)
    return end < bytes.count ? end : nil
  }

  static func lineEndCount(in bytes: Span<UInt8>) -> Int {
    var here = 0
    var count = 0
    while here < bytes.count {
      let length = WhiteSpace.lineEndLength(in: bytes, at: here)
      if length > 0 { count += 1 }
      here += max(length, 1)
    }
    return count
  }
}
