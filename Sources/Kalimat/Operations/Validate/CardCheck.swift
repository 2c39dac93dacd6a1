/// Asks whether the figures of README.md are the manifest's. People edit the card: what they wrote is theirs, and a figure
/// that they took out is no finding.
struct CardCheck {
  private let dataset: DatasetFolder

  init(_ dataset: DatasetFolder) { self.dataset = dataset }

  func check(_ bytes: [UInt8], _ log: inout FindingLog) {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    checkFrontMatter(lines, &log)
    checkBody(lines, &log)
  }

  // MARK: The YAML block

  /// `num_examples` and `num_bytes` of each config and split, wherever the block has them.
  private func checkFrontMatter(_ lines: [String], _ log: inout FindingLog) {
    guard lines.first?.hasPrefix("---") == true else { return }
    var config = ""
    var split = ""
    var offset = 0
    for (i, line) in lines.enumerated() {
      defer { offset += line.utf8.count + 1 }
      if i > 0 && line.hasPrefix("---") { return }
      guard let (key, value) = Self.entry(line) else { continue }
      switch key {
      case "config_name": (config, split) = (value, "")
      case "name", "split": split = value
      case "num_examples", "num_bytes":
        let wanted = figure(key, config: config, split: split)
        if wanted.map(String.init) == value { continue }
        log.add(
          .card, .init(file: "README.md", line: i + 1, byteOffset: offset),
          "\(key) \(value) of \(config), \(split)",
          expected: wanted.map { "\($0), as the manifest says" } ?? "none: the dataset has no such records")
      default: continue
      }
    }
  }

  /// `key: value` of a line of YAML, without list marks, comments and quotes; nil where it is none.
  private static func entry(_ line: String) -> (String, String)? {
    let text = line.drop { $0 == " " || $0 == "-" }
    guard let colon = text.firstIndex(of: ":") else { return nil }
    var value = text[text.index(after: colon)...].drop { $0 == " " }
    if let comment = value.firstIndex(of: "#") { value = value[..<comment] }
    return (String(text[..<colon]), value.filter { $0 != "\"" && $0 != "'" && $0 != " " && $0 != "\r" })
  }

  private func figure(_ key: String, config: String, split: String) -> Int? {
    let kind = config == "sentences" ? RecordKind.data : RecordKind(rawValue: config)
    let shards = dataset.manifest.shards.filter { $0.kind == kind && $0.split.utf8.elementsEqual(split.utf8) }
    if shards.isEmpty { return nil }
    return shards.reduce(0) { $0 + (key == "num_examples" ? $1.records : $1.contentBytes) }
  }

  // MARK: The text

  /// Lines of the text that differ from the generated ones in their figures only.
  private func checkBody(_ lines: [String], _ log: inout FindingLog) {
    guard let schema = try? RecordSchema(config: dataset.manifest.config) else { return }
    let card = DatasetCard(manifest: dataset.manifest, schema: schema, compression: dataset.compression)
    let generated = card.text().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let front = generated.dropFirst().firstIndex { $0.hasPrefix("---") } ?? 0
    var wanted: [String: [String]] = [:]
    for line in generated[front...] {
      let pattern = Self.pattern(line)
      if pattern != line { wanted[pattern, default: []].append(line) }
    }
    let begin = lines.first?.hasPrefix("---") == true ? lines.dropFirst().firstIndex { $0.hasPrefix("---") } ?? 0 : 0
    var offset = lines[..<begin].reduce(0) { $0 + $1.utf8.count + 1 }
    for (i, line) in lines.enumerated().dropFirst(begin) {
      defer { offset += line.utf8.count + 1 }
      guard let known = wanted[Self.pattern(line)], !known.contains(line) else { continue }
      log.add(
        .card, .init(file: "README.md", line: i + 1, byteOffset: offset), "\"\(line)\"",
        expected: "\"\(known[0])\", as the manifest says")
    }
  }

  /// The line with each number, and each SHA-256, made `#`.
  private static func pattern(_ line: String) -> String {
    var out: [UInt8] = []
    let bytes = Array(line.utf8)
    var here = 0
    while here < bytes.count {
      var end = here
      while end < bytes.count, isHex(bytes[end]) { end += 1 }
      if end - here != 64 {
        end = here
        while end < bytes.count, bytes[end] >= 0x30 && bytes[end] <= 0x39 { end += 1 }
      }
      out.append(end > here ? 0x23 : bytes[here])
      here = max(end, here + 1)
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66)
  }
}
