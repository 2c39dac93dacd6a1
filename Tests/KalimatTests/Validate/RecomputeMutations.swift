@testable import Kalimat

extension Mutation {
  /// Mutations of the level recompute.
  static let ofRecompute: [Mutation] = articles + texts + layouts + columns

  private static let articles: [Mutation] = [
    Mutation(name: "another key", check: .docID, fixture: { Fixtures.plain }) { dataset in
      guard let place = dataset.blankDocuments.first(where: { dataset[$0].text("key_kind") == "path" }) else {
        throw NoSuchLine()
      }
      dataset.set(place, "key", .text("z.txt"))
      dataset.set(place, "path", .text("z.txt"))
      try dataset.repair()
      return (place.path, place.index + 1)
    },
    Mutation(name: "numbered from 1", check: .key, fixture: { Fixtures.byContent }) { dataset in
      guard let place = dataset.blankDocuments.first else { throw NoSuchLine() }
      var line = dataset[place]
      let key = line.bytes("key").prefix(64) + Array("#1".utf8)
      line.set("key", .string(Array(key)))
      line.set("doc_id", .text(DocumentID(kind: .content, key: Array(key)).description))
      dataset.remove(place)
      let new = dataset.insert(line, split: line.text("split"))
      try dataset.repair()
      return (new.path, new.index + 1)
    },
    Mutation(name: "moved to the other", check: .split, fixture: { Fixtures.plain }) { dataset in
      guard let place = dataset.blankDocuments.first else { throw NoSuchLine() }
      var line = dataset[place]
      let other = line.text("split") == "dev" ? "train" : "dev"
      line.set("split", .text(other))
      dataset.remove(place)
      let new = dataset.insert(line, split: other)
      try dataset.repair()
      return (new.path, new.index + 1)
    },
    value("one more", .articleChars, .documents, "chars", plusOne),
    value("one more", .articleBytes, .documents, "bytes", plusOne),
    value("another", .article, .documents, "sha256") { .text(String(($0.textValue ?? "").reversed())) },
    Mutation(name: "a letter and its ID", check: .article, fixture: { Fixtures.plain }) { dataset in
      guard let place = dataset.places(.data, where: { $0.text("text") == "Hanya ini." }).first,
        let document = dataset.document(dataset[place].text("doc_id"))
      else { throw NoSuchLine() }
      let line = dataset[document]
      dataset.set(place, "text", .text("Hanya itu."))
      dataset.repairArticle(line.text("doc_id"))
      dataset.set(document, "sha256", line["sha256"] ?? .null)
      try dataset.repair()
      return (document.path, document.index + 1)
    },
    Mutation(name: "a separator of the same length", check: .article, fixture: { Fixtures.plain }) { dataset in
      guard let place = dataset.places(.data, where: { $0.text("sep") == " " }).first,
        let document = dataset.document(dataset[place].text("doc_id"))
      else { throw NoSuchLine() }
      dataset.set(place, "sep", .text("\t"))
      try dataset.repair()
      return (document.path, document.index + 1)
    },
    consistently("a letter in it", .lead) { dataset in
      guard let place = dataset.places(.documents, where: { !$0.text("lead").isEmpty && $0.int("sentences") > 0 }).first
      else {
        throw NoSuchLine()
      }
      dataset.set(place, "lead", .text(dataset[place].text("lead") + "x "))
      return (dataset[place].text("doc_id"), place)
    },
  ]

  private static let texts: [Mutation] = [
    consistently("a space before it", .edges) { dataset in
      let all = dataset.places(.data)
      guard
        let (first, second) = zip(all, all.dropFirst()).first(where: { first, second in
          dataset[first].text("sep") == " " && dataset[second].int("seq") == dataset[first].int("seq") + 1
            && dataset[second].text("raw").isEmpty && dataset[first].text("doc_id") == dataset[second].text("doc_id")
        })
      else { throw NoSuchLine() }
      dataset.set(first, "sep", .text(""))
      dataset.set(second, "text", .text(" " + dataset[second].text("text")))
      return (dataset[second].text("doc_id"), second)
    },
    value("the same as text", .raw, .data, where: { $0.text("text") == "Hanya ini." }, "raw") { _ in .text("Hanya ini.")
    },
    consistently("two spaces", .text) { dataset in
      guard let place = dataset.places(.data, where: { !$0.text("raw").isEmpty }).first else { throw NoSuchLine() }
      dataset.set(place, "text", dataset[place]["raw"] ?? .null)
      dataset.set(place, "raw", .text(""))
      return (dataset[place].text("doc_id"), place)
    },
    consistently("another word", .text) { dataset in
      guard let place = dataset.places(.data, where: { !$0.text("raw").isEmpty }).first else { throw NoSuchLine() }
      dataset.set(place, "text", .text("Sama sekali lain."))
      return (dataset[place].text("doc_id"), place)
    },
    consistently("a letter in it", .separator) { dataset in
      guard let place = dataset.places(.data, where: { $0.text("sep") == " " }).first else { throw NoSuchLine() }
      dataset.set(place, "sep", .text(" x "))
      return (dataset[place].text("doc_id"), place)
    },
    value("too-long made repeated", .textReason, .rejected, where: { $0.text("reason") == "too-long" }, "reason") { _ in
      .text("repeated")
    },
    value("no-text made too-long", .textReason, .rejected, where: { $0.text("reason") == "no-text" }, "reason") { _ in
      .text("too-long")
    },
    value("one digit", .id, .data, "id") {
      let id = $0.textValue ?? ""
      return .text(id.dropLast() + (id.hasSuffix("0") ? "1" : "0"))
    },
    Mutation(name: "of equal texts exchanged", check: .id, fixture: { Fixtures.plain }) { dataset in
      let places = dataset.places(.data) { $0.text("text") == "Ya." }
      guard
        let (first, second) = zip(places, places.dropFirst()).first(where: {
          dataset[$0].text("doc_id") == dataset[$1].text("doc_id")
        })
      else { throw NoSuchLine() }
      let id = dataset[first]["id"] ?? .null
      dataset.set(first, "id", dataset[second]["id"] ?? .null)
      dataset.set(second, "id", id)
      try dataset.repair()
      return (first.path, first.index + 1)
    },
  ]

  private static let layouts: [Mutation] = [
    Mutation(name: "shifted with end", check: .start, fixture: { Fixtures.plain }) { dataset in
      guard let place = dataset.places(.data).last else { throw NoSuchLine() }
      dataset.set(place, "start", plusOne(dataset[place]["start"] ?? .null))
      dataset.set(place, "end", plusOne(dataset[place]["end"] ?? .null))
      try dataset.repair()
      return (place.path, place.index + 1)
    },
    value("one less", .start, .data, where: { $0.int("start") > 0 }, "start") { .int(($0.intValue ?? 0) - 1) },
    value("one more", .end, .data, "end", plusOne),
    paragraphs("one skipped", from: 1) { $0 + 1 },
    paragraphs("counted from 1", from: 0) { $0 + 1 },
    paragraphs("two made one", from: 1, ruleBefore: "icu") { $0 - 1 },
    Mutation(name: "one made two", check: .para, fixture: { Fixtures.plain }) { dataset in
      guard let place = dataset.places(.data, where: { $0.text("rule") == "icu" && $0.text("sep") == " " }).first else {
        throw NoSuchLine()
      }
      let records = dataset.records(of: dataset[place].text("doc_id"))
      let seq = dataset[place].int("seq")
      dataset.set(place, "rule", .text("paragraph"))
      for record in records where dataset[record].int("seq") > seq {
        dataset.set(record, "para", plusOne(dataset[record]["para"] ?? .null))
      }
      try dataset.repair()
      guard let next = records.first(where: { dataset[$0].int("seq") == seq + 1 }) else { throw NoSuchLine() }
      return (next.path, next.index + 1)
    },
    value("paragraph inside one", .boundary, .data, where: { $0.text("rule") == "icu" }, "rule") { _ in
      .text("paragraph")
    },
    value("text-end inside", .boundary, .data, where: { $0.text("rule") == "icu" }, "rule") { _ in .text("text-end") },
    value("icu at a paragraph's end", .boundary, .data, where: { $0.text("rule") == "paragraph" }, "rule") { _ in
      .text("icu")
    },
    value("icu at the end", .boundary, .data, where: { $0.text("rule") == "text-end" }, "rule") { _ in .text("icu") },
    value("of a rejected one", .boundary, .rejected, where: { $0.text("rule") == "text-end" }, "rule") { _ in
      .text("icu")
    },
  ]

  /// Changes the paragraph numbers of an article from its paragraph `first` on.
  private static func paragraphs(
    _ name: String, from first: Int, ruleBefore: String? = nil, _ change: @escaping @Sendable (Int) -> Int
  ) -> Mutation {
    Mutation(name: name, check: .para, fixture: { Fixtures.plain }) { dataset in
      guard let some = dataset.places(.data, where: { $0.int("para") == 1 && $0.text("rule") == "paragraph" }).first
      else {
        throw NoSuchLine()
      }
      let records = dataset.records(of: dataset[some].text("doc_id"))
      guard let start = records.firstIndex(where: { dataset[$0].int("para") == first }) else { throw NoSuchLine() }
      for record in records[start...] { dataset.set(record, "para", .int(change(dataset[record].int("para")))) }
      if let ruleBefore { dataset.set(records[start - 1], "rule", .text(ruleBefore)) }
      try dataset.repair()
      return (records[start].path, records[start].index + 1)
    }
  }

  private static let columns: [Mutation] =
    (DerivedColumn.allCases.map(\.rawValue) + DocumentField.allCases.map(\.rawValue) + ["site"])
    .map { column in
      value(column, .column, .data, in: { Fixtures.joined }, column) { value in
        value.intValue.map { .int($0 + 1) } ?? .text((value.textValue ?? "") + "x")
      }
    }
}
