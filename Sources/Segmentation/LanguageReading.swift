/// A language file being read (Languages/xx.txt), into what `LanguageKnowledge` keeps of it.
struct LanguageReading {
  private typealias Sections = LanguageKnowledge.Sections

  private(set) var keys: [UInt64] = []
  private(set) var values: [UInt16] = []
  private(set) var mask = 0
  /// What most words of a text are told by not to be listed.
  private(set) var filter = WordFilter()
  /// A number and a period before a word may be an ordinal ("12. Juni").
  private(set) var hasOrdinals = false
  /// The language has no terminators: the white space between its phrases ends its sentences.
  private(set) var spacesArePhrases = false
  /// Marks that end a sentence in this language beside Unicode's.
  private(set) var terminators: [UInt32] = []
  private(set) var isEmpty = true
  /// Some entry is of two words: "App Div".
  private(set) var hasPhrases = false
  /// Words are listed that plainly begin a sentence.
  private(set) var hasStarters = false

  /// Of no file.
  init() {}

  /// Reads a language file. What it does not know it passes over: a test reads every file strictly.
  init(file: Span<UInt8>) {
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
        entries.append((LanguageKnowledge.hash(file, range), section.rawValue))
        let last = Word(in: file, before: range.upperBound, floor: range.lowerBound)
        if last.start > range.lowerBound { entries.append((last.exact, Sections.compoundEnds.rawValue)) }
        let space = range.last { file[$0] == 0x20 }
        if let space {
          hasPhrases = true
          entries.append((LanguageKnowledge.hash(file, space + 1..<range.upperBound), Sections.phraseEnds.rawValue))
        }
        if space != nil || !section.isDisjoint(with: .shortened) { filter.insertEnd(of: file, range) }
        if section == .starters {
          hasStarters = true
          filter.insertBeginning(of: file, range)
        }
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
}
