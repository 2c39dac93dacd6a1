/// A decisions file: what was decided, in the order of its lines; of two lines about one thing only the later one.
public struct DecisionFile: Sendable {
  /// One line.
  public struct Entry: Sendable {
    public var id: String
    public var decision: Decision
    /// The text, or the two texts, for people; a build does not look at it.
    public var text: [UInt8]
    /// From 1; 0 where it is not written yet.
    var line = 0

    public init(id: String, decision: Decision, text: [UInt8]) {
      self.id = id
      self.decision = decision
      self.text = text
    }

    func isAbout(_ other: Entry) -> Bool {
      id.utf8.elementsEqual(other.id.utf8) && decision.subject.utf8.elementsEqual(other.decision.subject.utf8)
    }

    fileprivate var subject: String { "\(id) \(decision.subject)" }
  }

  public let path: String
  /// SHA-256 of the file as it was read.
  public let digest: String
  /// What holds, in the order of its lines.
  public private(set) var entries: [Entry] = []
  /// The file's bytes: what people wrote into it stays.
  private var bytes: [UInt8]
  /// The file's bytes as they were last seen; empty where there is none.
  private var stored: [UInt8]
  /// Where each line that was added since begins.
  private var added: [Int] = []

  /// Reads the file.
  public init(_ path: String) throws(Problem) {
    self.path = path
    let file = try ListFile(path)
    digest = file.digest
    bytes = file.bytes
    stored = file.bytes
    if bytes.last != 0x0A && !bytes.isEmpty { bytes.append(0x0A) }
    var newest: [String: Int] = [:]
    var all: [Entry] = []
    for line in file.lines {
      let entry = try Self.entry(line, at: file.place(line))
      newest[entry.subject] = all.count
      all.append(entry)
    }
    entries = all.indices.filter { newest[all[$0].subject] == $0 }.map { all[$0] }
  }

  /// The decisions in `path`, or none yet where there is no such file.
  public init(orNewAt path: String) throws(Problem) {
    if FileSystem.exists(path) {
      try self.init(path)
    } else {
      self.init(path: path, bytes: Array(Self.head.utf8))
    }
  }

  private init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    stored = []
    digest = ""
  }

  private static func entry(_ line: ListLine, at place: Problem.Place) throws(Problem) -> Entry {
    let words = line.columns.map { String(decoding: $0, as: UTF8.self) }
    guard words.count >= 2, isID(line.columns[1]) else {
      throw Problem(
        "no decision", at: place,
        expected: "a verb, a sentence's ID, and the next ID or a code point or nothing, with tabs between them",
        advice: "Begin a line with # or - to switch it off.")
    }
    let detail = words.count > 2 ? words[2] : ""
    guard let decision = decision(words[0], detail) else {
      throw Problem(
        "the decision \"\(words[0])\" with \"\(detail)\"", at: place,
        expected:
          "keep, reject or right with nothing, join or right with the next record's ID, or split or right with a code point over 0"
      )
    }
    var entry = Entry(id: words[1], decision: decision, text: line.columns.count > 3 ? line.columns[3] : [])
    entry.line = line.number
    return entry
  }

  private static func isID(_ text: [UInt8]) -> Bool { PackedID(text.span, prefix: 0x73, skipping: 5) != nil }

  private static func decision(_ verb: String, _ detail: String) -> Decision? {
    let isID = isID(Array(detail.utf8))
    let offset = Int(detail).flatMap { $0 > 0 ? $0 : nil }
    switch verb {
    case "keep": return detail.isEmpty ? .keep : nil
    case "reject": return detail.isEmpty ? .reject : nil
    case "join": return isID ? .join(next: detail) : nil
    case "split": return offset.map { .split(offset: $0) }
    case "right":
      if detail.isEmpty { return .right }
      return isID ? .rightBoundary(next: detail) : offset.map { .rightInside(offset: $0) }
    default: return nil
    }
  }

  /// What was decided about the same thing; nil where nothing was.
  public func decision(like entry: Entry) -> Decision? { entries.first { $0.isAbout(entry) }?.decision }

  /// Adds a line and writes the file, whole: it appears in its place, or the old one stays.
  public mutating func add(_ entry: Entry) throws(Problem) {
    var line = Array("\(entry.decision.verb)\t\(entry.id)\t\(entry.decision.detail)\t".utf8)
    ListLine.appendEscaped(entry.text, to: &line)
    line.append(0x0A)
    try write(bytes + line)
    added.append(bytes.count)
    bytes += line
    entries.removeAll { $0.isAbout(entry) }
    entries.append(entry)
  }

  /// Takes the last line away that was added since the file was read, and writes the file.
  ///
  /// - Returns: whether there was one.
  public mutating func undo() throws(Problem) -> Bool {
    guard let start = added.last else { return false }
    try write(Array(bytes[..<start]))
    bytes.removeSubrange(start...)
    added.removeLast()
    let rest = added
    self = try Self(path)
    added = rest
    return true
  }

  private mutating func write(_ new: [UInt8]) throws(Problem) {
    // Somebody else's lines are not to be lost.
    if (FileSystem.exists(path) ? try WholeFile.read(path) : []) != stored {
      throw Problem(
        "the file was changed by somebody else since it was read", at: .init(file: path),
        expected: "one review at a time",
        advice: "Leave the review and begin it again: what is decided is kept.")
    }
    var file = try ReplacedFile(path)
    try file.write(new.span)
    try file.commit()
    stored = new
  }

  private static let head = """
    # kalimat decisions 1, made by kalimat review; `kalimat build --decisions FILE` obeys them.
    # Columns: keep, reject, join, split or right (looked at, nothing to do); the record's ID; for join the next record's ID,
    # for split the code point of the text that the second sentence begins at; the text, for people.
    # A line that begins with # or - is off. Of two lines about one thing the later one holds.

    """
}
