internal import Leftovers
internal import Segmentation

/// The columns that `--join` can add to a record beside document fields (docs/FORMAT.md, "A sentence record").
public enum DerivedColumn: String, Sendable, CaseIterable {
  case textID = "text_id"
  case sent
  case startByte = "start_byte"
  case endByte = "end_byte"
  case script, source, split
}

/// The document fields that `--join` can repeat in each record.
public enum DocumentField: String, Sendable, CaseIterable {
  case keyKind = "key_kind"
  case key, path, record, title, url
  case langScore = "lang_score"
  case published, license
}

/// One column that `--join` adds.
public enum JoinedColumn: Sendable, Equatable {
  case derived(DerivedColumn)
  case document(DocumentField)
  /// A `--keep` field, by its place among them.
  case kept(index: Int, name: String)

  public var name: String {
    switch self {
    case .derived(let column): column.rawValue
    case .document(let field): field.rawValue
    case .kept(_, let name): name
    }
  }

  /// Whether its values are JSON integers.
  public var isInteger: Bool {
    switch self {
    case .derived(let column): column == .sent || column == .startByte || column == .endByte
    case .document(let field): field == .record || field == .langScore
    case .kept: false
    }
  }

  /// Reads the names of `--join`: derived columns, document fields, and fields of `--keep`.
  public static func columns(named names: [String], keep: [String]) throws(Problem) -> [JoinedColumn] {
    var columns: [JoinedColumn] = []
    for name in names {
      let column: JoinedColumn
      if RecordKeys.isTaken(name) {
        throw .usage("--join names \"\(name)\", which every record has already", expected: "a name that is free")
      } else if columns.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
        throw .usage("--join names \"\(name)\" twice", expected: "each column once")
      } else if let derived = DerivedColumn(rawValue: name) {
        column = .derived(derived)
      } else if let field = DocumentField(rawValue: name) {
        column = .document(field)
      } else if let index = keep.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) {
        column = .kept(index: index, name: name)
      } else {
        let known = DerivedColumn.allCases.map(\.rawValue) + DocumentField.allCases.map(\.rawValue)
        throw .usage(
          "--join names \"\(name)\", which is no column",
          expected: "one of \(known.joined(separator: ", ")), or a --keep field",
          advice: "To join a field of the input, keep it first: --keep \(name) --join \(name).")
      }
      columns.append(column)
    }
    return columns
  }
}

/// The keys of a record, in their order.
enum RecordKeys {
  static let sentence = ["id", "text", "doc_id", "seq", "para", "kind", "lang", "raw", "sep", "start", "end", "rule"]
  static let sentenceIntegers: Set<String> = ["seq", "para", "start", "end"]
  static let reason = "reason"
  /// In rejected/ of a dataset that was built with a list of duplicates.
  static let kept = "kept"
  static let kinds = Kind.allCases.map(\.name)
  static let rules = Rule.allCases.map(\.name)
  static let document = [
    "doc_id", "key_kind", "key", "path", "record", "title", "url", "lang", "lang_score", "published", "license",
    "split",
    "bytes", "chars", "sentences", "rejected", "sha256", "lead", "meta",
  ]
  static let documentIntegers: Set<String> = ["record", "lang_score", "bytes", "chars", "sentences", "rejected"]

  static func isTaken(_ name: String) -> Bool {
    (sentence + [reason, kept]).contains { $0.utf8.elementsEqual(name.utf8) }
  }
}
