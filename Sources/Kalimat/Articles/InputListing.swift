/// The files that a command line's inputs come to.
public struct InputListing: Sendable {
  /// Sorted by the bytes of their paths; equal paths by the SHA-256 of their bytes.
  public var files: [InputFile] = []
  /// Files and folders in folders that were skipped because their names begin with a dot; a folder counts as one.
  public var hiddenSkipped = 0
  /// Files in folders that were skipped because of their names' endings.
  public var otherSkipped = 0
  /// What cannot be read: an input that is not there, a loop of links, the same file twice …
  public var problems: [Problem] = []

  public init() {}
}

/// Finds the files to read (docs/FORMAT.md, "Key").
public enum InputList {
  /// - Parameters:
  ///   - inputs: files, folders, and `-` for standard input, as the user named them.
  ///   - filesFrom: a file with one such input a line; `-` where it is standard input.
  ///   - root: what paths are relative to; nil for the folder named, or a file's own.
  ///   - format: for all files; nil for what each one's name says.
  /// - Throws: a `Problem` of usage: nothing was named, the list or the root cannot be read, standard input is wanted twice.
  public static func list(
    inputs: [String], filesFrom: String?, root: String?, format: InputFormat?
  ) throws(Problem) -> InputListing {
    var walk = FolderWalk(format: format, root: try root.map { path throws(Problem) in try rootPath(path) })
    var named = inputs.count
    for input in inputs { walk.visit(input: Array(input.utf8), from: nil) }
    if let filesFrom {
      let fromStandardInput = filesFrom.utf8.elementsEqual("-".utf8)
      if fromStandardInput && walk.hasStandardInput {
        throw .usage(
          "standard input is asked for twice: as an article and as the list of --files-from",
          expected: "one of the two", advice: "Write the list into a file.")
      }
      walk.hasStandardInput = walk.hasStandardInput || fromStandardInput
      for line in try lines(of: filesFrom) {
        named += 1
        walk.visit(input: line.bytes, from: .init(file: placeName(filesFrom), line: line.number))
      }
    }
    if named == 0 {
      throw .usage(
        "no input", expected: "files, folders, or - for standard input", advice: "kalimat build FOLDER --output OUT")
    }
    return try sorted(walk.listing)
  }

  private static func placeName(_ path: String) -> String {
    path.utf8.elementsEqual("-".utf8) ? "standard input" : path
  }

  private static func rootPath(_ root: String) throws(Problem) -> [UInt8] {
    guard FileSystem.kind(of: root) == .folder, let path = RealPath.of(Array(root.utf8)) else {
      throw .usage("--root \(root): no such folder", expected: "a folder that all inputs are in")
    }
    return path
  }

  /// The list's lines that are not empty, with their numbers.
  private static func lines(of list: String) throws(Problem) -> [(number: Int, bytes: [UInt8])] {
    var file = try RawFile(InputFile(location: list, path: [], format: .text, compression: .none))
    var bytes: [UInt8] = []
    while true {
      try file.fill()
      let count = file.block.count
      if count == 0 { break }
      bytes += file.block.copied()
      file.use(count)
    }
    return bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
      .filter { !$0.element.isEmpty }.map { ($0.offset + 1, Array($0.element)) }
  }

  /// By path; what has the same path by digest, so that the order does not depend on the order of inputs.
  private static func sorted(_ listing: InputListing) throws(Problem) -> InputListing {
    var listing = listing
    listing.files.sort { $0.path.lexicographicallyPrecedes($1.path) }
    var start = 0
    while start < listing.files.count {
      var end = start + 1
      while end < listing.files.count && listing.files[end].path == listing.files[start].path { end += 1 }
      if end - start > 1 {
        var keyed: [(key: [UInt8], file: InputFile)] = []
        for file in listing.files[start..<end] { keyed.append((tieBreaker(file), file)) }
        keyed.sort { $0.key.lexicographicallyPrecedes($1.key) }
        listing.files.replaceSubrange(start..<end, with: keyed.map(\.file))
      }
      start = end
    }
    if listing.files.isEmpty && listing.problems.isEmpty {
      listing.problems.append(
        Problem(
          "no article in what was named: \(listing.hiddenSkipped) hidden and \(listing.otherSkipped) other files skipped",
          expected: "files that end in .txt, .text, .jsonl or .ndjson, each also with .gz or .zst",
          advice: "A file of another name is read where it is named itself."))
    }
    return listing
  }

  /// The digest of the file's bytes; for standard input, which is read once, what stands after all digests.
  private static func tieBreaker(_ file: InputFile) -> [UInt8] {
    if file.location.utf8.elementsEqual("-".utf8) { return Array("standard input".utf8) }
    do throws(Problem) {
      var raw = try RawFile(file)
      repeat {
        try raw.fill()
        let count = raw.block.count
        raw.use(count)
      } while !raw.isAtEnd
      return raw.digest().hexBytes
    } catch {
      // It will be a Problem again where it is read.
      return Array("unreadable".utf8)
    }
  }
}
