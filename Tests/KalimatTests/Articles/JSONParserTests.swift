import Testing

@testable import Kalimat

/// The parser's own rules, each with the exact wording of its error.
struct JSONParserTests {
  static func parse(_ text: String) throws(JSONSyntaxError) -> JSONValue {
    try JSONParser.parse(Array(text.utf8).span, duplicateKeys: .reject)
  }

  @Test func keepsOrderAndSpelling() throws {
    let value = try Self.parse(#" {"b":[1e3,-0.50E+2,true,false,null],"a":"x\u00e9\ud83d\ude00\n\/"} "#)
    #expect(
      value
        == .object([
          .init(
            key: Array("b".utf8),
            value: .array([
              .number(Array("1e3".utf8)), .number(Array("-0.50E+2".utf8)), .bool(true), .bool(false), .null,
            ])),
          .init(key: Array("a".utf8), value: .text("xé😀\n/")),
        ]))
  }

  @Test(arguments: [
    ("", 0, "the end of the text", "a JSON value"),
    ("  ", 2, "the end of the text", "a JSON value"),
    ("nul", 0, "'n'", "a JSON value"),
    ("nulé", 0, "'n'", "a JSON value"),
    ("é", 0, "'é'", "a JSON value"),
    ("😀", 0, "'😀'", "a JSON value"),
    ("\u{FEFF}1", 0, "'\u{FEFF}'", "a JSON value"),
    ("1 2", 2, "'2'", "the end of the text after the value"),
    ("{}x", 2, "'x'", "the end of the text after the value"),
    ("01", 1, "'1'", "no digit after a leading 0"),
    ("-", 1, "the end of the text", "a digit"),
    ("-01", 2, "'1'", "no digit after a leading 0"),
    ("1.", 2, "the end of the text", "a digit"),
    (".5", 0, "'.'", "a JSON value"),
    ("+1", 0, "'+'", "a JSON value"),
    ("1e", 2, "the end of the text", "a digit"),
    ("1e+", 3, "the end of the text", "a digit"),
    ("NaN", 0, "'N'", "a JSON value"),
    ("[1", 2, "the end of the text", "',' or ']'"),
    ("[1 2]", 3, "'2'", "',' or ']'"),
    ("[1,]", 3, "']'", "a JSON value"),
    ("[,1]", 1, "','", "a JSON value"),
    ("{", 1, "the end of the text", "a key in '\"', or '}'"),
    ("{a:1}", 1, "'a'", "a key in '\"', or '}'"),
    (#"{"a":1,}"#, 7, "'}'", "a key in '\"'"),
    (#"{"a" 1}"#, 5, "'1'", "':' after the key"),
    (#"{"a":}"#, 5, "'}'", "a JSON value"),
    (#"{"a":1;"b":2}"#, 6, "';'", "',' or '}'"),
    (#"{"a":1,"b":2,"a":3}"#, 13, #"the key "a" twice in one object"#, "each key once"),
    (#"[{"é":{"x":1,"\u0078":2}}]"#, 14, #"the key "x" twice in one object"#, "each key once"),
    (#""abc"#, 4, "the end of the text", "'\"' at the string's end"),
    (#""abc\"#, 5, "the end of the text", "'\"' at the string's end"),
    (
      "\"a\tb\"", 2, "the control character U+0009",
      "an escape in its place: a string holds no control character as it is"
    ),
    (
      "\"a\0\"", 2, "the control character U+0000",
      "an escape in its place: a string holds no control character as it is"
    ),
    (
      #""a\n"# + "\n\"", 4, "the control character U+000A",
      "an escape in its place: a string holds no control character as it is"
    ),
    (#""\x""#, 2, "'x'", #"one of " \ / b f n r t u after '\'"#),
    (#""\u12"x"#, 5, "'\"'", #"four hexadecimal digits after '\u'"#),
    (#""\u12g4""#, 5, "'g'", #"four hexadecimal digits after '\u'"#),
    (
      #""ab\ud800cd""#, 3, #"the unpaired surrogate \ud800"#,
      "a high surrogate and a low one after it: half a pair is no character"
    ),
    (
      #""\uDC00""#, 1, #"the unpaired surrogate \uDC00"#,
      "a high surrogate and a low one after it: half a pair is no character"
    ),
    (
      #""\ud83d\u0041""#, 1, #"the unpaired surrogate \ud83d"#,
      "a high surrogate and a low one after it: half a pair is no character"
    ),
    (
      #""\ud83d\ud83d\ude00""#, 1, #"the unpaired surrogate \ud83d"#,
      "a high surrogate and a low one after it: half a pair is no character"
    ),
    ("'a'", 0, "'''", "a JSON value"),
    ("\u{0C}1", 0, "the control character U+000C", "a JSON value"),
  ])
  func refuses(_ text: String, offset: Int, found: String, expected: String) {
    #expect(throws: JSONSyntaxError(byteOffset: offset, found: found, expected: expected)) { try Self.parse(text) }
  }

  @Test func refusesWhatIsNotUTF8() {
    let bytes: [UInt8] = [0x22, 0x61, 0xFF, 0x22]
    let error = JSONSyntaxError(
      byteOffset: 2, found: "the byte 0xFF, which is not UTF-8 there", expected: "UTF-8")
    #expect(throws: error) { try JSONParser.parse(bytes.span, duplicateKeys: .reject) }
  }

  @Test func depthHasALimit() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try Self.parse(nested(512))
    #expect(
      throws: JSONSyntaxError(byteOffset: 512, found: "arrays and objects 513 deep", expected: "at most 512")
    ) { try Self.parse(nested(513)) }
    #expect(throws: JSONSyntaxError.self) { try Self.parse(String(repeating: #"{"a":"#, count: 1_000_000)) }
  }

  @Test func manyKeysAreFoundTwiceToo() throws {
    let members = (0..<5_000).map { "\"k\($0)\":\($0)" }
    let value = try Self.parse("{" + members.joined(separator: ",") + "}")
    #expect(value["k4999"]?.intValue == 4_999)
    for repeated in [0, 14, 15, 16, 17, 4_999] {
      #expect(throws: JSONSyntaxError.self, "k\(repeated)") {
        try Self.parse("{" + (members + ["\"k\(repeated)\":0"]).joined(separator: ",") + "}")
      }
    }
  }

  /// Every position of a marked byte in a block of eight, and after it.
  @Test func stringsOfEveryLength() throws {
    for length in 0..<40 {
      let plain = String(repeating: "a", count: length)
      #expect(try Self.parse("\"\(plain)\"") == .text(plain))
      #expect(try Self.parse("\"\(plain)\\n\(plain)\"") == .text(plain + "\n" + plain))
      #expect(throws: JSONSyntaxError.self) { try Self.parse("\"\(plain)\u{1F}\(plain)\"") }
      // 0x7F, 0x80 and up, and the neighbours of the marked bytes are plain.
      let near = plain + "\u{7F} !#[]\u{A2}\u{DC}é" + plain
      #expect(try Self.parse("\"\(near)\"") == .text(near))
    }
  }
}
