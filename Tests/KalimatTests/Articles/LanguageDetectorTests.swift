import Glibc
import Testing

@testable import Kalimat

struct LanguageDetectorTests {
  static func detect(_ text: String) -> (tag: String, score: Int) { LanguageDetector.detect(Array(text.utf8).span) }

  @Test(arguments: [
    (
      "id",
      "Pemerintah daerah akan membangun jembatan baru di atas sungai itu, kata bupati kepada para wartawan pada hari Senin."
    ),
    ("en", "The harbour bridge will be closed for repairs until the end of the month, the council said on Monday."),
    ("de", "Die Brücke wird bis zum Ende des Monats für Reparaturen gesperrt, teilte die Stadt am Montag mit."),
    ("he", "הגשר ייסגר לתיקונים עד סוף החודש, כך הודיעה העירייה ביום שני בבוקר לתושבי העיר."),
    ("ja", "橋は修理のため月末まで閉鎖されると市役所が月曜日に発表しました。住民は別の道を使います。"),
    ("zh", "市政府星期一宣布，这座桥将关闭维修到月底。居民可以使用另一条道路。"),
    ("zh-Hant", "市政府星期一宣布，這座橋將關閉維修到月底。居民可以使用另一條道路，請大家見諒。"),
    ("ru", "Мост будет закрыт на ремонт до конца месяца, сообщила администрация города в понедельник утром."),
    ("th", "สะพานจะปิดซ่อมแซมจนถึงสิ้นเดือน เทศบาลเมืองแถลงเมื่อวันจันทร์"),
    ("no", "Broen blir stengt for reparasjon ut måneden, opplyste kommunen på mandag til innbyggerne i byen."),
  ])
  func languages(_ tag: String, text: String) {
    let detected = Self.detect(text)
    #expect(detected.tag == tag)
    #expect((80...100).contains(detected.score), "\(detected.score)")
  }

  @Test(arguments: ["", "x", "123 456 789", "\0\0\0", "lorem", "😀😀😀"])
  func whatCannotBeTold(_ text: String) {
    let detected = Self.detect(text)
    #expect(detected.tag == "und" && detected.score == 0)
  }

  @Test(
    arguments: [
      ("iw", "he"), ("jw", "jv"), ("mo", "ro"), ("no", "no"), ("nn", "nn"), ("sr-ME", "sr-ME"), ("hmn", "hmn"),
      ("zh-Hant", "zh-Hant"), ("tl", "tl"), ("un", nil), ("xx-Goth", nil), ("xxx", nil),
    ] as [(String, String?)])
  func codes(_ code: String, tag: String?) {
    #expect(LanguageDetector.tag(of: code) == tag)
  }

  /// Any valid UTF-8: controls, noncharacters, a cut at the limit inside a character.
  @Test func anyText() {
    var generator = SeededGenerator(state: 3)
    for _ in 0..<300 {
      let scalars = (0..<Int.random(in: 0..<200, using: &generator)).compactMap { _ in
        Unicode.Scalar(
          UInt32.random(in: 0..<0x11_0000, using: &generator) >> UInt32.random(in: 0..<16, using: &generator))
      }
      let detected = Self.detect(String(String.UnicodeScalarView(scalars)))
      #expect((0...100).contains(detected.score) && !detected.tag.isEmpty)
    }
    for shift in 0..<4 {
      let text =
        String(repeating: "a", count: shift)
        + String(repeating: "Жизнь идёт своим чередом, и мост закрыт. ", count: 5_000)
      #expect(Self.detect(text).tag == "ru")
    }
  }

  /// A text that ends where readable memory ends: nothing behind it is looked at.
  @Test(arguments: ["Jembatan itu ditutup", "a中", "Мост закрыт", "ก", "👩", "die Brücke é"])
  func whatFollowsInMemory(_ text: String) throws {
    let bytes = Array(text.utf8)
    let page = Int(getpagesize())
    let memory = try unsafe #require(
      mmap(nil, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
    defer { _ = unsafe munmap(memory, 2 * page) }
    try unsafe #require(mprotect(memory + page, page, PROT_NONE) == 0)
    let end = unsafe UnsafeMutableRawBufferPointer(start: memory + page - bytes.count, count: bytes.count)
    unsafe end.copyBytes(from: bytes)
    let atEnd = unsafe LanguageDetector.detect(end.bindMemory(to: UInt8.self).span)
    #expect(atEnd == LanguageDetector.detect(bytes.span))
  }
}
