internal import CKernels
internal import Segmentation

/// What a line looks like, whatever its words say.
struct Shape {
  /// Columns: wide characters of East Asia count two. Of long lines only an estimate.
  var width = 0
  /// Runs between White_Space; for unspaced scripts what as many columns would hold.
  var words = 0
  var digits = 0
  var letters = 0
  /// Words that begin with a capital, and those that are all capitals (of at least two letters).
  var capitalised = 0
  var shouted = 0
  /// `|` `·` `•` `»` `›`, and `/` `>` between spaces.
  var separators = 0
  /// Whether it ends as a sentence does, closing quotes and brackets apart.
  var isTerminated = false
  var endsWithColon = false
  var endsWithBracket = false
  var isQuestion = false
  var beginsWithDash = false
  /// A bullet, a dash or a number stands before the text.
  var hasMarker = false
  var beginsWithLowercase = false
  /// The first two words are capitalised.
  var beginsWithName = false
  var commas = 0
  var hasQuote = false
  /// An address or a handle.
  var hasAt = false

  /// What only a look at the whole short line tells.
  var form = Form.text

  enum Form: UInt8 {
    case text, empty, number, clock, date, domain, email, hashtags, initials, names, rule
  }
}

extension Shape {
  /// Longer lines are judged by their first bytes: they are running text or nothing at all.
  static let limit = 320
  static let sample = 96

  init(of text: Span<UInt8>, from start: Int, to end: Int) {
    measureEnd(text, start, end)
    endsWithBracket = end > start && text[end - 1] == 0x29
    measureMarker(text, start, end)
    if end - start <= Shape.limit { measure(text, start, end) } else { estimate(text, start, end) }
    if end - start <= 80 { form = Shape.form(text, start, end, digits: digits, letters: letters) }
    if form == .text, end - start <= 64, capitalised >= words - 1, Shape.isNames(text, start, end) { form = .names }
  }

  /// From the first bytes alone.
  private mutating func estimate(_ text: Span<UInt8>, _ start: Int, _ end: Int) {
    var cut = start + Shape.sample
    while cut > start && text[cut] & 0xC0 == 0x80 { cut -= 1 }
    measure(text, start, cut)
    let bytes = cut - start
    width = width * (end - start) / bytes
    words = max(1, words * (end - start) / bytes)
    letters = letters * (end - start) / bytes
  }

  private mutating func measure(_ text: Span<UInt8>, _ start: Int, _ end: Int) {
    let counts = ShapeTable.shared.counts(text, start, end)
    width = Int(counts.width)
    words = Int(counts.words)
    digits = Int(counts.digits)
    letters = Int(counts.letters)
    capitalised = Int(counts.capitalised)
    shouted = Int(counts.shouted)
    separators = Int(counts.separators)
    commas = Int(counts.commas)
    beginsWithName = counts.begins_with_name != 0
    beginsWithLowercase = counts.begins_lowercase != 0
    hasQuote = counts.has_quote != 0
    hasAt = counts.has_at != 0
    let unspaced = Int(counts.unspaced)
    if unspaced * 2 > letters { words = max(words, unspaced / 2) }
  }

  private mutating func measureEnd(_ text: Span<UInt8>, _ start: Int, _ end: Int) {
    var here = Shape.beforeBrackets(text, start, end)
    var steps = 0
    while here > start && steps < 4 {
      var from = here - 1
      while from > start && text[from] & 0xC0 == 0x80 { from -= 1 }
      let scalar = Folding.scalar(text, from, here - from)
      if scalar == 0x3F || scalar == 0xFF1F || scalar == 0x61F { isQuestion = true }
      switch scalar {
      case 0x21, 0x2E, 0x3F, 0x2026, 0x3002, 0xFF01, 0xFF1F, 0xFF0E, 0xFF61, 0x61F, 0x6D4, 0x964, 0x965,
        0x203C...0x203D,
        0x2047...0x2049, 0x104B, 0x17D4, 0x589, 0x1362:
        isTerminated = true
        return
      case 0x3A, 0xFF1A:
        endsWithColon = steps == 0
        return
      case 0x22, 0x27, 0x29, 0x5D, 0x2019, 0x201C, 0x201D, 0xBB, 0xAB, 0x300D, 0x300F, 0xFF09, 0x203A, 0x20, 0xA0,
        0x3009, 0x300B,
        0x2666, 0x25A0:
        here = from
        steps += 1
      default: return
      }
    }
  }

  /// Where `(abc/def)` or `(Foto: …)` begins that stands behind a line's end; `end` where there is none.
  private static func beforeBrackets(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    guard end - start > 8, text[end - 1] == 0x29 else { return end }
    var here = end - 2
    while here > start + 2 && end - here < 48 && text[here] != 0x28 { here -= 1 }
    guard text[here] == 0x28, text[here - 1] == 0x20 else { return end }
    return here - 1
  }

  private mutating func measureMarker(_ text: Span<UInt8>, _ start: Int, _ end: Int) {
    guard end - start > 2 else { return }
    beginsWithDash =
      text[start] == 0x2D || text[start] == 0xE2 && text[start + 1] == 0x80 && (text[start + 2] | 1 == 0x95)
      || text[start] == 0xE2 && text[start + 1] == 0x80 && text[start + 2] == 0x93
    switch text[start] {
    case 0x2D, 0x2A, 0x2B, 0x5E: hasMarker = text[start + 1] == 0x20
    case 0xE2:
      let third = text[start + 2]
      hasMarker =
        text[start + 1] == 0x80 && (third == 0xA2 || third == 0x93 || third == 0x94) || text[start + 1] == 0x96
    case 0xC2: hasMarker = text[start + 1] == 0xB7
    case 0xE3: hasMarker = text[start + 1] == 0x83 && text[start + 2] == 0xBB
    default:
      var here = start
      if text[here] == 0x28 { here += 1 }
      let from = here
      while here < end, here - from < 3, text[here] >= 0x30 && text[here] <= 0x39 { here += 1 }
      if here == from, text[here] | 0x20 >= 0x61 && text[here] | 0x20 <= 0x7A { here += 1 }
      hasMarker = here > from && here + 1 < end && (text[here] == 0x2E || text[here] == 0x29) && text[here + 1] == 0x20
    }
  }
}
