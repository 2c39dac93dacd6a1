/// The parts of a text that a translation repeats: numbers, addresses and placeholders, sorted.
struct TextParts: Equatable {
  /// The digits of each number, in ASCII, without what stands between them.
  private(set) var numbers: [[UInt8]] = []
  private(set) var urls: [[UInt8]] = []
  private(set) var placeholders: [[UInt8]] = []

  init(_ bytes: Span<UInt8>) {
    var here = 0
    while true {
      here = Kernels.partStart(in: bytes, from: here)
      if here == bytes.count { break }
      if bytes[here] < 0x80 {
        here = take(bytes, here)
      } else {
        let (scalar, length) = UTF8Scalar.decode(bytes, at: here)
        here = Self.digit(scalar) == nil ? here + length : takeNumber(bytes, here)
      }
    }
    if numbers.count > 1 { numbers.sort { $0.lexicographicallyPrecedes($1) } }
    if urls.count > 1 { urls.sort { $0.lexicographicallyPrecedes($1) } }
    if placeholders.count > 1 { placeholders.sort { $0.lexicographicallyPrecedes($1) } }
  }

  /// Takes the part that begins at `here`, where one does.
  ///
  /// - Returns: the offset behind it.
  private mutating func take(_ bytes: Span<UInt8>, _ here: Int) -> Int {
    if Self.isASCIIDigit(bytes[here]) { return takeNumber(bytes, here) }
    if let end = Self.url(bytes, here) {
      urls.append(bytes.extracting(here..<end).copied())
      return end
    }
    if let end = Self.placeholder(bytes, here) {
      placeholders.append(bytes.extracting(here..<end).copied())
      return end
    }
    return here + 1
  }

  // MARK: Numbers

  private static func isASCIIDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// The value of a decimal digit of any script (Unicode's Nd).
  private static func digit(_ scalar: UInt32) -> Int? {
    if scalar < 0x80 { return scalar >= 0x30 && scalar <= 0x39 ? Int(scalar) - 0x30 : nil }
    // Letters of Latin, Greek, Cyrillic, Hebrew and Chinese stand outside of all blocks that have digits.
    if scalar < 0x660 || (0x2000..<0xA620).contains(scalar) || (0xAC00..<0xFF10).contains(scalar) { return nil }
    guard let properties = Unicode.Scalar(scalar)?.properties, properties.generalCategory == .decimalNumber else {
      return nil
    }
    return properties.numericValue.map { Int($0) }
  }

  /// What stands between the digits of one number, in one country or another: `. , ' : ’`, no-break spaces, and those of
  /// Arabic and of East Asia.
  private static func isInside(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2E, 0x2C, 0x27, 0x3A, 0x2019, 0xA0, 0x202F, 0x66B, 0x66C, 0xFF0C, 0xFF0E: true
    default: false
    }
  }

  private mutating func takeNumber(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    var here = start
    var digits: [UInt8] = []
    while here < bytes.count {
      let (scalar, length) = UTF8Scalar.decode(bytes, at: here)
      if let digit = Self.digit(scalar) {
        digits.append(UInt8(0x30 + digit))
      } else {
        guard Self.isInside(scalar), here + length < bytes.count,
          Self.digit(UTF8Scalar.decode(bytes, at: here + length).value) != nil
        else { break }
      }
      here += length
    }
    numbers.append(digits)
    return here
  }

  // MARK: Addresses and placeholders

  private static let addresses = ["http://", "https://", "www."].map { Array($0.utf8) }

  /// Whether a lower-case word begins there, whatever its case.
  private static func starts(_ bytes: Span<UInt8>, _ here: Int, _ word: [UInt8]) -> Bool {
    guard here + word.count <= bytes.count else { return false }
    for i in word.indices where bytes[here + i] | 0x20 != word[i] { return false }
    return true
  }

  private static func url(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
    var begins = false
    for word in addresses where starts(bytes, start, word) { begins = true }
    if !begins { return nil }
    var end = start
    while end < bytes.count, bytes[end] > 0x20, bytes[end] < 0x7F, ![0x3C, 0x3E, 0x22].contains(bytes[end]) { end += 1 }
    // . , ; : ! ? ) ] } '
    while end > start, [0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, 0x29, 0x5D, 0x7D, 0x27].contains(bytes[end - 1]) {
      end -= 1
    }
    return end
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// `{name}`, `%s`, `%1$d`, `%(name)s`, `<tag>`.
  private static func placeholder(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
    switch bytes[start] {
    case 0x7B, 0x3C:
      let close: UInt8 = bytes[start] == 0x7B ? 0x7D : 0x3E
      guard let end = Kernels.find(close, in: bytes, from: start + 1, to: min(start + 60, bytes.count)), end > start + 1
      else { return nil }
      for i in start + 1..<end where bytes[i] >= 0x80 || (close == 0x7D && bytes[i] == 0x20) { return nil }
      return close == 0x7D || bytes[start + 1] == 0x2F || isLetter(bytes[start + 1]) ? end + 1 : nil
    case 0x25:
      var here = start + 1
      if here < bytes.count, bytes[here] == 0x28 {
        guard let close = Kernels.find(0x29, in: bytes, from: here, to: min(here + 60, bytes.count)) else { return nil }
        here = close + 1
      } else {
        while here < bytes.count, isASCIIDigit(bytes[here]) || bytes[here] == 0x24 { here += 1 }
      }
      // s d i f u x c @
      guard here < bytes.count, [0x73, 0x64, 0x69, 0x66, 0x75, 0x78, 0x63, 0x40].contains(bytes[here]) else {
        return nil
      }
      let isWord = here + 1 < bytes.count && (isLetter(bytes[here + 1]) || bytes[here + 1] >= 0x80)
      return isWord ? nil : here + 1
    default: return nil
    }
  }
}
