/// Why a manifest cannot be taken for one.
struct ManifestFault: Error, Equatable {
  /// From 0; nil where a value is wrong, not the spelling.
  var byteOffset: Int? = nil
  var found: String
  var expected: String
}

extension Manifest {
  /// Reads manifest.json: all of its keys, of their types, and no other. Whether its bytes are canonical is asked apart.
  static func read(_ bytes: Span<UInt8>) throws(ManifestFault) -> Manifest {
    let value: JSONValue
    do { value = try JSONParser.parse(bytes) } catch {
      throw ManifestFault(byteOffset: error.byteOffset, found: error.found, expected: error.expected)
    }
    return try Manifest(ManifestObject(value: value, path: ""))
  }

  /// Reads a manifest that stands inside of something else.
  init(_ root: ManifestObject) throws(ManifestFault) {
    try root.hasOnly([
      "manifest_version", "name", "dataset_version", "created", "content_sha256", "config", "tool", "totals", "shards",
      "files",
    ])
    let version = try root.integer("manifest_version")
    guard version == Self.version else {
      throw ManifestFault(found: "manifest_version \(version)", expected: "\(Self.version), the one this program reads")
    }
    self.init(
      name: try root.string("name"), datasetVersion: try root.string("dataset_version"),
      created: try root.string("created"), contentSHA256: try root.digest("content_sha256"),
      config: try root.object("config").value, tool: try Tool(root.object("tool")),
      totals: try Totals(root.object("totals")), shards: try root.list("shards", ShardFacts.init),
      files: try root.list("files", File.init))
  }
}

/// An object inside a manifest, and the path to it for findings.
struct ManifestObject {
  let value: JSONValue
  let path: String

  private func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  private func member(_ key: String) throws(ManifestFault) -> JSONValue {
    guard let member = value[key] else { throw ManifestFault(found: "no \(name(key))", expected: "one") }
    return member
  }

  private func wrong(_ key: String, _ expected: String) -> ManifestFault {
    ManifestFault(
      found: "\(name(key)) \(String(decoding: CanonicalJSON.compact(value[key] ?? .null).prefix(60), as: UTF8.self))",
      expected: expected)
  }

  func hasOnly(_ keys: [String]) throws(ManifestFault) {
    guard case .object(let members) = value else {
      throw ManifestFault(found: "\(path) that is no object", expected: "an object")
    }
    let known = keys.map { Array($0.utf8) }
    for member in members where !known.contains(member.key) {
      throw ManifestFault(
        found: "\(name(String(decoding: member.key, as: UTF8.self)))", expected: "only \(keys.joined(separator: ", "))")
    }
  }

  func string(_ key: String) throws(ManifestFault) -> String {
    guard let text = try member(key).textValue else { throw wrong(key, "a string") }
    return text
  }

  func integer(_ key: String) throws(ManifestFault) -> Int {
    guard let number = try member(key).intValue, number >= 0 else { throw wrong(key, "an integer from 0") }
    return number
  }

  func digest(_ key: String) throws(ManifestFault) -> String {
    let text = try string(key)
    guard Array(text.utf8).span.isHexDigest else { throw wrong(key, "64 lower-case hex digits") }
    return text
  }

  func object(_ key: String) throws(ManifestFault) -> ManifestObject {
    guard case .object(_) = try member(key) else { throw wrong(key, "an object") }
    return ManifestObject(value: try member(key), path: name(key))
  }

  func list<Element>(
    _ key: String, _ read: (ManifestObject) throws(ManifestFault) -> Element
  ) throws(ManifestFault) -> [Element] {
    guard let elements = try member(key).elements else { throw wrong(key, "an array") }
    var list: [Element] = []
    for (i, element) in elements.enumerated() {
      list.append(try read(ManifestObject(value: element, path: "\(name(key))[\(i)]")))
    }
    return list
  }

  /// The members, each read with its key.
  func members<Element>(
    _ read: (ManifestObject, String) throws(ManifestFault) -> Element
  ) throws(ManifestFault) -> [String: Element] {
    guard case .object(let members) = value else { return [:] }
    var all: [String: Element] = [:]
    for member in members {
      let key = String(decoding: member.key, as: UTF8.self)
      all[key] = try read(self, key)
    }
    return all
  }
}

extension Manifest.Tool {
  fileprivate init(_ object: ManifestObject) throws(ManifestFault) {
    try object.hasOnly(["name", "version", "icu", "unicode", "cldr", "rules_sha256", "compressor"])
    self.init(
      name: try object.string("name"), version: try object.string("version"), icu: try object.string("icu"),
      unicode: try object.string("unicode"), cldr: try object.string("cldr"),
      rulesSHA256: try object.digest("rules_sha256"), compressor: try object.string("compressor"))
  }
}

extension Manifest.Totals {
  fileprivate init(_ object: ManifestObject) throws(ManifestFault) {
    try object.hasOnly(["documents", "sentences", "rejected", "languages", "characters", "bytes", "duplicates"])
    self.init(
      documents: try object.integer("documents"), sentences: try object.integer("sentences"),
      rejected: try object.object("rejected").members { (object, key) throws(ManifestFault) in try object.integer(key)
      },
      languages: try object.object("languages").members { (object, key) throws(ManifestFault) in
        let language = try object.object(key)
        try language.hasOnly(["documents", "sentences"])
        return LanguageTotals(
          documents: try language.integer("documents"), sentences: try language.integer("sentences"))
      },
      characters: try object.integer("characters"), bytes: try object.integer("bytes"),
      duplicates: try object.integer("duplicates"))
  }
}

extension Manifest.File {
  fileprivate init(_ object: ManifestObject) throws(ManifestFault) {
    try object.hasOnly(["path", "bytes", "sha256"])
    self.init(
      path: try object.string("path"), bytes: try object.integer("bytes"), sha256: try object.digest("sha256"))
  }
}

extension ShardFacts {
  fileprivate init(_ object: ManifestObject) throws(ManifestFault) {
    try object.hasOnly([
      "path", "kind", "split", "index", "of", "records", "documents", "first_doc_id", "last_doc_id", "bytes", "sha256",
      "content_bytes",
    ])
    let kind = try object.string("kind")
    guard let recordKind = RecordKind(rawValue: kind) else {
      throw ManifestFault(found: "\(object.path).kind \"\(kind)\"", expected: "data, documents or rejected")
    }
    self.init(
      path: try object.string("path"), kind: recordKind, split: try object.string("split"),
      index: try object.integer("index"), of: try object.integer("of"), records: try object.integer("records"),
      documents: try object.integer("documents"), firstDocument: try object.string("first_doc_id"),
      lastDocument: try object.string("last_doc_id"), bytes: try object.integer("bytes"),
      sha256: try object.digest("sha256"), contentBytes: try object.integer("content_bytes"))
  }
}
