/// What a language file says of words (Languages/xx.txt): a hash table from a word to the sections it stands in.
///
/// Words are kept as 64-bit hashes: a false match of two words of a language has odds under 10⁻¹³.
package struct LanguageKnowledge: Sendable {
  /// The sections a word stands in.
  package struct Sections: OptionSet, Sendable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }
    static let abbreviations = Sections(rawValue: 1)
    static let titles = Sections(rawValue: 2)
    static let ends = Sections(rawValue: 4)
    static let units = Sections(rawValue: 8)
    static let months = Sections(rawValue: 16)
    static let starters = Sections(rawValue: 32)
    /// Words that a number with a period counts: "19. Jahrhundert".
    static let ordinals = Sections(rawValue: 64)
    /// Abbreviations before a number only: "p. 55".
    static let numeric = Sections(rawValue: 128)
    /// Verbs that carry the sentence on after what was said: "asked".
    static let reporting = Sections(rawValue: 256)
    /// The last word of an entry of two words.
    static let phraseEnds = Sections(rawValue: 512)
    /// The last word of an entry that is not one word: of two, or with a hyphen after a period ("ev.-lut"). Told by
    /// `endsCompound` alone.
    fileprivate static let compoundEnds = Sections(rawValue: 1024)
    /// What keeps a word before a period from being a plain one.
    static let shortened: Sections = [.abbreviations, .titles, .ends, .units, .numeric, .months, .phraseEnds]
  }

  private var keys: [UInt64] = []
  private var values: [UInt16] = []
  private var mask = 0
  /// What most words of a text are told by not to be listed.
  private var filter = WordFilter()
  /// A number and a period before a word may be an ordinal ("12. Juni").
  package private(set) var hasOrdinals = false
  /// The language has no terminators: the white space between its phrases ends its sentences.
  package private(set) var spacesArePhrases = false
  /// Marks that end a sentence in this language beside Unicode's.
  package private(set) var terminators: [UInt32] = []
  package private(set) var isEmpty = true
  /// Some entry is of two words: "App Div".
  package private(set) var hasPhrases = false

  /// The knowledge of a language without a file: none.
  package init() {}

  /// Reads a language file. What it does not know it passes over: a test reads every file strictly.
  package init(file: Span<UInt8>) {
    var entries: [(UInt64, UInt16)] = []
    var section: Sections? = nil
    var options = false
    var lineStart = 0
    for here in 0...file.count where here == file.count || file[here] == 0x0A {
      let range = Self.content(of: file, from: lineStart, to: here)
      lineStart = here + 1
      if range.isEmpty { continue }
      if file[range.lowerBound] == 0x5B {
        (section, options) = Self.section(named: file, range)
      } else if options {
        readOption(file, range)
      } else if let section {
        entries.append((Self.hash(file, range), section.rawValue))
        let last = Word(in: file, before: range.upperBound, floor: range.lowerBound)
        if last.start > range.lowerBound { entries.append((last.exact, Sections.compoundEnds.rawValue)) }
        let space = range.last { file[$0] == 0x20 }
        if let space {
          hasPhrases = true
          entries.append((Self.hash(file, space + 1..<range.upperBound), Sections.phraseEnds.rawValue))
        }
        if space != nil || !section.isDisjoint(with: .shortened) { filter.insertEnd(of: file, range) }
        if section == .starters { filter.insertBeginning(of: file, range) }
      }
    }
    fill(entries)
  }

  /// The line without its comment and without the white space around it.
  private static func content(of file: Span<UInt8>, from start: Int, to limit: Int) -> Range<Int> {
    var end = start
    while end < limit && file[end] != 0x23 { end += 1 }
    let first = WhiteSpace.skip(in: file, from: start, to: end)
    return first..<WhiteSpace.skipBack(in: file, from: end, to: first)
  }

  private static func section(named file: Span<UInt8>, _ range: Range<Int>) -> (Sections?, Bool) {
    switch range.count > 2 ? file[range.lowerBound + 1] : 0 {
    case 0x61: (.abbreviations, false)
    case 0x74: (.titles, false)
    case 0x65: (.ends, false)
    case 0x75: (.units, false)
    case 0x6D: (.months, false)
    case 0x73: (.starters, false)
    case 0x6E: (.numeric, false)
    case 0x72: (.reporting, false)
    // [ordinal-words] and [options]
    case 0x6F: file[range.lowerBound + 2] == 0x72 ? (.ordinals, false) : (nil, true)
    default: (nil, false)
    }
  }

  private mutating func readOption(_ file: Span<UInt8>, _ range: Range<Int>) {
    var equals = range.lowerBound
    while equals < range.upperBound && file[equals] != 0x3D { equals += 1 }
    guard equals < range.upperBound else { return }
    switch file[range.lowerBound] {
    // "ordinals = yes", "spaces = phrases"
    case 0x6F: hasOrdinals = file[range.upperBound - 1] == 0x73
    case 0x73: spacesArePhrases = file[range.upperBound - 1] == 0x73
    case 0x74:
      var here = WhiteSpace.skip(in: file, from: equals + 1, to: range.upperBound)
      while here < range.upperBound {
        let (scalar, length) = Scalar.at(here, in: file)
        terminators.append(scalar)
        here = WhiteSpace.skip(in: file, from: here + length, to: range.upperBound)
      }
    default: break
    }
  }

  private mutating func fill(_ entries: [(UInt64, UInt16)]) {
    guard !entries.isEmpty else { return }
    isEmpty = false
    var capacity = 16
    while capacity < entries.count * 2 { capacity *= 2 }
    mask = capacity - 1
    keys = [UInt64](repeating: 0, count: capacity)
    values = [UInt16](repeating: 0, count: capacity)
    for (key, value) in entries {
      var slot = Int(truncatingIfNeeded: key) & mask
      while keys[slot] != 0 && keys[slot] != key { slot = (slot + 1) & mask }
      keys[slot] = key
      values[slot] |= value
    }
  }

  /// The sections of the word whose hash is `key`.
  @inline(__always)
  func sections(of key: UInt64) -> Sections { Sections(rawValue: value(of: key) & ~Sections.compoundEnds.rawValue) }

  /// Whether an entry of several words ends with the word whose hash is `key`.
  @inline(__always)
  func endsCompound(_ key: UInt64) -> Bool { hasPhrases && value(of: key) & Sections.compoundEnds.rawValue != 0 }

  @inline(__always)
  private func value(of key: UInt64) -> UInt16 {
    guard mask != 0 else { return 0 }
    var slot = Int(truncatingIfNeeded: key) & mask
    let keys = self.keys.span
    while keys[slot] != 0 {
      if keys[slot] == key { return values[slot] }
      slot = (slot + 1) & mask
    }
    return 0
  }

  /// Whether a word of four or more lower-case letters of ASCII, which ends at `end`, may be one that a period shortens.
  @inline(__always)
  func mayBeShortened(_ text: Span<UInt8>, before end: Int) -> Bool { filter.mayEnd(text, before: end) }

  /// Whether the word that begins at `start` may be listed as one that begins sentences.
  @inline(__always)
  func mayStart(_ text: Span<UInt8>, at start: Int) -> Bool { filter.mayBegin(text, at: start) }

  /// The hash of the bytes of a word; never 0.
  static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash = WordHash()
    var here = range.lowerBound
    while here < range.upperBound {
      let (scalar, length) = Scalar.at(here, in: text)
      hash.add(scalar == 0x2019 ? 0x27 : scalar)
      here += length
    }
    return hash.value
  }
}

/// The 64-bit hash of a word, scalar by scalar (FNV-1a over scalars, mixed at the end).
struct WordHash {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  mutating func add(_ scalar: UInt32) { state = (state ^ UInt64(scalar)) &* 0x0000_0100_0000_01B3 }

  /// Never 0.
  @inline(__always)
  var value: UInt64 {
    var mixed = (state ^ state >> 32) &* 0xD6E8_FEB8_6659_FD93
    mixed ^= mixed >> 32
    return mixed == 0 ? 1 : mixed
  }
}
