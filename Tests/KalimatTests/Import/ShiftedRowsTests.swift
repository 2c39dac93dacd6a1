import Foundation
import Testing

@testable import Kalimat

/// A column of translations that slipped by some rows in a part of a table: every row that slipped is rejected, and few others.
@Suite struct ShiftedRowsTests {
  let fixture: ImportFixture

  init() throws { fixture = try ImportFixture.shared.get() }

  @Test(arguments: [-2, -1, 1, 2], 0..<15)
  func edgesAreTight(offset: Int, seed: Int) throws {
    var random = SeededGenerator(state: UInt64(seed) &* 31 &+ UInt64(offset + 3))
    let all = Self.rows(600, &random)
    let start = Int.random(in: 150..<250, using: &random)
    let end = start + Int.random(in: 60..<200, using: &random)
    var finder = ShiftFinder(file: 0)
    for i in all.indices {
      let from = start..<end ~= i ? start + (i - start + offset + end - start) % (end - start) : i
      var row = all[i]
      (row.targetLength, row.targetNumbers) = (all[from].targetLength, all[from].targetNumbers)
      finder.add((number: i, line: i + 2, row: row))
    }
    finder.look()
    let found = try #require(finder.ranges.first, "offset \(offset), seed \(seed)")
    #expect(finder.ranges.count == 1)
    let said = "\(found.numbers) of \(start)..<\(end), offset \(offset), seed \(seed)"
    #expect(found.numbers.lowerBound <= start && found.numbers.upperBound >= end - 1, "\(said)")
    #expect(start - found.numbers.lowerBound <= 24 && found.numbers.upperBound - end < 24, "\(said)")
  }

  /// Rows as a corpus has them: a translation is about as long as its source, and every fourth has a number.
  private static func rows(_ count: Int, _ random: inout SeededGenerator) -> [TableRow] {
    (0..<count).map { _ in
      let length = Int.random(in: 12...180, using: &random)
      let spread = Double.random(in: -1...1, using: &random) + Double.random(in: -1...1, using: &random)
      let target = max(4, Int(Double(length) * 1.1 + spread * 2.5 * Double(length).squareRoot()))
      let hasNumber = Int.random(in: 0..<4, using: &random) == 0
      let number = hasNumber ? UInt64.random(in: 1...40, using: &random) : 0
      return TableRow(
        sourceNumbers: number, targetNumbers: number, sourceHead: 0, targetHead: 0, sourceLength: length,
        targetLength: target)
    }
  }

  /// The same from a file: rows far from the shift stay in data/.
  @Test func rowsAroundAShiftStay() throws {
    var entries = fixture.entries
    let targets = fixture.entries.map(\.target)
    let (start, end) = (80, min(160, targets.count))
    for i in start..<end - 1 { entries[i].target = targets[i + 1] }
    entries[end - 1].target = targets[start]
    let file = try fixture.scratch.write("slipped.csv", ReturnedWriting.text(entries, "csv"))
    let (report, data, _, _) = try fixture.run(file)
    #expect(report.count(.shifted) >= end - start && report.count(.shifted) <= end - start + 24)
    #expect(data.count >= entries.count - (end - start) - 24)
  }
}
