/// What a pair looks like from afar: enough to see that translations stand beside other sources than their own.
struct TableRow: Sendable {
  /// Of the numbers in a text: 0 where it has none.
  var sourceNumbers: UInt64
  var targetNumbers: UInt64
  /// Its first letters, as a spreadsheet sorts: by them, whatever their case.
  var sourceHead: UInt64
  var targetHead: UInt64
  /// Code points.
  var sourceLength: Int
  var targetLength: Int
}

extension TableRow {
  init(_ source: Span<UInt8>, _ sourceParts: TextParts, _ target: Span<UInt8>, _ targetParts: TextParts) {
    sourceNumbers = Self.hash(sourceParts.numbers)
    targetNumbers = Self.hash(targetParts.numbers)
    sourceHead = Self.head(source)
    targetHead = Self.head(target)
    sourceLength = Kernels.characterCount(source)
    targetLength = Kernels.characterCount(target)
  }

  /// FNV-1a.
  private static func hash(_ numbers: [[UInt8]]) -> UInt64 {
    if numbers.isEmpty { return 0 }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for number in numbers {
      for byte in number { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      hash = (hash ^ 0x20) &* 0x100_0000_01B3
    }
    return max(hash, 1)
  }

  private static func head(_ text: Span<UInt8>) -> UInt64 {
    var head: UInt64 = 0
    var count = 0
    for i in text.indices {
      let byte = text[i]
      guard byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) else { continue }
      head = head << 8 | UInt64(byte < 0x80 ? byte | 0x20 : byte)
      count += 1
      if count == 8 { break }
    }
    return head << UInt64(8 * (8 - count))
  }

  func append(to out: inout ByteBuffer) {
    out.append(long: sourceNumbers)
    out.append(long: targetNumbers)
    out.append(long: sourceHead)
    out.append(long: targetHead)
    out.append(word: sourceLength)
    out.append(word: targetLength)
  }

  init(_ bytes: Span<UInt8>, _ cursor: inout PackedCursor) {
    sourceNumbers = cursor.long(bytes)
    targetNumbers = cursor.long(bytes)
    sourceHead = cursor.long(bytes)
    targetHead = cursor.long(bytes)
    sourceLength = cursor.word(bytes)
    targetLength = cursor.word(bytes)
  }
}
