import Foundation
import Segmentation
import Testing

@testable import Kalimat

/// Text that no writer of a format thought of: markup, entities, quotes, right to left, emoji, controls, noncharacters, long.
struct RandomText {
  var random: SeededGenerator
  /// Scalars that must not occur: what a format refuses by name.
  var without: Set<Unicode.Scalar> = []

  private static let pieces: [String] = [
    "<b>", "</b>", "<ph x=\"1\"/>", "<![CDATA[", "]]>", "<!--", "-->", "&amp;", "&lt;", "&#0;", "&", "<", ">", "\"",
    "'", "\"\"",
    "\\", "\\n", "\\t", "\\\"", "%s", "{0}", ",", ";", "|", "=1+1", "-", "+", "@", "sep=", "#", "msgid \"", "~",
    "\u{0}",
    "\u{1}", "\u{8}", "\u{B}", "\u{1F}", "\u{7F}", "\u{80}", "\u{9F}", "\u{85}", "\u{FFFE}", "\u{FFFF}", "\u{FFFD}",
    "\u{FEFF}", "\u{10FFFF}", "\u{1FFFE}", "\u{AD}", "\u{200B}", "\u{200E}", "\u{202E}", "\u{2066}", "\u{E000}", "שלום",
    "مرحبا", "👩‍👩‍👧‍👦", "🏃🏽‍♀️", "🇮🇩", "e\u{301}", "ﬁ", "你好", "ไทย", "हिन्दी", "a", "B", "z9", "007", "1E+05", "2025-11-04",
    "\r", "\u{2028}", "\u{2029}", "\u{A0}", "\u{3000}", "\t", " ", " ", " ", " ",
  ]

  mutating func text(pieces count: Int) -> String {
    var out = String.UnicodeScalarView()
    for _ in 0..<count {
      out.append(contentsOf: (Self.pieces.randomElement(using: &random) ?? "").unicodeScalars)
    }
    out.removeAll { without.contains($0) }
    return "x" + String(out) + "x"
  }
}

/// What an export gives out comes back as it was, whatever the text is: each sentence, with itself for a translation.
@Suite struct RandomTextTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func dataset(seed: UInt64, without: Set<Unicode.Scalar>) throws -> String {
    var maker = RandomText(random: SeededGenerator(state: seed), without: without)
    var lines: [UInt8] = []
    for number in 0..<30 {
      var text = ""
      for _ in 0..<3 { text += maker.text(pieces: Int.random(in: 1...30, using: &maker.random)) + "\n" }
      if number == 0 { text += String(repeating: "aä<&>\"", count: 10_000 / 6 + 1).prefix(10_000) + "\n" }
      if number == 1 { text += String(repeating: "👩‍👩‍👧‍👦 <", count: 800) + "\n" }
      lines += JSONValue.members([("id", .text("a\(number)")), ("text", .text(text))]).line
    }
    var request = BuildRequest()
    request.inputs = [try scratch.write("random-\(seed).jsonl", lines)]
    request.output = "\(scratch.path)/dataset"
    var configuration = BuildConfiguration()
    configuration.language = "id"
    configuration.leftovers = .off
    configuration.paragraphs = .lines
    configuration.maxChars = 100_000
    _ = try Build(request, configuration).run()
    return request.output
  }

  /// Sentences by their IDs.
  private func sentences(_ dataset: String) throws -> [[UInt8]: [UInt8]] {
    var found: [[UInt8]: [UInt8]] = [:]
    var stream = ArticleStream(try DatasetFolder(dataset))
    while let article = try stream.next() {
      for sentence in article.sentences where !sentence.isRejected { found[sentence.id] = sentence.text }
    }
    return found
  }

  @Test(arguments: ["tmx", "xliff2", "xliff12", "po", "csv", "tsv", "moses", "jsonl"], [1, 2, 3] as [UInt64])
  func everyFormatCarriesEveryText(format: String, seed: UInt64) throws {
    // gettext's files end at a NUL: `export` refuses such a sentence by its ID.
    let path = try dataset(seed: seed, without: format == "po" ? ["\0"] : [])
    try roundTrip(path, format)
  }

  /// WMT's XML has no way to write what XML cannot carry.
  @Test(arguments: [4, 5] as [UInt64])
  func wmtCarriesWhatXMLCan(seed: UInt64) throws {
    var without: Set<Unicode.Scalar> = []
    for value: UInt32 in 0..<0x20 {
      if !XMLText.canCarry(value), let scalar = Unicode.Scalar(value) { without.insert(scalar) }
    }
    without.formUnion(["\u{FFFE}", "\u{FFFF}"])
    try roundTrip(try dataset(seed: seed, without: without), "wmt")
  }

  @Test(arguments: [("wmt", "WMT XML"), ("po", "PO")])
  func whatAFormatCannotCarryIsRefusedByName(format: String, name: String) throws {
    let path = try dataset(seed: 1, without: [])
    var export = Export(format: try #require(ExportFormat.named(format)))
    export.targetLanguage = "en"
    export.output = "\(scratch.path)/refused"
    let said = problemText { _ = try export.run(path) { _ in } }
    #expect(said.contains("which \(name) cannot carry"), "\(said)")
    let ids = try sentences(path).keys.map { String(decoding: $0, as: UTF8.self) }
    #expect(ids.contains { said.contains($0) }, "\(said)")
    #expect(!FileSystem.exists("\(scratch.path)/refused"))
  }

  private func roundTrip(_ dataset: String, _ format: String) throws {
    let wanted = try sentences(dataset)
    #expect(wanted.count > 80)
    let file = "\(scratch.path)/out.\(format)"
    var export = Export(format: try #require(ExportFormat.named(format)))
    export.targetLanguage = "en"
    export.output = file
    #expect(try export.run(dataset) { _ in } == wanted.count)
    let given = [UInt8](try Data(contentsOf: URL(filePath: file)))
    let back = try scratch.write("back.\(format)", Self.filled(given, format))
    var request = Import(targetLanguage: "en", output: "\(scratch.path)/bitext")
    request.files = [back]
    request.format = ImportFormat.named(format)
    if format == "moses" || format == "wmt" { request.idsPath = "\(file).ids" }
    let report = try request.run(dataset)
    #expect(report.entries == wanted.count)
    for notice in [ImportNotice.missing, .extra, .sourceChanged, .twice, .empty, .matchedByText, .tags, .shifted] {
      #expect(report.count(notice) == 0, "\(format): \(String(decoding: report.json.line, as: UTF8.self))")
    }
    // A detector of languages may say of such text what it likes: then the pair stands in rejected/, as it is.
    var seen: [[UInt8]: [UInt8]] = [:]
    for kind in [RecordKind.data, .rejected] {
      for record in try ImportFixture.records(request.output, kind) {
        #expect(record.source == wanted[record.sourceIDs[0]], "\(format) \(String(decoding: record.id, as: UTF8.self))")
        seen[record.sourceIDs[0]] = record.target
      }
    }
    #expect(seen == wanted, "\(format)")
  }

  // MARK: Filling

  /// The export with each source, as it is spelled, for its translation.
  private static func filled(_ bytes: [UInt8], _ format: String) -> [UInt8] {
    switch format {
    case "tmx":
      return after(bytes, "<seg>", "</seg></tuv>\n") {
        Array("<tuv xml:lang=\"en\"><seg>".utf8) + $0 + Array("</seg></tuv>\n".utf8)
      }
    case "xliff2":
      return after(bytes, "<source xml:space=\"preserve\">", "</source>") {
        Array("<target xml:space=\"preserve\">".utf8) + $0 + Array("</target>".utf8)
      }
    case "xliff12":
      return after(bytes, "<source>", "</source>") { Array("<target>".utf8) + $0 + Array("</target>".utf8) }
    case "wmt":
      return after(bytes, "<src ", "</src>\n") {
        Array("<ref lang=\"en\"".utf8) + $0.drop { $0 != 0x3E } + Array("</ref>\n".utf8)
      }
    case "po": return after(bytes, "\nmsgid \"", "\"\nmsgstr \"") { Array($0) }
    case "jsonl":
      return lines(bytes) { line in
        let source = part(line[...], "\"source\":\"", "\",\"previous\":\"")?.inner ?? []
        return Array(line.dropLast()) + Array(",\"target\":\"".utf8) + source + Array("\"}".utf8)
      }
    case "tsv":
      return lines(bytes) { line in
        var cells = line.split(separator: 0x09, omittingEmptySubsequences: false)
        if cells[0] != Array("id".utf8)[...] { cells[2] = cells[1] }
        return Array(cells.joined(separator: [0x09]))
      }
    case "csv": return filledTable(bytes)
    default: return bytes
    }
  }

  private static func lines(_ bytes: [UInt8], _ change: ([UInt8]) -> [UInt8]) -> [UInt8] {
    bytes.split(separator: 0x0A).flatMap { change(Array($0)) + [0x0A] }
  }

  private static func part(
    _ bytes: ArraySlice<UInt8>, _ open: String, _ close: String
  ) -> (inner: ArraySlice<UInt8>, end: Int)? {
    guard let start = find(open, in: bytes, from: bytes.startIndex) else { return nil }
    let inner = start + open.utf8.count
    guard let end = find(close, in: bytes, from: inner) else { return nil }
    return (bytes[inner..<end], end + close.utf8.count)
  }

  private static func find(_ word: String, in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
    let wanted = Array(word.utf8)
    guard let first = wanted.first else { return nil }
    var here = start
    while let found = bytes[here...].firstIndex(of: first) {
      if bytes[found...].starts(with: wanted) { return found }
      here = found + 1
    }
    return nil
  }

  /// Inserts something behind each part between `open` and `close`.
  private static func after(
    _ bytes: [UInt8], _ open: String, _ close: String, _ make: (ArraySlice<UInt8>) -> [UInt8]
  ) -> [UInt8] {
    var out: [UInt8] = []
    var rest = bytes[...]
    while let (inner, end) = part(rest, open, close) {
      out += rest[..<end] + make(inner)
      rest = rest[end...]
    }
    return out + rest
  }

  /// RFC 4180, every cell in quotes: the second of a row becomes the third too.
  private static func filledTable(_ bytes: [UInt8]) -> [UInt8] {
    var rows: [[[UInt8]]] = [[]]
    var cell: [UInt8] = []
    var isQuoted = false
    for byte in bytes {
      if byte == 0x22 { isQuoted.toggle() }
      if !isQuoted && (byte == 0x2C || byte == 0x0A) {
        rows[rows.count - 1].append(cell)
        cell = []
        if byte == 0x0A { rows.append([]) }
      } else if isQuoted || byte != 0x0D {
        cell.append(byte)
      }
    }
    for i in rows.indices.dropFirst() where rows[i].count > 2 { rows[i][2] = rows[i][1] }
    return rows.dropLast().flatMap { Array($0.joined(separator: [0x2C])) + [0x0D, 0x0A] }
  }
}
