/// A bitext dataset's pairs, given out with both sides: Moses, TMX and TSV.
struct BitextExport {
  let export: Export
  private let folder: BitextFolder

  init(_ export: Export, _ path: String) throws(Problem) {
    self.export = export
    folder = try BitextFolder(path)
    guard Self.formats.contains(where: { $0.utf8.elementsEqual(export.format.name.utf8) }) else {
      throw .usage(
        "--to \(export.format.name) gives out no pairs, and \(path) is a bitext dataset",
        expected: "one of \(Self.formats.joined(separator: ", "))")
    }
    if export.newSince != nil || export.order != .id {
      throw .usage(
        "--new-since and --order are not of a bitext dataset", expected: "the pairs in the order of their shards")
    }
    try Self.check(export.selection, folder)
  }

  private static func check(_ selection: ExportSelection, _ folder: BitextFolder) throws(Problem) {
    if !selection.kinds.isEmpty {
      throw .usage(
        "--where kind is not of a bitext dataset: a pair has no kind", expected: "split, lang (of the source) or doc_id"
      )
    }
    try selection.check(
      splits: folder.split.parts.map(\.name), languages: Array(folder.manifest.totals.languages.keys))
  }

  private static let formats = ["moses", "tmx", "tsv"]

  /// Gives out all pairs that are asked for.
  func run(_ write: ([UInt8]) -> Void) throws(Problem) -> Int {
    var sinks: [PairSink]
    switch export.format.name {
    case "moses": sinks = try mosesSinks()
    case "tmx": sinks = [try PairSink(export.output, TMXPairs(folder))]
    default: sinks = [try PairSink(export.output, TSVPairs())]
    }
    for sink in sinks { sink.begin() }
    let stream = BitextStream(folder)
    var count = 0
    while let (record, split) = try stream.next() {
      guard export.selection.takes(record, split: split) else { continue }
      try Interruption.check()
      for sink in sinks { try sink.add(record, split: split, write) }
      count += 1
    }
    for sink in sinks { try sink.finish(write) }
    sinks = []
    return count
  }

  /// One file a side, and one of the IDs: FILE.id, FILE.en, FILE.ids.
  private func mosesSinks() throws(Problem) -> [PairSink] {
    guard let output = export.output else {
      throw .usage(
        "--to moses writes three files",
        expected: "--output FILE, for FILE.\(folder.languages?.source ?? "source") and so on")
    }
    let languages = folder.languages
    let source = languages?.source ?? "source"
    let target = languages.map { $0.translates ? $0.target : "target" } ?? "target"
    return [
      try PairSink("\(output).\(source)", LinePairs { SentenceText.line(of: $0.sources) }),
      try PairSink("\(output).\(target)", LinePairs { SentenceText.line(of: $0.targets) }),
      try PairSink("\(output).ids", LinePairs { $0.id }),
    ]
  }
}

/// A format of pairs.
private protocol PairFormat {
  func begin(_ out: inout ByteBuffer)
  func add(_ record: BitextRecord, split: String, to out: inout ByteBuffer)
  func end(_ out: inout ByteBuffer)
}

/// Where one file of pairs goes: a file that appears whole, or the caller.
private final class PairSink {
  private var file: ReplacedFile?
  private let format: any PairFormat
  private var out = ByteBuffer(capacity: 1 << 16)

  init(_ path: String?, _ format: any PairFormat) throws(Problem) {
    self.format = format
    file = nil
    if let path { file = try ReplacedFile(path) }
  }

  func begin() { format.begin(&out) }

  func add(_ record: BitextRecord, split: String, _ write: ([UInt8]) -> Void) throws(Problem) {
    format.add(record, split: split, to: &out)
    if out.count >= 1 << 20 { try flush(write) }
  }

  private func flush(_ write: ([UInt8]) -> Void) throws(Problem) {
    if file == nil { write(out.span.copied()) }
    try file?.write(out.span)
    out.removeAll()
  }

  func finish(_ write: ([UInt8]) -> Void) throws(Problem) {
    format.end(&out)
    try flush(write)
    try file.take()?.commit()
  }
}

/// One text a line.
private struct LinePairs: PairFormat {
  let text: (BitextRecord) -> [UInt8]

  func begin(_ out: inout ByteBuffer) {}
  func end(_ out: inout ByteBuffer) {}

  func add(_ record: BitextRecord, split: String, to out: inout ByteBuffer) {
    out.append(text(record))
    out.append(byte: 0x0A)
  }
}

/// A row a pair, escaped as other TSV of ours.
private struct TSVPairs: PairFormat {
  func begin(_ out: inout ByteBuffer) {
    out.append(
      "id\tsource\ttarget\tsource_lang\ttarget_lang\tdoc_id\tsource_ids\ttarget_ids\tbead\tscore\tmethod\tsplit\n")
  }

  func end(_ out: inout ByteBuffer) {}

  func add(_ record: BitextRecord, split: String, to out: inout ByteBuffer) {
    let cells: [[UInt8]] = [
      record.id, SentenceText.line(of: record.sources), SentenceText.line(of: record.targets), record.sourceLanguage,
      record.targetLanguage, record.document, Array(record.sourceIDs.joined(separator: [0x2C])),
      Array(record.targetIDs.joined(separator: [0x2C])), Array(record.bead.utf8), Array(String(record.score).utf8),
      Array(record.method.rawValue.utf8), Array(split.utf8),
    ]
    for (i, cell) in cells.enumerated() {
      if i > 0 { out.append(byte: 0x09) }
      TableExport.appendEscaped(cell.span, to: &out)
    }
    out.append(byte: 0x0A)
  }
}

/// TMX 1.4b: a translation unit a pair, its ID as tuid.
private struct TMXPairs: PairFormat {
  private let folder: BitextFolder

  init(_ folder: BitextFolder) { self.folder = folder }

  func begin(_ out: inout ByteBuffer) {
    TMXExport.begin(
      language: folder.languages?.source ?? "*all*",
      properties: [
        ("content_sha256", Array(folder.manifest.contentSHA256.utf8)),
        ("target_lang", Array((folder.languages?.target ?? "").utf8)),
      ], to: &out)
  }

  func end(_ out: inout ByteBuffer) { out.append("</body>\n</tmx>\n") }

  func add(_ record: BitextRecord, split: String, to out: inout ByteBuffer) {
    out.append("<tu tuid=\"")
    out.append(record.id)
    out.append("\" srclang=\"")
    out.append(record.sourceLanguage)
    out.append("\">\n")
    TMXExport.property("doc_id", record.document.span, to: &out)
    TMXExport.property("source_ids", Array(record.sourceIDs.joined(separator: [0x2C])).span, to: &out)
    TMXExport.property("target_ids", Array(record.targetIDs.joined(separator: [0x2C])).span, to: &out)
    TMXExport.property("score", Array(String(record.score).utf8).span, to: &out)
    for (language, texts) in [(record.sourceLanguage, record.sources), (record.targetLanguage, record.targets)] {
      out.append("<tuv xml:lang=\"")
      out.append(language)
      out.append("\"><seg>")
      TMXExport.segment(SentenceText.line(of: texts).span, to: &out)
      out.append("</seg></tuv>\n")
    }
    out.append("</tu>\n")
  }
}
