/// The hashed features of a candidate, as the model is trained on them and asked with them.
///
/// Each feature stands twice: as it is, for all languages, and mixed with the language, where the model knows it.
struct Features {
  /// The first `count` of them; each of the groups of `fill` stands at most twice.
  private(set) var values: [64 of UInt32] = .init(repeating: 0)
  private(set) var count = 0
  private let language: UInt32

  /// - Parameter language: 0 for a language that the model does not know.
  init(language: UInt32) {
    self.language = language
  }

  @inline(__always)
  private mutating func add(_ group: UInt32, _ a: UInt32, _ b: UInt32 = 0, _ c: UInt32 = 0) {
    var hash = group &* 0x9E37_79B1
    hash = (hash ^ a) &* 0x85EB_CA6B
    hash = (hash ^ hash >> 15 ^ b) &* 0xC2B2_AE35
    hash = (hash ^ hash >> 13 ^ c) &* 0x27D4_EB2F
    hash ^= hash >> 16
    values[count] = hash
    count &+= 1
    if language != 0 {
      var own = (hash ^ language) &* 0x9E37_79B1
      own = (own ^ own >> 15) &* 0x85EB_CA6B
      values[count] = own ^ own >> 13
      count &+= 1
    }
  }

  /// All of them, for training.
  var list: [UInt32] { (0..<count).map { values[$0] } }

  mutating func fill(_ around: borrowing Surroundings) {
    count = 0
    let candidate = around.candidate
    let kind = UInt32(candidate.kind.rawValue) | (candidate.isICU ? 32 : 0)
    let spaced: UInt32 = candidate.next > candidate.end + 1 ? 2 : candidate.next > candidate.end ? 1 : 0
    let tail = around.tailSignature
    let next = UInt32(candidate.nextClass.rawValue)
    let leftShape = UInt32(around.left.shape.rawValue)
    let rightShape = UInt32(around.right.shape.rawValue)
    let opened = next &* 16 &+ rightShape
    let left = UInt32(truncatingIfNeeded: around.left.folded)
    let right = UInt32(truncatingIfNeeded: around.right.folded)
    let leftLength = UInt32(min(around.left.length, 6)) | (around.left.hasVowel ? 8 : 0)
    let rightLength = UInt32(min(around.right.length, 6))

    add(1, kind, spaced)
    add(2, tail, next)
    add(3, kind, opened, spaced)
    add(4, tail, opened, leftShape)
    add(5, kind, leftShape &* 64 &+ leftLength, next)
    add(6, kind, left)
    add(7, kind, left, next)
    add(8, kind, right)
    add(9, kind, UInt32(truncatingIfNeeded: around.right.exact), leftShape)
    add(10, kind, UInt32(around.leftSections.rawValue), opened)
    add(11, kind, UInt32(around.rightSections.rawValue), leftShape)
    add(12, kind, UInt32(around.afterRight.rawValue), opened)
    add(13, kind, UInt32(around.right2Class.rawValue), opened)
    add(14, kind, UInt32(around.left2.shape.rawValue) &* 32 &+ UInt32(around.left2Tail.rawValue), leftShape)
    add(15, kind, UInt32(around.beforeLeft.rawValue) &* 16 &+ leftShape, next)
    let enclosed: UInt32 = (around.isInBrackets ? 1 : 0) | (around.isInQuotes ? 2 : 0)
    add(16, kind, enclosed, next)
    add(17, tail, enclosed, opened)
    let register = around.register
    let ways =
      UInt32(register.lowerStarts) | (register.beginsLower ? 4 : 0) | (register.endsTerminated ? 8 : 0)
      | (register.isAllCapitals ? 16 : 0)
    add(18, kind, ways, next)
    add(19, kind, UInt32(register.lowerStarts) &* 16 &+ leftShape, opened)
    let distance = Self.bucket(candidate.end - around.sentenceStart)
    add(20, kind, distance, next)
    add(21, kind, distance, (register.endsTerminated ? 1 : 0))
    add(22, kind, UInt32(around.left2.shape.rawValue) &* 16 &+ leftShape, opened &* 8 &+ rightLength)
    add(23, kind, UInt32(truncatingIfNeeded: around.left2.folded), left)
    add(24, kind, left, right)
    add(25, kind, (around.left.hasInnerPeriod ? 64 : 0) &+ leftLength, opened)
    if let phrases = around.phrases {
      add(30, UInt32(phrases.left / 4), UInt32(phrases.right / 4))
      add(31, phrases.leftEnd)
      add(32, phrases.rightBeginning)
      add(33, phrases.rightWord)
      add(34, distance, UInt32(phrases.right / 8), next)
    }
    add(26, tail, UInt32(around.leftSections.rawValue), UInt32(around.rightSections.rawValue))
  }

  /// Powers of two, roughly.
  private static func bucket(_ count: Int) -> UInt32 {
    count <= 0 ? 0 : UInt32(min(Int.bitWidth - count.leadingZeroBitCount, 9))
  }
}
