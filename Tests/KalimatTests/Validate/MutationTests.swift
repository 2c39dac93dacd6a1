import Testing

@testable import Kalimat

/// For each check of records and recompute, changes that only it can see: every digest, count and description is repaired
/// after them.
struct MutationTests {
  @Test(arguments: [
    ("plain", Fixtures.plain), ("byContent", Fixtures.byContent), ("joined", Fixtures.joined),
    ("duplicated", Fixtures.duplicated),
  ])
  func nothingIsFoundWithoutOne(_ name: String, _ fixture: Result<DatasetInMemory, any Error>) throws {
    var dataset = try fixture.get()
    #expect(try Fixtures.validate(dataset).findings.map(\.description) == [])
    let before = dataset.files
    try dataset.repair()
    // The repair makes what the build made.
    for name in before.keys.sorted() { #expect(dataset.files[name] == before[name], "\(name) is repaired otherwise") }
  }

  @Test(arguments: Mutation.ofRecords + Mutation.ofRecompute)
  func onlyItsCheckSees(_ mutation: Mutation) throws {
    var dataset = try mutation.base.get()
    let before = dataset.files
    let place = try mutation.apply(&dataset)
    #expect(dataset.files != before || mutation.check == .sharedTexts, "the mutation changed nothing")
    let findings = try Fixtures.validate(dataset, mutation.request).findings
    #expect(Set(findings.map(\.check)) == [mutation.check], "\(findings.map(\.description).joined(separator: "\n"))")
    if place.file.isEmpty { return }
    #expect(
      findings.contains { $0.place.file == place.file && (place.line == nil || $0.place.line == place.line) },
      "expected \(place), found \(findings.map(\.description).joined(separator: "\n"))")
    if place.line != nil {
      #expect(findings.allSatisfy { $0.place.line != nil && $0.place.byteOffset != nil })
    }
  }

  @Test func everyCheckHasOne() {
    let tried = Set((Mutation.ofRecords + Mutation.ofRecompute).map(\.check))
    for check in FindingCheck.allCases where check.level == .records || check.level == .recompute {
      #expect(tried.contains(check), "no mutation is for \(check.rawValue)")
    }
  }
}
