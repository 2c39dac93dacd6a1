/// Small words by which a text shows its language: those that no other language but a close one has (`LanguageKinship`),
/// of at most eight bytes each.
enum OwnWords {
  /// A language's words; nil where there is no list of it.
  static func table(for language: String) -> WordTable? { lists[language].map { WordTable($0) } }

  private static let lists: [String: String] = [
    "ar": """
    في من أن على إلى عام كان التي مع عن خلال ما بعد ذلك كانت الذي لم هذا لكن لا قبل بين أيضا قد أكثر كل هذه
    أو غير يمكن مثل هناك أنه هو حتى كما حيث هي إن تم وقد وفي ولا ومن
    """,
    "be": """
    і ў на што не з да як ён за гэта але ад яго пра для быў якія ёсць было яны мы дзе або калі
    """,
    "bg": """
    че това като до при беше има със ще след или през бе още само той си е
    """,
    "cs": """
    že při pro jsou však která který které také když nebo ve už jsem není ještě podle mezi jeho tento této
    pak její jejich být měl jen než kde roce jako toho tedy proti další první více méně kdy aby si mohou
    může velmi jsme byli byly tím těch řekl svých bych nich těchto toto něco před nám či zde dnes
    """,
    "da": """
    og det som på med til ikke jeg fra kan når han hun efter under eller blev ved ud mod skulle alle sin
    også af
    """,
    "de": """
    und der die das ich ist den mit zu nicht für wir auch von auf im eine sich bei dem nach sind hat werden
    aber haben nur kann aus einer als noch zum sie vor über einem eines einen oder wird sein wie durch dass
    ihre bis zur
    """,
    "en": """
    the and is that you for it with have this are they not we my from can his there your all has would had
    one what like which their were about been when who will more its she him than
    """,
    "es": """
    el los las al más fue lo sus este también eran dos esta pero sobre desde ser durante muy sin años año
    donde está hasta cuando había todo y han ya que
    """,
    "et": """
    ja oli või kui ta ka aga ning oma siis selle olla mida seda veel pärast aastal nii nagu välja üle ole
    kuid
    """,
    "fa": """
    در به از که این را با است برای آن یک خود تا بر شد بود هم او شده دارد می نیز وی اما پس ما یا هر پیش دو
    سال بین آنها کرد
    """,
    "fi": """
    ja että oli tai hän kuin ovat joka mutta myös jos sitä nyt ole sitten voi siitä mukaan niin vuonna olla
    sekä kaikki vain tämän ennen hänen sen ollut eivät jossa noin jotka mitä hyvin jolla tässä tämä nämä kun
    ei minun minä jotta joita joiden tulee oma vielä näin silti sille
    """,
    "fr": """
    les des est une il dans au par pour qui plus avec ce pas sont elle été cette ont comme deux être nous
    était après aussi leur sous dont tout ses ces mais où et même le
    """,
    "hu": """
    és hogy nem ez csak volt már van mint még azt vagy lesz ezt aki két után minden amely között több meg
    egy
    """,
    "id": """
    yang dan pada dengan dari ini untuk adalah dalam tahun oleh sebagai itu tidak atau menjadi juga akan
    sebuah tersebut karena dapat telah lebih saat seperti setelah bahwa kepada sudah bisa mereka kami saya
    ia hanya namun saja antara secara serta
    """,
    "it": """
    il è che della sono gli dei più nel anche come delle si nella questo questa loro essere stato tra ai
    dalla ho hanno degli dello sulla perché
    """,
    "ms": """
    yang dan pada dengan dari ini untuk adalah dalam tahun oleh sebagai itu tidak atau menjadi juga akan
    sebuah tersebut kerana dapat telah lebih seperti selepas bahawa kepada sudah boleh mereka kami saya
    ialah hanya namun sahaja antara secara serta
    """,
    "nb": """
    og det som på med til ikke jeg fra kan når han hun etter under eller ble ved mot skulle alle sin også
    """,
    "nl": """
    het ik aan hij naar niet om met zijn voor ook maar bij uit heeft worden wordt door over nog deze dit
    onder geen wel hun kan zich waar toen moet meer werd jaar twee omdat een van
    """,
    "pl": """
    nie się że jest jak dla od jego przez był ale tak czy już być może oraz przy są który która które tym
    tego było została tylko jako roku także między lub ze
    """,
    "pt": """
    em os uma não dos por ao como sua mas seu tem pelo pela sobre ele anos também nos já ter há ainda onde
    está às aos depois dois quando até mais das ou um com e do da muito são ser foi
    """,
    "ro": """
    și în nu pe din care pentru că mai sunt fost prin lui dar după această acest ca va fiind cel
    """,
    "ru": """
    в и на не с а я как что по это из он к у но для за от то его все о так до был же они мы их она где при
    было была быть или если ее всех нет лет год года себя себе тем чем под без уже этом том него даже
    """,
    "sk": """
    že pri pre sú však ktorá ktorý ktoré tiež keď alebo bolo bola vo už som nie ešte podľa medzi jeho tento
    tejto jej ich byť mal len ako kde roku
    """,
    "sv": """
    att det som på är av till inte jag från vi kan när sig hon efter under blev mot skulle alla finns och
    ett för också
    """,
    "tr": """
    bir bu için gibi daha çok sonra kadar olan ama ben diye değil olarak var şey önce nasıl ise mi büyük yok
    onu kendi türk hiç olduğu göre ancak hem ya dedi böyle şimdi bana bunu sen gün içinde mı mu mü onun şu
    zaman biri hatta fakat bütün artık bunun benim bile şöyle oldu yani tüm her ve
    """,
    "uk": """
    і в на що не з та до у як він за це але від його про для був які є було під час вони ми її де або так
    якщо коли була
    """,
    "ur": """
    کے میں کی ہے اور سے کا کو اس کہ پر نے ہیں بھی ایک یہ تھا نہیں تو کر ہو گیا جو تھے ان کیا لیے تھی
    """,
    "vi": """
    và của là có không được một những cho với các trong người này khi đã đến từ cũng như ra về để vào nhiều
    năm trên tại theo phải sẽ làm nói ông bị thì đang
    """,
  ]
}

/// A set of words of one to eight bytes, ASCII in small letters.
struct WordTable: Sendable {
  /// Words as numbers, by open addressing; 0 where there is none.
  private var slots = [UInt64](repeating: 0, count: 256)

  /// - Parameter words: fewer than 200, between spaces or line ends.
  init(_ words: String) {
    for word in words.utf8.split(whereSeparator: { $0 <= 0x20 }) {
      let key = word.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      var slot = Self.slot(key)
      while slots[slot] != 0 && slots[slot] != key { slot = (slot + 1) & 255 }
      slots[slot] = key
    }
  }

  private static func slot(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 56) }

  private func contains(_ key: UInt64) -> Bool {
    var slot = Self.slot(key)
    while slots[slot] != 0 {
      if slots[slot] == key { return true }
      slot = (slot + 1) & 255
    }
    return false
  }

  /// Whether so many words of the text are in the set. Words are runs of letters of ASCII and bytes beyond it.
  func holds(_ wanted: Int, wordsOf text: Span<UInt8>) -> Bool {
    var found = 0
    var key: UInt64 = 0
    var length: UInt64 = 0
    for offset in 0...text.count {
      let byte = offset < text.count ? text[offset] : 0x20
      let small = byte < 0x80 ? byte | 0x20 : byte
      if small >= 0x61 && small <= 0x7A || byte >= 0x80 {
        if length < 8 { key |= UInt64(small) << (8 * length) }
        length += 1
      } else if length > 0 {
        if length <= 8 && contains(key) {
          found += 1
          if found == wanted { return true }
        }
        key = 0
        length = 0
      }
    }
    return false
  }
}
