/// How a line starts and ends, and how many sentence ends are inside it: translations agree in it more than chance.
struct Edges: Sendable, Equatable {
  /// Classes of a start: upper case, lower case, digit, a letter without case, other; each again at a paragraph's start, and
  /// again as a heading.
  static let startClasses = 15
  /// The first class of headings.
  static let headings = 10
  /// Classes of an end: sentence terminator, colon or semicolon, comma or dash, letter or digit, other.
  static let endClasses = 5

  var start: UInt8
  var end: UInt8
  /// Terminators before the last character that are followed by white space (or are ideographic), its own end included.
  var sentenceEnds: UInt8

  init(start: UInt8, end: UInt8, sentenceEnds: UInt8) {
    self.start = start
    self.end = end
    self.sentenceEnds = sentenceEnds
  }

  /// The same line, known to start a paragraph.
  var atParagraphStart: Edges { Edges(start: start % 5 + 5, end: end, sentenceEnds: sentenceEnds) }

  /// The same line, known to be a title or a heading.
  var asHeading: Edges { Edges(start: start % 5 + UInt8(Self.headings), end: end, sentenceEnds: sentenceEnds) }

  init(_ sentence: String) {
    var start: UInt8? = nil
    var end: UInt8 = 4
    var ends = 0
    var pending = false
    for scalar in sentence.unicodeScalars {
      let value = scalar.value
      if Self.isSpace(value) {
        if pending { ends += 1 }
        pending = false
        continue
      }
      if Self.isWrapping(value) { continue }
      if Self.isIdeographicStop(value) {
        ends += 1
        pending = false
        end = 0
      } else if Self.isStop(value) {
        pending = true
        end = 0
      } else {
        pending = false
        end = Self.endClass(value)
      }
      if start == nil { start = Self.startClass(scalar) }
    }
    if pending { ends += 1 }
    self.start = start ?? 4
    self.end = end
    sentenceEnds = UInt8(min(ends, 20))
  }

  private static func isSpace(_ value: UInt32) -> Bool {
    value == 0x20 || (0x09...0x0D).contains(value) || value == 0xA0 || value == 0x3000
      || (0x2000...0x200B).contains(value)
  }
  /// Quotes and brackets: they wrap a sentence and say nothing of where it ends.
  private static func isWrapping(_ value: UInt32) -> Bool {
    switch value {
    case 0x22, 0x27, 0x28, 0x29, 0x5B, 0x5D, 0xAB, 0xBB, 0x2018...0x201F, 0x2039, 0x203A, 0x300C...0x300F, 0xFF08,
      0xFF09:
      true
    default: false
    }
  }
  private static func isStop(_ value: UInt32) -> Bool {
    switch value {
    case 0x21, 0x2E, 0x3F, 0x2026, 0x061F, 0x06D4, 0x0589, 0x0964, 0x0965, 0x1362, 0x104B, 0x17D4: true
    default: false
    }
  }
  private static func isIdeographicStop(_ value: UInt32) -> Bool {
    value == 0x3002 || value == 0xFF01 || value == 0xFF1F || value == 0xFF0E || value == 0xFF61
  }
  private static func endClass(_ value: UInt32) -> UInt8 {
    switch value {
    case 0x3A, 0x3B, 0xFF1A, 0xFF1B, 0x061B: 1
    case 0x2C, 0x2D, 0x2010...0x2015, 0xFF0C, 0x3001, 0x060C: 2
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0xC0...: 3
    default: 4
    }
  }
  private static func startClass(_ scalar: Unicode.Scalar) -> UInt8 {
    switch scalar.value {
    case 0x41...0x5A: return 0
    case 0x61...0x7A: return 1
    case 0x30...0x39: return 2
    case 0..<0xC0: return 4
    default: break
    }
    let properties = scalar.properties
    if properties.isUppercase { return 0 }
    if properties.isLowercase { return 1 }
    return properties.isAlphabetic ? 3 : 4
  }
}
