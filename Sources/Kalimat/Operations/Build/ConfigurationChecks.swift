internal import ICU

extension BuildConfiguration {
  /// The canonical form of a language tag; ICU itself takes nonsense without a word.
  public static func checkedLanguage(_ tag: String, option: String = "--lang") throws(Problem) -> String {
    guard let canonical = LanguageTag.canonical(tag) else {
      throw .usage(
        "\"\(tag)\" is no language tag", expected: "BCP 47, e.g. id, en, zh-Hant",
        advice: "Name the language by its tag, or leave \(option) out.")
    }
    return canonical
  }

  /// Canonical tags of a list of languages, each once, in the order given.
  public static func checkedLanguages(_ tags: [String]) throws(Problem) -> [String] {
    var languages: [String] = []
    for tag in tags {
      let canonical = try checkedLanguage(tag, option: "--languages")
      if !languages.contains(canonical) { languages.append(canonical) }
    }
    return languages
  }

  /// Whether sentences of a language are kept.
  func keeps(language: String) -> Bool { Self.keeps(language, of: languages) }

  /// Whether a list of tags has a language, or one that it is a kind of: `zh` has `zh-Hant`. An empty list has all.
  static func keeps(_ tag: String, of languages: [String]) -> Bool {
    languages.isEmpty || languages.contains { tag == $0 || tag.hasPrefix($0 + "-") }
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
