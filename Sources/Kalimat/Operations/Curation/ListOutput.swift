/// Where a command writes its list.
enum ListOutput {
  /// Refuses to write a list where it cannot stand, over what it is made of, or over what a person may have edited: before
  /// anything is read.
  ///
  /// - Parameters:
  ///   - inputs: what is read.
  ///   - replaces: whether a list that stands there may go.
  static func check(_ path: String, inputs: [String], replaces: Bool) throws(Problem) {
    if inputs.contains(where: { FileSystem.isSame($0, path) }) {
      throw .usage(
        "--output \(path) is what is read", expected: "another file", advice: "The list would take its place.")
    }
    _ = try ReplacedFile(path)
    guard FileSystem.exists(path) else { return }
    if !replaces {
      throw Problem(
        "the output is there already", at: .init(file: path), expected: "a path where nothing stands",
        advice: "Name another --output, or add --replace: what a person switched off in it is then on again.")
    }
    if FileSystem.size(of: path) > 0, try !isList(path) {
      throw Problem(
        "what stands there is no list: its first line does not begin with \(mark)", at: .init(file: path),
        expected: "a list to replace", advice: "Name another --output, or move it away.")
    }
  }

  private static let mark = "# kalimat"

  private static func isList(_ path: String) throws(Problem) -> Bool {
    var file = try InputBytes(path)
    var block = ByteBuffer()
    try file.read(min(mark.utf8.count, FileSystem.size(of: path)), to: &block)
    return block.span.copied() == Array(mark.utf8)
  }
}
