/// Where a line leaves the shape that its shard's lines have.
struct RecordFault: Error, Equatable {
  /// From 0, in the line.
  var byteOffset: Int
  /// A noun phrase.
  var found: String
  /// A noun phrase.
  var expected: String
}

/// A strict reader of one line of a shard: byte ranges and integers out, no copies, nothing taken that kalimat would have
/// written otherwise.
struct RecordParser {
  /// A value's place in its line.
  struct Slot {
    /// Of a string: of what stands between its quotes.
    var start = 0
    var end = 0
    /// Whether a string has escapes; if not, its bytes stand in the line as they are.
    var isEscaped = false
    /// Of an integer.
    var value = 0
  }

  let shape: RecordShape
  /// The values of the line that was read last, as `shape.fields` are.
  private(set) var slots: [Slot]

  init(shape: RecordShape) {
    self.shape = shape
    slots = Array(repeating: Slot(), count: shape.fields.count)
  }

  /// Reads a line without its LF; its bytes are UTF-8, which is looked at a shard at a time.
  ///
  /// - Complexity: O(n), one look at each byte; 1–3 GB/s.
  mutating func parse(_ line: Span<UInt8>) throws(RecordFault) {
    var here = 0
    for index in slots.indices {
      let field = shape.fields[index]
      guard Self.matches(line, at: here, shape.openings.span.extracting(field.opening)) else {
        throw wrongKey(line, at: here, opening: shape.openings[field.opening])
      }
      here += field.opening.count
      switch field.type {
      case .string: here = try string(line, from: here, into: index)
      case .integer: here = try integer(line, from: here, into: index)
      }
    }
    guard Self.matches(line, at: here, shape.closing.span) else {
      throw wrongKey(line, at: here, opening: shape.closing[...])
    }
    guard here + shape.closing.count == line.count else {
      let rest = here + shape.closing.count
      throw RecordFault(byteOffset: rest, found: Self.quote(line, at: rest), expected: "the line's end")
    }
  }

  private static func matches(_ line: Span<UInt8>, at offset: Int, _ wanted: Span<UInt8>) -> Bool {
    guard offset + wanted.count <= line.count else { return false }
    return Kernels.equal(line.extracting(offset..<offset + wanted.count), wanted)
  }

  // MARK: Values

  private mutating func string(_ line: Span<UInt8>, from start: Int, into index: Int) throws(RecordFault) -> Int {
    var here = start
    var isEscaped = false
    while true {
      here += Kernels.jsonRun(line, from: here)
      guard here < line.count else {
        throw RecordFault(byteOffset: here, found: "the line's end inside a string", expected: "\"")
      }
      if line[here] == 0x22 { break }
      isEscaped = true
      here = try Self.escape(line, at: here)
    }
    slots[index] = Slot(start: start, end: here, isEscaped: isEscaped)
    return here
  }

  /// The offset after the escape at `offset`: one of those that a record has.
  private static func escape(_ line: Span<UInt8>, at offset: Int) throws(RecordFault) -> Int {
    guard line[offset] == 0x5C else {
      throw RecordFault(
        byteOffset: offset, found: "\(quote(line, at: offset)) as it is in a string", expected: "its escape")
    }
    guard offset + 1 < line.count else {
      throw RecordFault(byteOffset: offset, found: "the line's end after \\", expected: "an escape")
    }
    switch line[offset + 1] {
    case 0x22, 0x5C, 0x62, 0x74, 0x6E, 0x66, 0x72: return offset + 2
    case 0x75:
      guard scalar(ofEscape: line, at: offset) != nil else { break }
      return offset + 6
    default: break
    }
    throw RecordFault(
      byteOffset: offset, found: "the escape \(quote(line, at: offset))",
      expected:
        #"one of \" \\ \b \t \n \f \r, or \u and four lower-case hex digits of another C0 control, U+0085, U+2028 or U+2029"#
    )
  }

  /// The scalar of a `\u` escape; nil where a record would have it otherwise.
  static func scalar(ofEscape line: Span<UInt8>, at offset: Int) -> UInt32? {
    guard offset + 6 <= line.count else { return nil }
    var value: UInt32 = 0
    for i in 2..<6 {
      switch line[offset + i] {
      case let digit where digit >= 0x30 && digit <= 0x39: value = value << 4 | UInt32(digit - 0x30)
      case let digit where digit >= 0x61 && digit <= 0x66: value = value << 4 | UInt32(digit - 0x57)
      default: return nil
      }
    }
    switch value {
    case 0x08, 0x09, 0x0A, 0x0C, 0x0D: return nil
    case 0..<0x20, 0x85, 0x2028, 0x2029: return value
    default: return nil
    }
  }

  private mutating func integer(_ line: Span<UInt8>, from start: Int, into index: Int) throws(RecordFault) -> Int {
    var here = start
    var value = 0
    while here < line.count, here - start < 16, line[here] >= 0x30, line[here] <= 0x39 {
      value = value * 10 + Int(line[here] - 0x30)
      here += 1
    }
    guard here > start, here - start < 16, line[start] != 0x30 || here == start + 1 else {
      throw RecordFault(
        byteOffset: start, found: Self.quote(line, at: start),
        expected: "an integer from 0 for \"\(shape.fields[index].name)\", without sign or leading zeros")
    }
    slots[index] = Slot(start: start, end: here, value: value)
    return here
  }

  // MARK: Wording

  private func wrongKey(_ line: Span<UInt8>, at offset: Int, opening: ArraySlice<UInt8>) -> RecordFault {
    var differs = offset
    for byte in opening {
      guard differs < line.count, line[differs] == byte else { break }
      differs += 1
    }
    return RecordFault(
      byteOffset: differs, found: Self.quote(line, at: offset),
      expected: "\(String(decoding: opening, as: UTF8.self)), with these keys in this order and no space")
  }

  /// Some characters of the line from `offset`, or what else is there.
  static func quote(_ line: Span<UInt8>, at offset: Int) -> String {
    guard offset < line.count else { return "the line's end" }
    var end = min(offset + 24, line.count)
    while end < line.count, end > offset + 1, line[end] & 0xC0 == 0x80 { end -= 1 }
    var text = ""
    for scalar in String(decoding: (offset..<end).map { line[$0] }, as: UTF8.self).unicodeScalars {
      let isControl = scalar.value < 0x20 || scalar.value == 0x85 || scalar.value == 0x2028 || scalar.value == 0x2029
      text += isControl ? "<U+\(hex(scalar.value))>" : String(scalar)
    }
    return end < line.count ? text + "…" : text
  }

  /// A value as it stands in the line, cut where it is long.
  static func quote(_ line: Span<UInt8>, from slot: Slot) -> String {
    slot.start == slot.end ? "" : quote(line.extracting(0..<slot.end), at: slot.start)
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  /// Appends a string's bytes without its escapes; the line is one that was read.
  static func appendUnescaped(_ line: Span<UInt8>, _ slot: Slot, to out: inout ByteBuffer) {
    guard slot.isEscaped else { return out.append(line.extracting(slot.start..<slot.end)) }
    var here = slot.start
    while let backslash = Kernels.find(0x5C, in: line, from: here, to: slot.end) {
      out.append(line.extracting(here..<backslash))
      here = backslash + 2
      switch line[backslash + 1] {
      case 0x62: out.append(byte: 0x08)
      case 0x74: out.append(byte: 0x09)
      case 0x6E: out.append(byte: 0x0A)
      case 0x66: out.append(byte: 0x0C)
      case 0x72: out.append(byte: 0x0D)
      case 0x75:
        let scalar = scalar(ofEscape: line, at: backslash).flatMap { Unicode.Scalar($0) } ?? "\u{FFFD}"
        for byte in UTF8.encode(scalar) ?? .init() { out.append(byte: byte) }
        here += 4
      default: out.append(byte: line[backslash + 1])
      }
    }
    out.append(line.extracting(here..<slot.end))
  }
}
