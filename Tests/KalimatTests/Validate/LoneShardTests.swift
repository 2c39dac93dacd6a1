import Testing

@testable import Kalimat

/// One shard without its dataset.
struct LoneShardTests {
  static func findings(_ path: String, of dataset: DatasetInMemory) throws -> [Finding] {
    let folder = try ScratchFolder()
    try folder.write(path, dataset.files[path] ?? [])
    return try Validate(ValidationRequest(path: "\(folder.path)/\(path)")).run().findings
  }

  @Test func everyShardIsRightByItself() throws {
    for fixture in [Fixtures.plain, Fixtures.packed, Fixtures.joined, Fixtures.byContent] {
      let dataset = try fixture.get()
      for path in dataset.shardPaths {
        #expect(try Self.findings(path, of: dataset).map(\.description) == [], "\(path)")
      }
    }
  }

  /// Mutations of lines that need no other shard to be seen.
  @Test(
    arguments: (Mutation.ofRecords + Mutation.ofRecompute).filter {
      [
        .shape, .utf8, .lineEnd, .idShape, .keyKind, .sha256Shape, .langScore, .path, .record, .empty, .kind, .rule,
        .order,
        .docID, .lead, .edges, .raw, .text, .separator, .id, .end,
      ].contains($0.check) && $0.name != "meta without its field"  // Alone, the first line says what the keys are.
    })
  func seesWhatALineSays(_ mutation: Mutation) throws {
    var dataset = try mutation.base.get()
    let place = try mutation.apply(&dataset)
    guard let line = place.line else { return }
    let findings = try Self.findings(place.file, of: dataset)
    #expect(findings.contains { $0.check == mutation.check && $0.place.line == line }, "\(findings)")
  }
}

/// The digests of buckets that begin in one shard and end in another.
struct BucketDigestsTests {
  @Test(arguments: [1, 2, 3, 5, 7, 16, 100, 4096, 5000])
  func contentIsTheSameAtAnyNumberOfShards(_ count: Int) throws {
    var configuration = Fixtures.plainConfiguration
    configuration.shards = count
    if count > 100 { configuration.split = .whole }
    let folder = try ScratchFolder()
    for (name, text) in Fixtures.texts { try folder.write("in/\(name)", text) }
    var request = BuildRequest()
    request.inputs = ["\(folder.path)/in"]
    request.output = "\(folder.path)/out"
    let summary = try Build(request, configuration).run()
    let report = try Validate(ValidationRequest(path: request.output)).run()
    #expect(report.findings.map(\.description) == [])
    #expect(report.contentSHA256 == summary.contentSHA256)
  }

  /// Many articles, so that buckets are cut by every number of shards that is no power of two.
  @Test func manyArticles() throws {
    let folder = try ScratchFolder()
    let records = (0..<3000).map { #"{"id":"\#($0)","text":"Kalimat nomor \#($0). Ya."}"# + "\n" }.joined()
    try folder.write("in.jsonl", records)
    var contents: Set<String> = []
    for count in [1, 3, 7, 1000] {
      var configuration = Fixtures.plainConfiguration
      configuration.shards = count
      configuration.fields.keep = []
      var request = BuildRequest()
      request.inputs = ["\(folder.path)/in.jsonl"]
      request.output = "\(folder.path)/out-\(count)"
      contents.insert(try Build(request, configuration).run().contentSHA256)
      let report = try Validate(ValidationRequest(path: request.output)).run()
      #expect(report.findings.map(\.description) == [], "\(count) shards")
      contents.insert(report.contentSHA256)
    }
    #expect(contents.count == 1)
  }
}
