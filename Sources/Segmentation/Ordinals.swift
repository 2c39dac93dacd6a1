extension HardRules {
  /// A number with a period that counts what follows, where the language writes so: "12. Juni", "3. 10. 2025".
  func ordinalRuling(_ around: Surroundings) -> Ruling? {
    guard knowledge.hasOrdinals else { return nil }
    if isRegnal(around) { return .certain(.bind, .ordinal) }
    guard around.left.shape == .number, around.left.length <= 3 else { return nil }
    if !around.rightSections.isDisjoint(with: [.months, .ordinals]) { return .certain(.bind, .ordinal) }
    guard around.left.length <= 2 else { return nil }
    if around.right.shape == .number && around.candidate.nextClass == .digit && around.right.length <= 4 {
      return .doubtful(.bind, .ordinal)
    }
    guard around.right.shape == .capitalised else { return nil }
    return .doubtful(around.rightSections.contains(.starters) ? .end : .bind, .ordinal)
  }

  /// "Kustaa II. Aadolf", "Karl V. war": the letters of a Roman number after a name.
  private func isRegnal(_ around: Surroundings) -> Bool {
    guard around.left.shape == .upperWord, around.left.length <= 5, around.left2.shape == .capitalised else { return false }
    return around.left.isRoman && !around.rightSections.contains(.starters) && around.right.shape == .capitalised
  }
}
