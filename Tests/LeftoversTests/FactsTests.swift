import Leftovers
import Testing

/// What an article says of itself, and the lines that say it.
@Suite("An article's facts")
struct FactsTests {
  static let summary = "Dua belas keluarga kehilangan rumah, dan api baru padam menjelang subuh."
  static let body = """
    Kebakaran di Kampung Melati menghanguskan dua belas rumah pada Senin malam, kata ketua RT setempat.
    Warga mengungsi ke balai desa dan menunggu bantuan dari pemerintah kota sampai pagi hari.
    """

  /// The only summary over the date is no text: what stands below it is still the article's head.
  @Test("A date and a byline below a summary are read")
  func belowSummary() throws {
    let text = """
      Kebakaran Hanguskan Dua Belas Rumah di Kampung Melati
      \(Self.summary)
      Oleh Sinta Maharani
      Selasa, 4 November 2025 | 09:14 WIB
      Bagikan
      \(Self.body)
      Baca juga: Pasar Lama Terbakar Lagi
      Dicetak ulang 7 Januari 2026
      """
    let judged = try Judged(text, language: "id")
    #expect(judged.reasons.prefix(4) == ["-", "-", "byline", "date"])
    #expect(judged.facts.published == "2025-11-04")
    #expect(judged.text(judged.facts.author) == "Sinta Maharani")
  }

  @Test(
    "An editor is no author", arguments: ["Editor: Dedi Supriadi", "EDITOR Dedi Supriadi", "editor: Dedi Supriadi"])
  func editor(_ line: String) throws {
    func author(_ byline: String) throws -> String? {
      let judged = try Judged("Judul yang Panjang Sekali\n\(Self.body)\n\(byline)\nTag: api, rumah", language: "id")
      #expect(judged.verdicts.contains { $0.reason == .byline }, "\(byline)")
      return judged.text(judged.facts.author)
    }
    #expect(try author(line) == nil)
    #expect(try author("Penulis: Dedi Supriadi") == "Dedi Supriadi")
  }

  @Test(
    "A date and time with names behind labels is the page's, and gives the date",
    arguments: [
      ("zh", "2025-01-12 08:30:15 来源：青峰日报 作者：刘文", "2025-01-12"),
      ("tr", "Giriş: 05.03.2025 - 10:22 Güncelleme: 05.03.2025 - 12:40", "2025-03-05"),
      ("de", "Erstellt: 05.03.2025, 10:22 Uhr Von: Jana Roth", "2025-03-05"),
    ])
  func stamped(_ language: String, _ line: String, _ date: String) throws {
    let texts = [
      "zh": "老人四十年手抄县志\n分享到：\n\(line)\n县里的退休教师用四十年时间手抄县志一百二十万字，每天清晨五点起床。\n版权所有 青峰日报社",
      "tr": "Keçi Bulundu\nPaylaş\n\(line)\nErzurum'un Tortum ilçesinde kaybolan keçi kırk gün sonra bulundu.\nREKLAM",
      "de": "Ziege gefunden\nTeilen\n\(line)\nDie seit vierzig Tagen vermisste Ziege steht wieder im Stall.\nAnzeige",
    ]
    let judged = try Judged(texts[language] ?? "", language: language)
    let place = try #require(judged.texts.firstIndex(of: line))
    #expect(judged.verdicts[place].reason == .date)
    #expect(judged.facts.published == date)
  }

  /// The same phrase without quotation marks takes the sentence.
  @Test("A phrase of a page within quotation marks is what a text talks of")
  func quotedPhrase() throws {
    let page = "Impressum | Kontakt | AGB\nTeilen\nAnzeige\n"
    let before = "Der Gerichtshof entschied im Mai, dass ein voreingestelltes Häkchen nicht genügt.\n"
    func reason(_ sentence: String) throws -> String? {
      try Judged(before + sentence + "\n" + page, language: "de").reasons.dropFirst().first
    }
    #expect(try reason("Der Satz „Diese Website verwendet Cookies“ steht inzwischen fast überall auf der Welt.") == "-")
    #expect(
      try reason("Diese Website verwendet Cookies, damit Sie alles so finden, wie Sie es gewohnt sind.") == "notice")
  }

  @Test(
    "A credit in brackets goes as one, however many sentences a full stop makes of it",
    arguments: ["(Foto: Dok. Pemdes Sukamaju)", "(Foto: Dok. Pemdes Sukamaju/H. Asep)"])
  func bracketedCredit(_ credit: String) throws {
    let caption = "Jembatan gantung yang dibangun warga Desa Sukamaju di Kabupaten Garut. "
    let judged = try Judged("Judul Berita Hari Ini\n\(caption)\(credit)\n\(Self.body)", language: "id")
    let pieces = judged.verdicts.indices.filter { credit.contains(judged.texts[$0]) }
    #expect(pieces.count >= 2)
    #expect(pieces.allSatisfy { judged.verdicts[$0].reason == .credit })
    #expect(judged.verdicts[1].reason == nil)
    // What is no credit stays, in brackets too.
    let note = try Judged("Judul Berita Hari Ini\n\(caption)(Lihat Bab. Dua Belas)\n\(Self.body)", language: "id")
    #expect(note.reasons.allSatisfy { $0 == "-" })
  }

  static let pages: [(language: String, text: String, author: String?, publisher: String?, place: String?)] = [
    (
      "zh", "老人四十年手抄县志\n分享到：\n2025-01-12 08:30:15 来源：青峰日报 作者：刘文\n县里的退休教师用四十年时间手抄县志一百二十万字，每天清晨五点起床。\n版权所有 青峰日报社",
      "刘文", "青峰日报", nil
    ),
    (
      "ko", "산골 우체부의 마지막 편지\n입력 2025.01.20 09:30\n박지훈 기자\n글자크기 조절\n강원도 정선의 우체부가 지난 금요일에 마지막 배달을 모두 마쳤다.\n댓글 3", "박지훈",
      nil,
      nil
    ),
    (
      "pt",
      "Padaria vende pão de queijo\nPor Thiago Bastos, g7 Minas — Ouro Preto\n10/11/2024 06h00\n"
        + "Dona Cida nunca subiu o preço do pão de queijo em vinte anos.\nLeia também: Chuva derruba muro",
      "Thiago Bastos", nil, nil
    ),
    (
      "de",
      "Brand in Sägewerk\nTeilen\nIn der Nacht ist ein altes Sägewerk vollständig abgebrannt.\n"
        + "Naila – Ein Großbrand hat in der Nacht ein Sägewerk zerstört.\nAnzeige\nKommentare",
      nil, nil, "Naila"
    ),
  ]

  @Test("Names behind labels, in front of what the author is, and a dateline below a summary", arguments: pages.indices)
  func names(_ index: Int) throws {
    let page = Self.pages[index]
    let judged = try Judged(page.text, language: page.language)
    #expect(judged.text(judged.facts.author) == page.author)
    #expect(judged.text(judged.facts.publisher) == page.publisher)
    #expect(judged.text(judged.facts.place) == page.place)
  }

  @Test("A month's name of Devanagari gives the date")
  func devanagari() throws {
    let text =
      "गाँव की बेटी ने बनाया सौर चूल्हा\nUpdated: 6 मार्च 2025 7:15 pm IST\nशेयर करें\n"
      + "बिहार के एक छोटे से गाँव की छात्रा अंजलि ने सौर ऊर्जा से चलने वाला चूल्हा बनाया है।\nAdvertisement"
    #expect(try Judged(text, language: "hi").facts.published == "2025-03-06")
  }

  /// The same line goes where others say plainly that they are a page's.
  @Test("Prose that bids stays where no line is plainly a page's")
  func quiet() throws {
    let story = "Hoy ha llovido mucho en toda la ciudad.\nSuscríbete al olvido, me decías. Lee también los silencios."
    #expect(try Judged(story, language: "es").reasons == ["-", "-", "-"])
    let page = story + "\nLeer más: Otra historia de la ciudad\nCompartir en Facebook\nPublicidad"
    #expect(try Judged(page, language: "es").reasons.contains("related"))
  }
}
