import Testing

/// Arrows go one way: C… → ICU → Segmentation, Leftovers, Alignment → Kalimat → KalimatCLI (CONTRIBUTING.md).
@Suite struct LayerTests {
  /// What belongs to the language and the C library; nobody's layer.
  static let platform: Set<String> = ["Swift", "Synchronization", "Glibc", "Musl", "Darwin"]

  /// What each target may import beside those, which is also all that Package.swift may give it.
  static let allowed: [String: Set<String>] = [
    "CICU": [], "CZlib": [], "CDeflate": [], "CZstd": [], "CExpat": [], "COpenSSL": [], "CCLD2": [], "CSystem": [],
    "CKernels": [],
    "CEmbedded": [],
    "ICU": ["CICU"],
    "Segmentation": ["ICU", "CKernels", "CEmbedded"],
    "Leftovers": ["ICU", "Segmentation", "CKernels"],
    "Alignment": ["ICU"],
    "Kalimat": [
      "ICU", "Segmentation", "Leftovers", "Alignment", "CZlib", "CDeflate", "CZstd", "COpenSSL", "CExpat", "CCLD2",
      "CSystem",
      "CKernels",
    ],
    "KalimatCLI": ["Kalimat", "Segmentation", "Leftovers", "Alignment", "ArgumentParser"],
    // No parts of the product: what learns the weights that Segmentation and Leftovers hold.
    "SegmentationTrainer": ["Segmentation", "ICU", "Foundation"],
    "LeftoverTrainer": ["Leftovers", "Segmentation", "Foundation"],
  ]

  @Test func everyFolderOfSourcesIsALayerThatThisTestKnows() {
    #expect(Set(Tree.targets()) == Set(Self.allowed.keys))
  }

  @Test(arguments: allowed.keys.sorted())
  func importsOnlyWhatItsLayerMay(target: String) {
    let may = Self.allowed[target, default: []].union(Self.platform)
    for file in Tree.files(under: "Sources/\(target)", ["swift"]) {
      for found in file.imports where !may.contains(found.module) {
        Issue.record("\(file.path):\(found.line) imports \(found.module), which \(target) must not know")
      }
    }
  }

  @Test func packageGivesATargetNoMoreThanItsLayerMay() throws {
    let package = try #require(Tree.files(under: "", ["swift"]).first { $0.path == "Package.swift" })
    var seen: Set<String> = []
    for match in package.text.matches(of: #/\.(?:executableTarget|target)\(\s*name: "(\w+)"/#) {
      let target = String(match.1)
      seen.insert(target)
      let rest = package.text[match.range.upperBound...]
      let end = rest.firstMatch(of: #/\n    \.|\n  \]/#)?.range.lowerBound ?? rest.endIndex
      let body = rest[..<end]
      if let dependencies = body.firstMatch(of: #/dependencies: \[([^\]]*)\]/#) {
        for name in dependencies.1.matches(of: #/(?:name: )?"(\w+)"/#).map({ String($0.1) }) {
          #expect(Self.allowed[target]?.contains(name) == true, "Package.swift lets \(target) depend on \(name)")
        }
      }
      if !target.hasPrefix("C") {
        #expect(body.contains("swiftSettings: laws"), "Package.swift: \(target) is not under the laws")
      }
    }
    #expect(seen == Set(Self.allowed.keys))
  }

  @Test func noUnsafeFlags() {
    for file in Tree.files(under: "", ["swift"]) where file.path == "Package.swift" {
      #expect(!file.code.contains { $0.text.contains("unsafeFlags") })
    }
  }

  @Test(arguments: ["ICU", "Segmentation", "Leftovers", "Alignment", "Kalimat"])
  func librariesNeverPrint(target: String) {
    for file in Tree.files(under: "Sources/\(target)", ["swift"]) {
      for line in file.code
      where line.text.contains(#/(^|[^.\w])(print|debugPrint|dump|fputs|puts|printf|vprintf|perror)\(|\bFileHandle\b/#)
      {
        Issue.record("\(file.path):\(line.number) prints: \(line.text.trimmingPrefix(while: \.isWhitespace))")
      }
    }
  }
}
