/// One shard of a dataset.
public struct ShardFile: Sendable, Equatable {
  public var kind: RecordKind
  public var split: String
  /// Its number, from 0; nil for a shard that is looked at alone and whose name does not say.
  public var index: Int?
  /// Shards of its kind and split.
  public var count: Int
  public var compression: CompressionFormat
  /// As findings name it: in the dataset, `KIND/SPLIT-NNNNN-of-NNNNN.jsonl` with the compression's extension.
  public var path: String

  /// The shard of a dataset, by its place.
  public init(kind: RecordKind, split: String, index: Int, count: Int, compression: CompressionFormat) {
    self.kind = kind
    self.split = split
    self.index = index
    self.count = count
    self.compression = compression
    path = kind.path(split: split, shard: index, of: count, compression)
  }

  /// A shard that is looked at alone; what its name does not say is taken as `data` and not known.
  init(alone path: String) {
    let parts = path.split(separator: "/")
    let name = parts.last.map(String.init) ?? path
    kind = parts.dropLast().last.flatMap { RecordKind(rawValue: String($0)) } ?? .data
    compression = name.hasSuffix(".gz") ? .gz : name.hasSuffix(".zst") ? .zst : .none
    let stem = name.split(separator: ".").first.map(String.init) ?? name
    let fields = stem.split(separator: "-").map(String.init)
    split = fields.first ?? ""
    index = nil
    count = 1
    if fields.count == 4, fields[2] == "of", let index = Int(fields[1]), let count = Int(fields[3]), index < count {
      (self.index, self.count) = (index, count)
    }
    self.path = path
  }
}
