/// What a file's name says: its format, how it is packed, and its path without that.
struct InputName {
  var format: InputFormat
  var compression: CompressionFormat
  /// Without `.gz` or `.zst`.
  var stem: [UInt8]
  /// Whether a file of that name in a folder is read: `.txt .text .jsonl .ndjson`, each also with `.gz .zst`.
  var isReadInFolders: Bool

  /// - Parameter name: a path's last part, or all of it.
  init(_ name: [UInt8]) {
    stem = name
    compression = .none
    for (ending, packed) in [(".gz", CompressionFormat.gz), (".zst", .zst)] where Self.ends(name, ending) {
      compression = packed
      stem.removeLast(ending.utf8.count)
    }
    let isLines = Self.ends(stem, ".jsonl") || Self.ends(stem, ".ndjson")
    format = isLines ? .jsonLines : .text
    isReadInFolders = isLines || Self.ends(stem, ".txt") || Self.ends(stem, ".text")
  }

  /// Whether it ends so, with something before it.
  private static func ends(_ name: [UInt8], _ ending: String) -> Bool {
    guard name.count > ending.utf8.count, name.suffix(ending.utf8.count).elementsEqual(ending.utf8) else {
      return false
    }
    return name[name.count - ending.utf8.count - 1] != 0x2F
  }
}
