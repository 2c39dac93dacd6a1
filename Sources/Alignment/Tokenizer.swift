internal import ICU

/// Sentences into tokens: NFKC, lower case, words cut to a stem, numbers in one form, some punctuation, characters and
/// pairs of characters where a script puts no spaces between words.
struct Tokenizer {
  private enum Class {
    static let skip: UInt8 = 0, letter: UInt8 = 1, mark: UInt8 = 2, digit: UInt8 = 3, unspaced: UInt8 = 4
    static let punctuation: UInt8 = 5, space: UInt8 = 6, ignored: UInt8 = 7, unknown: UInt8 = 0xFF
  }

  /// Characters of a word that are kept.
  let stemLength: Int
  private var classes: [UInt8] = Array(repeating: Class.unknown, count: 0x3_0000)
  private var scratch: [UInt8] = []
  private var word: [UInt8] = []

  init(stemLength: Int) { self.stemLength = stemLength }

  /// The sentences as numbers of `vocabulary`, which grows.
  mutating func side(_ sentences: [String], vocabulary: inout Vocabulary) throws(AlignmentError) -> Side {
    var side = Side()
    side.edges.reserveCapacity(sentences.count)
    var joined: [UInt8] = []
    var first = 0
    for (number, sentence) in sentences.enumerated() {
      side.edges.append(Edges(sentence))
      for byte in sentence.utf8 { joined.append(byte == 0x0A ? 0x20 : byte) }
      joined.append(0x0A)
      // ICU takes many sentences at once; NFKC and lower case never make or take a line feed.
      if joined.count > 1 << 16 || number == sentences.count - 1 {
        scratch.removeAll(keepingCapacity: true)
        do { try Transform.appendNFKCLowercase(of: joined.span, to: &scratch) } catch { throw .icu(error.name) }
        append(lines: number + 1 - first, to: &side, vocabulary: &vocabulary)
        joined.removeAll(keepingCapacity: true)
        first = number + 1
      }
    }
    return side
  }

  private mutating func append(lines: Int, to side: inout Side, vocabulary: inout Vocabulary) {
    var offset = 0
    var text: [UInt8] = []
    swap(&text, &scratch)
    for _ in 0..<lines {
      var characters = 0
      offset = appendLine(text, from: offset, to: &side.tokens, characters: &characters, vocabulary: &vocabulary)
      side.starts.append(Int32(side.tokens.count))
      side.lengthSums.append(side.lengthSums[side.lengthSums.count - 1] + Double(max(characters, 1)))
    }
    swap(&text, &scratch)
  }

  /// Tokens of the line that starts at `from`; the offset after its line feed.
  private mutating func appendLine(
    _ text: [UInt8], from: Int, to tokens: inout [Int32], characters: inout Int, vocabulary: inout Vocabulary
  ) -> Int {
    var offset = from
    while offset < text.count {
      let (scalar, length) = Self.scalar(text, at: offset)
      if scalar == 0x0A { return offset + 1 }
      let kind = classOf(scalar)
      if kind != Class.space { characters += 1 }
      switch kind {
      case Class.letter, Class.mark:
        offset = appendWord(text, from: offset, to: &tokens, characters: &characters, vocabulary: &vocabulary)
        continue
      case Class.digit:
        offset = appendNumber(text, from: offset, to: &tokens, characters: &characters, vocabulary: &vocabulary)
        continue
      case Class.unspaced:
        offset = appendUnspaced(text, from: offset, to: &tokens, characters: &characters, vocabulary: &vocabulary)
        continue
      case Class.punctuation:
        word.removeAll(keepingCapacity: true)
        word.append(Self.punctuation(scalar))
        tokens.append(vocabulary.intern(word[...], fullForm: word[...], kind: .mark))
      default: break
      }
      offset += length
    }
    return offset
  }

  private mutating func appendWord(
    _ text: [UInt8], from: Int, to tokens: inout [Int32], characters: inout Int, vocabulary: inout Vocabulary
  ) -> Int {
    var offset = from
    var count = 0
    var stemEnd = 0
    word.removeAll(keepingCapacity: true)
    while offset < text.count {
      let (scalar, length) = Self.scalar(text, at: offset)
      let kind = classOf(scalar)
      guard kind == Class.letter || kind == Class.mark || kind == Class.ignored else { break }
      if kind != Class.ignored { word.append(contentsOf: text[offset..<offset + length]) }
      if kind == Class.letter { count += 1 }
      if count <= stemLength { stemEnd = word.count }
      if offset > from { characters += 1 }
      offset += length
    }
    if !word.isEmpty { tokens.append(vocabulary.intern(word[..<stemEnd], fullForm: word[...], kind: .word)) }
    return offset
  }

  /// Digits with separators between them, in one form: no grouping, a point before decimals, no zeros at their end.
  private mutating func appendNumber(
    _ text: [UInt8], from: Int, to tokens: inout [Int32], characters: inout Int, vocabulary: inout Vocabulary
  ) -> Int {
    var offset = from
    var groups: [[UInt8]] = [[]]
    var separators: [UInt8] = []
    while offset < text.count {
      let (scalar, length) = Self.scalar(text, at: offset)
      if classOf(scalar) == Class.digit {
        groups[groups.count - 1].append(Self.digit(scalar))
        if offset > from { characters += 1 }
        offset += length
      } else if let separator = Self.separator(scalar), offset + length < text.count,
        classOf(Self.scalar(text, at: offset + length).scalar) == Class.digit
      {
        // A space groups only where exactly three digits follow and up to three stand before.
        if separator == 0x20, !(groups[groups.count - 1].count <= 3 && digitsFollow(text, at: offset + length) == 3) {
          break
        }
        separators.append(separator)
        groups.append([])
        if separator != 0x20 { characters += 1 }
        offset += length
      } else {
        break
      }
    }
    word = NumberForm.canonical(groups: groups, separators: separators)
    tokens.append(vocabulary.intern(word[...], fullForm: word[...], kind: .number))
    return offset
  }

  private mutating func digitsFollow(_ text: [UInt8], at start: Int) -> Int {
    var count = 0
    var offset = start
    while offset < text.count, count < 4 {
      let (scalar, length) = Self.scalar(text, at: offset)
      if classOf(scalar) != Class.digit { break }
      count += 1
      offset += length
    }
    return count
  }

  /// A run without spaces: Han and hiragana as single characters; a run of katakana as a word, because it is mostly a name
  /// or a loan, and its Latin form a cognate; of other scripts single characters and pairs of neighbours.
  private mutating func appendUnspaced(
    _ text: [UInt8], from: Int, to tokens: inout [Int32], characters: inout Int, vocabulary: inout Vocabulary
  ) -> Int {
    var offset = from
    var previous: Int? = nil
    while offset < text.count {
      let (scalar, length) = Self.scalar(text, at: offset)
      let kind = classOf(scalar)
      guard kind == Class.unspaced || (kind == Class.mark && offset > from) else { break }
      if Self.isKatakana(scalar) {
        let end = Self.katakanaEnd(text, from: offset)
        tokens.append(vocabulary.intern(text[offset..<end], fullForm: text[offset..<end], kind: .word))
        characters += (end - offset) / 3 - (offset > from ? 0 : 1)
        offset = end
        continue
      }
      let single = text[offset..<offset + length]
      tokens.append(vocabulary.intern(single, fullForm: single, kind: .character))
      if let previous, !Self.isHanOrKana(scalar) {
        let pair = text[previous..<offset + length]
        tokens.append(vocabulary.intern(pair, fullForm: pair, kind: .character))
      }
      previous = offset
      if offset > from { characters += 1 }
      offset += length
    }
    return offset
  }

  private static func isKatakana(_ scalar: UInt32) -> Bool { (0x30A1...0x30FE).contains(scalar) }
  private static func isHanOrKana(_ scalar: UInt32) -> Bool { scalar >= 0x3040 }

  private static func katakanaEnd(_ text: [UInt8], from: Int) -> Int {
    var offset = from
    while offset < text.count, isKatakana(scalar(text, at: offset).scalar) { offset += 3 }
    return offset
  }

  // MARK: Characters

  private mutating func classOf(_ scalar: UInt32) -> UInt8 {
    let index = Int(scalar)
    if index >= classes.count { return Class.skip }
    if classes[index] == Class.unknown { classes[index] = Self.findClass(scalar) }
    return classes[index]
  }

  private static func findClass(_ scalar: UInt32) -> UInt8 {
    switch scalar {
    case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x2_0000...0x2_FFFF, 0x0E00...0x0E4E, 0x0E80...0x0ECF,
      0x1000...0x104A, 0x1780...0x17D3:
      return Class.unspaced
    // Arabic vowel points and the stretching mark, Hebrew points, soft hyphen, joiners: written or left out at will.
    case 0x064B...0x0652, 0x0640, 0x0670, 0x0591...0x05C7, 0xAD, 0x200B...0x200F: return Class.ignored
    default: break
    }
    if punctuation(scalar) != 0 { return Class.punctuation }
    switch ScalarProperties.generalCategory(of: scalar) {
    case 1...5: return Class.letter
    case 6...8: return Class.mark
    case 9: return Class.digit
    case 12...15: return Class.space
    default: return Class.skip
    }
  }

  /// The punctuation that is kept, in one form; 0 for what is not.
  private static func punctuation(_ scalar: UInt32) -> UInt8 {
    switch scalar {
    case 0x3F, 0x061F, 0x37E: 0x3F  // ?
    case 0x21: 0x21  // !
    case 0x22, 0x201C...0x201F, 0x300C...0x300F, 0xAB, 0xBB: 0x22  // "
    case 0x3A: 0x3A  // :
    case 0x3B, 0x061B: 0x3B  // ;
    case 0x28: 0x28  // (
    case 0x29: 0x29  // )
    case 0x25, 0x066A: 0x25  // %
    default: 0
    }
  }

  private static func separator(_ scalar: UInt32) -> UInt8? {
    switch scalar {
    case 0x2E, 0x3A: UInt8(scalar)
    case 0x2C, 0x066B: 0x2C
    case 0x066C: 0x20
    case 0x27, 0x2019: 0x20
    case 0x20, 0xA0, 0x202F: 0x20
    default: nil
    }
  }

  private static func digit(_ scalar: UInt32) -> UInt8 {
    if scalar < 0x80 { return UInt8(scalar) }
    let value = Unicode.Scalar(scalar)?.properties.numericValue ?? 0
    return 0x30 + UInt8(max(0, min(9, value)))
  }

  @inline(__always) private static func scalar(_ text: [UInt8], at offset: Int) -> (scalar: UInt32, length: Int) {
    let lead = UInt32(text[offset])
    if lead < 0x80 { return (lead, 1) }
    if lead < 0xE0 { return ((lead & 0x1F) << 6 | UInt32(text[offset + 1] & 0x3F), 2) }
    let second = UInt32(text[offset + 1] & 0x3F), third = UInt32(text[offset + 2] & 0x3F)
    if lead < 0xF0 { return ((lead & 0x0F) << 12 | second << 6 | third, 3) }
    return ((lead & 0x07) << 18 | second << 12 | third << 6 | UInt32(text[offset + 3] & 0x3F), 4)
  }
}

/// Numbers in one form, whatever the language's separators.
enum NumberForm {
  /// `1.234,50`, `1,234.5` and `1 234.5` are all `1234.5`; `10:30` keeps its colon; `1.2.2020` keeps its points.
  static func canonical(groups: [[UInt8]], separators: [UInt8]) -> [UInt8] {
    var out = groups[0]
    for (index, separator) in separators.enumerated() {
      let group = groups[index + 1]
      let isLast = index == separators.count - 1
      let groups3 = group.count == 3 && separator != 0x3A && out.count <= 12 && out != [0x30]
      if groups3 || separator == 0x20 {
        out += group
      } else if isLast, separators.count == 1 || separators[index - 1] != separator, separator != 0x3A {
        var decimals = group
        while decimals.last == 0x30 { decimals.removeLast() }
        if !decimals.isEmpty { out += [0x2E] + decimals }
      } else {
        out += [separator == 0x3A ? 0x3A : 0x2E] + group
      }
    }
    return out
  }
}
