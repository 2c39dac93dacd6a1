/// XLIFF 2: a `segment` a sentence, by its id, in a `unit` a paragraph.
final class XLIFF2Reader: XMLReturnedReader, ReturnedReader {
  private var document: [UInt8] = []
  private var unit = 0

  override init(_ file: ReturnedFile) throws(Problem) {
    try super.init(file)
    try readRoot("xliff", version: 0x32, "XLIFF 2")
    try checkTarget("trgLang")
  }

  func next(_ entry: inout EntrySlot) throws(Problem) -> Bool {
    while let event = try xml.event() {
      guard event == .start else { continue }
      if xml.isNamed("segment") {
        try readSegment(&entry)
        return true
      }
      if xml.isNamed("unit") {
        unit += 1
      } else if xml.isNamed("file") {
        document = xml.value("id") ?? []
      } else if xml.isNamed("note") {
        noteContent(try text(until: "note"))
      } else if xml.isNamed("ignorable") {
        try skip("ignorable")
      } else if xml.isNamed("matches") {
        // Translation candidates and the like: their sources and targets are not the segment's.
        try skip("matches")
      }
    }
    return false
  }

  private func readSegment(_ entry: inout EntrySlot) throws(Problem) {
    append("id", to: &entry.id)
    entry.document.append(document)
    entry.unit = unit
    entry.line = xml.line
    entry.state = segmentState
    while let event = try xml.event() {
      if event == .end, xml.isNamed("segment") { break }
      guard event == .start else { continue }
      if xml.isNamed("source") {
        try readSource(&entry)
      } else if xml.isNamed("target") {
        try readTarget(&entry)
      }
    }
  }

  /// `initial` is the default of XLIFF 2.1, § 4.3.1.28: most tools write no state, so only one that is written says anything.
  /// A `subState` is a tool's own; those that carry the states of XLIFF 1.2 or gettext's are known.
  private var segmentState: EntryState {
    if xml.has("state", "initial") { return .initial }
    guard let own = xml.value("subState"), let colon = own.firstIndex(of: 0x3A) else { return .done }
    let name = own[(colon + 1)...]
    return name.elementsEqual("fuzzy".utf8) ? .fuzzy : EntryState(targetState: name)
  }
}

/// XLIFF 1.2: a `trans-unit` a sentence, by its id.
final class XLIFF12Reader: XMLReturnedReader, ReturnedReader {
  private var unit = 0

  override init(_ file: ReturnedFile) throws(Problem) {
    try super.init(file)
    try readRoot("xliff", version: 0x31, "XLIFF 1.2")
  }

  func next(_ entry: inout EntrySlot) throws(Problem) -> Bool {
    while let event = try xml.event() {
      guard event == .start else { continue }
      if xml.isNamed("trans-unit") {
        try readUnit(&entry)
        return true
      }
      if xml.isNamed("file") || xml.isNamed("group") {
        unit += 1
        try checkTarget("target-language")
      } else if xml.isNamed("note") {
        noteContent(try text(until: "note"))
      }
    }
    return false
  }

  private func readUnit(_ entry: inout EntrySlot) throws(Problem) {
    append("id", to: &entry.id)
    // Tools put an ID of their own into `id` and keep ours in `resname`.
    if !SentenceID.hasShape(entry.id.span), let name = xml.value("resname"), SentenceID.hasShape(name.span) {
      entry.id.removeAll()
      entry.id.append(name)
    }
    entry.unit = unit
    entry.line = xml.line
    while let event = try xml.event() {
      if event == .end, xml.isNamed("trans-unit") { break }
      guard event == .start else { continue }
      if xml.isNamed("source") {
        try readSource(&entry)
      } else if xml.isNamed("target") {
        if let state = xml.value("state") { entry.state = EntryState(targetState: state[...]) }
        try readTarget(&entry)
      } else {
        for other in ["alt-trans", "seg-source", "note"] as [StaticString] where xml.isNamed(other) { try skip(other) }
      }
    }
  }
}

extension XMLReturnedReader {
  /// Reads a `source`, whose start was read; of several the last counts.
  fileprivate func readSource(_ entry: inout EntrySlot) throws(Problem) {
    entry.source.removeAll()
    entry.hasSource = true
    entry.tagCount += try appendText(until: "source", to: &entry.source)
  }

  /// The same of a `target`.
  fileprivate func readTarget(_ entry: inout EntrySlot) throws(Problem) {
    entry.target.removeAll()
    entry.tagCount += try appendText(until: "target", to: &entry.target)
  }
}

extension EntryState {
  /// Of the `state` of a target in XLIFF 1.2 (§ 2.3): those before a translation is done. What waits for a review is done.
  init(targetState: ArraySlice<UInt8>) {
    let states: [(EntryState, String)] = [
      (.new, "new"), (.needsTranslation, "needs-translation"), (.needsAdaptation, "needs-adaptation"),
      (.needsLocalization, "needs-l10n"),
    ]
    self = states.first { targetState.elementsEqual($0.1.utf8) }?.0 ?? .done
  }
}

extension SentenceID {
  /// Whether bytes look like a sentence's ID: `s` and 20 digits of base32hex.
  static func hasShape(_ id: Span<UInt8>) -> Bool {
    guard id.count == 21, id[0] == 0x73 else { return false }
    for i in 1..<21 where Base32Hex.value(id[i]) == nil { return false }
    return true
  }
}
