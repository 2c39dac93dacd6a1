import Foundation
import Testing

/// A dataset as its files say it, read without kalimat; shards must be uncompressed to read records.
struct Dataset {
  let folder: Folder
  let name: String
  let manifest: [String: Any]

  init(_ folder: Folder, _ name: String) throws {
    self.folder = folder
    self.name = name
    let object = try JSONSerialization.jsonObject(with: Data(try folder.bytes("\(name)/manifest.json")))
    manifest = try #require(object as? [String: Any], "\(name)/manifest.json is an object")
  }

  var contentSHA256: String { manifest["content_sha256"] as? String ?? "" }

  /// The paths of the shards of a kind.
  func shards(_ kind: String) -> [String] {
    (manifest["shards"] as? [[String: Any]] ?? []).filter { $0["kind"] as? String == kind }
      .compactMap { $0["path"] as? String }.sorted()
  }

  /// The lines of a kind, shard after shard.
  func lines(_ kind: String) throws -> [String] {
    try shards(kind).flatMap { path in
      try folder.text("\(name)/\(path)").split(separator: "\n").map(String.init)
    }
  }

  func records(_ kind: String) throws -> [[String: Any]] {
    try lines(kind).map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  /// id → doc_id and text, of data and rejected; every ID stands once.
  func texts() throws -> [String: String] {
    var texts: [String: String] = [:]
    for record in try records("data") + records("rejected") {
      let id = try #require(record["id"] as? String)
      #expect(texts[id] == nil, "\(id) stands twice")
      texts[id] = "\(record["doc_id"] ?? "") \(record["text"] ?? "")"
    }
    return texts
  }

  /// Every file of a dataset by its path; equal trees are equal datasets.
  static func tree(_ folder: Folder, _ name: String) throws -> [String: [UInt8]] {
    var tree: [String: [UInt8]] = [:]
    for file in folder.files(in: name) { tree[file] = try folder.bytes("\(name)/\(file)") }
    return tree
  }
}

/// Random numbers that are the same on every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// `make soak` asks for what takes long.
var isSoak: Bool { ProcessInfo.processInfo.environment["KALIMAT_SOAK"] != nil }

/// Whether today's output is to be taken as right (`make accept`).
var isAccepting: Bool { ProcessInfo.processInfo.environment["KALIMAT_ACCEPT"] != nil }
