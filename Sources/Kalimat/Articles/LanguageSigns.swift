/// Shows without a detector that a long text is in a language: by its script, where only the language and its close
/// relations are written in it, else by its small words. Most sentences of an article show it, in a hundredth of the time
/// that CLD2 takes.
///
/// What shows it is hardly in another language by four fifths: half of the text's bytes are of the script, or there are
/// four of the words, and one in 50 bytes (in 90 where letters take two).
struct LanguageSigns: Sendable {
  private enum Sign {
    /// The scalars' range; of Japanese a tenth of the bytes must be kana, of Chinese next to none.
    case script(ClosedRange<UInt32>), japanese, chinese
    case words(WordTable, bytesEach: Int)
  }

  private let sign: Sign

  /// - Parameter language: a primary language subtag.
  /// - Returns: nil where nothing is known of the language.
  init?(language: String) {
    if let range = Self.scripts[language] {
      sign = .script(range)
    } else if language == "ja" {
      sign = .japanese
    } else if language == "zh" {
      sign = .chinese
    } else if let table = OwnWords.table(for: language) {
      sign = .words(table, bytesEach: Self.twoByteLetters.contains(language) ? 90 : 50)
    } else {
      return nil
    }
  }

  /// Whether the text, valid UTF-8 of 60 bytes or more, is surely in the language or a close relation of it.
  func areIn(_ text: Span<UInt8>) -> Bool {
    switch sign {
    case .words(let table, let bytesEach):
      return table.holds(max(4, text.count / bytesEach), wordsOf: text)
    case .script(let range):
      return Self.bytes(of: text, in: range) * 2 >= text.count
    case .japanese:
      let kana = Self.bytes(of: text, in: Self.kana)
      return kana * 10 >= text.count && (kana + Self.bytes(of: text, in: Self.han)) * 2 >= text.count
    case .chinese:
      return Self.bytes(of: text, in: Self.han) * 2 >= text.count
        && Self.bytes(of: text, in: Self.kana) * 20 < text.count
    }
  }

  /// Bytes of scalars in the range.
  private static func bytes(of text: Span<UInt8>, in range: ClosedRange<UInt32>) -> Int {
    var count = 0
    var here = 0
    while here < text.count {
      let lead = text[here]
      if lead < 0x80 {
        here += 1
      } else if lead < 0xE0 {
        if range.contains(UInt32(lead & 0x1F) << 6 | UInt32(text[here + 1] & 0x3F)) { count += 2 }
        here += 2
      } else if lead < 0xF0 {
        let high = UInt32(lead & 0x0F) << 12 | UInt32(text[here + 1] & 0x3F) << 6
        if range.contains(high | UInt32(text[here + 2] & 0x3F)) { count += 3 }
        here += 3
      } else {
        here += 4
      }
    }
    return count
  }

  /// Languages whose script no other language has but close ones.
  private static let scripts: [String: ClosedRange<UInt32>] = [
    "el": 0x370...0x3FF, "hy": 0x530...0x58F, "hi": 0x900...0x97F, "mr": 0x900...0x97F, "ne": 0x900...0x97F,
    "gu": 0xA80...0xAFF, "ta": 0xB80...0xBFF, "te": 0xC00...0xC7F, "kn": 0xC80...0xCFF, "ml": 0xD00...0xD7F,
    "si": 0xD80...0xDFF, "th": 0xE00...0xE7F, "lo": 0xE80...0xEFF, "my": 0x1000...0x109F, "ka": 0x10A0...0x10FF,
    "km": 0x1780...0x17FF, "ko": 0xAC00...0xD7A3,
  ]
  private static let kana: ClosedRange<UInt32> = 0x3040...0x30FF
  private static let han: ClosedRange<UInt32> = 0x4E00...0x9FFF
  private static let twoByteLetters: Set<String> = ["ru", "uk", "be", "bg", "ar", "fa", "ur"]
}
