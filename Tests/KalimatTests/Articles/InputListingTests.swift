import Foundation
import Testing

@testable import Kalimat

struct InputListingTests {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  /// `path location format compression`, a file a line; then what was skipped, and the problems.
  func list(
    _ inputs: [String], from list: String? = nil, root: String? = nil, format: InputFormat? = nil
  ) throws -> [String] {
    let listing = try InputList.list(
      inputs: inputs.map { $0.hasPrefix("DIR") ? folder.path + $0.dropFirst(3) : $0 },
      filesFrom: list.map { folder.path + "/" + $0 }, root: root.map { folder.path + $0 }, format: format)
    var lines = listing.files.map {
      "\(String(decoding: $0.path, as: UTF8.self)) \($0.location) \($0.format.rawValue) \($0.compression.rawValue)"
    }
    if listing.hiddenSkipped + listing.otherSkipped > 0 {
      lines.append("hidden \(listing.hiddenSkipped) other \(listing.otherSkipped)")
    }
    return (lines + listing.problems.map(\.description)).map(folder.short)
  }

  @Test func aFolder() throws {
    for name in [
      "b.txt", "a/z.text", "a/b.jsonl.gz", "a.ndjson.zst", "A.txt.gz", "é.txt", "skip.html", "skip.gz", "skip.TXT",
      "txt",
      ".txt", ".hidden/a.txt", "a/.git/b.txt", "a/.x.txt", "a/b.txt.bz2", ".gz", "a/c.zst.txt",
    ] { try folder.write(name) }
    #expect(
      try list(["DIR"]) == [
        "A.txt DIR/A.txt.gz text gz", "a.ndjson DIR/a.ndjson.zst jsonl zst", "a/b.jsonl DIR/a/b.jsonl.gz jsonl gz",
        "a/c.zst.txt DIR/a/c.zst.txt text none", "a/z.text DIR/a/z.text text none", "b.txt DIR/b.txt text none",
        "é.txt DIR/é.txt text none", "hidden 5 other 5",
      ])
    // Slashes at its end change nothing; a format said wins over names.
    #expect(try list(["DIR/a//"], format: .text).dropFirst(0).first == "b.jsonl DIR/a/b.jsonl.gz text gz")
  }

  @Test func namedFiles() throws {
    for name in ["x/page.html", "x/y.gz", "x/.hidden", "x/l.jsonl", "x/w.zst"] { try folder.write(name) }
    #expect(
      try list(["DIR/x/page.html", "DIR/x/y.gz", "DIR/x/.hidden", "DIR/x/l.jsonl", "DIR/x/w.zst", "-"]) == [
        ".hidden DIR/x/.hidden text none", "l.jsonl DIR/x/l.jsonl jsonl none", "page.html DIR/x/page.html text none",
        "stdin - text none", "w DIR/x/w.zst text zst", "y DIR/x/y.gz text gz",
      ])
    #expect(try list(["-"], format: .jsonLines) == ["stdin - jsonl none"])
  }

  @Test func rootsAndPaths() throws {
    try folder.write("r/a/b.txt")
    try folder.write("r/c.txt")
    try folder.write("out.txt")
    try folder.link("alias", to: "r/a")
    #expect(
      try list(["DIR/r/a", "DIR/r/c.txt"], root: "/r") == [
        "a/b.txt DIR/r/a/b.txt text none", "c.txt DIR/r/c.txt text none",
      ])
    #expect(try list(["DIR/r/../r/./a/b.txt"], root: "/./r/") == ["a/b.txt DIR/r/../r/./a/b.txt text none"])
    #expect(try list(["DIR/alias"], root: "/r") == ["a/b.txt DIR/alias/b.txt text none"])
    #expect(try list(["DIR/r"], root: "/r") == ["a/b.txt DIR/r/a/b.txt text none", "c.txt DIR/r/c.txt text none"])
    let advice = "expected inputs that are in it. Name a folder further up as --root, or build without it."
    #expect(
      try list(["DIR/r/c.txt", "DIR/out.txt"], root: "/r/a") == [
        "DIR/r/c.txt: not below --root DIR/r/a; \(advice)", "DIR/out.txt: not below --root DIR/r/a; \(advice)",
      ])
    #expect(
      folder.short(problemText { _ = try list(["DIR/r"], root: "/no") })
        == "--root DIR/no: no such folder; expected a folder that all inputs are in.")
    #expect(
      folder.short(problemText { _ = try list(["DIR/r"], root: "/out.txt") })
        == "--root DIR/out.txt: no such folder; expected a folder that all inputs are in.")
  }

  @Test func listsOfFiles() throws {
    try folder.write("a/x.txt")
    try folder.write("b.txt")
    try folder.write(
      "list", "\(folder.path)/a\n\n\(folder.path)/b.txt\n\(folder.path)/no.txt\n\(folder.path)/b.txt\r\n-")
    #expect(
      try list([], from: "list") == [
        "b.txt DIR/b.txt text none", "stdin - text none", "x.txt DIR/a/x.txt text none",
        "DIR/list:4: DIR/no.txt cannot be read: No such file or directory.",
        "DIR/list:5: DIR/b.txt\r cannot be read: No such file or directory. The line ends in CR: write the list with LF alone.",
      ])
    try folder.write("bad", Array("\(folder.path)/".utf8) + [0xFF, 0x0A, 0x61, 0, 0x0A])
    #expect(
      try list([], from: "bad") == [
        "DIR/bad:1: a path that is not UTF-8; expected a path in UTF-8, because IDs are made of it. Rename the file.",
        "DIR/bad:2: a path that is no path: it has a NUL; expected a path in UTF-8, because IDs are made of it. Rename the file.",
      ])
    #expect(
      folder.short(problemText { _ = try list([], from: "none") })
        == "DIR/none: cannot open the file: No such file or directory.")
  }

  @Test func nothingToRead() throws {
    #expect(
      problemText { _ = try list([]) }
        == "no input; expected files, folders, or - for standard input. kalimat build FOLDER --output OUT")
    try folder.write("only.html")
    try folder.write(".x")
    #expect(
      try list(["DIR"]) == [
        "hidden 1 other 1",
        "no article in what was named: 1 hidden and 1 other files skipped; expected files that end in .txt, .text, .jsonl or .ndjson, each also with .gz or .zst. A file of another name is read where it is named itself.",
      ])
    #expect(
      try list([""])
        == [": a path that is empty; expected a path in UTF-8, because IDs are made of it. Rename the file."])
    #expect(try list(["-", "-"]).last == "-: standard input is asked for twice; expected - once. Name it once.")
    let problem = problemText {
      _ = try InputList.list(inputs: ["-"], filesFrom: "-", root: nil, format: nil)
    }
    #expect(
      problem
        == "standard input is asked for twice: as an article and as the list of --files-from; expected one of the two. Write the list into a file."
    )
  }

  @Test func links() throws {
    try folder.write("in/a/b.txt")
    try folder.write("else/c.txt")
    try folder.link("in/up", to: "..")
    try folder.link("in/self.txt", to: "self.txt")
    try folder.link("in/gone.txt", to: "nowhere")
    try folder.link("in/linked", to: "../else")
    try folder.link("in/linked.txt", to: "../else/c.txt")
    #expect(
      try list(["DIR/in"]) == [
        "a/b.txt DIR/in/a/b.txt text none", "linked/c.txt DIR/in/linked/c.txt text none",
        "DIR/in/gone.txt: cannot be read: No such file or directory. Remove the link, or mend it.",
        "DIR/in/linked.txt: the same file as DIR/in/linked/c.txt; expected each file once. Name it once, or remove the link.",
        "DIR/in/self.txt: a link that leads to itself. Remove the link, or mend it.",
        "DIR/in/up/else: the same folder as DIR/in/linked; expected each folder once. Name it once, or remove the link.",
        "DIR/in/up/in: a link back to the folder DIR/in, which it is in; expected each folder once. Remove the link.",
      ])
  }

  @Test func theSameTwice() throws {
    try folder.write("d/e/a.txt")
    try folder.write("d/l.jsonl")
    #expect(
      try list(["DIR/d/l.jsonl", "DIR/d/../d/l.jsonl"]) == [
        "l.jsonl DIR/d/l.jsonl jsonl none",
        "DIR/d/../d/l.jsonl: the same file as DIR/d/l.jsonl; expected each file once. Name it once, or remove the link.",
      ])
    #expect(
      try list(["DIR/d/e", "DIR/d"]) == [
        "a.txt DIR/d/e/a.txt text none", "l.jsonl DIR/d/l.jsonl jsonl none",
        "DIR/d/e: the same folder as DIR/d/e; expected each folder once. Name it once, or remove the link.",
      ])
    // Hard links are two files to whoever made them.
    try FileManager.default.linkItem(atPath: folder.path + "/d/l.jsonl", toPath: folder.path + "/d/m.jsonl")
    #expect(try list(["DIR/d"]).count == 3)
  }

  @Test func equalPathsByContent() throws {
    let texts = ["one", "two", "three", "four", "five"]
    for (i, text) in texts.enumerated() { try folder.write("\(i)/x.txt", text) }
    let inputs = texts.indices.map { "DIR/\($0)" }
    let first = try list(inputs)
    #expect(first == (try list(inputs.reversed())))
    let digests = texts.map { SHA256.digest(of: Array($0.utf8).span).hex }
    let expected = texts.indices.sorted { digests[$0] < digests[$1] }.map { "x.txt DIR/\($0)/x.txt text none" }
    #expect(first == expected)
  }

  @Test func whatIsNoFile() throws {
    let pipe = folder.path + "/p.txt"
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    #expect(
      try list(["DIR/p.txt", "/dev/null", "DIR/none"]) == [
        "DIR/p.txt: a pipe, not a file or a folder. Give its text on standard input, as -.",
        "/dev/null: a device, not a file or a folder. Give its text on standard input, as -.",
        "DIR/none: cannot be read: No such file or directory.",
      ])
    #expect(try list(["DIR"]) == ["DIR/p.txt: a pipe, not a file or a folder. Take it out of the folder."])
  }

  #if os(Linux)
    /// A file system that takes any bytes as a name.
    @Test func namesThatAreNotUTF8() throws {
      for name: [UInt8] in [[0x61, 0xFF, 0x2E, 0x74, 0x78, 0x74], [0xFE], [0xFD, 0x2E, 0x68]] {
        let path = Array("\(folder.path)/".utf8) + name
        let descriptor = unsafe open((path + [0]).map { CChar(bitPattern: $0) }, O_CREAT | O_WRONLY, 0o600)
        #expect(descriptor >= 0)
        close(descriptor)
      }
      try folder.write("b.txt")
      #expect(
        try list(["DIR"]) == [
          "b.txt DIR/b.txt text none", "hidden 0 other 2",
          "DIR/a\\xFF.txt: a path that is not UTF-8; expected a path in UTF-8, because IDs are made of it. Rename it.",
        ])
    }
  #endif

  /// Rights are not looked at for root, so this test is for whoever is not.
  @Test(.enabled(if: getuid() != 0)) func unreadable() throws {
    try folder.write("d/a.txt")
    unsafe chmod(folder.path + "/d", 0)
    defer { unsafe chmod(folder.path + "/d", 0o700) }
    #expect(
      try list(["DIR/d"]) == ["DIR/d: cannot read the folder: Permission denied. Check the rights of that place."])
  }
}
