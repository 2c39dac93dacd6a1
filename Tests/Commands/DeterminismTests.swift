import Foundation
import Testing

/// The same articles and configuration give the same dataset, whatever does the work, and however it is packed.
@Suite struct DeterminismTests {
  private func build(_ options: [String], input: [String] = [Repository.corpus]) throws -> (Dataset, Folder) {
    let folder = try Folder()
    let outcome = try Program.run(["build"] + input + ["--output", "out", "--quiet"] + options, in: folder)
    try #require(outcome.code == 0, "\(outcome.errorText)")
    return (try Dataset(folder, "out"), folder)
  }

  @Test func jobsChangeNoByte() throws {
    let trees = try ["1", "2", "8"].map { try Dataset.tree(build(["--jobs", $0]).1, "out") }
    #expect(trees[0].count > 8)
    #expect(trees[0] == trees[1])
    #expect(trees[0] == trees[2])
  }

  @Test func orderOfInputChangesNoByte() throws {
    var names = try FileManager.default.contentsOfDirectory(atPath: Repository.corpus)
      .filter { !$0.hasPrefix(".") && $0 != "pairs" && !$0.hasSuffix(".md") }.sorted()
    var trees: [[String: [UInt8]]] = []
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<4 {
      let input = names.map { "\(Repository.corpus)/\($0)" }
      trees.append(try Dataset.tree(build(["--root", Repository.corpus], input: input).1, "out"))
      names.shuffle(using: &generator)
    }
    for tree in trees { #expect(tree == trees[0]) }
  }

  @Test func clockLocaleAndTimeZoneChangeNoByte() throws {
    let folder = try Folder()
    var trees: [[String: [UInt8]]] = []
    for (name, environment) in [
      ("a", [:]), ("b", ["LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Jakarta"]),
      ("c", ["LANG": "ja_JP.UTF-8", "TZ": "UTC+11"]),
    ] {
      let outcome = try Program.run(
        ["build", Repository.corpus, "--output", name, "--quiet"], in: folder, environment: environment)
      try #require(outcome.code == 0, "\(outcome.errorText)")
      trees.append(try Dataset.tree(folder, name))
    }
    #expect(trees[0] == trees[1])
    #expect(trees[0] == trees[2])
  }

  /// Each kernel of SIMD has a portable one beside it: scanner, layers, leftovers, JSON, UTF-8, SHA-256.
  @Test func engineChangesNoByte() throws {
    let folder = try Folder()
    var trees: [[String: [UInt8]]] = []
    for engine in ["avx2", "portable", "ubrk"] {
      let outcome = try Program.run(
        [
          "build", Repository.corpus, "\(Repository.root)/Tests/Cases/Leftovers/pages",
          "\(Repository.root)/Tests/Cases/Segmentation", "--output", engine, "--quiet",
        ], in: folder, environment: ["KALIMAT_ENGINE": engine])
      try #require(outcome.code == 0, "\(outcome.errorText)")
      trees.append(try Dataset.tree(folder, engine))
      let proof = try Program.run(["validate", engine], in: folder, environment: ["KALIMAT_ENGINE": "portable"])
      #expect(proof.code == 0, "\(proof.outputText)")
    }
    #expect(trees[0] == trees[1])
    #expect(trees[0] == trees[2])
  }

  /// content_sha256 is of the uncompressed records: neither shards nor packing are in it.
  @Test func shardsAndCompressionChangeNoContent() throws {
    var digests: Set<String> = []
    for shards in ["1", "4", "16"] {
      for compression in ["none", "gz", "zst"] {
        digests.insert(
          try build(["--shards", shards, "--compression", compression, "--split", "train=0.8,dev=0.1,test=0.1"]).0
            .contentSHA256)
      }
    }
    #expect(digests.count == 1)
    #expect(digests.first?.utf8.count == 64)
  }

  /// Shards put end to end are the same bytes at any number of shards.
  @Test func shardsEndToEndAreTheSame() throws {
    let one = try build(["--shards", "1", "--compression", "none"]).0
    let many = try build(["--shards", "7", "--compression", "none"]).0
    for kind in ["data", "documents", "rejected"] {
      #expect(try one.lines(kind) == many.lines(kind))
    }
    #expect(many.shards("data").count == 7)
    let used = try many.shards("data").filter { try !many.folder.bytes("out/\($0)").isEmpty }
    #expect(used.count > 4, "51 articles fill most of 7 shards")
  }

  /// Corpus/ many times over: a build that spills to disk writes what one in memory writes.
  @Test func spillingChangesNoByte() throws {
    let folder = try Folder()
    let copies = isSoak ? 1_000 : 20
    for path in try FileManager.default.subpathsOfDirectory(atPath: Repository.corpus).sorted() {
      guard path.hasSuffix(".txt") || path.hasSuffix(".jsonl") || path.hasSuffix(".txt.gz") else { continue }
      let bytes = try [UInt8](Data(contentsOf: URL(filePath: "\(Repository.corpus)/\(path)")))
      for copy in 0..<copies {
        // Their keys are IDs, which must differ from copy to copy.
        let own =
          path.hasSuffix(".jsonl")
          ? Array(String(decoding: bytes, as: UTF8.self).replacing("{\"id\": \"", with: "{\"id\": \"\(copy)-").utf8)
          : bytes
        try folder.write("in/\(copy)/\(path)", own)
      }
    }
    for (name, memory) in [("small", isSoak ? "1MiB" : "128KiB"), ("large", "1GiB")] {
      let outcome = try Program.run(
        ["build", "in", "--output", name, "--memory", memory, "--shards", "2", "--quiet"], in: folder,
        secondsAllowed: isSoak ? 3_600 : 120)
      try #require(outcome.code == 0, "\(outcome.errorText)")
    }
    let tree = try Dataset.tree(folder, "small")
    #expect(tree == (try Dataset.tree(folder, "large")))
    let documents = (try Dataset(folder, "small").manifest["totals"] as? [String: Any])?["documents"] as? Int
    #expect((documents ?? 0) % copies == 0 && documents ?? 0 > copies * 20)
    #expect(folder.names() == ["in", "large", "small"])
  }

  /// docs/FORMAT.md written a second time, in Python, gives the same bytes.
  @Test(arguments: [
    [], ["--shards", "4", "--split", "train=0.8,dev=0.1,test=0.1"],
    ["--leftovers", "mark", "--compression", "none", "--shards", "3", "--license", "CC0-1.0"],
    [
      "--keep", "author,site", "--join", "text_id,sent,start_byte,end_byte,source,split,author,published",
      "--split-by", "site", "--split", "a=.5,b=0.5", "--split-salt", "x", "--leftovers", "off", "--paragraphs", "lines",
    ],
  ])
  func formatWrittenTwiceIsTheSame(options: [String]) throws {
    let folder = try build(options).1
    let outcome = try Program.run(
      "/usr/bin/env", ["python3", "\(Repository.root)/Tests/Tools/reference.py", "out", Repository.corpus], in: folder)
    #expect(outcome.code == 0, "\(outcome.outputText)\(outcome.errorText)")
    #expect(outcome.outputText.hasPrefix("the same: "))
  }

  /// The judge above can say no: one letter of one text is enough.
  @Test func formatWrittenTwiceFindsOneLetter() throws {
    let folder = try build(["--compression", "none"]).1
    var bytes = try folder.bytes("out/data/train-00000-of-00001.jsonl")
    let key = Array("\"text\":\"".utf8)
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: key) })
    bytes[place + key.count] ^= 0x20
    try folder.write("out/data/train-00000-of-00001.jsonl", bytes)
    let outcome = try Program.run(
      "/usr/bin/env", ["python3", "\(Repository.root)/Tests/Tools/reference.py", "out", Repository.corpus], in: folder)
    #expect(outcome.code == 1)
    #expect(outcome.outputText.contains("data/train-00000-of-00001.jsonl:1"))
  }
}
