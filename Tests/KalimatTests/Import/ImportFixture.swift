import Foundation
import Testing

@testable import Kalimat

/// The Indonesian articles of Corpus/ as a dataset, and translations of its sentences that nobody ever made.
final class ImportFixture: Sendable {
  let scratch: ScratchFolder
  let dataset: String
  /// Sentences of data/, in the order of an export.
  let sentences: [(id: String, document: String, text: String)]

  static let shared: Result<ImportFixture, any Error> = Result { try ImportFixture() }

  private init() throws {
    scratch = try ScratchFolder()
    dataset = scratch.path + "/dataset"
    let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Corpus").path
    var request = BuildRequest()
    request.inputs = try FileManager.default.contentsOfDirectory(atPath: corpus)
      .filter { $0.hasPrefix("id-") }.sorted().map { "\(corpus)/\($0)" }
    request.output = dataset
    var configuration = BuildConfiguration()
    configuration.split = try SplitPlan("train=0.7,test=0.3", salt: "")
    configuration.language = "id"
    configuration.shards = 2
    _ = try Build(request, configuration).run()
    var found: [(String, String, String)] = []
    var stream = ArticleStream(try DatasetFolder(dataset))
    while let article = try stream.next() {
      for sentence in article.sentences where !sentence.isRejected {
        found.append(
          (
            String(decoding: sentence.id, as: UTF8.self), String(decoding: article.id, as: UTF8.self),
            String(decoding: sentence.text, as: UTF8.self)
          ))
      }
    }
    sentences = found
  }

  /// A translation that is a function of the text, another for each: English words, about as long, with its numbers.
  static func translation(of text: String) -> String {
    let words = "the old boat on this river was built by people who knew what they wanted and had time for it".split(
      separator: " ")
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var name = ""
    for shift in stride(from: 0, to: 40, by: 5) {
      name.append(Character(Unicode.Scalar(UInt8(97 + (hash >> UInt64(shift)) % 26))))
    }
    var line = name.capitalized
    var next = Int(hash % 18)
    while line.count < text.count {
      line += " " + words[next % words.count]
      next += 1
    }
    let bytes = Array(text.utf8)
    let parts = TextParts(bytes.span)
    let repeated = (parts.numbers + parts.urls + parts.placeholders).map { String(decoding: $0, as: UTF8.self) }
    return ([line] + repeated).joined(separator: " ") + "."
  }

  /// The entries as they should come back.
  var entries: [Entry] {
    sentences.map { Entry(id: $0.id, document: $0.document, source: $0.text, target: Self.translation(of: $0.text)) }
  }

  struct Entry: Sendable {
    var id: String
    var document: String
    var source: String
    var target: String
    var isFuzzy = false
    /// What stands before the target's text in XML.
    var tag = ""
  }

  /// Runs an import of one file, and gives what it said and what it wrote.
  func run(
    _ file: String, adjust: (inout Import) -> Void = { _ in }
  ) throws -> (report: ImportReport, data: [BitextRecord], rejected: [BitextRecord], output: String) {
    let output = scratch.path + "/out-" + UUID().uuidString
    var request = Import(targetLanguage: "en", output: output)
    request.files = [file]
    request.compression = CompressionFormat.none
    request.jobs = 1
    adjust(&request)
    let report = try request.run(dataset)
    return (report, try Self.records(output, .data), try Self.records(output, .rejected), output)
  }

  static func records(_ path: String, _ kind: RecordKind) throws -> [BitextRecord] {
    let stream = BitextStream(try BitextFolder(path), kind)
    var all: [BitextRecord] = []
    while let (record, _) = try stream.next() { all.append(record) }
    return all
  }

  func export(_ format: String, _ name: String) throws -> String {
    let path = "\(scratch.path)/\(name)-\(UUID().uuidString)"
    var export = Export(format: try #require(ExportFormat.named(format)))
    export.targetLanguage = "en"
    export.output = path
    _ = try export.run(dataset) { _ in }
    return path
  }
}

/// Entries as files, as tools write them.
enum ReturnedWriting {
  static let formats = ["tmx", "xliff12", "xliff2", "po", "csv", "tsv", "jsonl"]

  static func text(_ entries: [ImportFixture.Entry], _ format: String) -> String {
    switch format {
    case "tmx":
      return "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header srclang=\"id\"/><body>\n"
        + entries.map {
          "<tu tuid=\"\($0.id)\" srclang=\"id\"><prop type=\"doc_id\">\($0.document)</prop><tuv xml:lang=\"id\"><seg>\(xml($0.source))</seg></tuv>"
            + "<tuv xml:lang=\"en-GB\"><seg>\($0.tag)\(xml($0.target))</seg></tuv></tu>\n"
        }.joined() + "</body></tmx>\n"
    case "xliff12":
      return "<xliff version=\"1.2\"><file><body>\n"
        + entries.map {
          "<trans-unit id=\"\($0.id)\"><source>\(xml($0.source))</source><target>\($0.tag)\(xml($0.target))</target></trans-unit>\n"
        }.joined() + "</body></file></xliff>\n"
    case "xliff2":
      return "<xliff version=\"2.1\" srcLang=\"id\" trgLang=\"en\"><file id=\"f\"><unit id=\"u\">\n"
        + entries.map {
          "<segment id=\"\($0.id)\"><source>\(xml($0.source))</source><target>\($0.tag)\(xml($0.target))</target></segment>\n"
        }.joined() + "</unit></file></xliff>\n"
    case "po":
      return "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\n"
        + entries.map {
          ($0.isFuzzy ? "#, fuzzy\n" : "")
            + "msgctxt \(quoted($0.id))\nmsgid \(quoted($0.source))\nmsgstr \(quoted($0.target))\n\n"
        }.joined()
    case "csv": return table(entries, delimiter: ",")
    case "tsv":
      return "id\tsource\ttarget\tdoc_id\n"
        + entries.map {
          [$0.id, $0.source, $0.target, $0.document].map { $0.replacingOccurrences(of: "\\", with: "\\\\") }
            .joined(separator: "\t") + "\n"
        }.joined()
    default:
      return entries.map {
        String(
          decoding: JSONValue.members([
            ("custom_id", .text($0.id)), ("doc_id", .text($0.document)), ("source", .text($0.source)),
            ("target", .text($0.target)),
          ]).line, as: UTF8.self)
      }.joined()
    }
  }

  static func table(_ entries: [ImportFixture.Entry], delimiter: String) -> String {
    let rows = [["target", "id", "doc_id", "source"]] + entries.map { [$0.target, $0.id, $0.document, $0.source] }
    return rows.map { row in
      row.map { "\"\($0.replacingOccurrences(of: "\"", with: "\"\""))\"" }.joined(separator: delimiter) + "\r\n"
    }.joined()
  }

  static func xml(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
  }
}
