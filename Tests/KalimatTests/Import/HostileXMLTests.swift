import Foundation
import Testing

@testable import Kalimat

/// XML that is made to fill memory or to reach for files is refused, by name and place.
@Suite struct HostileXMLTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private static func next(_ reader: TMXReader) throws -> ReturnedEntry? {
    var slot = EntrySlot()
    guard try reader.next(&slot) else { return nil }
    var packed = ByteBuffer()
    slot.pack(file: 0, number: 0, to: &packed)
    return LooseEntry(packed: packed.copied(0..<packed.count)).entry
  }

  private func said(_ name: String, _ xml: String) throws -> String {
    let path = try scratch.write(name, xml)
    return scratch.short(
      problemText {
        let reader = try TMXReader(ReturnedFile(path: path, targetLanguage: "en"))
        while try Self.next(reader) != nil {}
      })
  }

  private func tmx(_ inside: String, head: String = "") -> String {
    "<?xml version=\"1.0\"?>\n\(head)<tmx version=\"1.4\"><body>\(inside)</body></tmx>\n"
  }

  @Test(arguments: [
    "<!DOCTYPE tmx [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n",
    "<!DOCTYPE tmx [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]>\n",
    "<!DOCTYPE tmx [<!ENTITY % more SYSTEM \"more.dtd\"> %more;]>\n",
  ])
  func entitiesAreRefused(head: String) throws {
    let said = try said("entity.tmx", tmx("<tu><tuv><seg>&b;</seg></tuv></tu>", head: head))
    #expect(said.contains("DIR/entity.tmx:2") && said.contains("an entity of the file's own"), "\(said)")
  }

  /// Expat passes over an entity in silence where a DOCTYPE names a DTD that it has not read.
  @Test func entityThatIsNotDeclaredIsRefused() throws {
    let said = try said(
      "skipped.tmx", tmx("<tu><tuv><seg>caf&eacute;</seg></tuv></tu>", head: "<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n"))
    #expect(said.contains("one that is not declared"), "\(said)")
  }

  @Test func depthIsRefused() throws {
    func nested(_ depth: Int) -> String {
      tmx(String(repeating: "<hi>", count: depth) + String(repeating: "</hi>", count: depth))
    }
    #expect(try said("deep.tmx", nested(254)) == "nothing")
    #expect(try said("deeper.tmx", nested(255)).contains("nested deeper than 256"))
  }

  @Test func sizeIsRefused() throws {
    let mebibyte = String(repeating: "x", count: 1 << 20)
    #expect(try said("attribute.tmx", tmx("<tu tuid=\"\(mebibyte)\"/>")).contains("a tag of over 1 MiB"))
    #expect(
      try said("comment.tmx", tmx("<!--\(String(repeating: mebibyte, count: 4))-->")).contains("a tag of over 1 MiB"))
    let text = String(repeating: mebibyte, count: 17)
    #expect(
      try said("text.tmx", tmx("<tu><tuv xml:lang=\"en\"><seg>\(text)</seg></tuv></tu>")).contains(
        "a segment of over 16 MiB"))
  }

  @Test func brokenIsRefusedWithItsPlace() throws {
    #expect(
      try said("broken.tmx", tmx("<tu><tuv></tu>"))
        == "DIR/broken.tmx:2 (byte 58): XML that is not well-formed: mismatched tag; expected XML 1.0. Let the file be saved again."
    )
    #expect(try said("cut.tmx", "<tmx><body><tu>").contains("no element found"))
    #expect(try said("empty.tmx", "").contains("no element found"))
  }

  @Test func placeholdersOfOursAreTheirCharacters() throws {
    let path = try scratch.write(
      "ph.tmx",
      tmx(
        "<tu tuid=\"s\" srclang=\"id\"><tuv xml:lang=\"id\"><seg>a<ph x=\"1\" type=\"char\">U+0</ph>b</seg></tuv>"
          + "<tuv xml:lang=\"EN_us\"><seg><bpt i=\"1\">&lt;b&gt;</bpt>c<ept i=\"1\">&lt;/b&gt;</ept> <hi>d</hi></seg></tuv></tu>"
      ))
    let entry = try #require(try Self.next(TMXReader(ReturnedFile(path: path, targetLanguage: "en"))))
    #expect(entry.source == [0x61, 0, 0x62])
    #expect(String(decoding: entry.target, as: UTF8.self) == "c d")
    #expect(entry.tagCount == 3)
  }
}
