import Testing

@testable import Kalimat

struct RecordParserTests {
  static let line =
    #"{"id":"s1","text":"a \"b\" \\ \u0001\u2028c","doc_id":"d1","seq":0,"para":12,"kind":"body","lang":"en","raw":"","#
    + #""sep":"\n","start":0,"end":7,"rule":"icu"}"#

  static func parse(_ line: String, _ shape: RecordShape = .sentence(reason: false)) -> Result<
    [RecordParser.Slot], RecordFault
  > {
    let bytes = Array(line.utf8)
    var parser = RecordParser(shape: shape)
    do throws(RecordFault) { try parser.parse(bytes.span) } catch { return .failure(error) }
    return .success(parser.slots)
  }

  static func fault(_ line: String, _ shape: RecordShape = .sentence(reason: false)) -> RecordFault? {
    if case .failure(let fault) = parse(line, shape) { fault } else { nil }
  }

  @Test func valuesOfARecord() throws {
    let slots = try Self.parse(Self.line).get()
    let bytes = Array(Self.line.utf8)
    var text = ByteBuffer()
    RecordParser.appendUnescaped(bytes.span, slots[RecordShape.Sentence.text], to: &text)
    #expect(String(decoding: text.span.copied(), as: UTF8.self) == "a \"b\" \\ \u{1}\u{2028}c")
    #expect(slots[RecordShape.Sentence.para].value == 12)
    #expect(slots[RecordShape.Sentence.end].value == 7)
    #expect(!slots[RecordShape.Sentence.lang].isEscaped)
  }

  /// A line is taken if and only if it is what a strict parser of JSON reads and kalimat's writer writes again.
  @Test func agreesWithTheParserAndWriterOfJSON() {
    var generator = SeededGenerator(state: 7)
    let original = Array(Self.line.utf8)
    let keys = (DatasetInMemory.value(original).map(Self.keys) ?? [])
    for _ in 0..<20_000 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...2, using: &generator) {
        let at = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[at] = UInt8.random(in: 0...127, using: &generator)
        case 1: bytes.remove(at: at)
        default: bytes.insert(Self.interesting.randomElement(using: &generator) ?? 0, at: at)
        }
      }
      let value = DatasetInMemory.value(bytes)
      let isRight =
        value.map { CanonicalJSON.compact($0) == bytes && Self.keys($0) == keys && Self.typesAreRight($0) } ?? false
      let line = String(decoding: bytes, as: UTF8.self)
      #expect((Self.fault(line) == nil) == isRight, "\(line)")
    }
  }

  static let interesting = Array(#"\"u0n1:,{} 28eE-.[]"#.utf8)

  static func keys(_ value: JSONValue) -> [[UInt8]] {
    if case .object(let members) = value { members.map(\.key) } else { [] }
  }

  static func typesAreRight(_ value: JSONValue) -> Bool {
    guard case .object(let members) = value else { return false }
    return members.allSatisfy { member in
      switch member.value {
      case .string: !RecordKeys.sentenceIntegers.contains(String(decoding: member.key, as: UTF8.self))
      case .number(let digits):
        RecordKeys.sentenceIntegers.contains(String(decoding: member.key, as: UTF8.self))
          && Int(String(decoding: digits, as: UTF8.self)).map { $0 >= 0 && Array(String($0).utf8) == digits } ?? false
      default: false
      }
    }
  }

  @Test func wordsOfFaults() {
    #expect(
      Self.fault(Self.line.replacingFirst("\"seq\":0", with: "\"seq\":007"))
        == RecordFault(
          byteOffset: 65, found: "007,\"para\":12,\"kind\":\"bo…",
          expected: "an integer from 0 for \"seq\", without sign or leading zeros"))
    #expect(
      Self.fault(Self.line + "}")
        == RecordFault(byteOffset: Self.line.utf8.count, found: "}", expected: "the line's end"))
    #expect(Self.fault("")?.expected == "{\"id\":\", with these keys in this order and no space")
    #expect(Self.fault("{\"id\":\"s1")?.found == "the line's end inside a string")
  }

  @Test func documentsAndColumns() throws {
    let document =
      #"{"doc_id":"d","key_kind":"id","key":"k","path":"","record":0,"title":"","url":"","lang":"en","lang_score":0,"#
      + #""published":"","license":"","split":"train","bytes":1,"chars":1,"sentences":0,"rejected":0,"sha256":"","lead":" ","#
    #expect(Self.fault(document + #""meta":{}}"#, .document(kept: [])) == nil)
    #expect(Self.fault(document + #""meta":{"a\"b":"x","c":""}}"#, .document(kept: ["a\"b", "c"])) == nil)
    #expect(Self.fault(document + #""meta":{"c":"","a\"b":"x"}}"#, .document(kept: ["a\"b", "c"])) != nil)
    let joined = Self.line.dropLast() + #","sent":3,"script":"Latn","reason":""}"#
    #expect(Self.fault(String(joined), .sentence(columns: [.derived(.sent), .derived(.script)], reason: true)) == nil)
  }
}
