/// What segmentation knows beside ICU: for the digest that a manifest has as `rules_sha256`.
public enum RuleBytes {
  /// Gives `take` the name and the bytes of each language file, in order of their names, and of the model's weights.
  /// Two programs whose pieces are the same, with the same ICU, segment alike.
  public static func forEach(_ take: (_ name: String, _ bytes: [UInt8]) -> Void) {
    take("revision", Array(revision.utf8))
    for file in BuiltInFile.segmentation { take("\(file.name).txt", file.contents()) }
    take("boundaries.weights", BuiltInFile.boundaryWeights.contents())
  }

  /// Raised by hand whenever a rule in the program changes what it decides; RevisionTests fails where it was forgotten.
  package static let revision = "4"
}
