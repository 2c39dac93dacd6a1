import Testing

/// What CONTRIBUTING.md asks of every file, where a machine can tell.
@Suite struct StyleTests {
  /// Where unsafe code may be; each place says beside it why.
  static let unsafePlaces = [
    "Sources/ICU/", "Sources/Segmentation/Scanner/", "Sources/Segmentation/SentenceScanner.swift",
    "Sources/Segmentation/HotBytes.swift", "Sources/Segmentation/BuiltInFile.swift",
    "Sources/Segmentation/LineEnds.swift", "Sources/Segmentation/Marks.swift",
    "Sources/Segmentation/BoundaryModel.swift",
    "Sources/Segmentation/Features.swift", "Sources/Kalimat/Files/",
    "Sources/Leftovers/Cohesion.swift", "Sources/Leftovers/Folding.swift", "Sources/Leftovers/Lexicon.swift",
    "Sources/Leftovers/PageModel.swift",
    "Sources/Leftovers/ShapeTable.swift",
    "Sources/Kalimat/Parallel/",
    "Sources/Kalimat/Dataset/", "Sources/Kalimat/Articles/",
  ]

  @Test func unsafeCodeIsWhereItMayBe() {
    for file in Tree.files(under: "Sources", ["swift"]) where !Self.unsafePlaces.contains(where: file.path.hasPrefix) {
      for line in file.code
      where line.text.contains(#/(^|[^@\w.])unsafe\b|@unsafe\b|\bUnsafe(Raw|Mutable|Buffer|Pointer)/#) {
        Issue.record("\(file.path):\(line.number) is unsafe: \(line.text.trimmingPrefix(while: \.isWhitespace))")
      }
    }
  }

  @Test func noFileIsLongerThan400Lines() {
    let files =
      Tree.files(under: "Sources", ["swift", "c", "h", "cpp"]) + Tree.files(under: "Tests", ["swift", "py", "c"])
      + Tree.files(under: "Tools", ["py", "sh", "swift"])
    for file in files {
      let count = file.lines.count - (file.text.hasSuffix("\n") ? 1 : 0)
      #expect(count <= 400, "\(file.path) has \(count) lines")
    }
  }

  @Test func inputNeverEndsTheProgram() {
    for file in Tree.files(under: "Sources", ["swift"]) {
      for line in file.code where line.text.contains(#/\bfatalError\(|\btry!|\bas!/#) {
        Issue.record("\(file.path):\(line.number): \(line.text.trimmingPrefix(while: \.isWhitespace))")
      }
    }
  }

  /// Types and functions that others call say what they are; a property or case may speak for itself.
  @Test func everyPublicTypeAndFunctionIsDocumented() {
    let declaration =
      #/^\s*(?:@\w+(?:\([^)]*\))?\s+)*public\s+(?:static\s+|mutating\s+|consuming\s+|borrowing\s+|final\s+|nonisolated\s+)*(?:struct|enum|class|actor|protocol|func)\s+(\w+)/#
    for file in Tree.files(under: "Sources", ["swift"]) {
      let lines = file.lines
      for (index, line) in lines.enumerated() {
        guard let match = line.firstMatch(of: declaration) else { continue }
        var above = index - 1
        while above >= 0, lines[above].trimmingPrefix(while: \.isWhitespace).hasPrefix("@") { above -= 1 }
        let documented = above >= 0 && lines[above].trimmingPrefix(while: \.isWhitespace).hasPrefix("///")
        #expect(documented, "\(file.path):\(index + 1): `\(match.1)` is public and has no ///")
      }
    }
  }

  /// Names that say nothing.
  @Test func noTypeIsCalledUtils() {
    for file in Tree.files(under: "Sources", ["swift"]) {
      let name = file.path.split(separator: "/").last.map(String.init) ?? ""
      #expect(!name.contains(#/(Utils|Utilities|Helpers?|Manager|Common|Base)\.swift$/#), "\(file.path)")
    }
  }
}
