internal import Kalimat

/// Bytes of a terminal as keys.
struct KeyReader {
  enum Key: Equatable {
    case quit, help, next, previous, undo, other
    case answer(ReviewAnswer)
  }

  /// What an escape sequence has so far.
  private var pending: [UInt8] = []

  /// The keys that end in these bytes; no bytes at all end a lone escape.
  mutating func keys(in bytes: [UInt8]) -> [Key] {
    if bytes.isEmpty { pending = [] }
    var keys: [Key] = []
    for byte in bytes {
      if pending.isEmpty && byte != 0x1B {
        keys.append(Self.key(byte))
        continue
      }
      pending.append(byte)
      // A letter or ~ ends a sequence: ESC [ C, ESC O C, ESC [ 1 ; 2 C.
      guard pending.count > 2, byte >= 0x40 && byte <= 0x7E else { continue }
      switch byte {
      case 0x43, 0x42: keys.append(.next)
      case 0x44, 0x41: keys.append(.previous)
      default: keys.append(.other)
      }
      pending = []
    }
    return keys
  }

  private static func key(_ byte: UInt8) -> Key {
    switch byte {
    case 0x71, 0x03, 0x04: .quit
    case 0x3F, 0x68: .help
    case 0x6E: .next
    case 0x70: .previous
    case 0x75: .undo
    case 0x6A: .answer(.join)
    case 0x73: .answer(.split)
    case 0x6B: .answer(.keep)
    case 0x72, 0x78: .answer(.reject)
    case 0x20, 0x0D: .answer(.right)
    default: .other
    }
  }
}
