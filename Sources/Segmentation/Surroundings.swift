/// What stands around a candidate: the words left and right, what stands between them, and the paragraph's ways.
struct Surroundings {
  var candidate: Candidate
  /// The word in front of the tail, and the one before it.
  var left: Word
  var left2: Word
  /// The class of the scalar in front of `left`, and the tail of `left2` (a period for an initial or abbreviation).
  var beforeLeft: CharacterClass
  var left2Tail: CharacterClass
  /// The word after `next` and what opens it, and the class of the scalar after it.
  var right: Word
  var afterRight: CharacterClass
  /// The class of the first scalar of the word after `right`.
  var right2Class: CharacterClass
  /// A hash of the tail's scalars, runs shortened.
  var tailSignature: UInt32
  var leftSections: LanguageKnowledge.Sections
  var rightSections: LanguageKnowledge.Sections
  /// The tail ends with a closing quote or bracket.
  var isClosed: Bool
  var isInBrackets = false
  var isInQuotes = false
  /// Where spaces are between phrases: the bytes of the phrase left and of the one right, and hashes of their ends.
  var phrases: Phrases?
  /// The offset where the sentence that may end here begins.
  var sentenceStart = 0
  var register: Register
  /// The paragraph begins with what is numbered, and its number: "Sec. 3".
  var isAfterReference = false
  /// "¿" or "¡" follows.
  var isBeforeInvertedMark = false

  init(
    of candidate: Candidate, in text: Span<UInt8>, sentenceStart: Int, knowledge: LanguageKnowledge, register: Register
  ) {
    self.candidate = candidate
    self.sentenceStart = sentenceStart
    self.register = register
    if text[candidate.next] == 0xC2 {
      isBeforeInvertedMark = text[candidate.next + 1] == 0xBF || text[candidate.next + 1] == 0xA1
    }
    let last = CharacterClass.of(Scalar.before(candidate.end, in: text).value)
    let isMark = last == .closer || last == .quote || last == .apostrophe || last == .opener
    isClosed = candidate.end > candidate.tail && isMark && candidate.kind != .opener
    tailSignature = Self.signature(text, from: candidate.tail, to: candidate.end)
    left = Word(in: text, before: candidate.tail, floor: 0)
    (beforeLeft, left2Tail, left2) = Self.before(left.start, in: text)
    (right, afterRight, right2Class) = Self.after(candidate.next, in: text)
    leftSections = Self.sections(of: left, in: text, knowledge)
    rightSections = Self.sections(of: right, in: text, knowledge)
    if left2.length > 0 && left.length > 0 && left.start - left2.end <= 3 && knowledge.endsCompound(left.exact) {
      leftSections.formUnion(knowledge.sections(of: LanguageKnowledge.hash(text, left2.start..<left.end)))
    }
    if left2.start == 0 && left.shape == .number {
      isAfterReference = !Self.sections(of: left2, in: text, knowledge).isDisjoint(with: [.numeric, .titles])
    }
    if knowledge.spacesArePhrases && candidate.next > candidate.end { phrases = Phrases(at: candidate, in: text) }
    if leftSections.isEmpty { leftSections = Self.part(of: left, after: true, in: text, knowledge) }
    if leftSections.isEmpty { leftSections = Self.street(left, in: text, knowledge) }
    if rightSections.isEmpty { rightSections = Self.part(of: right, after: false, in: text, knowledge) }
  }

  /// As written; else, for a word with capitals, in lower case ("Hlm" at a sentence's start is the file's "hlm"),
  /// and for one all in capitals with a capital ("MR" is the file's "Mr").
  static func sections(
    of word: Word, in text: Span<UInt8>, _ knowledge: LanguageKnowledge
  ) -> LanguageKnowledge.Sections {
    guard word.length > 0, !knowledge.isEmpty else { return [] }
    let found = knowledge.sections(of: word.exact)
    guard found.isEmpty, word.exact != word.folded, word.shape != .upperLetter else { return found }
    let folded = knowledge.sections(of: word.folded)
    guard folded.isEmpty, word.shape == .upperWord else { return folded }
    var hash = WordHash()
    var here = word.start
    while here < word.end {
      let (scalar, length) = Scalar.at(here, in: text)
      hash.add(here == word.start ? scalar : Scalar.folded(scalar))
      here += length
    }
    return knowledge.sections(of: hash.value)
  }

  /// The sections of the word's last part, after an apostrophe or a hyphen ("l'art", "Max-Brauer-Str"), or of its
  /// first, before a hyphen ("dit-elle"); where scripts are written without spaces, of its first scalar.
  private static func part(
    of word: Word, after: Bool, in text: Span<UInt8>, _ knowledge: LanguageKnowledge
  ) -> LanguageKnowledge.Sections {
    // Most words have no parts.
    guard word.length > 1, !knowledge.isEmpty, !word.isSimple || text[word.start] >= 0xE0 else { return [] }
    var here = word.start
    var found = word.start
    while here < word.end {
      let (scalar, length) = Scalar.at(here, in: text)
      let kind = CharacterClass.of(scalar)
      // A letter alone after a hyphen is of the word: "APBN-P".
      if after && (kind == .apostrophe || (kind == .dash && word.end - here > 2)) { found = here + length }
      if !after && (kind == .dash || (here == word.start && Word.isUnspaced(scalar))) {
        found = kind == .dash ? here : here + length
        break
      }
      here += length
    }
    guard found > word.start, found < word.end else { return [] }
    return knowledge.sections(of: LanguageKnowledge.hash(text, after ? found..<word.end : word.start..<found))
  }

  /// "Museumstr" is what the file says of "str".
  private static func street(
    _ word: Word, in text: Span<UInt8>, _ knowledge: LanguageKnowledge
  ) -> LanguageKnowledge.Sections {
    guard !knowledge.isEmpty, word.length > 5, text[word.end - 1] == 0x72, text[word.end - 2] == 0x74,
      text[word.end - 3] == 0x73
    else { return [] }
    return knowledge.sections(of: LanguageKnowledge.hash(text, word.end - 3..<word.end))
  }

  private static func before(_ offset: Int, in text: Span<UInt8>) -> (CharacterClass, CharacterClass, Word) {
    guard offset > 0 else { return (.space, .space, Word(none: 0)) }
    // Mostly one space after a letter of ASCII.
    if offset > 1, text[offset - 1] == 0x20, (text[offset - 2] | 0x20) &- 0x61 < 26 {
      return (.space, .letter, Word(in: text, before: offset - 1, floor: 0))
    }
    let first = CharacterClass.of(Scalar.before(offset, in: text).value)
    var here = offset
    while here > 0 {
      let (scalar, length) = Scalar.before(here, in: text)
      let kind = CharacterClass.of(scalar)
      if kind == .space || kind.isAlphanumeric { break }
      here -= length
    }
    let spaceEnd = WhiteSpace.skipBack(in: text, from: here, to: 0)
    guard spaceEnd > 0 else { return (first, .space, Word(none: 0)) }
    let (tail, kind) = CandidateFinder.tail(text, before: spaceEnd, floor: 0)
    return (first, kind.isAlphanumeric ? .letter : kind, Word(in: text, before: tail, floor: 0))
  }

  private static func after(_ next: Int, in text: Span<UInt8>) -> (Word, CharacterClass, CharacterClass) {
    var here = next
    var count = 0
    while here < text.count && count < 4 {
      let (scalar, length) = Scalar.at(here, in: text)
      let kind = CharacterClass.of(scalar)
      if kind.isAlphanumeric || (kind == .space && count > 0 && here > next + 3) { break }
      here += length
      count += 1
    }
    let word = Word(in: text, from: here, to: text.count)
    guard word.end < text.count else { return (word, .space, .space) }
    let (scalar, length) = Scalar.at(word.end, in: text)
    let afterRight = CharacterClass.of(scalar)
    let second = WhiteSpace.skip(in: text, from: word.end + (afterRight == .space ? 0 : length), to: text.count)
    guard second < text.count else { return (word, afterRight, .space) }
    return (word, afterRight, CharacterClass.of(Scalar.at(second, in: text).value))
  }

  /// Runs of one scalar count once or as "more"; curly and full-width marks as their plain ones.
  private static func signature(_ text: Span<UInt8>, from tail: Int, to end: Int) -> UInt32 {
    var hash: UInt32 = 17
    var here = tail
    var previous: UInt8 = 0
    var run = 0
    while here < end {
      let (scalar, length) = Scalar.at(here, in: text)
      let kind = CharacterClass.of(scalar).rawValue
      run = kind == previous ? run + 1 : 0
      if run < 2 { hash = (hash ^ UInt32(kind)) &* 0x0100_0193 }
      previous = kind
      here += length
    }
    return hash
  }
}

/// How a paragraph is written, as far as its candidates tell.
struct Register {
  /// 0: capitals follow its terminators; 1: some lower case; 2: mostly lower case; 3: no terminator before a letter.
  var lowerStarts: UInt8 = 3
  /// The paragraph begins with a lower-case letter.
  var beginsLower = false
  /// The paragraph ends with a terminator.
  var endsTerminated = false
  /// The paragraph begins with a dash: it is rather speech.
  var beginsWithDash = false
  /// The words of the paragraph are all in capitals.
  var isAllCapitals = false

  /// Nothing hints at sentences that run into each other without a mark.
  var isClean: Bool {
    isLabel || (endsTerminated && !beginsLower && !isAllCapitals && (lowerStarts == 0 || lowerStarts == 3))
  }
  /// Too short for several sentences without a mark: a heading, a name, a menu.
  private var isLabel = false

  init(of candidates: [Candidate], in text: Span<UInt8>) {
    var uppers = 0
    var lowers = 0
    for candidate in candidates where candidate.kind.isTerminator {
      if candidate.nextClass == .lower { lowers += 1 }
      if candidate.nextClass == .upper { uppers += 1 }
    }
    if uppers + lowers > 0 { lowerStarts = lowers == 0 ? 0 : lowers <= uppers ? 1 : 2 }
    guard !text.isEmpty else { return }
    let first = CharacterClass.of(Scalar.at(0, in: text).value)
    beginsLower = first == .lower
    beginsWithDash = first == .dash
    isLabel = text.count < 80 && uppers + lowers == 0
    endsTerminated = CandidateFinder.tail(text, before: text.count, floor: 0).kind.isTerminator
    isAllCapitals = Self.capitals(text)
  }

  /// No lower-case letter among the first 64 bytes, and a capital.
  private static func capitals(_ text: Span<UInt8>) -> Bool {
    var here = 0
    var found = false
    while here < min(text.count, 64) {
      // U+3000 to U+9FFF: no case.
      if text[here] &- 0xE3 < 7 {
        here += 3
        continue
      }
      let (scalar, length) = Scalar.at(here, in: text)
      let kind = CharacterClass.of(scalar)
      if kind == .lower { return false }
      if kind == .upper { found = true }
      here += length
    }
    return found
  }
}
