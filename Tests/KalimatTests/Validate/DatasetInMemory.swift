import Foundation

@testable import Kalimat

/// A dataset's files, to be changed line by line, made consistent again and written out.
struct DatasetInMemory: Sendable {
  var files: [String: [UInt8]] = [:]

  /// Reads all of a folder.
  init(folder: String) throws {
    for name in try FolderListing.files(in: folder) {
      files[name] = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
    }
  }

  /// Writes all of it to a new folder.
  func write(to folder: String) throws {
    for (name, bytes) in files {
      let path = "\(folder)/\(name)"
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
  }

  // MARK: Lines

  /// The lines of an uncompressed shard, without LF.
  func lines(_ path: String) -> [[UInt8]] {
    var lines = (files[path] ?? []).split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  mutating func setLines(_ path: String, _ lines: [[UInt8]]) {
    files[path] = lines.flatMap { $0 + [0x0A] }
  }

  var shardPaths: [String] { files.keys.filter { $0.contains("/") }.sorted() }

  /// Where a line stands: its shard, and its index from 0.
  struct Place: Equatable {
    var path: String
    var index: Int
  }

  /// All lines of a kind that a test wants, in order.
  func places(_ kind: RecordKind, where wanted: (JSONValue) -> Bool = { _ in true }) -> [Place] {
    shardPaths.filter { $0.hasPrefix("\(kind.rawValue)/") }.flatMap { path in
      lines(path).enumerated().filter { Self.value($0.element).map(wanted) ?? false }.map {
        Place(path: path, index: $0.offset)
      }
    }
  }

  static func value(_ line: [UInt8]) -> JSONValue? { try? JSONParser.parse(line.span) }

  subscript(place: Place) -> JSONValue {
    get { Self.value(lines(place.path)[place.index]) ?? .null }
    set { self[raw: place] = CanonicalJSON.compact(newValue) }
  }

  /// The line's bytes.
  subscript(raw place: Place) -> [UInt8] {
    get { lines(place.path)[place.index] }
    set {
      var lines = self.lines(place.path)
      lines[place.index] = newValue
      setLines(place.path, lines)
    }
  }

  // MARK: Articles

  /// The article's text, put together from its records.
  func text(of id: String) -> [UInt8] {
    records(of: id).reduce(document(id).map { self[$0].bytes("lead") } ?? []) { text, place in
      let record = self[place]
      return text + (record.bytes("raw").isEmpty ? record.bytes("text") : record.bytes("raw")) + record.bytes("sep")
    }
  }

  /// Changes one value of a line.
  mutating func set(_ place: Place, _ key: String, _ value: JSONValue) {
    var line = self[place]
    line.set(key, value)
    self[place] = line
  }

  mutating func remove(_ place: Place) {
    var lines = self.lines(place.path)
    lines.remove(at: place.index)
    setLines(place.path, lines)
  }

  /// Inserts a document's line where its doc_id belongs, in the shard of `split`.
  mutating func insert(_ line: JSONValue, split: String, shard: Int? = nil) -> Place {
    let id = Array(line.text("doc_id").utf8)
    let index = shard ?? DocumentID(id.span)?.shard(of: 2) ?? 0
    let path = "documents/\(split)-0000\(index)-of-00002.jsonl"
    var lines = self.lines(path)
    let at = lines.firstIndex { Array(Self.documentID($0).utf8).lexicographicallyPrecedes(id) == false } ?? lines.count
    lines.insert(CanonicalJSON.compact(line), at: at)
    setLines(path, lines)
    return Place(path: path, index: at)
  }

  /// Documents without records: articles of White_Space alone.
  var blankDocuments: [Place] { places(.documents) { $0.int("sentences") + $0.int("rejected") == 0 } }

  /// The records of an article, of both kinds, in the order of seq.
  func records(of document: String) -> [Place] {
    let places = [RecordKind.data, .rejected].flatMap { self.places($0) { $0["doc_id"]?.textValue == document } }
    return places.sorted { (self[$0].int("seq"), $0.path) < (self[$1].int("seq"), $1.path) }
  }

  func document(_ id: String) -> Place? { places(.documents) { $0["doc_id"]?.textValue == id }.first }

  /// Makes an article agree with what its records hold now: IDs, positions, counts and its digest.
  mutating func repairArticle(_ id: String) {
    guard let document = document(id), let name = DocumentID(Array(id.utf8).span) else { return }
    var text = self[document].bytes("lead")
    var seen: [[UInt8]: Int] = [:]
    var counts = [RecordKind.data: 0, .rejected: 0]
    for place in records(of: id) {
      var record = self[place]
      let raw = record.bytes("raw").isEmpty ? record.bytes("text") : record.bytes("raw")
      let own = record.bytes("text")
      let start = Self.characters(text)
      text += raw
      record.set("start", .int(start))
      record.set("end", .int(Self.characters(text)))
      text += record.bytes("sep")
      record.set("id", .text(SentenceID(document: name, ordinal: seen[own, default: 0], text: own.span).description))
      seen[own, default: 0] += 1
      counts[place.path.hasPrefix("data/") ? .data : .rejected, default: 0] += 1
      self[place] = record
    }
    var line = self[document]
    line.set("bytes", .int(text.count))
    line.set("chars", .int(Self.characters(text)))
    line.set("sha256", .text(SHA256.digest(of: text.span).hex))
    line.set("sentences", .int(counts[.data] ?? 0))
    line.set("rejected", .int(counts[.rejected] ?? 0))
    self[document] = line
  }

  static func characters(_ bytes: [UInt8]) -> Int { bytes.count { $0 & 0xC0 != 0x80 } }
}

extension JSONValue {
  func bytes(_ key: String) -> [UInt8] { if case .string(let bytes)? = self[key] { bytes } else { [] } }
  func int(_ key: String) -> Int { self[key]?.intValue ?? -1 }
  func text(_ key: String) -> String { self[key]?.textValue ?? "" }

  mutating func set(_ key: String, _ value: JSONValue) {
    guard case .object(var members) = self else { return }
    if let index = members.firstIndex(where: { $0.key == Array(key.utf8) }) {
      members[index].value = value
    } else {
      members.append(Member(key: Array(key.utf8), value: value))
    }
    self = .object(members)
  }
}
