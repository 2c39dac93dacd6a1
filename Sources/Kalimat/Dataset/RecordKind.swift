/// The three kinds of records, each in a folder of its own.
public enum RecordKind: String, Sendable, CaseIterable {
  case data, documents, rejected

  /// The place of a shard in its dataset, e.g. `data/train-00000-of-00004.jsonl.gz`.
  func path(split: String, shard: Int, of count: Int, _ compression: CompressionFormat) -> String {
    func five(_ number: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
    return "\(rawValue)/\(split)-\(five(shard))-of-\(five(count)).jsonl\(compression.fileExtension)"
  }
}
