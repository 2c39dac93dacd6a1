import Testing

@testable import Kalimat

/// What the levels structure and fixity find, each with its words.
struct FixityTests {
  static func findings(
    _ change: (inout DatasetInMemory) throws -> Void, _ request: (inout ValidationRequest) -> Void = { _ in }
  ) throws -> [String] {
    var dataset = try Fixtures.plain.get()
    try change(&dataset)
    return try Fixtures.validate(dataset, request).findings.map(\.description)
  }

  static func emptyMember() throws -> [UInt8] {
    let nothing: [UInt8] = []
    return try Compressor(format: .gz).pack(nothing.span)
  }

  static func checks(_ change: (inout DatasetInMemory) throws -> Void) throws -> Set<FindingCheck> {
    var dataset = try Fixtures.plain.get()
    try change(&dataset)
    return Set(try Fixtures.validate(dataset).findings.map(\.check))
  }

  @Test func filesMissingAndExtra() throws {
    #expect(
      try Self.findings {
        $0.files["schema.json"] = nil
        $0.files["notes.txt"] = []
        $0.files["data/.hidden"] = []
        $0.files[".gitattributes"] = []
        $0.files[".cache/huggingface"] = []
      } == [
        "structure: schema.json: missing; expected a file that the manifest lists.",
        "structure: data/.hidden: a file of which the manifest knows nothing; expected none.",
        "structure: notes.txt: a file of which the manifest knows nothing; expected none.",
      ])
  }

  @Test func noManifest() throws {
    #expect(
      try Self.findings { $0.files["manifest.json"] = nil } == [
        "structure: manifest.json: missing: it is written last, so this dataset is half-written; expected manifest.json."
      ])
  }

  @Test func manifestThatIsNone() throws {
    #expect(
      try Self.findings { $0.files["manifest.json"] = Array("{\"manifest_version\": 1,}".utf8) } == [
        "structure: manifest.json (byte 23): '}'; expected a key in '\"'."
      ])
    #expect(
      try Self.findings {
        var value = DatasetInMemory.value($0.files["manifest.json"] ?? []) ?? .null
        value.set("manifest_version", .int(2))
        $0.files["manifest.json"] = CanonicalJSON.indented(value)
      } == ["structure: manifest.json: manifest_version 2; expected 1, the one this program reads."])
  }

  @Test func manifestSpelledOtherwise() throws {
    let findings = try Self.findings {
      $0.files["manifest.json"]?.insert(0x20, at: 1)
      $0.sumUp()
    }
    #expect(findings.count == 1)
    #expect(findings.first?.hasPrefix("structure: manifest.json:1 (byte 1): bytes that are not canonical") == true)
  }

  @Test func shardsThatNoBuildLists() throws {
    #expect(try Self.checks { try $0.repair { $0.shards.swapAt(0, 1) } } == [.shards])
    #expect(try Self.checks { try $0.repair { $0.shards[0].index = 1 } } == [.shards])
    #expect(try Self.checks { try $0.repair { $0.files.swapAt(0, 1) } } == [.files])
  }

  @Test func digestsAndSizes() throws {
    #expect(
      try Self.checks {
        try $0.repair {
          $0.shards[0].sha256 = String($0.shards[0].sha256.reversed())
          $0.shards[0].bytes += 1
        }
      } == [.digest, .bytes, .sums])
    #expect(try Self.checks { try $0.repair { $0.shards[0].contentBytes += 1 } } == [.contentBytes])
    #expect(try Self.checks { try $0.repair { $0.contentSHA256 = $0.shards[0].sha256 } } == [.content])
  }

  @Test func sumsOfAnotherFile() throws {
    let findings = try Self.findings {
      $0.files["SHA256SUMS"] =
        Array(
          String(decoding: $0.files["SHA256SUMS"] ?? [], as: UTF8.self).split(separator: "\n").dropLast().joined(
            separator: "\n"
          ).utf8) + [0x0A]
    }
    #expect(findings.count == 1)
    #expect(findings.first?.hasPrefix("fixity: SHA256SUMS:") == true)
    #expect(
      findings.first?.hasSuffix("schema.json\": the digest of that file as the manifest, or its own bytes, say it.")
        == true)
  }

  @Test func contentThatWasExpected() throws {
    let right = try Fixtures.plain.get().contentDigest()
    #expect(try Self.findings({ _ in }, { $0.expectedContent = right }) == [])
    let other = String(repeating: "0", count: 64)
    let findings = try Self.findings(
      { _ in },
      {
        $0.expectedContent = other
        $0.levels = [.structure]
      })
    #expect(findings.count == 1)
    #expect(findings.first?.hasSuffix("content_sha256 \(right); expected \(other), by --expect.") == true)
  }

  @Test func findingsOverTheLimitAreCounted() throws {
    var dataset = try Fixtures.plain.get()
    for place in dataset.places(.data) { dataset.set(place, "kind", .text("x")) }
    try dataset.repair()
    let all = try Fixtures.validate(dataset)
    let some = try Fixtures.validate(dataset) { $0.limit = 2 }
    #expect(all.findingCount == dataset.places(.data).count)
    #expect(all.findings.count == all.findingCount)
    #expect(some.findingCount == all.findingCount)
    #expect(some.findings == Array(all.findings.prefix(2)))
    #expect(try Fixtures.validate(dataset) { $0.jobs = 4 }.findings == all.findings)
  }

  @Test func packedShardsThatBreak() throws {
    let packed = try Fixtures.packed.get()
    let path = try #require(packed.shardPaths.first { $0.hasPrefix("data/") && (packed.files[$0]?.count ?? 0) > 40 })
    let bytes = packed.files[path] ?? []
    var cut = packed
    cut.files[path] = Array(bytes.dropLast(9))
    var findings = try Fixtures.validate(cut).findings
    #expect(
      findings.first?.description
        == "fixity: \(path): the file's end at byte \(bytes.count - 9) of the file, after line "
        + "\(findings.first?.found.split(separator: " ").last ?? ""); expected the rest of a gzip member.")
    #expect(Set(findings.map(\.check)) == [.unpack, .bytes, .digest])
    var followed = packed
    followed.files[path] = bytes + Array("garbage".utf8)
    findings = try Fixtures.validate(followed).findings
    #expect(Set(findings.map(\.check)) == [.unpack, .bytes, .digest])
    var twice = packed
    twice.files[path] = bytes + (try Self.emptyMember())
    findings = try Fixtures.validate(twice).findings
    #expect(Set(findings.map(\.check)) == [.pieces, .bytes, .digest])
  }
}
