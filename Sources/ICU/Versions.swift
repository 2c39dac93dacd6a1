internal import CICU

/// The versions that decide what ICU says: they stand in every manifest, because ICU 72 and 76 differ on the same text.
public enum Versions {
  /// ICU's own, e.g. `72.1`.
  public static var icu: String { unsafe String(cString: kicu_icu_version()) }
  /// Unicode's, e.g. `15.0`.
  public static var unicode: String { unsafe String(cString: kicu_unicode_version()) }
  /// CLDR's, e.g. `42.0`.
  public static var cldr: String { unsafe String(cString: kicu_cldr_version()) }
}
