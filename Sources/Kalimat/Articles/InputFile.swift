/// What a file holds.
public enum InputFormat: String, Sendable, CaseIterable {
  /// The whole file is one article.
  case text
  /// A JSON object a line, an article each.
  case jsonLines = "jsonl"
}

/// How a file's bytes are packed.
public enum CompressionFormat: String, Sendable, CaseIterable {
  case none, gz, zst

  /// What stands behind a shard's `.jsonl`.
  public var fileExtension: String { self == .none ? "" : ".\(rawValue)" }
}

/// One file to read.
public struct InputFile: Sendable, Equatable {
  /// What open(2) takes; `-` is standard input.
  public var location: String
  /// The key's path (docs/FORMAT.md, "Key"): UTF-8, parts joined by `/`, without `.gz` or `.zst`.
  public var path: [UInt8]
  public var format: InputFormat
  public var compression: CompressionFormat

  public init(location: String, path: [UInt8], format: InputFormat, compression: CompressionFormat) {
    self.location = location
    self.path = path
    self.format = format
    self.compression = compression
  }

  /// A file that is named itself, and is one text whatever it is called.
  init(text location: String) {
    let name = InputName(Array(location.utf8))
    self.init(location: location, path: name.stem, format: .text, compression: name.compression)
  }
}
