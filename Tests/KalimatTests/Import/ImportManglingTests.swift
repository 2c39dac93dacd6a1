import Foundation
import Testing

@testable import Kalimat

/// One way in which people and tools damage what they give back.
enum Mangling: String, CaseIterable {
  case dropped, repeated, translatedTwice, emptied, leftInSource, lostID, lostIDAndText, otherText, swappedIDs,
    shiftedIDs
  case reordered, splitInTwo, mergedWithNext, added, otherScript, otherLanguage, numberChanged, placeholderAdded,
    farTooLong
  case tagged, unfinished
  case cellError, targetsShifted, targetsSorted, addressAdded, sidesSwapped

  /// The formats in which it can be.
  var formats: [String] {
    switch self {
    case .tagged: ["tmx", "xliff2", "xliff12"]
    case .unfinished: ["po"]
    default: ReturnedWriting.formats
    }
  }

  /// What the report must say of it; empty: nothing at all.
  var notices: Set<ImportNotice> {
    switch self {
    case .dropped: [.missing]
    case .repeated: [.repeated]
    case .translatedTwice: [.twice]
    case .emptied: [.empty]
    case .leftInSource: [.equal]
    case .lostID: [.matchedByText, .ambiguous]
    case .lostIDAndText: [.extra, .sourceChanged]
    case .otherText, .swappedIDs, .shiftedIDs: [.sourceChanged]
    case .reordered: []
    case .splitInTwo: [.split]
    case .mergedWithNext: [.merged]
    case .added: [.extra, .sourceChanged]
    case .otherScript: [.script]
    case .otherLanguage: [.language]
    case .numberChanged: [.numbers]
    case .placeholderAdded: [.placeholders]
    case .farTooLong: [.length]
    case .tagged: [.tags]
    case .unfinished: [.unfinished]
    case .cellError: [.formula]
    case .targetsShifted, .targetsSorted: [.shifted]
    case .addressAdded: [.urls]
    case .sidesSwapped: [.sourceChanged]
    }
  }

  /// Whether the damaged entry stays in data/ with the text that it came with: nothing tells that it is not right.
  var keepsDamage: Bool {
    [.leftInSource, .numberChanged, .placeholderAdded, .farTooLong, .addressAdded].contains(self)
  }

  /// Damages entries.
  ///
  /// - Returns: the IDs whose translation is another one now.
  func apply(to entries: inout [ImportFixture.Entry], _ random: inout SeededGenerator) -> Set<String> {
    let long = entries.indices.filter { entries[$0].source.count > 60 && $0 + 1 < entries.count }
    guard let index = long.randomElement(using: &random) else { return [] }
    let unknown =
      "s" + String((0..<20).map { _ in "0123456789abcdefghijklmnopqrstuv".randomElement(using: &random) ?? "0" })
    switch self {
    case .dropped: entries.remove(at: index)
    case .repeated: entries.insert(entries[index], at: entries.indices.randomElement(using: &random) ?? 0)
    case .translatedTwice:
      var other = entries[index]
      other.target = "Another translation of it that somebody made."
      entries.append(other)
    case .emptied: entries[index].target = [" ", "", "\u{A0}"].randomElement(using: &random) ?? ""
    case .leftInSource: entries[index].target = entries[index].source
    case .lostID: entries[index].id = [unknown, "", "17"].randomElement(using: &random) ?? ""
    case .lostIDAndText:
      entries[index].id = unknown
      entries[index].source += " lagi"
    case .otherText: entries[index].source = "Kalimat ini sudah diubah oleh penerjemah, entah mengapa."
    case .swappedIDs:
      let other = (index + 1..<entries.count).first { entries[$0].source != entries[index].source } ?? index
      (entries[index].id, entries[other].id) = (entries[other].id, entries[index].id)
    case .shiftedIDs:
      let ids = entries.map(\.id)
      for i in index..<entries.count - 1 { entries[i + 1].id = ids[i] }
      entries[index].id = ids[entries.count - 1]
    case .reordered: entries.shuffle(using: &random)
    case .splitInTwo:
      split(&entries, index, newID: [unknown, entries[index].id, ""].randomElement(using: &random) ?? "")
    case .mergedWithNext:
      let at =
        entries.indices.dropLast().filter { $0 >= index && entries[$0].document == entries[$0 + 1].document }.first
        ?? index
      entries[at].source += " " + entries[at + 1].source
      entries[at].target += " " + entries[at + 1].target
      entries.remove(at: at + 1)
    case .added:
      entries.insert(
        .init(
          id: unknown, document: "", source: "Kalimat yang tidak pernah ada di korpus.",
          target: "A sentence that never was."),
        at: index)
    case .otherScript: entries[index].target = "Это предложение переведено на совсем другой язык."
    case .otherLanguage:
      entries[index].target =
        "Dieser Satz ist ins Deutsche übersetzt worden, obwohl niemand das verlangt hat, und er ist lang genug."
    case .numberChanged: entries[index].target += " 4711"
    case .placeholderAdded: entries[index].target += " {name}"
    case .cellError:
      entries[index].target = ["#NAME?", "#REF!", "#VALUE!", "Err:509"].randomElement(using: &random) ?? ""
    case .targetsShifted:
      // From a row in the first third on, each translation stands some rows too far down, or up.
      let start = Int.random(in: 0..<entries.count / 3, using: &random)
      let offset = [-2, -1, 1, 2].randomElement(using: &random) ?? 1
      let targets = entries.map(\.target)
      for i in start..<entries.count {
        let from = start + (i - start + offset + entries.count - start) % (entries.count - start)
        entries[i].target = targets[from]
      }
    case .targetsSorted:
      let sorted = entries.map(\.target).sorted { $0.lowercased() < $1.lowercased() }
      for i in entries.indices { entries[i].target = sorted[i] }
    case .addressAdded: entries[index].target += " https://example.org/page"
    case .sidesSwapped: (entries[index].source, entries[index].target) = (entries[index].target, entries[index].source)
    case .farTooLong: entries[index].target += String(repeating: " and so on it went", count: 60)
    case .tagged: entries[index].tag = "<g id=\"1\">Note </g>"
    case .unfinished: entries[index].isFuzzy = true
    }
    return keepsDamage && index < entries.count ? [entries[index].id] : []
  }

  private func split(_ entries: inout [ImportFixture.Entry], _ index: Int, newID: String) {
    func halves(_ text: String) -> (String, String) {
      let middle = text.index(text.startIndex, offsetBy: text.count / 2)
      let space = text[middle...].firstIndex(of: " ") ?? middle
      return (String(text[..<space]), String(text[text.index(after: space)...]))
    }
    var second = entries[index]
    (entries[index].source, second.source) = halves(entries[index].source)
    (entries[index].target, second.target) = halves(entries[index].target)
    second.id = newID
    entries.insert(second, at: index + 1)
  }
}

/// Damaged files: each damage is named in the report, and no translation is applied to another sentence than its own.
@Suite struct ImportManglingTests {
  let fixture: ImportFixture

  init() throws { fixture = try ImportFixture.shared.get() }

  /// 26 ways, each with 20 seeds: 520 files.
  @Test(arguments: Mangling.allCases, 0..<20)
  func isNamedAndNeverMisapplied(mangling: Mangling, seed: Int) throws {
    var random = SeededGenerator(state: UInt64(seed) &* 7919 &+ UInt64(Mangling.allCases.firstIndex(of: mangling) ?? 0))
    var entries = fixture.entries
    let damaged = mangling.apply(to: &entries, &random)
    let format = try #require(mangling.formats.randomElement(using: &random))
    let name = "\(mangling.rawValue)-\(seed).\(format == "xliff2" || format == "xliff12" ? "xlf" : format)"
    let file = try fixture.scratch.write(name, ReturnedWriting.text(entries, format))
    let (report, data, rejected, output) = try fixture.run(file)
    let said = "\(name): \(String(decoding: report.json.line, as: UTF8.self))"

    if mangling.notices.isEmpty {
      #expect(report.isPlain, "\(said)")
    } else {
      #expect(mangling.notices.contains { report.count($0) > 0 }, "\(said)")
    }
    if let notice = mangling.notices.first(where: { report.count($0) > 0 }) {
      #expect(!report.places(notice).isEmpty, "\(said)")
    }

    // Every pair is a sentence with its own translation.
    let text = Dictionary(uniqueKeysWithValues: fixture.sentences.map { ($0.id, $0.text) })
    for record in data {
      let ids = record.sourceIDs.map { String(decoding: $0, as: UTF8.self) }
      if ids.contains(where: damaged.contains) { continue }
      var wanted = ids.map { ImportFixture.translation(of: text[$0] ?? "?") }.joined(separator: " ")
      let target = String(decoding: record.target, as: UTF8.self)
      if mangling == .tagged && target.hasPrefix("Note ") { wanted = "Note " + wanted }
      #expect(target == wanted, "\(said)")
      #expect(
        String(decoding: record.source, as: UTF8.self) == ids.map { text[$0] ?? "?" }.joined(separator: "\n"), "\(said)"
      )
    }

    // Nothing that came back is dropped, and each sentence is accounted for.
    let sentences = data.reduce(0) { $0 + $1.sourceIDs.count }
    #expect(report.matched >= sentences && report.entries == entries.count)
    let pieces = report.count(.split), repeated = report.count(.repeated)
    #expect(data.count + rejected.count + pieces + repeated == entries.count, "\(said)")
    if seed % 4 == 0 {
      var validation = ValidationRequest(path: output)
      validation.with = [fixture.dataset]
      #expect(try Validate(validation).run().findings.map(\.description) == [], "\(name)")
    }
    try FileManager.default.removeItem(atPath: output)
  }

  /// Bytes and lines lost, doubled and changed anywhere: a Problem, or a bitext in which no sentence has another's translation.
  @Test(arguments: ReturnedWriting.formats, 0..<20)
  func damagedBytesAreRefusedOrNeverMisapplied(format: String, seed: Int) throws {
    var random = SeededGenerator(state: UInt64(seed) &* 104_729 &+ UInt64(format.utf8.count))
    var bytes = Array(ReturnedWriting.text(fixture.entries, format).utf8)
    for _ in 0..<3 { Self.damage(&bytes, &random) }
    let end = format == "xliff2" || format == "xliff12" ? "xlf" : format
    let file = try fixture.scratch.write("bytes-\(format)-\(seed).\(end)", bytes)
    let translations = Dictionary(
      grouping: fixture.entries, by: \.target
    ).mapValues { Set($0.map(\.id)) }
    do {
      let (_, data, _, output) = try fixture.run(file) { $0.format = ImportFormat.named(format) }
      for record in data {
        let ids = record.sourceIDs.map { String(decoding: $0, as: UTF8.self) }
        guard let owners = translations[String(decoding: record.target, as: UTF8.self)] else { continue }
        #expect(ids.contains { owners.contains($0) }, "\(format) \(seed): \(ids)")
      }
      try FileManager.default.removeItem(atPath: output)
    } catch let problem as Problem {
      #expect(problem.description.contains("bytes-\(format)-\(seed).\(end)"), "\(problem)")
    }
  }

  private static func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let start = Int.random(in: 0..<bytes.count, using: &random)
    let line = (bytes[..<start].lastIndex(of: 0x0A) ?? -1) + 1
    let lineEnd = (bytes[start...].firstIndex(of: 0x0A) ?? bytes.count - 1) + 1
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes.removeSubrange(line..<lineEnd)
    case 1: bytes.insert(contentsOf: bytes[line..<lineEnd], at: line)
    case 2: bytes.removeSubrange(start..<min(bytes.count, start + Int.random(in: 1...40, using: &random)))
    case 3: bytes[start] = UInt8.random(in: 0x20..<0x7F, using: &random)
    default: bytes[start] = UInt8.random(in: .min ... .max, using: &random)
    }
  }

  /// A lost line would shift all that follow: the whole file is refused, by both counts.
  @Test func mosesOfOtherLengthIsRefused() throws {
    let ids = fixture.entries.map { $0.id + "\n" }.joined()
    let targets = fixture.entries.dropLast().map { $0.target + "\n" }.joined()
    let file = try fixture.scratch.write("short.txt", targets)
    let idsPath = try fixture.scratch.write("short.ids", ids)
    let count = fixture.entries.count
    let said = problemText { _ = try fixture.run(file) { $0.idsPath = idsPath } }
    #expect(
      fixture.scratch.short(said)
        == "DIR/short.txt: \(count - 1) lines, where DIR/short.ids has \(count); expected as many, the translation of each on the same line."
        + " Nothing was taken: it cannot be told which line is missing, or too many.")
  }

  @Test func doubtsGoToRejectedWhereAsked() throws {
    var entries = fixture.entries
    entries[3].target += " 4711"
    let file = try fixture.scratch.write("doubt.csv", ReturnedWriting.text(entries, "csv"))
    #expect(try fixture.run(file).rejected.isEmpty)
    let (report, data, rejected, _) = try fixture.run(file) { $0.rejecting = [.numbers] }
    #expect(report.count(.numbers) == 1 && data.count == entries.count - 1)
    #expect(rejected.map { String(decoding: $0.reason, as: UTF8.self) } == ["numbers"])
  }

  /// The order of files and of their entries changes nothing.
  @Test func orderDoesNotMatter() throws {
    var random = SeededGenerator(state: 5)
    let entries = fixture.entries
    let first = try fixture.scratch.write("a.csv", ReturnedWriting.text(Array(entries[..<40]), "csv"))
    let second = try fixture.scratch.write("b.csv", ReturnedWriting.text(Array(entries[40...]), "csv"))
    let shuffled = try fixture.scratch.write("all.csv", ReturnedWriting.text(entries.shuffled(using: &random), "csv"))
    let one = try fixture.run(first) { $0.files = [first, second] }.report.contentSHA256
    let two = try fixture.run(first) {
      $0.files = [second, first]; $0.memory = 3000
    }.report.contentSHA256
    let three = try fixture.run(shuffled).report.contentSHA256
    #expect(one == two && two == three)
  }

  /// With hardly any memory all goes over the disk: the same dataset, and nothing else in its folder.
  @Test func spillingLeavesNothingBehind() throws {
    let file = try fixture.scratch.write("spill.csv", ReturnedWriting.text(fixture.entries, "csv"))
    let (one, _, _, plenty) = try fixture.run(file)
    let (two, _, _, little) = try fixture.run(file) { $0.memory = 3000 }
    #expect(one.json == two.json)
    let paths = [plenty, little].map { FileManager.default.subpaths(atPath: $0)?.sorted() }
    #expect(paths[0] == paths[1] && paths[0]?.contains { $0.hasPrefix(".") } == false)
  }

  /// An entry without an ID is not brought to a sentence that has its translation by its ID; and many such need no order.
  @Test func textsOfTranslatedSentencesAreExtra() throws {
    var entries = fixture.entries
    let index = try #require(
      entries.indices.first { i in entries.filter { $0.source == entries[i].source }.count == 1 })
    for _ in 0..<50 {
      entries.append(.init(id: "", document: "", source: entries[index].source, target: "Another translation."))
    }
    let file = try fixture.scratch.write("again.csv", ReturnedWriting.text(entries, "csv"))
    let (report, data, rejected, _) = try fixture.run(file)
    #expect(report.count(.extra) == 50 && report.count(.matchedByText) == 0)
    #expect(data.count == fixture.entries.count && rejected.count == 50)
    entries.remove(at: index)
    let without = try fixture.scratch.write("again-without.csv", ReturnedWriting.text(entries, "csv"))
    let (second, _, _, _) = try fixture.run(without)
    #expect(second.count(.matchedByText) == 1 && second.count(.repeated) == 49)
    entries[entries.count - 1].target = "A third translation."
    let twice = try fixture.scratch.write("again-twice.csv", ReturnedWriting.text(entries, "csv"))
    #expect(try fixture.run(twice).report.count(.twice) == 50)
  }

  /// What its file calls unfinished is not taken for a translation, unless asked for; obsolete entries never are.
  @Test(arguments: [false, true])
  func unfinishedStates(accepted: Bool) throws {
    let entries = Array(fixture.entries.prefix(8))
    let states: [(name: String, text: String)] = [
      (
        "12.xlf",
        ReturnedWriting.text(entries, "xliff12").replacingOccurrences(
          of: "<target>", with: "<target state=\"needs-translation\">")
      ),
      (
        "2.xlf",
        ReturnedWriting.text(entries, "xliff2").replacingOccurrences(
          of: "<segment ", with: "<segment state=\"initial\" ")
      ),
      (
        "sub.xlf",
        ReturnedWriting.text(entries, "xliff2").replacingOccurrences(
          of: "<segment ", with: "<segment state=\"translated\" subState=\"x:fuzzy\" ")
      ),
      (
        "cut.jsonl",
        entries.map {
          "{\"custom_id\":\"\($0.id)\",\"response\":{\"body\":{\"choices\":[{\"finish_reason\":\"length\",\"message\":{\"content\":\"\($0.target)\"}}]}}}\n"
        }.joined()
      ),
    ]
    for (name, text) in states {
      let file = try fixture.scratch.write("state-\(accepted)-\(name)", text)
      let report = try fixture.run(file) { $0.acceptsUnfinished = accepted }.report
      #expect(report.count(.unfinished) == (accepted ? 0 : entries.count), "\(name)")
    }
    let reviewed = ReturnedWriting.text(entries, "xliff12")
      .replacingOccurrences(of: "<target>", with: "<target state=\"needs-review-translation\">")
    let done = try fixture.scratch.write("state-\(accepted)-review.xlf", reviewed)
    #expect(try fixture.run(done) { $0.acceptsUnfinished = accepted }.report.count(.unfinished) == 0)
    let obsolete = ReturnedWriting.text(entries, "po").replacingOccurrences(of: "\nmsg", with: "\n#~ msg")
    let old = try fixture.scratch.write("state-\(accepted)-old.po", obsolete)
    #expect(try fixture.run(old) { $0.acceptsUnfinished = accepted }.report.count(.unfinished) == entries.count)
  }
}
