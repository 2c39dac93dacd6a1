internal import CEmbedded

/// A file that is part of the program (CEmbedded), in its read-only memory.
@safe package struct BuiltInFile: @unchecked Sendable {
  /// The file's name, without `.txt`.
  package let name: String
  private let bytes: UnsafeBufferPointer<UInt8>

  /// The files of Segmentation/Languages, in order of their names, which are language subtags.
  package static let segmentation = unsafe all { unsafe kembedded_segmentation($0) }

  /// The files of Leftovers/Languages, in order of their names.
  package static let leftovers = unsafe all { unsafe kembedded_leftovers($0) }

  /// Segmentation/Model/boundaries.weights.
  static let boundaryWeights = unsafe BuiltInFile(kembedded_boundary_weights())

  /// Leftovers/Model/pages.weights.
  package static let pageWeights = unsafe BuiltInFile(kembedded_page_weights())

  /// A copy of the file's bytes.
  package func contents() -> [UInt8] { unsafe Array(bytes) }

  /// The bytes are never freed: they are part of the program.
  private init(_ file: kembedded_file) {
    name = unsafe String(cString: file.name)
    unsafe bytes = UnsafeBufferPointer(start: file.bytes, count: file.byte_count)
  }

  /// The files that `list` gives for 0, 1, … until it gives none.
  private static func all(_ list: (Int) -> UnsafePointer<kembedded_file>?) -> [BuiltInFile] {
    var files: [BuiltInFile] = []
    while let file = unsafe list(files.count) { files.append(unsafe BuiltInFile(file.pointee)) }
    return files
  }
}
