// stub until the readers land
public enum LanguageDetector {
  public static func detect(_ text: Span<UInt8>) -> (tag: String, score: Int) { ("und", 0) }
}
