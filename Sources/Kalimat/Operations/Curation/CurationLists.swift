/// The paths of the lists that a build is given: nil where there is none.
public struct CurationLists: Sendable {
  /// What `kalimat repeated` wrote.
  public var repeated: String? = nil
  /// What `kalimat duplicates` wrote.
  public var duplicates: String? = nil
  /// What `kalimat review` wrote.
  public var decisions: String? = nil

  public init() {}

  /// Reads the lists that are named.
  ///
  /// - Throws: a `Problem` with file and line where one is not what its command writes.
  public func load(into configuration: inout BuildConfiguration) throws(Problem) {
    if let repeated { configuration.repeated = try RepeatedList(repeated) }
    if let duplicates { configuration.duplicates = try DuplicateList(duplicates) }
    if duplicates != nil { configuration.namesKept = true }
    if let decisions { configuration.decisions = try DecisionList(decisions) }
  }

  /// The same for a dataset that is built again: they must be those that its config names.
  func load(into configuration: inout BuildConfiguration, asIn config: JSONValue) throws(Problem) {
    for (option, path) in [("repeated", repeated), ("duplicates", duplicates), ("decisions", decisions)] {
      let wanted = config[option]?.textValue ?? ""
      if wanted.isEmpty != (path == nil) {
        throw .usage(
          wanted.isEmpty
            ? "--\(option) was given, and the dataset was built without" : "the dataset was built with --\(option)",
          expected: wanted.isEmpty ? "no --\(option)" : "--\(option) FILE, of the SHA-256 \(wanted)")
      }
      guard let path else { continue }
      let found = try WholeFile.digest(path).digest.hex
      guard found.utf8.elementsEqual(wanted.utf8) else {
        throw Problem(
          "a file of the SHA-256 \(found)", at: .init(file: path),
          expected: "\(wanted), as the dataset's manifest names it in config.\(option)",
          advice: "Name the file as it was when the dataset was built.")
      }
    }
    try load(into: &configuration)
  }
}

extension BuildConfiguration {
  /// What of the lists met nothing in the articles.
  var curationNotes: [String] { [repeated?.unusedNote, decisions?.unusedNote].compactMap { $0 } }
}
