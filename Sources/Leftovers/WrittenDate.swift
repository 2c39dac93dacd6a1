/// A date as people write it, in digits or with its month's name, in the languages of Languages/.
struct WrittenDate {
  private enum Token {
    case number(value: Int, digits: Int)
    /// A month's name, from 1, or another word.
    case month(Int)
    case word
    /// A separator of numbers: `/` `-` `.`, or 年 月 日 and their like.
    case mark(UInt32)
  }

  /// The first date of the text as `2025-11-04`; nil where there is none, or where it can be read in two ways.
  static func iso(_ text: Span<UInt8>, from start: Int, to end: Int, language: String) -> String? {
    let tokens = tokens(text, start, end)
    for index in tokens.indices {
      if let date = digits(tokens, index, language) ?? named(tokens, index) { return date }
    }
    return nil
  }

  /// `2025-11-04`, `4/11/2025`, `2025年11月4日`.
  private static func digits(_ tokens: [Token], _ index: Int, _ language: String) -> String? {
    guard index + 4 < tokens.count, case .number(let first, let length) = tokens[index],
      case .mark(let mark) = tokens[index + 1], case .number(let second, _) = tokens[index + 2],
      case .mark = tokens[index + 3], case .number(let third, let last) = tokens[index + 4]
    else { return nil }
    if length == 4 { return written(first, second, third) }
    guard last == 4, length <= 2 else { return nil }
    if second > 12 { return written(third, first, second) }
    // In English pages the month may stand first, unless it cannot be one.
    if mark == 0x2F, language.hasPrefix("en"), first <= 12, first != second { return nil }
    return written(third, second, first)
  }

  /// `4 November 2025`, `4 de noviembre de 2025`, `November 4, 2025`.
  private static func named(_ tokens: [Token], _ index: Int) -> String? {
    let near = tokens[index..<min(tokens.count, index + 6)].filter {
      switch $0 {
      case .word: false
      case .mark(let mark): mark != 0x2E && mark != 0x2D
      default: true
      }
    }
    guard near.count >= 3 else { return nil }
    if case .number(let day, let length) = near[0], length <= 2, case .month(let month) = near[1],
      case .number(let year, 4) = near[2]
    {
      return written(year, month, day)
    }
    if case .month(let month) = near[0], case .number(let day, let length) = near[1], length <= 2,
      case .number(let year, 4) = near[2]
    {
      return written(year, month, day)
    }
    return nil
  }

  private static func written(_ year: Int, _ month: Int, _ day: Int) -> String? {
    guard (1500...2999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  private static func tokens(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> [Token] {
    var tokens: [Token] = []
    var here = start
    var word: [UInt8] = []
    var number: (value: Int, digits: Int) = (0, 0)
    func close() {
      if number.digits > 0 { tokens.append(.number(value: number.value, digits: number.digits)) }
      if !word.isEmpty { tokens.append(month(word).map { .month($0) } ?? .word) }
      number = (0, 0)
      word = []
    }
    while here < end {
      let length = Folding.length(text[here])
      guard here + length <= end else { break }
      let scalar = Folding.scalar(text, here, length)
      if let digit = digit(scalar) {
        if !word.isEmpty { close() }
        number = (number.value * 10 + digit, number.digits + 1)
        if number.digits > 8 { number.digits = 8; number.value = 0 }
      } else if isDateMark(scalar) {
        close()
        tokens.append(.mark(scalar))
      } else if Folding.isWord(scalar) && scalar != 0x27 {
        if number.digits > 0 { close() }
        for byte in here..<here + length { word.append(text[byte]) }
      } else {
        close()
      }
      here += length
    }
    close()
    return tokens
  }

  private static func isDateMark(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2D, 0x2E, 0x2F, 0x5E74, 0x6708, 0x65E5, 0xB144, 0xC6D4, 0xC77C: true
    default: false
    }
  }

  /// Of ASCII, Arabic, Persian, Devanagari, Bengali, full width.
  private static func digit(_ scalar: UInt32) -> Int? {
    for zero in [0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xFF10] as [UInt32] where scalar >= zero && scalar < zero + 10 {
      return Int(scalar - zero)
    }
    return nil
  }

  private static func month(_ word: [UInt8]) -> Int? {
    if word.allSatisfy({ $0 < 0x80 }) { return plainMonth(word) }
    let name = String(decoding: word, as: UTF8.self).lowercased()
    guard name.utf8.count >= 3 else { return nil }
    // By bytes: of Devanagari the last letter of the beginning takes the next as its own.
    return names.firstIndex { $0.contains { name.utf8.starts(with: $0.utf8) } }.map { $0 + 1 }
  }

  /// The same of a word of ASCII, without making a string of it.
  private static func plainMonth(_ word: [UInt8]) -> Int? {
    guard word.count >= 3 else { return nil }
    let first = word.prefix(3).reduce(UInt32(0)) { $0 << 8 | UInt32($1 >= 0x41 && $1 <= 0x5A ? $1 | 0x20 : $1) }
    return plainNames.firstIndex {
      $0.contains { word.count >= $0.count && $0.first == first && begins(word, $0.rest) }
    }
    .map { $0 + 1 }
  }

  private static func begins(_ word: [UInt8], _ rest: [UInt8]) -> Bool {
    for place in rest.indices where word[3 + place] | 0x20 != rest[place] { return false }
    return true
  }

  /// `names` of ASCII: their first three letters as a number, and the others.
  private static let plainNames: [[(first: UInt32, rest: [UInt8], count: Int)]] = names.map { month in
    month.map { Array($0.utf8) }.filter { $0.allSatisfy { $0 < 0x80 } }.map { name in
      (name.prefix(3).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }, Array(name.dropFirst(3)), name.count)
    }
  }

  /// How the months' names begin in lower case, the longer ones of other months first where one begins with another.
  private static let names: [[String]] = [
    ["jan", "ene", "gen", "oca", "sty", "янв", "ينا", "जन"],
    ["feb", "fev", "fév", "peb", "şub", "lut", "фев", "فبر", "फ़र", "फर"],
    ["mar", "mär", "mac", "mrt", "maa", "мар", "مار", "मार"],
    ["apr", "abr", "avr", "nis", "kwi", "апр", "أبر", "ابر", "إبر", "अप्र"],
    ["may", "mei", "mai", "mag", "maj", "май", "мая", "ماي", "मई"],
    ["jun", "juin", "giu", "haz", "cze", "июн", "يون", "जून"],
    ["jul", "juil", "lug", "tem", "lip", "июл", "يول", "जुल"],
    ["aug", "agu", "ago", "aoû", "aou", "ogo", "ağu", "sie", "авг", "أغس", "اغس", "अग"],
    ["sep", "set", "eyl", "wrz", "сен", "سبت", "सित"],
    ["oct", "okt", "out", "ott", "eki", "paź", "окт", "أكت", "اكت", "अक्ट", "अक्तू"],
    ["nov", "nop", "kas", "lis", "ноя", "نوف", "नव"],
    ["dec", "des", "dis", "dez", "dic", "déc", "ara", "gru", "дек", "ديس", "दिस"],
  ]
}
