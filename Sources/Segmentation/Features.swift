internal import CKernels

/// The hashed features of a candidate, as the model is trained on them and asked with them.
///
/// Each feature stands twice: as it is, for all languages, and mixed with the language, where the model knows it.
struct Features {
  /// 32 groups, and three times 32 values (`kk_feature_hashes`); the first `count` of each count.
  private(set) var inputs = [UInt32](repeating: 0, count: 128)
  private(set) var count = 0
  /// 0 for a language that the model does not know.
  let language: UInt32

  /// - Parameter language: 0 for a language that the model does not know.
  init(language: UInt32) {
    self.language = language
  }

  /// The hashes of all of them, for training.
  var hashes: [UInt32] {
    var hashes = [UInt32](repeating: 0, count: 64)
    let written = unsafe kk_feature_hashes(inputs, count, language, &hashes)
    return Array(hashes.prefix(written))
  }

  mutating func fill(_ around: borrowing Surroundings) {
    let used = Self.fill(inputs.mutableSpan, around)
    count = used
  }

  /// - Returns: how many there are.
  private static func fill(_ inputs: consuming MutableSpan<UInt32>, _ around: borrowing Surroundings) -> Int {
    var sink = Sink(inputs: inputs)
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

    sink.add(1, kind, spaced)
    sink.add(2, tail, next)
    sink.add(3, kind, opened, spaced)
    sink.add(4, tail, opened, leftShape)
    sink.add(5, kind, leftShape &* 64 &+ leftLength, next)
    sink.add(6, kind, left)
    sink.add(7, kind, left, next)
    sink.add(8, kind, right)
    sink.add(9, kind, UInt32(truncatingIfNeeded: around.right.exact), leftShape)
    sink.add(10, kind, UInt32(around.leftSections.rawValue), opened)
    sink.add(11, kind, UInt32(around.rightSections.rawValue), leftShape)
    sink.add(12, kind, UInt32(around.afterRight.rawValue), opened)
    sink.add(13, kind, UInt32(around.right2Class.rawValue), opened)
    sink.add(14, kind, UInt32(around.left2.shape.rawValue) &* 32 &+ UInt32(around.left2Tail.rawValue), leftShape)
    sink.add(15, kind, UInt32(around.beforeLeft.rawValue) &* 16 &+ leftShape, next)
    let enclosed: UInt32 = (around.isInBrackets ? 1 : 0) | (around.isInQuotes ? 2 : 0)
    sink.add(16, kind, enclosed, next)
    sink.add(17, tail, enclosed, opened)
    let register = around.register
    let ways =
      UInt32(register.lowerStarts) | (register.beginsLower ? 4 : 0) | (register.endsTerminated ? 8 : 0)
      | (register.isAllCapitals ? 16 : 0)
    sink.add(18, kind, ways, next)
    sink.add(19, kind, UInt32(register.lowerStarts) &* 16 &+ leftShape, opened)
    let distance = Self.bucket(candidate.end - around.sentenceStart)
    sink.add(20, kind, distance, next)
    sink.add(21, kind, distance, (register.endsTerminated ? 1 : 0))
    sink.add(22, kind, UInt32(around.left2.shape.rawValue) &* 16 &+ leftShape, opened &* 8 &+ rightLength)
    sink.add(23, kind, UInt32(truncatingIfNeeded: around.left2.folded), left)
    sink.add(24, kind, left, right)
    sink.add(25, kind, (around.left.hasInnerPeriod ? 64 : 0) &+ leftLength, opened)
    if let phrases = around.phrases {
      sink.add(30, UInt32(phrases.left / 4), UInt32(phrases.right / 4))
      sink.add(31, phrases.leftEnd)
      sink.add(32, phrases.rightBeginning)
      sink.add(33, phrases.rightWord)
      sink.add(34, distance, UInt32(phrases.right / 8), next)
    }
    sink.add(26, tail, UInt32(around.leftSections.rawValue), UInt32(around.rightSections.rawValue))
    return sink.count
  }

  /// Powers of two, roughly.
  private static func bucket(_ count: Int) -> UInt32 {
    count <= 0 ? 0 : UInt32(min(Int.bitWidth - count.leadingZeroBitCount, 9))
  }
}

/// Takes features one after another.
private struct Sink: ~Copyable, ~Escapable {
  private var inputs: MutableSpan<UInt32>
  private(set) var count = 0

  @_lifetime(copy inputs)
  init(inputs: consuming MutableSpan<UInt32>) {
    precondition(inputs.count == 128)
    self.inputs = inputs
  }

  @inline(__always)
  @_lifetime(self: copy self)
  mutating func add(_ group: UInt32, _ a: UInt32, _ b: UInt32 = 0, _ c: UInt32 = 0) {
    precondition(count < 32)
    // Four of 128 numbers.
    unsafe inputs[unchecked: count] = group
    unsafe inputs[unchecked: count &+ 32] = a
    unsafe inputs[unchecked: count &+ 64] = b
    unsafe inputs[unchecked: count &+ 96] = c
    count &+= 1
  }
}
