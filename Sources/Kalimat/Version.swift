internal import ICU
internal import Leftovers
internal import Segmentation

/// What this program is, as manifests and `--version` say it.
public enum Version {
  /// kalimat's own.
  public static let kalimat = "0.1.0"

  /// The digest of everything built in that decides boundaries and leftovers: language files and weights.
  public static let rulesSHA256: String = {
    var hash = SHA256()
    func add(_ name: String, _ bytes: [UInt8]) {
      hash.update("\(name) \(bytes.count)\n")
      hash.update(bytes)
    }
    RuleBytes.forEach(add)
    LeftoverRuleBytes.forEach(add)
    return hash.finish().hex
  }()

  /// What finds ICU's boundaries here (the results are the same): ICU's own compiled table by AVX2 or by byte tables, or
  /// ICU's iterator.
  private static var engine: String {
    do {
      switch try SentenceScanner(language: "en").engine {
      case .avx2: return "scanner avx2"
      case .portable: return "scanner byte tables"
      case .ubrk: return "ubrk fallback"
      }
    } catch { return "none: \(error)" }
  }

  /// The parts that results depend on and their versions; and what runs them here.
  public static var parts: [(name: String, value: String)] {
    [
      ("engine", engine),
      ("icu", Versions.icu), ("unicode", Versions.unicode), ("cldr", Versions.cldr), ("rules_sha256", rulesSHA256),
      ("gz", Compressor(format: .gz).description), ("zst", Compressor(format: .zst).description),
    ]
  }
}
