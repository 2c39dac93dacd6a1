import Testing

@testable import Kalimat

/// Sources of articles, and lists that are looked up by bisection.
struct ListTests {
  @Test(arguments: [
    ("https://Site.example:8080/a?b", "site.example"), ("http://u:p@x.example#f", "x.example"),
    ("https://[2001:db8::1]:80/", "[2001:db8::1]"), ("nothing", nil), ("file:///a", nil),
  ])
  func hosts(address: String, host: String?) {
    #expect(SourceName.host(of: Array(address.utf8)) == host.map { Array($0.utf8) })
  }

  @Test func sourceIsFieldElseHostElseFolder() {
    var article = Article(
      keyKind: .path, key: Array("a/b/c.txt".utf8), text: [0x41], path: Array("a/b/c.txt".utf8), record: 0)
    #expect(SourceName.of(article) == Array("a/b".utf8))
    article.url = Array("https://x.example/".utf8)
    #expect(SourceName.of(article) == Array("x.example".utf8))
    article.sourceValue = Array("koran".utf8)
    #expect(SourceName.of(article) == Array("koran".utf8))
  }

  /// Each listed ID is found and no other, whatever lines are off.
  @Test func duplicatesAreLookedUp() throws {
    let folder = try ScratchFolder()
    var ids: [String] = []
    for number in 0..<300 {
      let document = DocumentID(kind: .id, key: Array("\(number)".utf8))
      ids.append(document.description)
      ids.append(SentenceID(document: document, ordinal: 0, text: Array("x".utf8).span).description)
    }
    ids.sort()
    var lines = ["# head"]
    for (index, id) in ids.enumerated() {
      let kept = id.hasPrefix("d") ? "db826269i8q00mhol" : "sb826p7soi908tett40fp"
      let kind = id.hasPrefix("d") ? "near" : "sentence"
      lines.append((index % 3 == 0 ? index % 2 == 0 ? "#" : "-" : "") + "\(id)\t\(kind)\t\(kept)\t90")
      if index % 7 == 0 { lines.append("") }
    }
    try folder.write("list", lines.joined(separator: "\n"))
    let list = try DuplicateList("\(folder.path)/list")
    for (index, id) in ids.enumerated() {
      let found = list.kept(for: Array(id.utf8).span)
      #expect((found != nil) == (index % 3 != 0), "\(id)")
    }
    #expect(list.kept(for: Array("d0000000000000000".utf8).span) == nil)
    #expect(list.kept(for: Array("svvvvvvvvvvvvvvvvvvvv".utf8).span) == nil)
  }

  @Test func escapesOfColumnsComeBack() throws {
    let text = Array("a\tb\\c\u{0}\u{1F}\u{7F}é".utf8)
    var line: [UInt8] = []
    ListLine.appendEscaped(text, to: &line)
    let back = try ListLine.lines(of: line.span, in: "list")
    #expect(back.count == 1 && back[0].columns == [text])
  }

  /// What a person wrote into the file stays, the later line holds, and undo takes only what this session added.
  @Test func decisionsFileKeepsWhatPeopleWrote() throws {
    let folder = try ScratchFolder()
    let (a, b) = ("sb826p7soi908tett40fp", "sb826re0lrk40k9r004c5")
    try folder.write("list", "# mine\nkeep\t\(a)\t\told\n-keep\t\(b)\t\t")
    let before = "# mine\nkeep\t\(a)\t\told\n-keep\t\(b)\t\t\n"
    var file = try DecisionFile("\(folder.path)/list")
    try file.add(.init(id: a, decision: .reject, text: Array("baru\tini".utf8)))
    try file.add(.init(id: b, decision: .join(next: a), text: []))
    let read = try DecisionFile("\(folder.path)/list")
    #expect(read.entries.map(\.decision) == [.reject, .join(next: a)])
    #expect(read.entries[0].text == Array("baru\tini".utf8))
    #expect(try file.undo())
    #expect(try file.undo())
    #expect(try !file.undo())
    #expect(String(decoding: try WholeFile.read("\(folder.path)/list"), as: UTF8.self) == before)
    #expect(file.entries.map(\.decision) == [.keep])
    try folder.write("list", "# another person\n")
    #expect(throws: Problem.self) { try file.add(.init(id: a, decision: .reject, text: [])) }
  }
}
