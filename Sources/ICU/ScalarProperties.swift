internal import CICU

/// Properties of single scalars, in ICU's version of Unicode.
public enum ScalarProperties {
  /// Whether the scalar's general category is one of L, N or S.
  public static func isLetterNumberOrSymbol(_ scalar: UInt32) -> Bool {
    switch kicu_general_category(scalar) {
    case 1...5, 9...11, 24...27: true  // Lu Ll Lt Lm Lo, Nd Nl No, Sm Sc Sk So
    default: false
    }
  }

  /// The general category (UAX 44, table 12) as ICU numbers it: 1–5 L, 6–8 M, 9 Nd, 10–11 N, 12–14 Z, 15–18 C, 19–29 P, S.
  public static func generalCategory(of scalar: UInt32) -> Int8 { kicu_general_category(scalar) }

  /// The simple lower case mapping; the scalar itself where it has none.
  public static func lowercase(_ scalar: UInt32) -> UInt32 { kicu_lowercase(scalar) }

  /// ICU's number of the scalar's script (`Script` property).
  public static func script(_ scalar: UInt32) -> Int32 { kicu_script(scalar) }

  /// The ISO 15924 code of a script by ICU's number, e.g. `Latn`.
  public static func scriptCode(of scalar: UInt32) -> String { unsafe String(cString: kicu_script_name(scalar)) }
}
