import ICU
import Testing

/// The reading of ICU's compiled rules: what is known, and that nothing else is taken.
@Suite struct BreakRulesTests {
  static func bytes(_ locale: String) throws -> [UInt8] { try SentenceBreakIterator(locale: locale).compiledRules() }

  @Test(
    "The installed ICU's sentence rules are of the known kind", arguments: ["und", "id", "en", "th", "el", "fr-CA"])
  func known(locale: String) throws {
    let rules = try BreakRules(bytes: Self.bytes(locale))
    #expect(rules.stateCount > 5 && rules.categoryCount > 10)
    #expect(rules.accepting.count == rules.stateCount)
    #expect(rules.transitions.count == rules.stateCount * rules.categoryCount)
    #expect(rules.ranges.last?.last == 0x10FFFF)
    #expect(rules.ranges.count > 1000)
    #expect(zip(rules.ranges, rules.ranges.dropFirst()).allSatisfy { $0.last < $1.last && $0.category != $1.category })
    // The stop leads nowhere.
    #expect((0..<rules.categoryCount).allSatisfy { rules.next(0, $0) == 0 })
  }

  @Test("Greek has its own rules, most others the root's")
  func shared() throws {
    let root = try Self.bytes("und")
    #expect(try Self.bytes("id") == root)
    #expect(try Self.bytes("ja") == root)
    #expect(try Self.bytes("el") != root)
  }

  @Test("Suppressions have no compiled rules, and no bytes are no rules")
  func none() throws {
    let bytes = try Self.bytes("en@ss=standard")
    #expect(bytes == [])
    #expect(throws: BreakRulesRefusal.size("header")) { try BreakRules(bytes: bytes) }
  }

  @Test("What is not known in every detail is refused by name")
  func refusals() throws {
    let good = try Self.bytes("und")
    func word(_ offset: Int) -> Int { (0..<4).reduce(0) { $0 | Int(good[offset + $1]) << (8 * $1) } }
    func changed(_ offset: Int, _ bytes: UInt8...) -> [UInt8] {
      var copy = good
      for (index, byte) in bytes.enumerated() { copy[offset + index] = byte }
      return copy
    }
    let table = word(16)
    let rowLength = word(table + 4)
    let firstRow = table + 20
    // The tests below write bytes of a row: this says that rows are of bytes.
    try #require(word(table + 16) & 4 != 0)
    let cases: [(BreakRulesRefusal, [UInt8])] = [
      (.magic(0xB1A1), changed(0, 0xA1)),
      (.format(5), changed(4, 5)),
      (.format(7), changed(4, 7)),
      (.size("length"), changed(8, 0xFF, 0xFF, 0xFF)),
      (.size("length"), Array(good.dropLast(1))),
      (.size("categories"), changed(12, 3, 0)),
      (.size("categories"), changed(12, 0, 1)),
      (.size("state table"), changed(16, 0xFF, 0xFF, 0xFF, 0x7F)),
      (.size("state table"), changed(20, 4, 0)),
      (.size("category trie"), changed(32, 0xFF, 0xFF, 0xFF, 0x7F)),
      (.size("category trie"), changed(36, 0xFF, 0xFF, 0xFF, 0x7F)),
      (.size("state rows"), changed(table, 0xFF, 0)),
      (.size("state rows"), changed(table + 4, 2)),
      (.size("state rows"), changed(table + 4, 0xFF, 0xFF, 0xFF, 0x7F)),
      (.dictionary, changed(table + 8, 3)),
      (.lookAhead, changed(table + 12, 1)),
      (.lookAhead, changed(table + 16, good[table + 16] | 1)),
      (.lookAhead, changed(firstRow + rowLength, 2)),
      (.lookAhead, changed(firstRow + rowLength + 1, 1)),
      (.state, changed(firstRow + rowLength + 5, 0xFE)),
      (.category, changed(word(32), 0, 0, 0, 0)),
    ]
    for (refusal, bytes) in cases {
      #expect(throws: refusal, "\(refusal)") { try BreakRules(bytes: bytes) }
    }
    #expect(throws: BreakRulesRefusal.size("header")) { try BreakRules(bytes: Array(good.prefix(79))) }
  }

  @Test("Rules with any one byte of header, table or trie changed are refused or read, and never a crash")
  func changedBytes() throws {
    let good = try Self.bytes("und")
    var refused = 0
    for offset in 0..<min(good.count, 700) {
      for value in [UInt8(0), 1, 0x7F, 0xFF] where good[offset] != value {
        var bytes = good
        bytes[offset] = value
        if (try? BreakRules(bytes: bytes)) == nil { refused += 1 }
      }
    }
    #expect(refused > 100)
  }
}
