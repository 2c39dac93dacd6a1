internal import CICU

/// What CLDR calls countries, months, weekdays and numbers: words that every pair of languages shares.
public enum CommonNames {
  /// Names in the languages of two locales, side by side; none where CLDR lacks one of them.
  public static func pairs(_ source: String, _ target: String) -> [(source: String, target: String)] {
    var pairs: [(source: String, target: String)] = []
    let ranges: [(kind: Int32, indices: Range<Int32>)] = [
      (Int32(KICU_MONTH), 0..<12), (Int32(KICU_STANDALONE_MONTH), 0..<12), (Int32(KICU_WEEKDAY), 0..<7),
      (Int32(KICU_COUNTRY), 0..<400), (Int32(KICU_NUMBER), 2..<21),
    ]
    for (kind, indices) in ranges {
      for index in indices {
        guard let a = name(source, kind, index), let b = name(target, kind, index) else { break }
        if !a.isEmpty && !b.isEmpty { pairs.append((a, b)) }
      }
    }
    return pairs
  }

  /// nil where there is no such index; empty where CLDR has no name.
  private static func name(_ locale: String, _ kind: Int32, _ index: Int32) -> String? {
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1024) { out in
      let length = unsafe locale.withCString { unsafe kicu_name($0, kind, index, out.baseAddress, Int32(out.count)) }
      if length < 0 { return nil }
      let bytes = UnsafeBufferPointer(out)
      return unsafe String(decoding: bytes[..<Int(length)], as: UTF8.self)
    }
  }
}
