import Foundation
import Testing

/// Manifests/ holds the accepted manifest of each build of Corpus/: a change of one is seen in review.
@Suite struct ManifestTests {
  static let builds: [(name: String, options: [String])] = [
    ("corpus", []),
    ("corpus-lines-off", ["--paragraphs", "lines", "--leftovers", "off"]),
    (
      "corpus-split-joined",
      [
        "--split", "train=0.8,dev=0.1,test=0.1", "--shards", "4", "--leftovers", "mark", "--keep", "author,site",
        "--join", "text_id,script,source,split", "--license", "CC0-1.0", "--name", "corpus", "--dataset-version", "1",
      ]
    ),
  ]

  @Test(arguments: builds.map(\.name))
  func contentIsTheAcceptedOne(name: String) throws {
    let options = try #require(Self.builds.first { $0.name == name }?.options)
    let folder = try Folder()
    let outcome = try Program.run(["build", Repository.corpus, "--output", "out", "--quiet"] + options, in: folder)
    try #require(outcome.code == 0, "\(outcome.errorText)")
    let built = try Dataset(folder, "out")
    let accepted = URL(filePath: "\(Repository.root)/Manifests/\(name).json")
    if isAccepting {
      try FileManager.default.createDirectory(
        at: accepted.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(folder.bytes("out/manifest.json")).write(to: accepted)
      return
    }
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: accepted))
    let manifest = try #require(object as? [String: Any])
    let (ours, theirs) = (Self.icu(built.manifest), Self.icu(manifest))
    guard ours == theirs else {
      print(
        "skipped: Manifests/\(name).json was accepted under ICU \(theirs), and this is \(ours): boundaries may differ")
      return
    }
    #expect(
      built.contentSHA256 == manifest["content_sha256"] as? String,
      "Corpus/ builds to other content than Manifests/\(name).json says. If that is meant: make accept")
  }

  private static func icu(_ manifest: [String: Any]) -> String {
    (manifest["tool"] as? [String: Any])?["icu"] as? String ?? "?"
  }
}
