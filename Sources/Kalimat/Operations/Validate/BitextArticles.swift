/// The records of one split and shard number, of both kinds, as far as they are looked at together: order, IDs, places.
struct BitextArticles {
  private struct Seen {
    var sequence: Int
    var identity: [UInt8]
    var record: BitextRecord
    var place: Problem.Place
  }

  private var seen: [DocumentID: [Seen]] = [:]
  private var previous: [RecordKind: (document: DocumentID, sequence: Int)] = [:]
  private(set) var totals = Manifest.Totals()
  private var languages: [DocumentID: Set<String>] = [:]

  /// Looks at one line by itself and after the one before it.
  ///
  /// - Returns: its article; nil where the line cannot be read.
  mutating func add(
    _ line: Span<UInt8>, _ facts: ShardFacts, line number: Int, offset: Int, _ translates: Bool, _ log: inout FindingLog
  ) -> DocumentID? {
    var place = Problem.Place(file: facts.path, line: number, byteOffset: offset)
    let valid = Kernels.validPrefix(line)
    if valid < line.count {
      place.byteOffset = offset + valid
      log.add(.utf8, place, "a byte that is not UTF-8", expected: "UTF-8")
      return nil
    }
    let record: BitextRecord
    do throws(RecordFault) { record = try BitextRecord(line, isRejected: facts.kind == .rejected) } catch {
      place.byteOffset = offset + error.byteOffset
      log.add(.shape, place, error.found, expected: error.expected)
      return nil
    }
    guard let document = DocumentID(record.document.span) else { return nil }
    place.id = String(decoding: record.id, as: UTF8.self)
    checkSpelling(record, line, place, translates, &log)
    if facts.kind == .data { checkPair(record, place, &log) }
    if let last = previous[facts.kind], (document, record.sequence) <= last {
      log.add(
        .order, place, "a doc_id and seq not above those of the line before",
        expected: "lines sorted by doc_id and seq")
    }
    previous[facts.kind] = (document, record.sequence)
    seen[document, default: []].append(
      Seen(sequence: record.sequence, identity: record.identity, record: record, place: place))
    count(record, document, facts.kind)
    return document
  }

  /// A record is spelled in one way only: the one that it would be written in again.
  private func checkSpelling(
    _ record: BitextRecord, _ line: Span<UInt8>, _ place: Problem.Place, _ translates: Bool, _ log: inout FindingLog
  ) {
    var again = ByteBuffer(capacity: line.count + 64)
    record.append(translates: translates, to: &again)
    again.truncate(to: again.count - 1)
    if Kernels.equal(again.span, line) { return }
    var here = 0
    let wanted = again.span
    while here < min(line.count, wanted.count) && line[here] == wanted[here] { here += 1 }
    var exact = place
    exact.byteOffset = (place.byteOffset ?? 0) + here
    log.add(
      .shape, exact, RecordParser.quote(line, at: here), expected: RecordParser.quote(wanted, at: here))
  }

  private func checkPair(_ record: BitextRecord, _ place: Problem.Place, _ log: inout FindingLog) {
    if record.source.isEmpty || record.target.isEmpty {
      log.add(.empty, place, "an empty side", expected: "text on both sides")
    }
    if record.sources.count != record.sourceIDs.count {
      log.add(
        .sentences, place, "\(record.sources.count) source texts for \(record.sourceIDs.count) IDs",
        expected: "one for each, LF between")
    }
    if !record.targetIDs.isEmpty && record.targets.count != record.targetIDs.count {
      log.add(
        .sentences, place, "\(record.targets.count) target texts for \(record.targetIDs.count) IDs",
        expected: "one for each, LF between")
    }
    for id in record.sourceIDs + record.targetIDs where !SentenceID.hasShape(id.span) {
      log.add(
        .idShape, place, "the sentence's id \(String(decoding: id, as: UTF8.self))",
        expected: "s and 20 digits of base32hex")
    }
  }

  private mutating func count(_ record: BitextRecord, _ document: DocumentID, _ kind: RecordKind) {
    if kind == .rejected {
      totals.rejected[String(decoding: record.reason, as: UTF8.self), default: 0] += 1
      return
    }
    totals.sentences += 1
    for text in record.sources + record.targets {
      totals.bytes += text.count
      totals.characters += Kernels.characterCount(text.span)
    }
    for tag in [record.sourceLanguage, record.targetLanguage] {
      let language = String(decoding: tag, as: UTF8.self)
      totals.languages[language, default: .init()].sentences += 1
      languages[document, default: []].insert(language)
    }
  }

  /// Looks at each article as a whole: places from 0 without a gap, and IDs from what they are made of.
  mutating func check(_ log: inout FindingLog) {
    totals.documents = seen.count
    for (_, all) in languages {
      for language in all { totals.languages[language, default: .init()].documents += 1 }
    }
    var ids: [[UInt8]: Problem.Place] = [:]
    for (_, records) in seen.sorted(by: { $0.key < $1.key }) {
      var equal: [[UInt8]: Int] = [:]
      for (expected, one) in records.sorted(by: { $0.sequence < $1.sequence }).enumerated() {
        if one.sequence != expected {
          log.add(
            .seq, one.place, "seq \(one.sequence)", expected: "\(expected), counted over data/ and rejected/"
          )
        }
        let ordinal = equal[one.identity, default: 0]
        equal[one.identity] = ordinal + 1
        let wanted = one.record.expectedID(ordinal: ordinal)
        if wanted != one.record.id {
          log.add(
            .id, one.place, "the id \(String(decoding: one.record.id, as: UTF8.self))",
            expected: "\(String(decoding: wanted, as: UTF8.self)), from its article, sentences and translation")
        }
        if let other = ids.updateValue(one.place, forKey: one.record.id) {
          log.add(.unique, one.place, "an id that \(other) has too", expected: "each id once")
        }
      }
    }
    seen = [:]
  }
}

/// The IDs and texts of one side of a bitext's data/, to be compared with their dataset.
struct SideTexts {
  private struct Side {
    var text: [UInt8]
    var language: [UInt8]
    var split: String
    var pair: [UInt8]
  }

  private var sides: [[UInt8]: Side] = [:]
  private let isSource: Bool

  /// Reads all of data/: memory is that of one side's texts.
  init(_ folder: BitextFolder, isSource: Bool) throws(Problem) {
    self.isSource = isSource
    let stream = BitextStream(folder)
    while let (record, split) = try stream.next() {
      let ids = isSource ? record.sourceIDs : record.targetIDs
      let texts = isSource ? record.sources : record.targets
      let language = isSource ? record.sourceLanguage : record.targetLanguage
      for (id, text) in zip(ids, texts) {
        sides[id] = Side(text: text, language: language, split: split, pair: record.id)
      }
    }
  }

  func check(_ dataset: DatasetFolder, _ log: inout FindingLog) throws(Problem) {
    var left = sides
    var articles = ArticleStream(dataset)
    while let article = try articles.next() {
      for sentence in article.sentences where !sentence.isRejected {
        guard let side = left.removeValue(forKey: sentence.id) else { continue }
        if side.text != sentence.text {
          add(
            .text, side, sentence.id, "“\(ArticleMatching.quote(side.text))”",
            "“\(ArticleMatching.quote(sentence.text))”, the sentence's", &log)
        }
        if isSource && side.language != sentence.language {
          add(
            .lang, side, sentence.id, String(decoding: side.language, as: UTF8.self),
            String(decoding: sentence.language, as: UTF8.self), &log)
        }
        if isSource && !side.split.utf8.elementsEqual(article.split.utf8) {
          add(.split, side, sentence.id, side.split, "\(article.split), as its article", &log)
        }
      }
    }
    for (id, side) in left.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      add(.document, side, id, "an ID that \(dataset.path) has not", "a sentence of it", &log)
    }
  }

  private func add(
    _ check: FindingCheck, _ side: Side, _ id: [UInt8], _ found: String, _ expected: String, _ log: inout FindingLog
  ) {
    log.add(
      check, .init(file: "data", id: String(decoding: side.pair, as: UTF8.self)),
      "\(isSource ? "source" : "target") \(String(decoding: id, as: UTF8.self)): \(found)", expected: expected)
  }
}
