internal import CICU

/// What ICU knows of single scalars (UCD, UnicodeData.txt).
public enum Scalars {
  /// The general category as ICU numbers it (`UCharCategory`): 1 Lu, 2 Ll, 3 Lt, 4 Lm, 5 Lo, 6–8 M, 9 Nd, 10–11 N,
  /// 12–14 Z, 15–18 C, 19 Pd, 20 Ps, 21 Pe, 22 Pc, 23 Po, 24–27 S, 28 Pi, 29 Pf.
  public static func generalCategory(of scalar: UInt32) -> Int8 { kicu_general_category(scalar) }

  /// The simple lower case mapping; the scalar itself where it has none.
  public static func lowercase(_ scalar: UInt32) -> UInt32 { kicu_lowercase(scalar) }
}
