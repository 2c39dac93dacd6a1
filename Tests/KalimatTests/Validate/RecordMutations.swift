import Testing

@testable import Kalimat

extension Mutation {
  private static func isBlank(_ line: JSONValue) -> Bool { line.int("sentences") + line.int("rejected") == 0 }

  /// Mutations of the level records.
  static let ofRecords: [Mutation] = spellings + values + places + figures

  private static let spellings: [Mutation] = [
    spelling("escape by number", where: { $0.has(#"\n"#) }) { $0.replacingFirst(#"\n"#, with: #"\u000a"#) },
    spelling("upper-case escape", where: { $0.has(#"\u2028"#) || $0.has(#"\u0001"#) }) {
      $0.replacingFirst(#"\u2028"#, with: "\u{2028}").replacingFirst(#"\u0001"#, with: #"\u0041"#)
    },
    spelling("line separator as it is", where: { $0.has(#"\u2028"#) }) {
      $0.replacingFirst(#"\u2028"#, with: "\u{2028}")
    },
    spelling("next line as it is", where: { $0.has(#"\u0085"#) }) { $0.replacingFirst(#"\u0085"#, with: "\u{85}") },
    spelling("escaped solidus", where: { $0.has("https://") }) { $0.replacingFirst("/", with: #"\/"#) },
    spelling("escaped letter", where: { $0.has("Ya.") }) { $0.replacingFirst("Ya.", with: #"\u0059a."#) },
    spelling("space behind a colon", where: { $0.has("\"seq\":") }) {
      $0.replacingFirst("\"seq\":", with: "\"seq\": ")
    },
    spelling("space at the end", where: { $0.has("\"seq\":") }) { $0 + " " },
    spelling("keys in another order", where: { $0.has("\"seq\":0,\"para\":0") }) {
      $0.replacingFirst("\"seq\":0,\"para\":0", with: "\"para\":0,\"seq\":0")
    },
    spelling("leading zero", where: { $0.has("\"seq\":0") }) { $0.replacingFirst("\"seq\":0", with: "\"seq\":00") },
    spelling("minus zero", where: { $0.has("\"seq\":0") }) { $0.replacingFirst("\"seq\":0", with: "\"seq\":-0") },
    spelling("exponent", where: { $0.has("\"seq\":0") }) { $0.replacingFirst("\"seq\":0", with: "\"seq\":0e0") },
    spelling("number as text", where: { $0.has("\"seq\":0") }) {
      $0.replacingFirst("\"seq\":0", with: "\"seq\":\"0\"")
    },
    spelling("null", where: { $0.has("\"raw\":\"\"") }) { $0.replacingFirst("\"raw\":\"\"", with: "\"raw\":null") },
    spelling("key more", where: { $0.has("\"raw\":\"\"") }) {
      $0.replacingFirst("\"raw\":", with: "\"more\":\"\",\"raw\":")
    },
    spelling("key less", where: { $0.has("\"raw\":\"\"") }) { $0.replacingFirst("\"raw\":\"\",", with: "") },
    spelling("meta without its field", where: { $0.has("\"meta\":{\"site\":\"\"}") }) {
      $0.replacingFirst("{\"site\":\"\"}", with: "{}")
    },
    spelling("upper-case ID", .idShape, where: { $0.has("\"id\":\"s") }) {
      let id = String(decoding: Array($0.utf8)[7..<28], as: UTF8.self)
      return $0.replacingFirst(id, with: "S" + id.dropFirst())
    },
    Mutation(name: "a byte in a letter", check: .utf8, fixture: { Fixtures.plain }) { dataset in
      guard let place = dataset.places(.data, where: { $0.text("text") == "Hanya ini." }).first else {
        throw NoSuchLine()
      }
      var bytes = dataset[raw: place]
      bytes[bytes.firstIndex(of: UInt8(ascii: "H")) ?? 0] = 0xC1
      dataset[raw: place] = bytes
      try dataset.repair()
      return (place.path, place.index + 1)
    },
    Mutation(name: "last line without LF", check: .lineEnd, fixture: { Fixtures.plain }) { dataset in
      guard let place = dataset.places(.data).last else { throw NoSuchLine() }
      dataset.files[place.path]?.removeLast()
      try dataset.repair()
      return (place.path, place.index + 1)
    },
  ]

  private static let values: [Mutation] = [
    value("unknown", .keyKind, .documents, where: isBlank, "key_kind") { _ in .text("file") },
    value("upper case", .sha256Shape, .documents, "sha256") { .text(($0.textValue ?? "").uppercased()) },
    value("the other one", .splitName, .documents, in: { Fixtures.byContent }, "split") {
      .text($0.textValue == "dev" ? "train" : "dev")
    },
    value("101", .langScore, .documents, "lang_score") { _ in .int(101) },
    value("not the key", .path, .documents, where: { $0.text("key_kind") == "path" }, "path") { _ in .text("x") },
    value("of an id", .path, .documents, where: { $0.text("key_kind") == "id" }, "path") { _ in .text("x") },
    value("1", .record, .documents, "record") { _ in .int(1) },
    value("lang", .empty, .documents, where: isBlank, "lang") { _ in .text("") },
    value(
      "of no record", .kept, .rejected, in: { Fixtures.duplicated }, where: { $0.text("reason") == "duplicate" }, "kept"
    ) {
      _ in .text("d0000000000000000")
    },
    value("unknown", .kind, .data, "kind") { _ in .text("sentence") },
    value("other in data/", .kind, .data, "kind") { _ in .text("other") },
    value("body of a leftover", .kind, .rejected, where: { $0.text("kind") == "other" }, "kind") { _ in .text("body") },
    value("unknown", .rule, .data, where: { $0.text("rule") == "icu" }, "rule") { _ in .text("icus") },
    value("unknown", .reason, .rejected, "reason") { _ in .text("boring") },
    value("none", .reason, .rejected, "reason") { _ in .text("") },
    value("duplicate in data/", .reason, .data, in: { Fixtures.joined }, "reason") { _ in .text("duplicate") },
    value("another", .lang, .data, "lang") { _ in .text("ms") },
    value("another, rejected", .lang, .rejected, "lang") { _ in .text("ms") },
    value("one more", .sentences, .documents, "sentences", plusOne),
    value("one more", .rejected, .documents, "rejected", plusOne),
  ]

  private static let places: [Mutation] = [
    Mutation(name: "a document twice", check: .order, fixture: { Fixtures.plain }) { dataset in
      guard let place = dataset.blankDocuments.first else { throw NoSuchLine() }
      var lines = dataset.lines(place.path)
      lines.insert(lines[place.index], at: place.index)
      dataset.setLines(place.path, lines)
      try dataset.repair()
      return (place.path, place.index + 2)
    },
    Mutation(name: "a document in the other shard", check: .shard, fixture: { Fixtures.plain }) { dataset in
      guard let place = dataset.blankDocuments.first else { throw NoSuchLine() }
      let line = dataset[place]
      dataset.remove(place)
      let index = DocumentID(line.bytes("doc_id").span)?.shard(of: 2) == 0 ? 1 : 0
      let new = dataset.insert(line, split: line.text("split"), shard: index)
      try dataset.repair()
      return (new.path, new.index + 1)
    },
    Mutation(name: "the last one skips one", check: .seq, fixture: { Fixtures.plain }) { dataset in
      guard let place = dataset.places(.data, where: { $0.text("rule") == "text-end" }).first else {
        throw NoSuchLine()
      }
      dataset.set(place, "seq", plusOne(dataset[place]["seq"] ?? .null))
      try dataset.repair()
      return (place.path, place.index + 1)
    },
    Mutation(name: "its document is gone", check: .document, fixture: { Fixtures.plain }) { dataset in
      guard let place = dataset.places(.data, where: { $0.text("text") == "Hanya ini." }).first,
        let document = dataset.document(dataset[place].text("doc_id"))
      else { throw NoSuchLine() }
      dataset.remove(document)
      try dataset.repair()
      return (place.path, place.index + 1)
    },
    Mutation(name: "a document in both", check: .oneSplit, fixture: { Fixtures.byContent }) { dataset in
      guard let place = dataset.blankDocuments.first else { throw NoSuchLine() }
      var line = dataset[place]
      let other = line.text("split") == "dev" ? "train" : "dev"
      line.set("split", .text(other))
      let new = dataset.insert(line, split: other)
      try dataset.repair()
      // The splits are gone through in the config's order: train, dev.
      let second = other == "dev" ? new : place
      return (second.path, second.index + 1)
    },
    Mutation(
      name: "an ID twice", check: .unique, fixture: { Fixtures.plain },
      apply: { dataset in
        let place = try twoInArticle(dataset)
        dataset.set(place.second, "id", dataset[place.first]["id"] ?? .null)
        try dataset.repair()
        return (place.second.path, place.second.index + 1)
      },
      request: { $0.levels = [.structure, .fixity, .records] }),
  ]

  private static func twoInArticle(_ dataset: DatasetInMemory) throws -> (first: Place, second: Place) {
    let all = dataset.places(.data)
    guard
      let pair = zip(all, all.dropFirst()).first(where: { dataset[$0].text("doc_id") == dataset[$1].text("doc_id") })
    else { throw NoSuchLine() }
    return pair
  }

  private static let figures: [Mutation] = [
    lie("one more", .records, file: { $0.shardPaths[0] }) { $0.shards[0].records += 1 },
    lie("one more", .documents, file: { $0.shardPaths[0] }) { $0.shards[0].documents += 1 },
    lie("another", .firstDocument, file: { $0.shardPaths[0] }) { $0.shards[0].firstDocument = "d0000000000000000" },
    lie("another", .lastDocument, file: { $0.shardPaths[0] }) { $0.shards[0].lastDocument = "dvvvvvvvvvvvvvvvv" },
    lie("documents", .totals) { $0.totals.documents += 1 },
    lie("sentences", .totals) { $0.totals.sentences += 1 },
    lie("characters", .totals) { $0.totals.characters += 1 },
    lie("bytes", .totals) { $0.totals.bytes += 1 },
    lie("rejected", .totals) { $0.totals.rejected["no-text", default: 0] += 1 },
    lie("a reason more", .totals) { $0.totals.rejected["tags"] = 1 },
    lie("a language more", .totals) { $0.totals.languages["en"] = .init(documents: 1, sentences: 0) },
    description("num_examples", .card, "README.md") { $0.replacingFirst("num_examples: ", with: "num_examples: 1") },
    description("num_bytes", .card, "README.md") { $0.replacingFirst("num_bytes: ", with: "num_bytes: 1") },
    description("sentences in its text", .card, "README.md") {
      $0.replacingFirst(" sentences of ", with: "0 sentences of ")
    },
    description("a row of its table", .card, "README.md") { $0.replacingFirst("| id | ", with: "| id | 1") },
    description("its digest", .card, "README.md") {
      let digest = $0.split(separator: "`").first { $0.utf8.count == 64 }.map(String.init) ?? ""
      return $0.replacingFirst(digest, with: String(digest.reversed()))
    },
    description("a type", .schema, "schema.json") { $0.replacingFirst("integer", with: "number") },
    description("a size", .croissant, "croissant.json") { $0.replacingFirst(" B\"", with: "0 B\"") },
    description("a key of inputs.jsonl", .shape, "inputs.jsonl") { $0.replacingFirst("\"bom\"", with: "\"BOM\"") },
    description("the order of inputs.jsonl", .order, "inputs.jsonl") { text in
      text.split(separator: "\n").reversed().map { $0 + "\n" }.joined()
    },
    Mutation(
      name: "texts that two splits share", check: .sharedTexts, fixture: { Fixtures.plain },
      apply: { dataset in
        try dataset.repair()
        return ("", nil)
      },
      request: { $0.maxSharedTexts = 0 }),
  ]

  /// Changes a file that describes the dataset, and repairs its digest.
  private static func description(
    _ name: String, _ check: FindingCheck, _ file: String, _ change: @escaping @Sendable (String) -> String
  ) -> Mutation {
    Mutation(name: name, check: check, fixture: { Fixtures.plain }) { dataset in
      try dataset.repair()
      let changed = Array(change(String(decoding: dataset.files[file] ?? [], as: UTF8.self)).utf8)
      if changed == dataset.files[file] { throw NoSuchLine() }
      dataset.files[file] = changed
      if file != "README.md" { try dataset.finish(try dataset.manifest()) }
      return (file, nil)
    }
  }
}
