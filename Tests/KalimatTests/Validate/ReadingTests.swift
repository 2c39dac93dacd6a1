import Testing

@testable import Kalimat

/// Show, stats and the sentence-level manifest, on datasets in memory.
struct ReadingTests {
  static func folder(_ dataset: DatasetInMemory) throws -> (ScratchFolder, DatasetFolder) {
    let folder = try ScratchFolder()
    try dataset.write(to: "\(folder.path)/data")
    return (folder, try DatasetFolder("\(folder.path)/data"))
  }

  @Test(arguments: [Fixtures.plain, Fixtures.packed])
  func everyRecordIsShown(_ fixture: Result<DatasetInMemory, any Error>) throws {
    // The lines of the packed one are those of the plain one.
    let plain = try Fixtures.plain.get()
    let (keep, dataset) = try Self.folder(try fixture.get())
    defer { withExtendedLifetime(keep) {} }
    for place in plain.places(.data) + plain.places(.rejected) {
      let record = plain[place]
      let article = try Show(dataset).article(of: record.text("id"), context: 1)
      let shown = try #require(article.records.first { $0.id == record.text("id") })
      #expect(shown.line == plain[raw: place])
      #expect(article.id == record.text("doc_id"))
      #expect(article.records.allSatisfy { abs($0.seq - record.int("seq")) <= 1 })
    }
    for place in plain.places(.documents) {
      let article = try Show(dataset).article(of: plain[place].text("doc_id"))
      #expect(article.line == plain[raw: place])
      #expect(article.records.map(\.seq) == Array(0..<article.sentenceCount + article.rejectedCount))
    }
  }

  /// By bisection in shards of several blocks.
  @Test func recordsOfLargeShardsAreFound() throws {
    let folder = try ScratchFolder()
    let records = (0..<4000).map {
      #"{"id":"\#($0)","text":"Kalimat nomor \#($0). Ya, ini juga kalimat. Tiga."}"# + "\n"
    }
    try folder.write("in.jsonl", records.joined())
    var configuration = Fixtures.plainConfiguration
    configuration.fields.keep = []
    var request = BuildRequest()
    request.inputs = ["\(folder.path)/in.jsonl"]
    request.output = "\(folder.path)/out"
    _ = try Build(request, configuration).run()
    let dataset = try DatasetFolder(request.output)
    for number in stride(from: 0, to: 4000, by: 97) {
      let id = DocumentID(kind: .id, key: Array(String(number).utf8)).description
      let article = try Show(dataset).article(of: id)
      #expect(article.records.first.map { String(decoding: $0.text, as: UTF8.self) } == "Kalimat nomor \(number).")
      let sentence = try #require(article.records.last)
      #expect(try Show(dataset).article(of: sentence.id, context: 0).records.map(\.line) == [sentence.line])
    }
    for missing in ["d0000000000000000", "dvvvvvvvvvvvvvvvv", "s00000000000000000000"] {
      #expect(problemText { _ = try Show(dataset).article(of: missing) }.has("has no \(missing)"))
    }
    #expect(problemText { _ = try Show(dataset).article(of: "x") }.hasPrefix("\"x\" is no ID"))
  }

  @Test func statisticsAreThoseOfTheLines() throws {
    let memory = try Fixtures.joined.get()
    let (keep, dataset) = try Self.folder(memory)
    defer { withExtendedLifetime(keep) {} }
    let statistics = try CountStatistics(dataset, jobs: 2).run()
    let data = memory.places(.data).map { memory[$0] }
    let texts = data.map { $0.text("text") }
    #expect(statistics.whole.documents == memory.places(.documents).count)
    #expect(statistics.whole.sentences == data.count)
    #expect(statistics.whole.rejected == memory.places(.rejected).count)
    #expect(statistics.whole.characters == texts.reduce(0) { $0 + $1.unicodeScalars.count })
    #expect(statistics.lengths.reduce(0) { $0 + $1.count } == data.count)
    for (i, bin) in statistics.lengths.enumerated() {
      let next = i + 1 < statistics.lengths.count ? statistics.lengths[i + 1].from : Int.max
      #expect(bin.count == texts.count { (bin.from..<next).contains($0.unicodeScalars.count) })
    }
    #expect(statistics.longest == texts.map(\.unicodeScalars.count).max())
    let counts = Dictionary(grouping: texts) { $0 }.mapValues(\.count)
    #expect(statistics.census.distinct == counts.count)
    #expect(statistics.census.repeated == counts.values.count { $0 > 1 })
    #expect(statistics.census.recordsOfRepeated == counts.values.filter { $0 > 1 }.reduce(0, +))
    #expect(statistics.census.top.first.map { counts[String(decoding: $0.text, as: UTF8.self)] } == counts.values.max())
    // Counted in several readings it is the same.
    let inParts = try TextCensus(dataset, textLimit: 3).run()
    #expect(inParts.distinct == statistics.census.distinct && inParts.repeated == statistics.census.repeated)
    #expect(inParts.sharedBySplits == statistics.census.sharedBySplits)
    #expect(inParts.top.map(\.count) == statistics.census.top.map(\.count))
  }

  @Test func manifestOfADatasetNamesEachLine() throws {
    let memory = try Fixtures.plain.get()
    let (keep, dataset) = try Self.folder(memory)
    defer { withExtendedLifetime(keep) {} }
    var out: [UInt8] = []
    try SentenceManifest(dataset).run { out += $0 }
    let lines = out.split(separator: 0x0A).compactMap { DatasetInMemory.value(Array($0)) }
    let places = memory.places(.data)
    #expect(lines.count == places.count)
    for (line, place) in zip(lines, places) {
      let record = memory[place]
      let bytes = memory[raw: place]
      let offset = line.int("offset")
      #expect(line.text("id") == record.text("id") && line.text("doc_id") == record.text("doc_id"))
      #expect(line.text("shard") == place.path && line.int("line") == place.index + 1)
      #expect(Array((memory.files[place.path] ?? [])[offset..<offset + line.int("length")]) == bytes)
      #expect(line.text("sha256") == DatasetInMemory.digest(bytes))
      #expect(line.int("chars") == record.text("text").unicodeScalars.count)
    }
    var table: [UInt8] = []
    try SentenceManifest(dataset, as: .tsv).run { table += $0 }
    let rows = table.split(separator: 0x0A).map {
      $0.split(separator: 0x09).map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(rows.first == ManifestLines.keys)
    #expect(rows.dropFirst().map { $0[0] } == lines.map { $0.text("id") })
  }

  /// Straight from articles: the same IDs and digests as of the dataset, and places in the article.
  @Test func manifestOfArticles() throws {
    let folder = try ScratchFolder()
    for (name, text) in Fixtures.texts { try folder.write("in/\(name)", text) }
    var request = BuildRequest()
    request.inputs = ["\(folder.path)/in"]
    var configuration = Fixtures.plainConfiguration
    configuration.leftovers = .mark
    var out: [UInt8] = []
    try ArticleManifest(request, configuration, as: .jsonl, scratch: folder.path).run { out += $0 }
    let lines = out.split(separator: 0x0A).compactMap { DatasetInMemory.value(Array($0)) }
    let memory = try Fixtures.build(configuration, inputs: Fixtures.texts)
    #expect(Set(lines.map { $0.text("id") }) == Set(memory.places(.data).map { memory[$0].text("id") }))
    for line in lines {
      let place = try #require(memory.places(.data) { $0.text("id") == line.text("id") }.first)
      #expect(line.text("sha256") == DatasetInMemory.digest(memory[raw: place]))
      let text = memory.text(of: line.text("doc_id"))
      let record = memory[place]
      let slice = Array(text[line.int("offset")..<line.int("offset") + line.int("length")])
      #expect(slice == (record.bytes("raw").isEmpty ? record.bytes("text") : record.bytes("raw")))
      #expect(line.int("line") == record.int("seq") + 1)
    }
  }
}
