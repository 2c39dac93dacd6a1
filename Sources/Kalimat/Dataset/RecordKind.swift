/// The three kinds of records, each in a folder of its own.
public enum RecordKind: String, Sendable, CaseIterable {
  case data, documents, rejected

  /// The place of a shard in its dataset, e.g. `data/train-00000-of-00004.jsonl.gz`.
  ///
  /// - Parameter attempt: what tells it from other attempts to write the same shard, where several may have been made.
  func path(
    split: String, shard: Int, of count: Int, _ compression: CompressionFormat, attempt: String = ""
  ) -> String {
    func five(_ number: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
    let name = "\(split)-\(five(shard))-of-\(five(count))" + (attempt.isEmpty ? "" : ".\(attempt)")
    return "\(rawValue)/\(name).jsonl\(compression.fileExtension)"
  }

  /// The attempt that a shard's path names: empty for a path without one; nil where it is no path of that shard.
  func attempt(
    in path: String, split: String, shard: Int, of count: Int, _ compression: CompressionFormat
  ) -> String? {
    let plain = self.path(split: split, shard: shard, of: count, compression)
    if path.utf8.elementsEqual(plain.utf8) { return "" }
    let ending = ".jsonl\(compression.fileExtension)"
    let start = plain.dropLast(ending.utf8.count) + "."
    guard path.utf8.starts(with: start.utf8), path.hasSuffix(ending) else { return nil }
    let attempt = String(path.dropFirst(start.count).dropLast(ending.utf8.count))
    return Self.isAttempt(attempt) ? attempt : nil
  }

  /// An attempt's name: 1 to 64 of `a`–`z`, `0`–`9` and `-`.
  static func isAttempt(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || $0 == 0x2D }
  }
}
