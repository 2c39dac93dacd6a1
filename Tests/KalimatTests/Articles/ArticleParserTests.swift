import Testing

@testable import Kalimat

struct ArticleParserTests {
  static let file = InputFile(
    location: "in/f.jsonl", path: Array("f.jsonl".utf8), format: .jsonLines, compression: .none)

  /// Text in `text`, key by content; `change` says what a test needs besides.
  static func plan(_ keyKind: KeyKind = .content, _ change: (inout FieldPlan) -> Void = { _ in }) -> FieldPlan {
    var plan = FieldPlan(text: ["text"], keyKind: keyKind)
    change(&plan)
    return plan
  }

  static func parse(
    _ text: [UInt8], _ plan: FieldPlan, language: String? = nil, firstRecord: Int = 1, byteOffset: Int = 0
  ) -> [ParsedArticle] {
    let piece = InputPiece(firstRecord: firstRecord, byteOffset: byteOffset, bytes: text, isLast: true)
    return ArticleParser(fields: plan, language: language).parse(piece, of: file)
  }

  static func articles(_ text: String, _ plan: FieldPlan, language: String? = nil) -> [Article] {
    parse(Array(text.utf8), plan, language: language).compactMap {
      if case .article(let article) = $0 { article } else { nil }
    }
  }

  static func problems(_ text: [UInt8], _ plan: FieldPlan, byteOffset: Int = 0) -> [String] {
    parse(text, plan, byteOffset: byteOffset).compactMap {
      if case .problem(let problem) = $0 { problem.description } else { nil }
    }
  }

  static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  // MARK: Articles

  @Test func aFileOfTextIsAnArticle() {
    let file = InputFile(location: "x/a.txt.gz", path: Array("a.txt".utf8), format: .text, compression: .gz)
    let piece = InputPiece(firstRecord: 0, byteOffset: 3, bytes: Array(" {\"no\": 1}\n".utf8), isLast: true)
    for language in [nil, "id"] {
      var expected = Article(
        keyKind: .path, key: Array("a.txt".utf8), text: piece.bytes, path: Array("a.txt".utf8), record: 0)
      expected.language = language ?? ""
      let parsed = ArticleParser(fields: Self.plan(), language: language).parse(piece, of: file)
      guard case .article(expected)? = parsed.first else { Issue.record("\(parsed)"); return }
      #expect(parsed.count == 1)
    }
  }

  @Test func everyField() {
    let plan = Self.plan(.id) {
      $0.id = "id"
      $0.url = "link"
      $0.lang = "l"
      $0.title = "t"
      $0.published = "when"
      $0.license = "licence"
      $0.splitBy = "site.name"
      $0.keep = ["tags", "n", "site", "none", "null", "flag", "s"]
    }
    let line = #"""
      {"id":"a\u0000b","text":"T\u00e9 \ud83d\ude00\r\n","link":"http://x","l":"ZH-hant","t":"Title","when":20250102,"licence":"CC0","site":{"z":[1.50,null,"\u2028"],"name":"N"},"tags":["b","a"],"n":-1.50e+3,"null":null,"flag":true,"s":""}
      """#
    var expected = Article(
      keyKind: .id, key: Array("a\0b".utf8), text: Array("Té 😀\r\n".utf8), path: Array("f.jsonl".utf8), record: 3)
    expected.url = Array("http://x".utf8)
    expected.language = "zh-Hant"
    expected.title = Array("Title".utf8)
    expected.published = Array("20250102".utf8)
    expected.license = Array("CC0".utf8)
    expected.splitValue = Array("N".utf8)
    expected.kept = [
      #"["b","a"]"#, "-1.50e+3", #"{"z":[1.50,null,"\u2028"],"name":"N"}"#, "", "", "true", "",
    ].map { Array($0.utf8) }
    #expect(Self.articles("\n \t\r\n" + line + "\n", plan) == [expected])
  }

  @Test(arguments: [
    (#"{"text":"b","title":"a"}"#, "a\n\nb"), (#"{"text":"b","title":""}"#, "b"), (#"{"text":"b","title":null}"#, "b"),
    (#"{"title":"a"}"#, "a"), (#"{"title":"a","text":""}"#, "a"), (#"{"title":" ","text":" "}"#, " \n\n "),
    (#"{"text":"\ufeff\ufeffb"}"#, "\u{FEFF}b"), (#"{"text":"b","title":"\ufeffa"}"#, "a\n\nb"),
    (#"{"text":"\ufeffb","title":"a"}"#, "a\n\n\u{FEFF}b"), (#"{"text":"\u0000"}"#, "\0"),
  ])
  func severalTextFields(_ line: String, text: String) {
    let articles = Self.articles(line, Self.plan { $0.text = ["title", "text"] })
    #expect(articles.map(\.text) == [Array(text.utf8)])
  }

  @Test(arguments: [
    (#"{"a":{"b":"x"}}"#, "a.b", "x"), (#"{"a":{"b":"x"},"a.b":"y"}"#, "a.b", "y"),
    (#"{"a.b":{"c":"x"}}"#, "a.b.c", "x"),
    (#"{"a":{"b.c":"x"}}"#, "a.b.c", "x"), (#"{"a":{"b":{"c":"x"}},"a.b":{"c":"y"}}"#, "a.b.c", "x"),
    (#"{"a":{"z":1},"a.b":{"c":"y"}}"#, "a.b.c", "y"), (#"{"":{"":"x"}}"#, ".", "x"), (#"{"a":"s"}"#, "a.b", ""),
    (#"{"a":[{"b":"s"}]}"#, "a.b", ""), (#"{"é":"composed"}"#, "e\u{301}", ""),
  ])
  func nestedNames(_ line: String, name: String, value: String) {
    let plan = Self.plan { $0.keep = [name] }
    let articles = Self.articles(#"{"text":"t","# + line.dropFirst(), plan)
    #expect(articles.map { $0.kept.map(Self.text) } == [[value]])
  }

  @Test(arguments: [(#""x""#, "x"), ("12", "12"), ("-0", "-0"), ("123456789012345678901", "123456789012345678901")])
  func ids(_ spelled: String, key: String) {
    let articles = Self.articles(#"{"text":"t","id":\#(spelled)}"#, Self.plan(.id) { $0.id = "id" })
    #expect(articles.map { Self.text($0.key) } == [key])
  }

  @Test func languageOfTheCommandLineWins() {
    let plan = Self.plan { $0.lang = "lang" }
    #expect(Self.articles(#"{"text":"t","lang":"no tag at all"}"#, plan, language: "ms").map(\.language) == ["ms"])
    #expect(Self.articles(#"{"text":"t","lang":"iw"}"#, plan).map(\.language) == ["he"])
    #expect(Self.articles(#"{"text":"t","lang":""}"#, plan).map(\.language) == [""])
    #expect(Self.articles(#"{"text":"t","lang":null}"#, plan).map(\.language) == [""])
    #expect(Self.articles(#"{"text":"t"}"#, plan).map(\.language) == [""])
  }

  @Test func blankLinesAreCounted() {
    let blank = String(repeating: "\n", count: 100_000)
    let parsed = Self.articles(blank + #"{"text":"t"}"# + " \r\n\t\n" + #" {"text":"u"} "#, Self.plan())
    #expect(parsed.map(\.record) == [100_001, 100_003])
  }

  // MARK: Problems

  static let oneLine =
    "Each article is one JSON object on one line: jq -c . FILE writes objects so, jq -c '.[]' FILE an array's."
  static let byKey = "Name another key with --id-field or --url-field; --id-field '' takes no id."
  static let byLang =
    "--lang gives one language to all; --lang-field '' leaves the field out, and languages are detected."

  @Test(arguments: [
    ("{", "byte 1", "no JSON: found the end of the line; expected a key in '\"', or '}'. \(oneLine)"),
    ("plain text", "byte 0", "no JSON: found 'p'; expected a JSON value. \(oneLine)"),
    (#"{"text":"a"} {"#, "byte 13", "no JSON: found '{'; expected the end of the line after the object. \(oneLine)"),
    (
      #"{"text":"\ud83d"}"#, "byte 9",
      #"no JSON: found the unpaired surrogate \ud83d; expected a high surrogate and a low one after it: half a pair is no character. \#(oneLine)"#
    ),
    (
      "{\"text\":\"a\0\"}", "byte 10",
      "no JSON: found the control character U+0000; expected an escape in its place: a string holds no control character as it is. \(oneLine)"
    ),
    (
      #"{"text":"a","x":{"k":1,"k":1}}"#, "byte 23",
      #"the key "k" twice in one object; expected each key once. One of the two values would be lost: rename its key."#
    ),
    (
      #"[{"text":"a"}]"#, "byte 0",
      "the line is an array; expected a JSON object with the article's fields. jq -c '.[]' FILE writes an array's elements a line each."
    ),
    (
      "1", "byte 0",
      "the line is a number; expected a JSON object with the article's fields. jq -c '.[]' FILE writes an array's elements a line each."
    ),
    (
      "{}", "byte 0",
      #"no field "text"; expected the article's text in it. Name the field with --text-field; this record has no field."#
    ),
    (
      #"{"text":null,"b":1}"#, "byte 0",
      #"no field "text"; expected the article's text in it. Name the field with --text-field; this record has text, b."#
    ),
    (
      #"{"text":""}"#, "byte 0",
      #"the field "text" is empty; expected at least one character of text. Take the line out, or build the rest with --skip-bad."#
    ),
    (
      #"{"text":"\ufeff"}"#, "byte 0",
      #"the field "text" is empty; expected at least one character of text. Take the line out, or build the rest with --skip-bad."#
    ),
    (#"{"text":["a"]}"#, "byte 0", #"the field "text" is an array; expected a string with the article's text."#),
    (#"{"text":false}"#, "byte 0", #"the field "text" is true or false; expected a string with the article's text."#),
  ])
  func badLines(_ line: String, at place: String, says: String) {
    // The place: after three bytes, and the rest of the file is read.
    let lines = "{\"text\":\"good\"}\n\n" + line + "\n" + #"{"text":"good"}"#
    let said = Self.problems(Array(lines.utf8), Self.plan(), byteOffset: 3)
    let offset = 3 + 17 + (Int(place.dropFirst(5)) ?? -1)
    #expect(said == ["in/f.jsonl:3 (byte \(offset)): \(says)"])
    #expect(Self.articles(lines, Self.plan()).map(\.record) == [1, 4])
  }

  @Test func severalTextFieldsThatAreNotThere() {
    let plan = Self.plan { $0.text = ["title", "text"] }
    #expect(
      Self.problems(
        Array(#"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10,"k":11,"l":12,"m":13}"#.utf8), plan)
        == [
          #"in/f.jsonl:1 (byte 0): no field "title", "text"; expected the article's text in it. Name the field with --text-field; this record has a, b, c, d, e, f, g, h, i, j, k, l and 1 more."#
        ])
  }

  @Test func aLineThatIsNotUTF8() {
    let bytes =
      Array(#"{"text":"a"}"#.utf8) + [0x0A] + Array(#"{"text":"caf"#.utf8) + [0xE9, 0x22, 0x7D, 0x0A]
      + Array(#"{"text":"b"}"#.utf8)
    #expect(
      Self.problems(bytes, Self.plan()) == [
        "in/f.jsonl:2 (byte 25): bytes that are not UTF-8: 0xE9 0x22 0x7D; expected UTF-8. Say the file's encoding, e.g. --encoding windows-1252."
      ])
    #expect(Self.parse(bytes, Self.plan()).count == 3)
  }

  @Test(arguments: [
    ("", #"no field "id"; expected a string or an integer: it is the key of every article"#),
    (#","id":null"#, #"no field "id"; expected a string or an integer: it is the key of every article"#),
    (#","id":"""#, #"the field "id" is empty; expected a string or an integer: it is the key of every article"#),
    (#","id":1.5"#, #"the field "id" is the number 1.5; expected a string or an integer"#),
    (#","id":1e3"#, #"the field "id" is the number 1e3; expected a string or an integer"#),
    (#","id":["a"]"#, #"the field "id" is an array; expected a string or an integer"#),
    (#","id":{}"#, #"the field "id" is an object; expected a string or an integer"#),
    (#","id":true"#, #"the field "id" is true or false; expected a string or an integer"#),
  ])
  func badIDs(_ members: String, says: String) {
    let plan = Self.plan(.id) { $0.id = "id" }
    #expect(
      Self.problems(Array("{\"text\":\"t\"\(members)}".utf8), plan) == ["in/f.jsonl:1 (byte 0): \(says). \(Self.byKey)"]
    )
  }

  @Test(arguments: [
    ("", #"no field "u"; expected a string: it is the key of every article"#),
    (#","u":7"#, #"the field "u" is the number 7; expected a string"#),
    (#","u":[]"#, #"the field "u" is an array; expected a string"#),
  ])
  func badURLs(_ members: String, says: String) {
    let plan = Self.plan(.url) { $0.url = "u" }
    #expect(
      Self.problems(Array("{\"text\":\"t\"\(members)}".utf8), plan) == ["in/f.jsonl:1 (byte 0): \(says). \(Self.byKey)"]
    )
  }

  @Test(arguments: [
    (#""en_US""#, #"the field "lang" is "en_US""#), (#""English""#, #"the field "lang" is "English""#),
    (#""id ""#, #"the field "lang" is "id ""#), ("7", #"the field "lang" is a number"#),
    (#"["id"]"#, #"the field "lang" is an array"#), (#""a\u0000b""#, "the field \"lang\" is \"a\0b\""),
  ])
  func badLanguages(_ value: String, says: String) {
    let plan = Self.plan { $0.lang = "lang" }
    #expect(
      Self.problems(Array("{\"text\":\"t\",\"lang\":\(value)}".utf8), plan)
        == ["in/f.jsonl:1 (byte 0): \(says); expected a BCP 47 tag such as id or zh-Hant. \(Self.byLang)"])
  }

  /// 100 MB on one line come through whole. (In debug: 20 MB.)
  @Test func aVeryLongLine() {
    let long = [UInt8](repeating: 0x61, count: 20_000_000)
    let line = Array(#"{"text":""#.utf8) + long + Array(#"\n","x":0}"#.utf8)
    guard case .article(let article)? = Self.parse(line, Self.plan()).first else { Issue.record("no article"); return }
    #expect(article.text == long + [0x0A])
  }
}
