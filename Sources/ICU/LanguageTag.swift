internal import CICU

/// BCP 47 language tags (RFC 5646). ICU itself takes nonsense without a word, so a tag is checked before it is used.
public enum LanguageTag {
  /// The canonical form of `tag` (e.g. `ID` → `id`, `zh-hant` → `zh-Hant`), or nil where it is not well formed.
  ///
  /// A language of four letters and more (`English`) is nil too: the grammar allows it, but none was ever registered.
  public static func canonical(_ tag: String) -> String? {
    guard !tag.isEmpty, tag.utf8.allSatisfy({ $0 != 0 }) else { return nil }
    return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 160) { out in
      let ok = unsafe tag.withCString { unsafe kicu_locale_canonical_tag($0, out.baseAddress, Int32(out.count)) }
      guard ok != 0, let written = out.baseAddress else { return nil }
      let canonical = unsafe String(cString: written)
      return canonical.utf8.prefix { $0 != 0x2D }.count <= 3 ? canonical : nil
    }
  }
}
