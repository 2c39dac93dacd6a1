internal import CCLD2
internal import ICU

/// Tells an article's language with CLD2, Google's Compact Language Detector 2.
public enum LanguageDetector {
  /// Bytes that are looked at: CLD2 takes 35 ms a megabyte, more than all the rest of a build but gzip.
  static let limit = 1 << 14

  /// The language of a text in valid UTF-8: a canonical BCP 47 tag, and the share of the text in it, in percent. `und` and
  /// 0 where CLD2 does not rely on its own answer, as on texts of a few words.
  ///
  /// - Complexity: O(n) in the bytes of `text`, of which the first 16 KiB are looked at.
  public static func detect(_ text: Span<UInt8>) -> (tag: String, score: Int) {
    var end = min(text.count, limit)
    while end < text.count && end > 0 && text[end] & 0xC0 == 0x80 { end -= 1 }
    let result = unsafe text.extracting(0..<end).withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return unsafe kcld2_result() }
      return unsafe kcld2_detect(start, Int32(bytes.count))
    }
    guard unsafe result.reliable != 0, let code = unsafe result.tag else { return ("und", 0) }
    let percent = unsafe Int(result.percent)
    guard percent > 0, let tag = tag(of: unsafe String(cString: code)) else { return ("und", 0) }
    return (tag, min(percent, 100))
  }

  /// CLD2's code as BCP 47; nil where it names no language.
  ///
  /// ICU makes `iw` to `he`, `jw` to `jv` and `mo` to `ro`. `no`, which CLD2 has beside `nn`, stays: CLDR 39 and later hold
  /// it for the canonical tag of Bokmål. `zh` is simplified Chinese, `zh-Hant` the other. `sr-ME` is CLDR's form of
  /// Montenegrin. Codes that begin with `xx-` (a script's letters, in no known language), `un` and `xxx` are no languages.
  static func tag(of code: String) -> String? {
    let letters = code.utf8
    if letters.starts(with: "xx".utf8) || letters.elementsEqual("un".utf8) || letters.elementsEqual("ut".utf8) {
      return nil
    }
    return LanguageTag.canonical(code)
  }
}
