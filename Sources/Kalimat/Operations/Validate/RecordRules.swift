internal import ICU
internal import Segmentation

/// What a dataset's configuration says of its lines.
struct RecordRules: Sendable {
  var columns: [JoinedColumn] = []
  var kept: [String] = []
  var leftovers = LeftoverPolicy.reject
  /// Whether sentence records have `reason` too.
  var dataHasReason = false
  /// Whether rejected records have `kept`.
  var rejectedHasKept = false
  /// Whether a person's decisions may keep what is too long or has no text.
  var hasDecisions = false
  var paragraphs = ParagraphMode.auto
  /// The languages that data/ may have; empty: any.
  var languages: [String] = []
  /// Code points of text over which it is too long; nil where that is not known.
  var maxChars: Int? = nil
  /// nil where it is not known.
  var split: SplitPlan? = nil
  /// The field whose value decides the split; empty: the doc_id.
  var splitBy = ""
  /// Whether the dataset was made under the Unicode version that this program has: what is asked of scalars is then the same.
  var knowsScalars = false

  func shape(of kind: RecordKind) -> RecordShape {
    switch kind {
    case .data: .sentence(columns: columns, reason: dataHasReason)
    case .rejected: .sentence(columns: columns, kept: rejectedHasKept, reason: true)
    case .documents: .document(kept: kept)
    }
  }

  static let kinds = ["title", "heading", "body", "item", "caption", "dateline", "other"].map { Array($0.utf8) }
  static let bodyKind = Array("body".utf8)
  static let otherKind = Array("other".utf8)
  static let rules: [(name: [UInt8], rule: Rule)] = Rule.allCases.map { (Array($0.name.utf8), $0) }
  static let reasons: [(name: [UInt8], reason: RejectionReason)] = RejectionReason.allCases.map {
    (Array($0.rawValue.utf8), $0)
  }

  static func rule(_ name: Span<UInt8>) -> Rule? { rules.first { Kernels.equal(name, $0.name) }?.rule }
  static func reason(_ name: Span<UInt8>) -> RejectionReason? {
    reasons.first { Kernels.equal(name, $0.name) }?.reason
  }
}

extension RecordRules {
  /// What a manifest says of its dataset's lines.
  init(_ manifest: Manifest) throws(ManifestFault) {
    let config = ManifestObject(value: manifest.config, path: "config")
    let names = { (key: String) throws(ManifestFault) -> [String] in
      guard let names = manifest.config[key]?.elements?.map(\.textValue), !names.contains(nil) else {
        throw ManifestFault(found: "no config.\(key) that is an array of strings", expected: "one")
      }
      return names.compactMap { $0 }
    }
    kept = try names("keep")
    languages = try names("languages")
    do { columns = try JoinedColumn.columns(named: try names("join"), keep: kept) } catch let problem as Problem {
      throw ManifestFault(found: problem.found, expected: problem.expected)
    } catch let fault as ManifestFault {
      throw fault
    } catch { throw ManifestFault(found: "config.join", expected: "columns") }
    func choice<Value: RawRepresentable>(_ key: String, _: Value.Type) throws(ManifestFault) -> Value
    where Value.RawValue == String {
      let text = try config.string(key)
      guard let value = Value(rawValue: text) else {
        throw ManifestFault(found: "config.\(key) \"\(text)\"", expected: "one that this program knows")
      }
      return value
    }
    leftovers = try choice("leftovers", LeftoverPolicy.self)
    dataHasReason = leftovers == .mark
    func isGiven(_ key: String) -> Bool { manifest.config[key]?.textValue.map { !$0.isEmpty } ?? false }
    rejectedHasKept = isGiven("duplicates")
    hasDecisions = isGiven("decisions")
    paragraphs = try choice("paragraphs", ParagraphMode.self)
    _ = try choice("compression", CompressionFormat.self)
    maxChars = try config.integer("max-chars")
    let shards = try config.integer("shards")
    guard shards > 0, shards <= 1 << 20 else {
      throw ManifestFault(found: "config.shards \(shards)", expected: "1 to 1,048,576: a doc_id has 20 bits for it")
    }
    splitBy = try config.string("split-by")
    knowsScalars = manifest.tool.unicode.utf8.elementsEqual(Versions.unicode.utf8)
    split = try Self.split(manifest.config["split"]?.elements ?? [], salt: try config.string("split-salt"))
  }

  private static func split(_ parts: [JSONValue], salt: String) throws(ManifestFault) -> SplitPlan {
    let text = parts.map { "\($0["name"]?.textValue ?? "")=\($0["share"]?.textValue ?? "")" }.joined(separator: ",")
    do { return try SplitPlan(text, salt: salt) } catch {
      throw ManifestFault(found: "config.split: \(error.found)", expected: error.expected)
    }
  }
}
