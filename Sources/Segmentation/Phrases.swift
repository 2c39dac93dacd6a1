/// The phrases around white space, in a language whose sentences end without a mark (Thai, Lao).
struct Phrases {
  /// Scalars of the phrase left, and of the one right; at most 64.
  var left = 0
  var right = 0
  /// Hashes of the last three, and of the first three and five, scalars.
  var leftEnd: UInt32 = 0
  var rightBeginning: UInt32 = 0
  var rightWord: UInt32 = 0

  init(at candidate: Candidate, in text: Span<UInt8>) {
    var here = candidate.end
    while here > 0 && left < 64 && WhiteSpace.lengthBefore(here, in: text) == 0 {
      let (scalar, length) = Scalar.before(here, in: text)
      if left < 3 { leftEnd = (leftEnd ^ scalar) &* 0x0100_0193 }
      here -= length
      left += 1
    }
    here = candidate.next
    while here < text.count && right < 64 && WhiteSpace.length(in: text, at: here) == 0 {
      let (scalar, length) = Scalar.at(here, in: text)
      if right < 3 { rightBeginning = (rightBeginning ^ scalar) &* 0x0100_0193 }
      if right < 5 { rightWord = (rightWord ^ scalar) &* 0x0100_0193 }
      here += length
      right += 1
    }
  }

  /// The stated rule where no model knows the language: two whole phrases, not a word of a list or a sign.
  var areSentences: Bool { left >= 20 && right >= 12 }
}
