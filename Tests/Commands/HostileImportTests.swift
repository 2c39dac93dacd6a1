import Foundation
import Testing

/// XML that is made to fill memory, or to reach for files, given to the real program: a Problem with its place, at once.
@Suite struct HostileImportTests {
  let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.write("in/a.txt", "Satu kalimat. Dua kalimat.")
    try folder.write("secret.txt", "the secret")
    let built = try Program.run(["build", "in", "--output", "d", "--lang", "id", "--quiet"], in: folder)
    #expect(built.code == 0)
  }

  static let laughs: String = {
    var entities = "<!ENTITY lol0 \"lol\">"
    for i in 1...9 { entities += "<!ENTITY lol\(i) \"\(String(repeating: "&lol\(i - 1);", count: 10))\">" }
    return "<!DOCTYPE r [\(entities)]>"
  }()

  /// A head before the root, what stands in a segment, and what must be said.
  static let hostile: [(name: String, head: String, inside: String, said: String)] = [
    ("laughs", laughs, "&lol9;", "an entity of the file's own"),
    (
      "quadratic", "<!DOCTYPE r [<!ENTITY a \"\(String(repeating: "a", count: 50_000))\">]>",
      String(repeating: "&a;", count: 10_000), "an entity of the file's own"
    ),
    ("external", "<!DOCTYPE r [<!ENTITY x SYSTEM \"secret.txt\">]>", "&x;", "an entity of the file's own"),
    ("network", "<!DOCTYPE r [<!ENTITY x SYSTEM \"http://127.0.0.1:9/x\">]>", "&x;", "an entity of the file's own"),
    ("parameter", "<!DOCTYPE r [<!ENTITY % p SYSTEM \"secret.txt\"> %p;]>", "x", "an entity of the file's own"),
    ("undeclared", "<!DOCTYPE r SYSTEM \"r.dtd\">", "caf&eacute;", "one that is not declared"),
    ("deep", "", String(repeating: "<x>", count: 100_000), "nested deeper than 256"),
    ("attribute", "", "<x y=\"\(String(repeating: "z", count: 3 << 20))\"/>", "a tag of over 1 MiB"),
    ("attributes", "", "<x \((0..<200_000).map { "a\($0)=\"1\"" }.joined(separator: " "))/>", "a tag of over 1 MiB"),
    ("segment", "", String(repeating: "lorem ipsum ", count: 3 << 19), "a segment of over 16 MiB"),
    ("broken", "", "<x></y>", "not well-formed"),
    ("control", "", "a\u{1}b", "not well-formed"),
  ]

  @Test(arguments: ["tmx", "xliff12", "xliff2", "wmt"])
  func isRefusedAtOnce(format: String) throws {
    for (name, head, inside, said) in Self.hostile {
      let file = "\(name).\(format)"
      try folder.write(file, "<?xml version=\"1.0\"?>\n\(head)\n\(Self.document(format, inside))\n")
      // Half a gigabyte of memory, and ten seconds: what is refused needs neither.
      let outcome = try Program.shell(
        "ulimit -v 1500000 -t 20; \"$KALIMAT\" import d \(file) --format \(format) --lang en --output out", in: folder)
      #expect(outcome.code == 2, "\(format) \(name): \(outcome.code) \(outcome.errorText)")
      #expect(outcome.errorText.contains(said), "\(format) \(name): \(outcome.errorText.prefix(300))")
      #expect(outcome.errorText.contains("\(file):"), "\(format) \(name): \(outcome.errorText.prefix(300))")
      #expect(!outcome.errorText.contains("the secret"))
      #expect(folder.names().filter { $0.hasPrefix("out") } == [])
      try folder.remove(file)
    }
  }

  private static func document(_ format: String, _ inside: String) -> String {
    switch format {
    case "tmx":
      "<tmx version=\"1.4\"><body><tu tuid=\"s\"><tuv xml:lang=\"en\"><seg>\(inside)</seg></tuv></tu></body></tmx>"
    case "xliff12":
      "<xliff version=\"1.2\"><file><body><trans-unit id=\"s\"><source>x</source><target>\(inside)</target></trans-unit></body></file></xliff>"
    case "xliff2":
      "<xliff version=\"2.1\"><file id=\"f\"><unit id=\"u\"><segment id=\"s\"><source>x</source><target>\(inside)</target></segment></unit></file></xliff>"
    default: "<dataset id=\"x\"><doc id=\"d\"><ref lang=\"en\"><seg id=\"1\">\(inside)</seg></ref></doc></dataset>"
    }
  }
}
