/// The distinct tokens of one side of a collection, numbered from 0 in order of first appearance.
struct Vocabulary: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int32] = []
  private var slots: [Int32] = Array(repeating: -1, count: 1024)
  private(set) var kinds: [TokenKind] = []
  /// Where a token is the stem of longer words: the first of them, as offsets into `fullBytes`.
  private var fullBytes: [UInt8] = []
  private var fullEnds: [Int32] = []

  var count: Int { ends.count }

  /// The bytes of token `id`.
  func token(_ id: Int) -> ArraySlice<UInt8> { bytes[Int(id == 0 ? 0 : ends[id - 1])..<Int(ends[id])] }

  /// The first whole word seen of token `id`.
  func fullForm(_ id: Int) -> ArraySlice<UInt8> { fullBytes[Int(id == 0 ? 0 : fullEnds[id - 1])..<Int(fullEnds[id])] }

  /// Whether a token is of letters.
  @inline(__always) func isWord(_ id: Int32) -> Bool { kinds[Int(id)] == .word || kinds[Int(id)] == .character }

  /// Whether most of its words are of Latin letters.
  var isMostlyLatin: Bool {
    var words = 0, latin = 0
    for id in 0..<count where kinds[id] == .word {
      words += 1
      // Latin letters of any kind begin with a byte under that of U+0250.
      if (token(id).first ?? 0) < 0xC9 { latin += 1 }
    }
    return latin * 2 > words
  }

  /// The number of `token`, nil where it is not there.
  func find(_ token: ArraySlice<UInt8>) -> Int? {
    let slot = slots[slotIndex(of: token)]
    return slot < 0 ? nil : Int(slot)
  }

  /// The number of `token`, a new one where it is not there.
  mutating func intern(_ token: ArraySlice<UInt8>, fullForm: ArraySlice<UInt8>, kind: TokenKind) -> Int32 {
    let index = slotIndex(of: token)
    if slots[index] >= 0 { return slots[index] }
    let id = Int32(ends.count)
    bytes.append(contentsOf: token)
    ends.append(Int32(bytes.count))
    fullBytes.append(contentsOf: fullForm)
    fullEnds.append(Int32(fullBytes.count))
    kinds.append(kind)
    slots[index] = id
    if ends.count * 2 > slots.count { grow() }
    return id
  }

  private func slotIndex(of token: ArraySlice<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in token { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: hash ^ (hash >> 29)) & mask
    while slots[index] >= 0, self.token(Int(slots[index])) != token { index = (index + 1) & mask }
    return index
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 4)
    for id in 0..<ends.count { slots[slotIndex(of: token(id))] = Int32(id) }
  }
}

/// What a token is: it decides how much being the same on both sides says.
enum TokenKind: UInt8, Sendable {
  case word, number, mark, character
}
