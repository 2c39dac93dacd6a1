internal import Segmentation

/// What a dataset's configuration says of its lines.
struct RecordRules: Sendable {
  var columns: [JoinedColumn] = []
  var kept: [String] = []
  var leftovers = LeftoverPolicy.reject
  /// Whether sentence records have `reason` too.
  var dataHasReason = false
  var paragraphs = ParagraphMode.auto
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
    case .rejected: .sentence(columns: columns, reason: true)
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
