/// What an alignment has learned of two languages: how often tokens were met, and translated each other.
///
/// As text: a first line `kalimat-lexicon 1 stem=5`, then lines of three fields between tabs, sorted by their bytes:
/// source token, target token, count; where one token is empty, the count is how often the other was met.
public struct Lexicon: Sendable, Equatable {
  /// One line: a pair, or a token with nothing on the other side.
  public struct Entry: Sendable, Equatable {
    public var source: [UInt8]
    public var target: [UInt8]
    /// Thousandths of a count.
    public var thousandths: Int
  }

  /// Characters of a word that are kept: a lexicon of other stems is of no use.
  public var stemLength: Int
  public var entries: [Entry]

  public init(stemLength: Int, entries: [Entry]) {
    self.stemLength = stemLength
    self.entries = entries
  }

  private static let firstWord = "kalimat-lexicon 1 stem="

  /// The text form.
  public var text: [UInt8] {
    var out = Array("\(Self.firstWord)\(stemLength)\n".utf8)
    for entry in entries {
      out += entry.source
      out.append(0x09)
      out += entry.target
      out.append(0x09)
      out += "\(entry.thousandths / 1000).".utf8
      let rest = entry.thousandths % 1000
      out += [0x30 + UInt8(rest / 100), 0x30 + UInt8(rest / 10 % 10), 0x30 + UInt8(rest % 10), 0x0A]
    }
    return out
  }

  /// Reads the text form.
  public init(text: [UInt8]) throws(AlignmentError) {
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    let first = String(decoding: lines.first ?? [], as: UTF8.self)
    guard first.hasPrefix(Self.firstWord), let stem = Int(first.dropFirst(Self.firstWord.count)) else {
      throw .badLexiconLine(line: 1, found: "no lexicon of kalimat", expected: "`\(Self.firstWord)N`")
    }
    stemLength = stem
    entries = []
    for (index, line) in lines.enumerated().dropFirst() {
      let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
      guard fields.count == 3, let count = Self.thousandths(fields[2]), !(fields[0].isEmpty && fields[1].isEmpty) else {
        throw .badLexiconLine(
          line: index + 1, found: "not a line of a lexicon",
          expected: "source token, target token and a count such as 1.250, with tabs between them")
      }
      entries.append(Entry(source: Array(fields[0]), target: Array(fields[1]), thousandths: count))
    }
  }

  /// `12.345` as 12345.
  private static func thousandths(_ field: ArraySlice<UInt8>) -> Int? {
    let parts = field.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 3, let whole = Int(String(decoding: parts[0], as: UTF8.self)),
      let rest = Int(String(decoding: parts[1], as: UTF8.self)), whole >= 0, rest >= 0, whole < 1 << 40
    else { return nil }
    return whole * 1000 + rest
  }
}

/// What is known before a collection is read.
public struct Knowledge: Sendable {
  /// Words and their translations, as a user's dictionary has them.
  public var dictionary: [(source: String, target: String)]
  /// What an earlier alignment of the same two languages has learned.
  public var lexicon: Lexicon?

  /// BCP 47 tags of the two languages, where they are known: then CLDR's names of countries, months, weekdays and
  /// numbers are known too.
  public var languages: (source: String, target: String)?

  /// Embeddings, which the rows of documents name.
  public var vectors: (source: SentenceVectors, target: SentenceVectors)?

  public init(
    dictionary: [(source: String, target: String)] = [], lexicon: Lexicon? = nil,
    languages: (source: String, target: String)? = nil
  ) {
    self.dictionary = dictionary
    self.lexicon = lexicon
    self.languages = languages
  }
}

/// A collection's beads, and what was learned from it.
public struct Alignment: Sendable {
  /// For each document its beads in order: every sentence is in exactly one.
  public var beads: [[ScoredBead]]
  /// To be given to the next run, together with what this one was given.
  public var lexicon: Lexicon
}
