import Testing

@testable import Kalimat

/// The level rebuild: the source built again and compared.
struct RebuildTests {
  /// Builds `texts`, changes the source by `change`, and validates with it.
  static func findings(
    _ configuration: BuildConfiguration, _ change: (ScratchFolder) throws -> Void = { _ in }
  ) throws -> [String] {
    let folder = try ScratchFolder()
    for (name, text) in Fixtures.texts { try folder.write("in/\(name)", text) }
    try folder.write("in/g.jsonl", Fixtures.records)
    var request = BuildRequest()
    request.inputs = ["\(folder.path)/in"]
    request.output = "\(folder.path)/out"
    _ = try Build(request, configuration).run()
    try change(folder)
    var validation = ValidationRequest(path: request.output)
    validation.source = .init(inputs: request.inputs, scratch: folder.path)
    return try Validate(validation).run().findings.map(\.description)
  }

  @Test func theSameSourceGivesTheSameDataset() throws {
    #expect(try Self.findings(Fixtures.plainConfiguration) == [])
    var configuration = Fixtures.plainConfiguration
    configuration.fields.id = ""
    configuration.fields.url = ""
    configuration.compression = .zst
    configuration.join = ["text_id", "site", "source"]
    configuration.leftovers = .mark
    configuration.license = "CC0-1.0"
    configuration.name = "nama"
    #expect(try Self.findings(configuration) == [])
  }

  @Test func anotherSourceIsNamedByItsLines() throws {
    let findings = try Self.findings(Fixtures.plainConfiguration) { try $0.write("in/l.txt", "Hanya itu.") }
    #expect(findings.count == 3)
    #expect(findings.allSatisfy { $0.hasPrefix("rebuild: ") && $0.hasSuffix(", which a build of the source writes.") })
    for part in ["data/", "documents/", "inputs.jsonl:"] { #expect(findings.contains { $0.has("rebuild: " + part) }) }
  }
}
