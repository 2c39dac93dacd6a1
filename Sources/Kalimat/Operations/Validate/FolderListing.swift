/// The files of a folder, as paths inside it, sorted by bytes.
enum FolderListing {
  /// What git and loaders keep beside a dataset.
  private static func isOthers(_ path: String) -> Bool { path.hasPrefix(".git") || path == ".cache" }

  /// - Throws: where a folder can't be read.
  static func files(in folder: String) throws(Problem) -> [String] {
    var found: [String] = []
    try append(folder, "", depth: 0, to: &found)
    return found.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  private static func append(_ folder: String, _ inside: String, depth: Int, to found: inout [String]) throws(Problem) {
    for name in try FileSystem.names(in: inside.isEmpty ? folder : "\(folder)/\(inside)") {
      let path = inside.isEmpty ? name : "\(inside)/\(name)"
      if isOthers(path) { continue }
      // A dataset's folders are one level deep: what is deeper is named by its folder, so links that loop are no matter.
      if FileSystem.kind(of: "\(folder)/\(path)") == .folder && depth < 1 {
        let before = found.count
        try append(folder, path, depth: depth + 1, to: &found)
        if found.count == before { found.append(path + "/") }
      } else {
        found.append(path)
      }
    }
  }
}
