import Testing

@testable import Kalimat

/// What shows a sentence's language without a detector.
@Suite struct LanguageSignsTests {
  static let sentences: [(language: String, text: String)] = [
    (
      "id",
      "Para pedagang yang sudah bertahun-tahun berjualan di pasar itu mengatakan bahwa mereka tidak akan pindah sebelum ada kepastian dari pemerintah kota, karena tempat yang baru dinilai terlalu jauh dari jalan raya."
    ),
    (
      "en",
      "The traders who have sold at the market for many years said that they would not move before the city had given its word, because the new place is thought to be too far from the road and from their customers."
    ),
    (
      "de",
      "Die Händler, die seit vielen Jahren auf dem Markt verkaufen, sagten, dass sie nicht umziehen werden, bevor die Stadt ihr Wort gegeben hat, weil der neue Platz zu weit von der Straße und von ihren Kunden liegt."
    ),
    (
      "fr",
      "Les marchands qui vendent au marché depuis des années disent que personne ne partira avant que la ville ait donné sa parole, parce que le nouvel endroit est trop loin de la route et de leurs clients, selon eux."
    ),
    (
      "ru",
      "Торговцы, которые продают на рынке уже много лет, говорят, что они не уйдут, пока город не даст слова, потому что новое место слишком далеко от дороги и от тех, кто у них покупает."
    ),
    (
      "ar",
      "قال التجار الذين يبيعون في السوق منذ سنوات إنهم لن يرحلوا قبل أن تعطي المدينة كلمتها لأن المكان الجديد بعيد جدا عن الطريق وعن زبائنهم كما أن الإيجار أعلى من ذلك بكثير."
    ),
    (
      "ja",
      "市場で長年商売をしてきた人々は、新しい場所が道路からも客からも遠すぎるため、市が約束をするまでは移らないと話している。家賃もこれまでよりずっと高いという。市の担当者は来月までに答えるとしている。"
    ),
    (
      "zh",
      "在市场里做了多年生意的商贩们说，在市政府作出承诺之前他们不会搬走，因为新的地方离马路和顾客都太远，租金也比以前高出许多。市政府的负责人表示将在下个月之前给出答复，并且会再次听取商贩们的意见。"
    ),
    (
      "th",
      "พ่อค้าแม่ค้าที่ขายของในตลาดมาหลายปีบอกว่าจะไม่ย้ายจนกว่าเทศบาลจะให้คำมั่น เพราะที่ใหม่อยู่ไกลจากถนนและจากลูกค้ามากเกินไป"
    ),
    (
      "ko",
      "시장에서 오랫동안 장사를 해 온 상인들은 새 자리가 길과 손님에게서 너무 멀기 때문에 시가 약속을 하기 전에는 옮기지 않겠다고 말했다. 임대료도 지금보다 훨씬 비싸다고 한다."
    ),
  ]

  @Test("A long sentence shows its own language, and none of the others", arguments: sentences)
  func sentence(language: String, text: String) throws {
    let bytes = Array(text.utf8)
    #expect(bytes.count >= SentenceLanguage.minimumBytes)
    for (other, _) in Self.sentences {
      let signs = try #require(LanguageSigns(language: other))
      let shown = signs.areIn(bytes.span)
      #expect(shown == (other == language), "as \(other)")
    }
  }

  @Test("A sentence that is in another language by four fifths does not show the article's")
  func mixed() throws {
    let words = Self.sentences[1].text.split(separator: " ")
    let own = Self.sentences[0].text.split(separator: " ")
    let text = Array((words.prefix(32) + own.prefix(8)).joined(separator: " ").utf8)
    let shown = try #require(LanguageSigns(language: "id")).areIn(text.span)
    #expect(!shown)
  }

  @Test func words() {
    let table = WordTable("das ist über")
    for (text, count) in [("Das ist", 2), ("Über ist, das", 2), ("dasein istdas", 0), ("über-ist.das", 3), ("", 0)] {
      let bytes = Array(text.utf8)
      let found = (1...4).count { table.holds($0, wordsOf: bytes.span) }
      #expect(found == count, "\(text)")
    }
  }

  @Test func unknown() { #expect(LanguageSigns(language: "yo") == nil) }
}
