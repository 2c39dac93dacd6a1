internal import Segmentation

/// What telling leftovers knows: for the digest that a manifest has as `rules_sha256`.
public enum LeftoverRuleBytes {
  /// Gives `take` the name and the bytes of each language file, in order of their names, and of the weights.
  /// Two programs whose pieces are the same, with the same sentences, reject alike.
  public static func forEach(_ take: (_ name: String, _ bytes: [UInt8]) -> Void) {
    take("leftovers revision", Array(revision.utf8))
    for file in BuiltInFile.leftovers {
      take("leftovers \(file.name).txt", file.contents())
    }
    take("pages.weights", BuiltInFile.pageWeights.contents())
  }

  /// Raised by hand whenever a rule in the program changes what it decides.
  static let revision = "3"
}
