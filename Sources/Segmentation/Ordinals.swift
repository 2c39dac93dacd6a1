extension HardRules {
  /// A number with a period that counts what follows: "12. Juni", "3. 10. 2025", "4. kerroksessa", "Karl V. war".
  func ordinalRuling(_ around: Surroundings) -> Ruling? {
    if around.left.shape == .number { return numberRuling(around) }
    guard around.left.isRoman, around.left.length <= 5, around.left.shape == .upperWord else { return nil }
    if around.candidate.nextClass == .lower { return .certain(.bind, .ordinal) }
    // "Kustaa II. Aadolf"
    guard knowledge.hasOrdinals, around.left2.shape == .capitalised, around.right.shape == .capitalised,
      !around.rightSections.contains(.starters)
    else { return nil }
    return .certain(.bind, .ordinal)
  }

  private func numberRuling(_ around: Surroundings) -> Ruling? {
    let (left, right) = (around.left, around.right)
    guard left.length <= 4, !left.hasInnerPeriod else { return nil }
    // Dates: "3. 10. 2025", "2025. 11. 4."
    if right.shape == .number && around.candidate.nextClass == .digit {
      if right.length <= 2 && around.afterRight == .period { return .certain(.bind, .ordinal) }
      if left.length <= 2 && right.length == 4 && around.left2Tail == .period { return .certain(.bind, .ordinal) }
    }
    // "2025. 11. 4. 개통했다"
    if around.candidate.nextClass == .letter && left.length <= 2 && around.left2.shape == .number
      && around.left2Tail == .period
    {
      return .certain(.bind, .ordinal)
    }
    // "Sec. 3. Definitions": a paragraph's number and heading.
    if around.left2.start == 0 && around.sentenceStart == 0 && right.isCapital && around.isAfterReference {
      return .certain(.bind, .listMarker)
    }
    // "fig. 2. Kartene": the number belongs to the abbreviation before it.
    let isReference = around.left2Tail == .period && around.left2.shape != .number && around.left2.length > 0
    if !knowledge.hasOrdinals && isReference && right.shape == .capitalised && around.candidate.isICU {
      return .certain(.end, .ordinal)
    }
    guard knowledge.hasOrdinals else { return nil }
    // "r. 1945. Válka": a year counts nothing.
    let isYear = left.length == 4 && around.candidate.nextClass == .upper
    if !isYear && !around.rightSections.isDisjoint(with: [.months, .ordinals]) { return .certain(.bind, .ordinal) }
    guard left.length <= 3 else { return nil }
    if around.candidate.nextClass == .lower { return .certain(.bind, .ordinal) }
    guard left.length <= 2, right.shape == .capitalised else { return nil }
    // "fig. 2. Kartene": the number belongs to the abbreviation before it.
    if around.left2Tail == .period && around.left2.shape != .number { return .certain(.end, .ordinal) }
    return .doubtful(around.rightSections.contains(.starters) ? .end : .bind, .ordinal)
  }
}
