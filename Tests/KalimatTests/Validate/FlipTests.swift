import Foundation
import Testing

@testable import Kalimat

/// Every byte of small files changed, one at a time, and lines cut, doubled, swapped, moved and dropped: nothing is missed.
struct FlipTests {
  /// A dataset on the disk of which one file at a time is spoiled.
  private final class Spoiled {
    let folder: ScratchFolder
    let dataset: DatasetInMemory

    init(_ dataset: DatasetInMemory) throws {
      folder = try ScratchFolder()
      self.dataset = dataset
      try dataset.write(to: "\(folder.path)/data")
    }

    /// What is found with these bytes in place of a file's; nil bytes: without the file.
    func findings(_ file: String, _ bytes: [UInt8]?) throws -> [Finding] {
      let path = "\(folder.path)/data/\(file)"
      if let bytes {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
      } else {
        try FileManager.default.removeItem(atPath: path)
      }
      defer { try? Data(dataset.files[file] ?? []).write(to: URL(fileURLWithPath: path)) }
      var request = ValidationRequest(path: "\(folder.path)/data")
      request.jobs = 1
      return try Validate(request).run().findings
    }

    /// Flips a bit of every byte; the offsets that nobody noticed.
    func missed(_ file: String, bit: UInt8) throws -> [Int] {
      let bytes = dataset.files[file] ?? []
      return try bytes.indices.filter { offset in
        var flipped = bytes
        flipped[offset] ^= bit
        return try !findings(file, flipped).contains { $0.place.file == file }
      }
    }
  }

  @Test(arguments: RecordKind.allCases)
  func everyByteOfAShard(_ kind: RecordKind) throws {
    let dataset = try Fixtures.tiny.get()
    let shard = try #require(dataset.shardPaths.first { $0.hasPrefix(kind.rawValue) })
    #expect((1...4096).contains(dataset.files[shard]?.count ?? 0))
    #expect(try Spoiled(dataset).missed(shard, bit: 1) == [])
  }

  @Test func everyByteOfAPackedShard() throws {
    let dataset = try Fixtures.tinyPacked.get()
    let shard = try #require(dataset.shardPaths.first { $0.hasPrefix("data/") })
    #expect(try Spoiled(dataset).missed(shard, bit: 0x10) == [])
  }

  @Test(arguments: ["manifest.json", "SHA256SUMS", "schema.json", "inputs.jsonl"])
  func everyByteOf(_ file: String) throws {
    let dataset = try Fixtures.tiny.get()
    let spoiled = try Spoiled(dataset)
    let bytes = dataset.files[file] ?? []
    // schema.json is compared as a whole: every seventh byte of it will do.
    let step = file == "schema.json" ? 7 : 1
    for offset in stride(from: 0, to: bytes.count, by: step) {
      var flipped = bytes
      flipped[offset] ^= 2
      #expect(try !spoiled.findings(file, flipped).isEmpty, "\(file), byte \(offset)")
    }
  }

  // MARK: Lines

  enum Change: String, CaseIterable, Sendable { case doubled, dropped, swapped, moved, cut, emptied }

  static func change(_ lines: [[UInt8]], _ index: Int, _ change: Change) -> [[UInt8]]? {
    var lines = lines
    switch change {
    case .doubled: lines.insert(lines[index], at: index)
    case .dropped: lines.remove(at: index)
    case .swapped:
      guard index + 1 < lines.count else { return nil }
      lines.swapAt(index, index + 1)
    case .moved:
      guard index + 1 < lines.count else { return nil }
      lines.append(lines.remove(at: index))
    case .cut: lines[index] = Array(lines[index].prefix(lines[index].count / 2))
    case .emptied: lines[index] = []
    }
    return lines
  }

  /// Without a repair the file is named; with one, a line of it or of the same article.
  @Test(arguments: Change.allCases, [false, true])
  func everyLine(_ change: Change, isRepaired: Bool) throws {
    let dataset = try Fixtures.tiny.get()
    for path in dataset.shardPaths {
      let lines = dataset.lines(path)
      for index in lines.indices {
        guard let changed = Self.change(lines, index, change) else { continue }
        var spoiled = dataset
        spoiled.setLines(path, changed)
        if isRepaired { try spoiled.repair() }
        let findings = try Fixtures.validate(spoiled).findings
        let what = "\(path):\(index + 1) \(change): \(findings)"
        if isRepaired {
          // A whole article may go without a trace in its shard's lines, if it is blank: then the dataset never had it.
          let isWholeArticle =
            change == .dropped && dataset.blankDocuments.contains { $0.path == path && $0.index == index }
          #expect(isWholeArticle || findings.contains { $0.place.line != nil && $0.place.byteOffset != nil }, "\(what)")
        } else {
          #expect(findings.contains { $0.place.file == path }, "\(what)")
          #expect(change == .dropped || findings.contains { $0.place.line != nil }, "\(what)")
        }
      }
    }
  }

  @Test func aShardDroppedOrRenamed() throws {
    let dataset = try Fixtures.plain.get()
    for path in dataset.shardPaths {
      var dropped = dataset
      dropped.files[path] = nil
      var findings = try Fixtures.validate(dropped).findings
      #expect(findings.contains { $0.check == .missing && $0.place.file == path })
      var renamed = dropped
      renamed.files[path + ".old"] = dataset.files[path]
      findings = try Fixtures.validate(renamed).findings
      #expect(findings.contains { $0.check == .missing && $0.place.file == path })
      #expect(findings.contains { $0.check == .extra && $0.place.file == path + ".old" })
    }
  }

  @Test func twoShardsExchanged() throws {
    let dataset = try Fixtures.plain.get()
    let paths = dataset.shardPaths.filter { $0.hasPrefix("data/train") }
    var exchanged = dataset
    exchanged.files[paths[0]] = dataset.files[paths[1]]
    exchanged.files[paths[1]] = dataset.files[paths[0]]
    try exchanged.repair()
    let findings = try Fixtures.validate(exchanged).findings
    for path in paths where !exchanged.lines(path).isEmpty {
      #expect(findings.contains { $0.check == .shard && $0.place.file == path && $0.place.line == 1 })
    }
  }
}
