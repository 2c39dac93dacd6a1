/// Short lines that say by their form alone what they are.
extension Shape {
  static func form(_ text: Span<UInt8>, _ start: Int, _ end: Int, digits: Int, letters: Int) -> Form {
    if letters == 0 && digits == 0 { return .rule }
    if letters == 0 { return numeric(text, start, end, digits: digits) }
    let spaces = (start..<end).reduce(0) { $0 + (text[$1] == 0x20 ? 1 : 0) }
    if spaces == 0 {
      if let form = address(text, start, end) { return form }
    }
    if isHashtags(text, start, end) { return .hashtags }
    if isInitials(text, start, end) { return .initials }
    return .text
  }

  /// Digits and punctuation alone: a date (3 numbers), a time of day, or a number.
  private static func numeric(_ text: Span<UInt8>, _ start: Int, _ end: Int, digits: Int) -> Form {
    var separator: UInt8 = 0
    var run = 0
    var groups = 0
    var colons = 0
    var same = 0
    for here in start..<end {
      let byte = text[here]
      if byte >= 0x30 && byte <= 0x39 {
        if run == 0 { groups += 1 }
        run += 1
        continue
      }
      if run > 0 && (byte == 0x2E || byte == 0x2F || byte == 0x2D) {
        same = byte == separator ? same + 1 : 1
        separator = byte
      }
      if byte == 0x3A && run > 0 { colons += 1 }
      run = 0
    }
    if groups >= 3 && same >= 2 && digits >= 5 { return .date }
    if colons > 0 && groups >= 2 && digits <= 6 { return .clock }
    if groups >= 3 && colons > 0 { return .date }
    return digits > 0 ? .number : .text
  }

  /// A line without spaces: a domain, an address for mail.
  private static func address(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Form? {
    guard end - start >= 5 && end - start <= 60 else { return nil }
    var dots = 0
    var at = 0
    var sinceDot = 0
    for here in start..<end {
      let byte = text[here]
      switch byte {
      case 0x2E:
        if sinceDot == 0 { return nil }
        dots += 1
        sinceDot = 0
      case 0x40:
        at += 1
        sinceDot = 0
      case 0x2D, 0x5F, 0x2F, 0x3A, 0x30...0x39, 0x41...0x5A, 0x61...0x7A: sinceDot += 1
      default: return nil
      }
    }
    if at == 1 && dots > 0 { return .email }
    return at == 0 && dots > 0 && sinceDot >= 2 && isAlphabetic(text[end - 1]) && isAlphabetic(text[end - 2])
      ? .domain : nil
  }

  private static func isAlphabetic(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

  /// `#one #two`
  private static func isHashtags(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard text[start] == 0x23, end - start > 2, text[start + 1] != 0x20 else { return false }
    for here in start + 1..<end where text[here - 1] == 0x20 && text[here] != 0x20 && text[here] != 0x23 {
      return false
    }
    return !(text[start + 1] >= 0x30 && text[start + 1] <= 0x39)
  }

  /// `(abc/def)`, `[rp/bsn]`, `sto/mab`, `(dmp)`: who wrote and edited, at an article's end.
  static func isInitials(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var from = start
    var to = end
    let isBracketed = (text[from] == 0x28 && text[to - 1] == 0x29) || (text[from] == 0x5B && text[to - 1] == 0x5D)
    if isBracketed {
      from += 1
      to -= 1
    }
    guard to - from >= 2 && to - from <= 24 else { return false }
    var run = 0
    var slashes = 0
    for here in from..<to {
      let byte = text[here]
      if isAlphabetic(byte) {
        run += 1
        if run > 5 { return false }
      } else if byte == 0x2F || byte == 0x2D && isBracketed {
        if run < 2 { return false }
        slashes += 1
        run = 0
      } else if byte != 0x2A || !isBracketed {
        return false
      }
    }
    if run < 2 { return false }
    // A bare pair must be of one case, so that "km/h" and "AC/DC" alone are all that is mistaken.
    return slashes > 0 && (isBracketed || isLowercase(text, from, to))
      || isBracketed && run <= 4 && isLowercase(text, from, to)
  }

  private static func isLowercase(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    (start..<end).allSatisfy { !(text[$0] >= 0x41 && text[$0] <= 0x5A) }
  }

  /// `AGENCY/Jane Doe`, `Jane Doe / The Courier`, also in brackets: whose picture it is. Letters stand on both sides of its
  /// one slash.
  static func isNames(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var slashes = 0
    var spaces = 0
    for here in start..<end {
      switch text[here] {
      case 0x2F:
        let isApart = text[here - 1] == 0x20 && text[here + 1] == 0x20 ? 1 : 0
        guard here > start + 2, here + 3 < end, isCapital(text[here + 1 + isApart]),
          isLetter(text[here - 1 - isApart])
        else { return false }
        spaces -= isApart
        slashes += 1
      case 0x20: spaces += 1
      case 0x30...0x3B, 0x3F, 0x21, 0x2C, 0x22: return false
      default: break
      }
    }
    return slashes == 1 && spaces >= 1 && spaces <= 6
  }

  private static func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A || byte >= 0xC3 }
  private static func isLetter(_ byte: UInt8) -> Bool { isAlphabetic(byte) || byte >= 0x80 }
}
