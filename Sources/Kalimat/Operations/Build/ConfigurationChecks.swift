internal import ICU

extension BuildConfiguration {
  /// The canonical form of a language tag; ICU itself takes nonsense without a word.
  public static func checkedLanguage(_ tag: String) throws(Problem) -> String {
    guard let canonical = LanguageTag.canonical(tag) else {
      throw .usage(
        "\"\(tag)\" is no language tag", expected: "BCP 47, e.g. id, en, zh-Hant",
        advice: "Name the language by its tag, or leave --lang out: then it is detected.")
    }
    return canonical
  }

  /// Refuses values that no dataset can have.
  public func check() throws(Problem) {
    if let shards, !(1...1 << 16).contains(shards) {
      throw .usage("--shards is \(shards)", expected: "a number from 1 to 65536")
    }
    if maxChars < 1 { throw .usage("--max-chars is \(maxChars)", expected: "a number over 0") }
    if let sample, sample < 1 { throw .usage("--sample is \(sample)", expected: "a number over 0") }
    _ = try JoinedColumn.columns(named: join, keep: fields.keep)
  }
}

extension Manifest {
  /// The number of shards that a manifest's data has; `path` is the manifest or its dataset.
  static func shardCount(like path: String) throws(Problem) -> Int {
    let file = FileSystem.kind(of: path) == .folder ? "\(path)/manifest.json" : path
    let bytes = try WholeFile.read(file)
    let value: JSONValue
    do { value = try JSONParser.parse(bytes.span) } catch {
      throw Problem(
        "the manifest is no JSON: \(error.found)", at: .init(file: file, byteOffset: error.byteOffset),
        expected: error.expected)
    }
    guard let count = value["config"]?["shards"]?.intValue, count > 0 else {
      throw Problem("the manifest names no number of shards", at: .init(file: file), expected: "config.shards")
    }
    return count
  }
}
