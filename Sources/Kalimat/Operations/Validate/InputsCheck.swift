/// Asks whether inputs.jsonl and duplicates.jsonl are lists of the shape they have.
struct InputsCheck {
  private let dataset: DatasetFolder
  private let present: Set<[UInt8]>

  init(_ dataset: DatasetFolder, present: Set<[UInt8]>) {
    self.dataset = dataset
    self.present = present
  }

  func run(_ log: inout FindingLog) throws(Problem) {
    let inputs = "inputs.jsonl\(dataset.compression.fileExtension)"
    let keys = ["path", "bytes", "sha256", "documents", "encoding", "bom", "skipped"]
    _ = try check(inputs, dataset.compression, keys: keys, sortedBy: "path", &log)
    let duplicates = try check(
      "duplicates.jsonl", .none, keys: ["doc_id", "path", "record", "kept_path", "kept_record"], sortedBy: "doc_id",
      &log)
    if duplicates != dataset.manifest.totals.duplicates {
      log.add(
        .totals, .init(file: "manifest.json"), "totals.duplicates \(dataset.manifest.totals.duplicates)",
        expected: "\(duplicates), as duplicates.jsonl has lines")
    }
  }

  /// Looks at every line of a list; how many there are.
  private func check(
    _ name: String, _ compression: CompressionFormat, keys: [String], sortedBy key: String, _ log: inout FindingLog
  ) throws(Problem) -> Int {
    guard present.contains(Array(name.utf8)) else { return 0 }
    var reader = try ShardReader(path: dataset.file(name), format: compression)
    var previous: [UInt8] = []
    do throws(UnpackFailure) {
      while try reader.next() {
        let place = Problem.Place(file: name, line: reader.lineNumber, byteOffset: reader.byteOffset)
        guard let value = Self.line(reader.line), Self.keys(of: value) == keys.map({ Array($0.utf8) }),
          reader.lineIsWhole
        else {
          log.add(
            .shape, place, RecordParser.quote(reader.line, at: 0),
            expected: "one line of JSON with the keys \(keys.joined(separator: ", ")), in this order and no space")
          continue
        }
        guard case .string(let now)? = value[key] else { continue }
        if now.lexicographicallyPrecedes(previous) {
          log.add(.order, place, "a \(key) below the one before it", expected: "lines sorted by \(key)")
        }
        previous = now
      }
    } catch {
      switch error {
      case .unreadable(let problem): throw problem
      case .broken(let broken):
        log.add(
          .unpack, .init(file: name), "\(broken.found) at byte \(broken.fileOffset) of the file",
          expected: broken.expected)
      }
    }
    return reader.lineNumber
  }

  /// The line's value, where it is spelled as the dataset spells.
  private static func line(_ line: Span<UInt8>) -> JSONValue? {
    guard let value = try? JSONParser.parse(line), Kernels.equal(line, CanonicalJSON.compact(value)) else { return nil }
    return value
  }

  private static func keys(of value: JSONValue) -> [[UInt8]] {
    guard case .object(let members) = value else { return [] }
    return members.map(\.key)
  }
}
