import Testing

@testable import ICU

@Suite struct TransformTests {
  @Test(arguments: [
    ("", ""), ("ABC", "abc"), ("ﬁ Ｗ ①", "fi w 1"), ("ΣΑΣ", "σας"), ("İ", "i\u{307}"),
    ("\u{FDFA}", "صلى الله عليه وسلم"),
  ])
  func nfkcLowercase(_ text: String, _ expected: String) throws {
    var out: [UInt8] = [0x21]
    try Transform.appendNFKCLowercase(of: Array(text.utf8).span, to: &out)
    #expect(String(decoding: out, as: UTF8.self) == "!" + expected)
  }

  @Test func muchGrowth() throws {
    let text = Array(String(repeating: "\u{FDFA}", count: 1000).utf8)
    var out: [UInt8] = []
    try Transform.appendNFKCLowercase(of: text.span, to: &out)
    #expect(String(decoding: out, as: UTF8.self) == String(repeating: "صلى الله عليه وسلم", count: 1000))
  }

  @Test func transliterates() throws {
    var transliterator = try Transliterator("Any-Latin; Latin-ASCII; Any-Lower")
    var out: [UInt8] = []
    try transliterator.append(Array("Москва\nトランプ\nÉté\n".utf8).span, to: &out)
    #expect(String(decoding: out, as: UTF8.self) == "moskva\ntoranpu\nete\n")
  }

  @Test func unknownTransliterator() {
    #expect(throws: ICUError.self) { _ = try Transliterator("No-Such-Thing") }
  }
}
