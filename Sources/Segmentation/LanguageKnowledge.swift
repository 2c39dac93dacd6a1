/// What a language file says of words (Languages/xx.txt): a hash table from a word to the sections it stands in.
///
/// Words are kept as 64-bit hashes: a false match of two words of a language has odds under 10⁻¹³.
package final class LanguageKnowledge: Sendable {
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
    static let compoundEnds = Sections(rawValue: 1024)
    /// What keeps a word before a period from being a plain one.
    static let shortened: Sections = [.abbreviations, .titles, .ends, .units, .numeric, .months, .phraseEnds]
  }

  private let keys: [UInt64]
  private let values: [UInt16]
  private let mask: Int
  /// What most words of a text are told by not to be listed.
  private let filter: WordFilter
  /// A number and a period before a word may be an ordinal ("12. Juni").
  package let hasOrdinals: Bool
  /// The language has no terminators: the white space between its phrases ends its sentences.
  package let spacesArePhrases: Bool
  /// Marks that end a sentence in this language beside Unicode's.
  package let terminators: [UInt32]
  package let isEmpty: Bool
  /// Some entry is of two words: "App Div".
  package let hasPhrases: Bool
  /// Words are listed that plainly begin a sentence.
  let hasStarters: Bool

  /// The knowledge of a language without a file: none.
  package convenience init() { self.init(LanguageReading()) }

  /// Reads a language file. What it does not know it passes over: a test reads every file strictly.
  package convenience init(file: Span<UInt8>) { self.init(LanguageReading(file: file)) }

  private init(_ reading: LanguageReading) {
    keys = reading.keys
    values = reading.values
    mask = reading.mask
    filter = reading.filter
    hasOrdinals = reading.hasOrdinals
    spacesArePhrases = reading.spacesArePhrases
    terminators = reading.terminators
    isEmpty = reading.isEmpty
    hasPhrases = reading.hasPhrases
    hasStarters = reading.hasStarters
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
    while keys[slot] != 0 {
      if keys[slot] == key { return values[slot] }
      slot = (slot + 1) & mask
    }
    return 0
  }

  /// Whether a word of two or more letters of ASCII, in whatever case, may be one that a period shortens, or end with "str".
  @inline(__always)
  func mayBeShortened(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    let end = word.upperBound
    if filter.mayEnd(text, word) { return true }
    return word.count > 3 && text[end - 1] == 0x72 && text[end - 2] == 0x74 && text[end - 3] == 0x73
  }

  /// Whether the word that begins at `start` may be listed as one that begins sentences.
  @inline(__always)
  func mayStart(_ text: Span<UInt8>, at start: Int) -> Bool { filter.mayBegin(text, at: start) }

  /// What `mayStart` looks up (`kk_marks_that_part`); nil where no word plainly begins a sentence.
  var beginnings: [UInt64]? { hasStarters ? filter.beginnings : nil }

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
